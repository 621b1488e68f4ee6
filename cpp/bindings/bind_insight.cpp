#include <courtesy/base/out_table.h>
#include <courtesy/insight/promise_history.h>
#include <courtesy/insight/value_table.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

PromiseQuestion::Per per_of(const std::optional<std::string>& name) {
  if (!name) return PromiseQuestion::Per::nothing;
  if (*name == "topic") return PromiseQuestion::Per::topic;
  if (*name == "by") return PromiseQuestion::Per::by;
  if (*name == "channel") return PromiseQuestion::Per::channel;
  return PromiseQuestion::Per::customer;
}

OutTable promises(const CustomerBase& base, const std::optional<std::string>& per, std::optional<double> target,
                  double chance, std::optional<std::int64_t> until_day, std::optional<std::int64_t> until) {
  PromiseQuestion question{per_of(per), target, chance, std::nullopt};
  if (until_day) question.until = day_of_number(*until_day);
  if (until) question.until = instant_of(*until);
  const py::gil_scoped_release released;
  return OutTable(promise_table(base, question));
}

}  // namespace

void bind_insight(py::module_& module) {
  module.def(
      "values",
      [](const CustomerBase& base, double years) {
        const py::gil_scoped_release released;
        return OutTable(value_table(base, years));
      },
      py::arg("base"), py::arg("years"), "What each customer is worth over so many years, the highest value first.");
  module.def("promises", &promises, py::arg("base"), py::arg("per"), py::arg("target"), py::arg("chance"),
             py::arg("until_day"), py::arg("until"),
             "How promises were kept, per topic, by, channel or customer, before a civil day or an instant (µs UTC).");
}

}  // namespace courtesy::bindings
