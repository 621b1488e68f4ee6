// Reads whole columns as what a table needs, whatever they were given as, and says which cells cannot be.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/column_data.h>
#include <courtesy/base/customer_base.h>
#include <courtesy/base/problems.h>

namespace courtesy {

// Civil days since 1970-01-01; no_day for an empty cell. Dates, texts, and timestamps that are midnight.
[[nodiscard]] std::vector<std::int32_t> read_days(const Table& table, const Column& column, Problems& problems);

// Minutes after midnight; -1 for an empty cell. Times of day and texts.
[[nodiscard]] std::vector<std::int16_t> read_minutes(const Table& table, const Column& column, Problems& problems);

// Numbers; NaN for an empty cell.
[[nodiscard]] std::vector<double> read_numbers(const Table& table, const Column& column, Problems& problems);

// Ids: whole numbers or texts (a real column of whole numbers counts as whole numbers, as data frames make one of
// integers with gaps). An empty cell is reported where `required`, else it is an empty text.
struct IdColumn {
  bool integers = false;
  std::vector<std::int64_t> numbers;  // where integers
  const Column* texts = nullptr;      // where not
  std::vector<bool> filled;           // empty: every cell is
};
[[nodiscard]] IdColumn read_ids(const Table& table, const Column& column, bool required, Problems& problems);

// Calls take(row, text) for each filled cell of a column of texts; the empty text counts as an empty cell.
void read_texts(const Table& table, const Column& column, Problems& problems,
                const std::function<void(std::size_t, std::string_view)>& take);

// The code of each filled cell of a column of texts, no_code for an empty one. code_of(row, text) is asked where a text
// is met for the first time in a dictionary, or after another text.
[[nodiscard]] std::vector<Code> read_codes(const Table& table, const Column& column, Problems& problems,
                                           const std::function<Code(std::size_t, std::string_view)>& code_of);

// The items of a cell: of a list, or of a text split at commas and semicolons; spaces around them dropped.
[[nodiscard]] std::vector<std::string_view> items_of(const Cell& cell);

}  // namespace courtesy
