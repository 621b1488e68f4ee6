#include <courtesy/insight/meter.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

using DayAndValue = std::pair<std::int64_t, double>;

std::vector<Reading> readings_of(const std::vector<DayAndValue>& pairs) {
  std::vector<Reading> readings;
  readings.reserve(pairs.size());
  for (const auto& [day, value] : pairs) readings.push_back({day_of_number(day), value});
  return readings;
}

template <typename Readings>
std::vector<DayAndValue> pairs_of(const Readings& readings) {
  std::vector<DayAndValue> pairs;
  pairs.reserve(readings.size());
  for (const auto& reading : readings) pairs.emplace_back(ticks(reading.day), reading.value);
  return pairs;
}

// The mark is one that the latest meter shows. (day, reached, by the fleet, earliest, latest)
py::object reaches(const Meter& meter, double mark) {
  if (meter.empty()) return py::none();
  const KeptReading& last = meter.kept().back();
  const KeptReading& first = meter.kept().front();
  const auto passing = meter.reaches(last.total + (mark - last.value), first.day, first.total);
  if (!passing) return py::none();
  const auto latest = passing->latest ? std::optional{ticks(*passing->latest)} : std::nullopt;
  return py::make_tuple(ticks(passing->day), passing->reached, passing->by_fleet, ticks(passing->earliest), latest);
}

std::optional<double> value_on(const Meter& meter, std::int64_t number) {
  const Day day = day_of_number(number);
  const auto total = meter.total_on(day);
  return total ? std::optional{meter.shown(day, *total)} : std::nullopt;
}

}  // namespace

void bind_meter(py::module_& module) {
  py::class_<Meter>(module, "Meter", "The readings of a meter. Days are numbers of days since 1970-01-01.")
      .def(py::init([](const std::vector<DayAndValue>& readings, const std::vector<DayAndValue>& replaced,
                       std::optional<double> plausible, std::vector<double> fleet) {
             return Meter(readings_of(readings), {readings_of(replaced), plausible, fleet_rate(std::move(fleet))});
           }),
           py::arg("readings"), py::arg("replaced"), py::arg("plausible"), py::arg("fleet"))
      .def_property_readonly("kept", [](const Meter& self) { return pairs_of(self.kept()); })
      .def_property_readonly("set_aside", [](const Meter& self) { return pairs_of(self.set_aside()); })
      .def_property_readonly("began_anew", [](const Meter& self) { return pairs_of(self.resets()); })
      .def_property_readonly("rate", &Meter::rate_per_day)
      .def_property_readonly("own_rate", &Meter::own_rate)
      .def_property_readonly("measured_days", &Meter::measured_days)
      .def_property_readonly("runs_by_fleet", &Meter::runs_by_fleet)
      .def("value_on", &value_on, py::arg("day"))
      .def("reaches", &reaches, py::arg("mark"), "(day, reached, by the fleet, earliest, latest), or None.");
}

}  // namespace courtesy::bindings
