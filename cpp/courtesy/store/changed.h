// Who has changed since a refresh looked at them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

// Changes are counted, so that one which comes while a refresh is at work is still there afterwards.
class Changed {
 public:
  Changed(Database& database, Settings& settings);

  void mark(std::int64_t customer);
  void mark(std::span<const std::int64_t> customers);
  [[nodiscard]] std::vector<std::int64_t> customers();  // their numbers, sorted
  [[nodiscard]] bool any();
  [[nodiscard]] bool is(std::int64_t customer);
  [[nodiscard]] std::int64_t last();  // the number of the last change
  // Those who have changed after the change of that number, sorted.
  [[nodiscard]] std::vector<std::int64_t> since(std::int64_t seq);
  // All changes up to that number have been looked at.
  void clear(std::int64_t up_to);

 private:
  Settings& settings_;
  Statement mark_, all_, since_, any_, is_, clear_, clear_all_;
};

}  // namespace courtesy
