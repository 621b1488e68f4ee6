// How long after its due a reminder may go out without being asked again.
#pragma once

#include <courtesy/plan/plan.h>

namespace courtesy {

// The first instant, after its due, at which time alone could forbid it: the beginning of quiet hours (the policy's or
// the customer's own), the end of opening hours where they count for it, the end of its civil day, a change of the
// clocks, an event that is known already, or that at which it expires. At any instant before it the reminder may go out
// as it is. Never before its due; early rather than late, so it may be the due itself.
[[nodiscard]] Instant sendable_until(const Plan& plan, const Reminder& reminder);

}  // namespace courtesy
