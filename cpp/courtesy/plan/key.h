// Makes the stable keys of reminders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// The key is XXH3-128 of five fields, each a 32-bit little-endian length and its bytes: the customer's id, the
// asset's id (length 2^32 - 1 for none), the occasion's name, the cycle, the step's name. Integer ids count as their
// decimal digits. This format is stable: a store finds its reminders by it after an update.
class KeyMaker {
 public:
  // For the reminders of one step.
  KeyMaker(const CustomerBase& base, const CompiledOccasion& occasion, const CompiledStep& step);

  // The cycle is the anchoring event's id, the year of an anniversary, or both ("id/number") where an event is
  // the anchor of several.
  [[nodiscard]] Key make(Index customer, Index asset, Index event, std::int32_t number);

 private:
  [[nodiscard]] char* put_id(char* at, const Ids& ids, Index index) const;

  const CustomerBase& base_;
  bool by_event_;
  bool by_number_;
  std::string name_;  // of the occasion and of the step, each with its length
  std::string step_;
  std::string event_id_;
  std::vector<char> bytes_;
};

}  // namespace courtesy
