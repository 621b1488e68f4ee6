// Cells of customers and assets on their way into the file: each column keeps its type, and what is given later is made
// into it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <courtesy/base/column.h>
#include <courtesy/base/problems.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

// Booleans are 0 and 1; dates, instants, wall times and times of day texts in ISO 8601; lists JSON.
using StoredCell = std::variant<std::monostate, std::int64_t, double, std::string_view>;

// The cell as one of that type; nothing where it cannot be one. A view may be into the cell's memory or into `scratch`.
[[nodiscard]] std::optional<StoredCell> stored_cell(const Cell& cell, ColumnType type, std::string& scratch);

// The type that a stored column has once it has taken the given one: its own, or a wider one where numbers come to
// whole numbers, and texts to numbers in a column that is `text_by_nature`, as telephone numbers are.
[[nodiscard]] ColumnType taken_type(ColumnType stored, const Column& given, bool text_by_nature);

// Reports the cells that cannot be of that type.
void check_cells(const Table& table, const Column& given, ColumnType type, Problems& problems);

void bind_cell(Statement& statement, int place, const StoredCell& cell);

}  // namespace courtesy
