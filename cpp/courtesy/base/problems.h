// Collects what is wrong with input tables, so that all of it is said at once.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <courtesy/base/column.h>

namespace courtesy {

class Problems {
 public:
  static constexpr std::size_t most = 20;

  void add(const Table& table, std::size_t row, std::string_view column, std::string message) {
    ++count_;
    if (problems_.size() < most) problems_.push_back({std::move(message), table.where(row, column)});
  }
  void add(const Table& table, std::string message) {
    ++count_;
    Where where;
    where.table = table.name;
    where.file = table.file;
    if (problems_.size() < most) problems_.push_back({std::move(message), std::move(where)});
  }
  void add(const Table& table, std::string_view column, std::string message) {
    ++count_;
    Where where;
    where.table = table.name;
    where.field = std::string(column);
    where.file = table.file;
    if (problems_.size() < most) problems_.push_back({std::move(message), std::move(where)});
  }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

  void raise_if_any() {
    if (count_ == 0) return;
    // Columns are read one after the other, tables are mended row by row.
    for (auto from = problems_.begin(); from != problems_.end();) {
      const auto to = std::find_if(from, problems_.end(),
                                   [&](const Problem& problem) { return problem.where.table != from->where.table; });
      std::stable_sort(from, to, [](const Problem& a, const Problem& b) { return a.where.row < b.where.row; });
      from = to;
    }
    if (count_ > problems_.size()) {
      problems_.push_back({"… and " + std::to_string(count_ - problems_.size()) + " more", {}});
    }
    throw Error(ErrorKind::data, std::move(problems_));
  }

 private:
  std::size_t count_ = 0;
  std::vector<Problem> problems_;
};

}  // namespace courtesy
