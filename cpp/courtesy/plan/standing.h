// Gate 2: whether what made a candidate due still stands at an instant, or an event has ended or superseded it.
#pragma once

#include <courtesy/insight/cases.h>
#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// The cases of one customer's anchoring events, kept for the next question about the same customer.
struct KnownCases {
  Index customer = no_index;
  Code kind = no_code;  // of the events, where they are of one
  Cases cases;
};

// due (it stands), superseded or ended. `known`: of the occasion's own, which is asked for nobody else meanwhile.
[[nodiscard]] ReasonCode standing_at(const Compiled& compiled, const CompiledOccasion& occasion,
                                     const Candidate& candidate, Instant at, KnownCases& known, Trace* trace);

// Whether a repetition was over a whole round before: an event that ends it, whenever it is asked, lies before the day
// on which the occurrence before the candidate's falls due. Such a candidate is not worth a row.
[[nodiscard]] bool over_before(const Compiled& compiled, const CompiledOccasion& occasion, const Candidate& candidate);

}  // namespace courtesy
