// What made a candidate due, in reasons.
#pragma once

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// `scheduled`: the wall time to which it leads.
void tell_anchor(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                 const Candidate& candidate, WallTime scheduled, Trace& trace);

}  // namespace courtesy
