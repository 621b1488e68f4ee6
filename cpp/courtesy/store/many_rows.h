// Rows of one table, many to a statement: to begin a statement takes SQLite longer than to go on with it.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include <courtesy/store/sqlite.h>

namespace courtesy {

class ManyRows {
 public:
  static constexpr std::size_t at_once = 32;  // at most

  // `into`: the table with so many columns, as "owed (customer, key)".
  ManyRows(Database& database, std::string into, int columns);

  // Calls bind(statement, place, row, slot) for each row: `place` is that of its first column, and what is bound must
  // live until the next row has the same `slot`, which is below `at_once`.
  template <typename Bind>
  void insert(std::size_t rows, Bind bind) {
    std::size_t size = at_once;
    for (std::size_t begin = 0; begin < rows; begin += size) {
      while (size > rows - begin) size /= 2;
      Statement& to = of(size);
      for (std::size_t slot = 0; slot < size; ++slot) {
        bind(to, static_cast<int>(slot) * columns_ + 1, begin + slot, slot);
      }
      to.run();
    }
  }

 private:
  [[nodiscard]] Statement& of(std::size_t rows);  // a power of two

  Database& database_;
  std::string into_;
  int columns_;
  std::array<Statement, 6> statements_;  // for 1, 2, 4, … rows, as they are needed
};

}  // namespace courtesy
