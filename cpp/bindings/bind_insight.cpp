#include <courtesy/base/out_table.h>
#include <courtesy/insight/value_table.h>

#include "casters.h"

namespace courtesy::bindings {

void bind_insight(py::module_& module) {
  module.def(
      "values",
      [](const CustomerBase& base, double years) {
        const py::gil_scoped_release released;
        return OutTable(value_table(base, years));
      },
      py::arg("base"), py::arg("years"), "What each customer is worth over so many years, the highest value first.");
}

}  // namespace courtesy::bindings
