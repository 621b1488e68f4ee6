// Gates 6 and 7: from a scheduled wall time to the instant at which it may be said.
#pragma once

#include <optional>

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// A customer's own quiet hours, where the base has them.
[[nodiscard]] std::optional<QuietHours> own_quiet_hours(const CustomerBase& base, Index customer);

// What of a customer, or of the staff, decides when something may be said.
struct Recipient {
  const Zone& zone;
  Code calendar = 0;                // as Compiled::calendar has it
  std::optional<QuietHours> quiet;  // of their own
};

struct Timing {
  Instant scheduled;  // before any move
  Instant due;
  WallTime local;
  Instant expires = Instant::max();
  // due, moved, no_slot or expired
  ReasonCode outcome = ReasonCode::due;
};

// When a step that is scheduled for that wall time in the recipient's zone is really due. Depends on nothing else, so
// that many customers share one answer. `exact` is the instant where the schedule counts from one (a wall time of an
// overlap stands for two).
[[nodiscard]] Timing time_step(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                               const Recipient& recipient, WallTime scheduled, std::optional<Instant> exact,
                               Trace* trace);

}  // namespace courtesy
