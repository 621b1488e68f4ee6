#include <courtesy/base/out_table.h>
#include <courtesy/engine/simulation_tables.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

std::shared_ptr<Simulation> run(const Table& customers, const std::optional<Table>& events,
                                const std::optional<Table>& assets, std::string shop_zone,
                                std::optional<std::string> naive_zone, bool skip_unknown, std::shared_ptr<Rules> rules,
                                std::int64_t start, int days, std::uint64_t seed, unsigned threads,
                                const std::optional<py::function>& progress) {
  SimulateOptions options{day_of_number(start), days, seed, threads, {}};
  options.progress = [&](int done) {
    const py::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (progress) (*progress)(done, days);
  };
  const BuildOptions build{std::move(shop_zone), std::move(naive_zone), skip_unknown};
  const py::gil_scoped_release released;
  return std::make_shared<Simulation>(simulate(customers, events, assets, build, std::move(rules), options));
}

py::list load(const Simulation& simulation) {
  py::list out;
  for (const Load& each : load_of(simulation)) {
    out.append(py::make_tuple(to_python(each.day), std::string(audience_name(each.audience)),
                              each.team.empty() ? py::object(py::none()) : py::object(py::str(each.team)), each.channel,
                              each.contacts, each.reminders));
  }
  return out;
}

py::list withheld(const Simulation& simulation) {
  py::list out;
  for (const auto& [cause, number] : simulation.withheld) {
    out.append(
        py::make_tuple(simulation.rules->occasions[cause.first].name, std::string(reason_name(cause.second)), number));
  }
  return out;
}

py::list fates(const Simulation& simulation) {
  py::list out;
  const std::vector<Fate> found = fates_of(simulation);
  for (std::size_t i = 0; i < found.size(); ++i) {
    out.append(
        py::make_tuple(simulation.rules->occasions[i].name, found[i].contacts, found[i].merged, found[i].withheld));
  }
  return out;
}

}  // namespace

void bind_simulate(py::module_& module) {
  py::class_<Simulation, std::shared_ptr<Simulation>>(module, "Simulation", "What a shop would have said, day by day.")
      .def("load", &load, "(day, audience, team, channel, contacts, reminders) for each day and way.")
      .def("messages", &messages_of, "How many contacts reached each customer.")
      .def("withheld", &withheld, "(occasion, reason, number) of what was withheld.")
      .def("fates", &fates, "(occasion, contacts, merged, withheld) for each occasion.")
      .def("outcomes", [](const Simulation& simulation) { return OutTable(outcomes_table(simulation)); })
      .def("said", [](const Simulation& simulation) { return OutTable(said_table(simulation)); })
      .def_property_readonly("left_out", [](const Simulation& simulation) { return simulation.left_out; })
      .def_property_readonly("warnings", [](const Simulation& simulation) { return simulation.warnings; });
  module.def("simulate", &run, py::arg("customers"), py::arg("events"), py::arg("assets"), py::arg("shop_zone"),
             py::arg("naive_zone"), py::arg("skip_unknown"), py::arg("rules"), py::arg("start"), py::arg("days"),
             py::arg("seed"), py::arg("threads"), py::arg("progress"),
             "Plans each day from `start` (days since 1970-01-01) among events drawn from the history, and carries it "
             "out. progress(done, days) is called after each; the GIL is released meanwhile.");
}

}  // namespace courtesy::bindings
