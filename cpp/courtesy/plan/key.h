// Makes the stable keys of reminders.
#pragma once

#include <string>
#include <string_view>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// The key is XXH3-128 of five fields, each a 32-bit little-endian length and its bytes: the customer's id, the
// asset's id (length 2^32 - 1 for none), the occasion's name, the cycle, the step's name. Integer ids count as their
// decimal digits. This format is stable: a store finds its reminders by it after an update.
class KeyMaker {
 public:
  explicit KeyMaker(const CustomerBase& base) : base_(base) {}

  // The cycle is the anchoring event's id, the year of an anniversary, or both ("id/number") where an event is
  // the anchor of several.
  [[nodiscard]] Key make(const CompiledOccasion& occasion, const CompiledStep& step, Index customer, Index asset,
                         Index event, std::int32_t number);

 private:
  void append(std::string_view field);
  void append_id(const Ids& ids, Index index);
  void append_cycle(const CompiledOccasion& occasion, Index event, std::int32_t number);

  const CustomerBase& base_;
  std::string bytes_;
  std::string cycle_;
};

}  // namespace courtesy
