// Gate 2: whether what made a candidate due still stands at an instant, or an event has ended or superseded it.
#pragma once

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// due (it stands), superseded or ended.
[[nodiscard]] ReasonCode standing_at(const Compiled& compiled, const CompiledOccasion& occasion,
                                     const Candidate& candidate, Instant at, Trace* trace);

}  // namespace courtesy
