// Gate 6: the hour at which a customer is used to answer.
#pragma once

#include <optional>

#include <courtesy/plan/timing.h>

namespace courtesy {

struct BestHour {
  TimeOfDay at;             // the beginning of the hour, or the policy's time
  bool own = false;         // the customer's; else the policy's
  std::size_t replies = 0;  // of the customer whose time of day is known
};

// Counted from the customer's replies by the clock of that zone, smoothed over neighbouring hours and toward the
// policy's hour; hours that begin in quiet hours are left out.
[[nodiscard]] BestHour best_hour_of(const Compiled& compiled, Index customer, const Recipient& recipient);

}  // namespace courtesy
