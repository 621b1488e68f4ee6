// What a few reminders carry beside their row: a gesture, a partner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

struct Extra {
  Key key;
  const Gesture* gesture = nullptr;  // of the plan's rules
  std::int64_t times = 0;            // that the customer has had it before, within the time of novelty
  std::optional<Day> last;           // the day on which it was received last
  std::string partner;               // whom or what the customer is introduced to; empty: nobody
};

// By key. What one says of a reminder's gesture and another of its partner is told as one.
class Extras {
 public:
  Extras() = default;
  explicit Extras(std::vector<Extra> extras);
  [[nodiscard]] bool empty() const noexcept { return extras_.empty(); }
  // nullptr where the reminder carries nothing.
  [[nodiscard]] const Extra* of(const Key& key) const;

 private:
  std::vector<Extra> extras_;
};

}  // namespace courtesy
