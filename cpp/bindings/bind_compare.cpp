#include <courtesy/base/out_table.h>
#include <courtesy/plan/compare_table.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

using Row = std::optional<std::size_t>;

Row row_of(std::size_t row) { return row == no_row ? std::nullopt : Row(row); }

}  // namespace

void bind_compare(py::module_& module) {
  py::class_<Comparison>(module, "Comparison", "What changes from one plan to another.")
      .def("counts", [](const Comparison& comparison) { return OutTable(counts_table(comparison)); })
      .def(
          "changes",
          [](const Comparison& comparison) {
            const py::gil_scoped_release released;
            return OutTable(changes_table(comparison));
          },
          "One row for each reminder that changes.")
      .def(
          "rows",
          [](const Comparison& comparison, std::size_t change) {
            const ChangedReminder& of = comparison.changes.at(change);
            return std::pair(row_of(of.before), row_of(of.after));
          },
          py::arg("change"), "Its rows in both plans; None where a plan has none.");
  module.def(
      "compare",
      [](const std::shared_ptr<Plan>& before, const std::shared_ptr<Plan>& after) {
        const py::gil_scoped_release released;
        return compare(before, after);
      },
      py::arg("before"), py::arg("after"));
}

}  // namespace courtesy::bindings
