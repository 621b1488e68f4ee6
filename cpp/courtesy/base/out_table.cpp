#include <courtesy/base/arrow_in.h>
#include <courtesy/base/out_table.h>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace courtesy {
namespace {

// The cells of a column whose type is T; `empty` where there is none.
template <typename T>
std::vector<T> cells_of(const Column& column, const T& empty) {
  std::vector<T> cells;
  cells.reserve(column.rows());
  for (std::size_t row = 0; row < column.rows(); ++row) {
    const Cell cell = column.cell(row);
    const T* value = std::get_if<T>(&cell);
    cells.push_back(value != nullptr ? *value : empty);
  }
  return cells;
}

OutColumn texts_of(const Column& column) {
  OutColumn::Texts texts;
  for (std::size_t row = 0; row < column.rows(); ++row) {
    const Cell cell = column.cell(row);
    if (const auto* text = std::get_if<std::string_view>(&cell)) {
      texts.add(*text);
    } else {
      texts.add_empty();
    }
  }
  return std::move(texts).finish(column.name());
}

OutColumn integers_of(const Column& column) {
  std::vector<bool> filled;
  filled.reserve(column.rows());
  for (std::size_t row = 0; row < column.rows(); ++row)
    filled.push_back(!std::holds_alternative<std::monostate>(column.cell(row)));
  return OutColumn::optional_integers(column.name(), cells_of<std::int64_t>(column, 0), filled);
}

// The cells of a column whose type is T.
template <typename T>
std::vector<std::optional<T>> optional_cells(const Column& column) {
  std::vector<std::optional<T>> cells;
  cells.reserve(column.rows());
  for (std::size_t row = 0; row < column.rows(); ++row) {
    Cell cell = column.cell(row);
    T* value = std::get_if<T>(&cell);
    cells.push_back(value != nullptr ? std::optional(std::move(*value)) : std::nullopt);
  }
  return cells;
}

OutColumn copy_of(const Column& column) {
  switch (column.type()) {
    case ColumnType::boolean:
      return OutColumn::booleans(column.name(), optional_cells<bool>(column));
    case ColumnType::integer:
      return integers_of(column);
    case ColumnType::real:
      return OutColumn::reals(column.name(), cells_of(column, std::nan("")));
    case ColumnType::null:
    case ColumnType::text:
      return texts_of(column);
    case ColumnType::date:
      return OutColumn::dates(column.name(), cells_of(column, Day::max()));
    case ColumnType::instant:
      return OutColumn::instants(column.name(), cells_of(column, Instant::max()));
    case ColumnType::wall_time:
      return OutColumn::wall_times(column.name(), cells_of(column, WallTime::max()));
    case ColumnType::time_of_day:
      return OutColumn::times(column.name(), optional_cells<TimeOfDay>(column));
    case ColumnType::text_list:
      return OutColumn::lists(column.name(), optional_cells<std::vector<std::string_view>>(column));
  }
  return texts_of(column);
}

Table read(const std::vector<OutColumn>& columns) {
  ArrowArrayStream stream{};
  export_stream(columns, &stream);
  return table_from_stream(&stream, "report");
}

std::vector<OutColumn> copies_of(const Table& table) {
  std::vector<OutColumn> columns;
  for (const Column& column : table.columns) columns.push_back(copy_of(column));
  return columns;
}

}  // namespace

OutTable::OutTable(std::vector<OutColumn> columns) : columns_(std::move(columns)), cells_(read(columns_)) {}

OutTable OutTable::of(const Table& table) { return OutTable(copies_of(table)); }

}  // namespace courtesy
