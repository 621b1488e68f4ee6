// Columns of input tables, filled from the rows of a statement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/column.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

class ColumnFiller {
 public:
  ColumnFiller(std::string name, ColumnType type);

  // The next cell, from a statement's column, as stored_cell() made it.
  void add(const Statement& from, int column);
  // For columns of ids: whole numbers, or texts.
  void add(const StoredId& id);
  void add_empty();
  [[nodiscard]] Column finish() &&;

 private:
  void add_integer(std::int64_t value);
  void add_text(std::string_view text);
  void filled(bool is);

  std::string name_;
  ColumnType type_;
  std::size_t rows_ = 0;
  bool any_empty_ = false;
  std::vector<std::uint8_t> filled_;  // a bit each
  std::vector<std::int64_t> integers_;
  std::vector<double> reals_;
  std::vector<char> bytes_;
  std::vector<std::int64_t> text_ends_{0};
  std::vector<std::int64_t> list_ends_{0};  // into the texts
};

}  // namespace courtesy
