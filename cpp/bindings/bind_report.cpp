#include <courtesy/base/out_table.h>

#include <algorithm>

#include "casters.h"

namespace courtesy::bindings {
namespace {

py::object to_python(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> py::object {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant> || std::is_same_v<T, WallTime> ||
                             std::is_same_v<T, TimeOfDay>) {
          return bindings::to_python(value);
        } else {
          return py::cast(value);
        }
      },
      cell);
}

const Column& column_of(const OutTable& table, const std::string& name) {
  const Column* column = table.cells().find(name);
  if (column == nullptr) throw py::key_error(name);
  return *column;
}

py::list cells(const OutTable& table, const std::string& name, std::size_t first, std::size_t last) {
  const Column& column = column_of(table, name);
  py::list out;
  for (std::size_t row = first; row < std::min(last, table.rows()); ++row) out.append(to_python(column.cell(row)));
  return out;
}

}  // namespace

void bind_report(py::module_& module) {
  py::class_<OutTable>(module, "OutTable", "A table of results.")
      .def_static("of", &OutTable::of, py::arg("table"), "A copy of a table's cells.")
      .def("__len__", &OutTable::rows)
      .def_property_readonly("columns", [](const OutTable& table) { return column_names(table.cells()); })
      .def(
          "is_number",
          [](const OutTable& table, const std::string& name) {
            const ColumnType type = column_of(table, name).type();
            return type == ColumnType::integer || type == ColumnType::real;
          },
          py::arg("column"))
      .def("cells", &cells, py::arg("column"), py::arg("first"), py::arg("last"),
           "The cells of the rows [first, last) of a column; None is an empty cell.")
      .def(
          "stream",
          [](const OutTable& table) {
            auto out = std::make_unique<ArrowArrayStream>();
            table.stream(out.get());
            return capsule_of(std::move(out));
          },
          "The table as an Arrow C stream in a capsule.");
}

}  // namespace courtesy::bindings
