// Gates 6 and 7: from a scheduled wall time to the instant at which it may be said.
#pragma once

#include <optional>

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// A customer's own quiet hours, where the base has them.
[[nodiscard]] std::optional<QuietHours> own_quiet_hours(const CustomerBase& base, Index customer);

struct Timing {
  Instant scheduled;  // before any move
  Instant due;
  WallTime local;
  Instant expires = Instant::max();
  // due, moved, no_slot or expired
  ReasonCode outcome = ReasonCode::due;
};

// When a step that is scheduled for that wall time in that zone is really due. Depends on nothing else, so that
// many customers share one answer. `exact` is the instant where the schedule counts from one (a wall time of an
// overlap stands for two).
[[nodiscard]] Timing time_step(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                               const Zone& zone, WallTime scheduled, std::optional<Instant> exact,
                               const std::optional<QuietHours>& own, Trace* trace);

}  // namespace courtesy
