#include <courtesy/base/arrow_in.h>
#include <courtesy/base/table_builder.h>

#include <cmath>
#include <unordered_set>

#include "casters.h"

namespace courtesy::bindings {
namespace {

Table table_from(const std::string& name, const py::object& source) {
  const py::object capsule = source.attr("__arrow_c_stream__")();
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
  if (stream == nullptr) throw py::error_already_set();
  return table_from_stream(stream, name);
}

template <typename T, typename Make>
std::vector<std::optional<T>> mapped(const std::vector<std::optional<std::int64_t>>& cells, Make make) {
  std::vector<std::optional<T>> out;
  out.reserve(cells.size());
  for (const auto& cell : cells) out.push_back(cell ? std::optional<T>(make(*cell)) : std::nullopt);
  return out;
}

// The different cells of a column of ids as texts; nothing where there is no such column.
std::vector<std::string> ids_of(const Table& table, const std::string& name) {
  const Column* column = table.find(name);
  std::unordered_set<std::string> found;
  for (std::size_t row = 0; column != nullptr && row < table.rows; ++row) {
    const Cell cell = column->cell(row);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      found.insert(std::to_string(*number));
    } else if (const auto* real = std::get_if<double>(&cell); real != nullptr && std::isfinite(*real)) {
      found.insert(std::to_string(static_cast<std::int64_t>(*real)));
    } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
      found.emplace(*text);
    }
  }
  return {found.begin(), found.end()};
}

using Integers = std::vector<std::optional<std::int64_t>>;

}  // namespace

void bind_table(py::module_& module) {
  py::class_<Table>(module, "Table", "A table of input columns.")
      .def_static("from_stream", &table_from, py::arg("name"), py::arg("source"),
                  "Takes the columns of any object with __arrow_c_stream__, without copying them.")
      .def_property_readonly("name", [](const Table& table) { return table.name; })
      .def_property_readonly("rows", [](const Table& table) { return table.rows; })
      .def("ids", &ids_of, py::arg("column"), py::call_guard<py::gil_scoped_release>(),
           "The different ids in a column, as texts.")
      .def_property_readonly("columns", [](const Table& table) {
        std::vector<std::string> names;
        for (const Column& column : table.columns) names.push_back(column.name());
        return names;
      });

  py::class_<TableBuilder>(module, "TableBuilder", "Builds a table from lists; None is an empty cell.")
      .def(py::init<std::string>(), py::arg("name"))
      .def(
          "integers",
          [](TableBuilder& self, std::string name, Integers cells) {
            self.integers(std::move(name), std::move(cells));
          },
          py::arg("name"), py::arg("cells"))
      .def(
          "reals",
          [](TableBuilder& self, std::string name, std::vector<std::optional<double>> cells) {
            self.reals(std::move(name), std::move(cells));
          },
          py::arg("name"), py::arg("cells"))
      .def(
          "booleans",
          [](TableBuilder& self, std::string name, std::vector<std::optional<bool>> cells) {
            self.booleans(std::move(name), std::move(cells));
          },
          py::arg("name"), py::arg("cells"))
      .def(
          "texts",
          [](TableBuilder& self, std::string name, std::vector<std::optional<std::string>> cells) {
            self.texts(std::move(name), std::move(cells));
          },
          py::arg("name"), py::arg("cells"))
      .def(
          "dates",
          [](TableBuilder& self, std::string name, const Integers& cells) {
            self.dates(std::move(name), mapped<Day>(cells, day_of_number));
          },
          py::arg("name"), py::arg("cells"), "Days since 1970-01-01.")
      .def(
          "instants",
          [](TableBuilder& self, std::string name, const Integers& cells) {
            self.instants(std::move(name), mapped<Instant>(cells, instant_of));
          },
          py::arg("name"), py::arg("cells"), "Microseconds since the epoch, UTC.")
      .def(
          "wall_times",
          [](TableBuilder& self, std::string name, const Integers& cells) {
            self.wall_times(std::move(name), mapped<WallTime>(cells, wall_of));
          },
          py::arg("name"), py::arg("cells"), "Microseconds since 1970-01-01 00:00 on the clock.")
      .def(
          "times",
          [](TableBuilder& self, std::string name, const Integers& cells) {
            self.times(std::move(name),
                       mapped<TimeOfDay>(cells, [](std::int64_t minutes) { return TimeOfDay{minutes}; }));
          },
          py::arg("name"), py::arg("cells"), "Minutes after midnight.")
      .def(
          "lists",
          [](TableBuilder& self, std::string name, std::vector<std::optional<std::vector<std::string>>> cells) {
            self.lists(std::move(name), std::move(cells));
          },
          py::arg("name"), py::arg("cells"))
      .def(
          "nulls", [](TableBuilder& self, std::string name, std::size_t rows) { self.nulls(std::move(name), rows); },
          py::arg("name"), py::arg("rows"))
      .def(
          "from_file",
          [](TableBuilder& self, std::string file, std::vector<std::int64_t> lines) {
            self.from_file(std::move(file), std::move(lines));
          },
          py::arg("file"), py::arg("lines"), "The file, and the line that each row began on.")
      .def("build", &TableBuilder::build);
}

}  // namespace courtesy::bindings
