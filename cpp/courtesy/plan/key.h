// Makes the stable keys of reminders.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// Whose key: an anchor's subject and, where it is the anchor of several occurrences, their number.
struct KeySubject {
  Index customer = no_index;
  Index asset = no_index;
  Index event = no_index;
  std::int32_t number = 0;
};

// The key is XXH3-128 of five fields, each a 32-bit little-endian length and its bytes: the customer's id, the
// asset's id (length 2^32 - 1 for none), the occasion's name, the cycle, the step's name. Integer ids count as their
// decimal digits. This format is stable: a store finds its reminders by it after an update.
class KeyMaker {
 public:
  // For the reminders of one step.
  KeyMaker(const CustomerBase& base, const CompiledOccasion& occasion, const CompiledStep& step);

  // The cycle is the anchoring event's id, the year of an anniversary, or both ("id/number") where an event is
  // the anchor of several.
  [[nodiscard]] Key make(const KeySubject& subject);
  // The keys of many, to as many places in `keys`.
  void make(std::span<const KeySubject> subjects, std::span<Key> keys);

 private:
  // A field that is the same for all, with its length before it and filled up to whole blocks.
  class Constant {
   public:
    explicit Constant(std::string_view text);
    [[nodiscard]] char* put(char* at) const;
    [[nodiscard]] std::size_t room() const { return blocks_.size(); }

   private:
    std::string blocks_;
    std::size_t size_;
  };

  static constexpr std::size_t group = 32;
  void make_group(std::span<const KeySubject> subjects, std::span<Key> keys);
  // The id's field at `at`, where `number` is the id if ids are integers; its end.
  [[nodiscard]] static char* put_id(char* at, const Ids& ids, Index index, std::int64_t number);
  [[nodiscard]] char* put_fields(char* at, const KeySubject& subject, std::int64_t customer, std::int64_t event,
                                 std::string_view event_text) const;

  const CustomerBase& base_;
  bool by_event_;
  bool by_number_;
  Constant name_;  // of the occasion
  Constant step_;
  std::string event_id_;
  std::vector<char> bytes_;
};

}  // namespace courtesy
