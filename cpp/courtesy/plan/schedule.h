// From a candidate to the wall time at which its step is scheduled, before any gate moves it.
#pragma once

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/overrides.h>
#include <courtesy/plan/timing.h>

namespace courtesy {

// In the recipient's zone. `words`: what staff decided; a snooze puts it off.
[[nodiscard]] Scheduled scheduled_of(const Compiled& compiled, const CompiledOccasion& occasion,
                                     const CompiledStep& step, const Recipient& recipient, const Candidate& candidate,
                                     const Overrides& words, Trace* trace);

// When staff said that it goes out now.
[[nodiscard]] Instant sent_now_at(const Compiled& compiled, const Scheduled& scheduled, const Recipient& recipient,
                                  Index customer, Index event);

}  // namespace courtesy
