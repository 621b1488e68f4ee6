// What made a candidate due, in reasons.
#pragma once

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

void tell_anchor(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                 const Candidate& candidate, Trace& trace);

}  // namespace courtesy
