// When each customer has to be looked at again though nothing has happened.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include <courtesy/store/sqlite.h>

namespace courtesy {

// Hours since 1970 in UTC.
[[nodiscard]] constexpr std::int64_t hour_of(Instant at) {
  return std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count();
}

// Customers by the hour in which they come up. An entry is never taken back: to look at somebody too early, or twice,
// changes nothing. They are kept in bulk, a few bytes each, as every customer has one.
class Agenda {
 public:
  explicit Agenda(Database& database);

  void add(std::int64_t hour, std::span<const std::int64_t> customers);
  [[nodiscard]] std::vector<std::int64_t> due(std::int64_t hour);  // up to that hour; sorted, each once
  void clear(std::int64_t hour);                                   // up to that hour
  void clear();

 private:
  Statement add_, last_, due_, clear_, clear_all_;
};

}  // namespace courtesy
