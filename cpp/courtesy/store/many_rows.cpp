#include <courtesy/store/many_rows.h>

#include <bit>
#include <utility>

namespace courtesy {

ManyRows::ManyRows(Database& database, std::string into, int columns)
    : database_(database), into_(std::move(into)), columns_(columns) {}

Statement& ManyRows::of(std::size_t rows) {
  static_assert(at_once == std::size_t{1} << (std::tuple_size_v<decltype(statements_)> - 1));
  Statement& statement = statements_[static_cast<std::size_t>(std::countr_zero(rows))];
  if (statement.is_prepared()) return statement;
  std::string row = "(?";
  for (int i = 1; i < columns_; ++i) row += ", ?";
  row += ")";
  std::string sql = "INSERT INTO " + into_ + " VALUES " + row;
  for (std::size_t i = 1; i < rows; ++i) sql += ", " + row;
  return statement = database_.prepare(sql);
}

}  // namespace courtesy
