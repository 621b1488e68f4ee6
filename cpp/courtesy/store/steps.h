// What all reminders of a step have in common, by a code: so that it is not written again in each row.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include <courtesy/plan/owed.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

class Steps {
 public:
  explicit Steps(Database& database);

  [[nodiscard]] std::int64_t code(const OwedRow& row);  // makes one where there is none
  void fill(std::int64_t code, OwedRow& row);           // occasion, step, audience, purpose, message, team and late
  // What a rolled back transaction made is forgotten.
  void forget();

 private:
  using Shared = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, Late>;

  Database& database_;
  Statement find_, add_, get_;
  std::map<Shared, std::int64_t, std::less<>> codes_;
  std::map<std::int64_t, Shared> shared_;
};

}  // namespace courtesy
