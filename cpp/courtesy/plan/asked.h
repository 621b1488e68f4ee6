// Reminders that are about to go out: a plan asks whether they still may, at that instant.
#pragma once

#include <algorithm>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

// What is due by that instant is scheduled for it, as if staff had put it off until then; what is due later stays where
// it is.
struct Asked {
  Instant at;
  std::vector<Key> keys;         // sorted
  std::vector<Index> customers;  // sorted: whose reminders these are

  [[nodiscard]] bool has(const Key& key) const { return std::binary_search(keys.begin(), keys.end(), key); }
};

}  // namespace courtesy
