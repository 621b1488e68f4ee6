// One column of an input table: a typed view on Arrow-shaped chunks, whoever owns their memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/time/civil.h>

namespace courtesy {

enum class ColumnType {
  null,  // every cell is empty
  boolean,
  integer,  // any width, signed or not, that fits std::int64_t
  real,     // float32, float64, decimal
  text,     // also dictionary-encoded text
  date,
  instant,    // a timestamp with a zone
  wall_time,  // a timestamp without a zone
  time_of_day,
  text_list,
};

[[nodiscard]] std::string_view type_name(ColumnType type);  // "text", "a timestamp without a zone", …

// One cell, whatever its column's type.
using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, Day, Instant, WallTime,
                          TimeOfDay, std::vector<std::string_view>>;

// A named, typed column. Copying it copies a handle.
class Column {
 public:
  struct Data;  // chunks, in column.cpp

  Column(std::string name, ColumnType type, std::shared_ptr<const Data> data);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] ColumnType type() const noexcept { return type_; }
  [[nodiscard]] std::size_t rows() const noexcept;
  [[nodiscard]] std::size_t nulls() const noexcept;
  // Random access, for the few rows that are asked for; a binary search over chunks.
  [[nodiscard]] Cell cell(std::size_t row) const;
  [[nodiscard]] const Data& data() const noexcept { return *data_; }

 private:
  std::string name_;
  ColumnType type_;
  std::shared_ptr<const Data> data_;
};

// Whether every cell is empty; of numbers NaN is an empty cell.
[[nodiscard]] bool all_empty(const Column& column);

// An input table: columns of one length. `name` is what errors call it ("customers").
struct Table {
  std::string name;
  std::size_t rows = 0;
  std::vector<Column> columns;
  // For a table read from a CSV file: the file, and the line each row began on; else empty.
  std::string file;
  std::vector<std::int64_t> lines;

  [[nodiscard]] const Column* find(std::string_view column) const;
  // Where a cell stands, for errors.
  [[nodiscard]] Where where(std::size_t row, std::string_view column) const;
};

[[nodiscard]] std::vector<std::string> column_names(const Table& table);

}  // namespace courtesy
