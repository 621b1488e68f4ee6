// What went wrong, where, and of which kind: the one error type of the core.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace courtesy {

enum class ErrorKind {
  data,     // a cell, row, column or table that cannot be taken
  rule,     // a rule file or rule object that cannot be taken
  zone,     // a time zone that does not exist
  time,     // a wall time or instant that cannot be answered (a gap with Gap::error, …)
  missing,  // something looked up by name that is not there
  store,    // a file that cannot be opened, read or written, or a store that may not be used like this
  lease,    // an answer of a claim whose lease was lost
};

// The place a problem was found. A place in a rule file has file, line and column (from 1);
// a place in data has table, row (from 0, as data frames count) and field.
struct Where {
  std::string file;
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::string table;
  std::int64_t row = -1;
  std::string field;

  friend bool operator==(const Where&, const Where&) = default;
};

struct Problem {
  std::string message;
  Where where;

  // "rules.toml:12:5: …" or "customers, row 3, column 'zone': …"
  [[nodiscard]] std::string text() const;
};

// One or several problems of one kind. what() is all their texts, one a line.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, Where where = {});
  Error(ErrorKind kind, std::vector<Problem> problems);

  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }
  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  ErrorKind kind_;
  std::vector<Problem> problems_;
  std::string what_;
};

}  // namespace courtesy
