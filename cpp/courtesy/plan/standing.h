// Gate 2: whether what made a candidate due still stands at an instant, or an event has ended or superseded it.
#pragma once

#include <string>
#include <unordered_set>

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// The ids of one customer's events of one kind, kept for the next question about the same customer.
struct KindIds {
  Index customer = no_index;
  std::unordered_set<std::string> ids;
};

// due (it stands), superseded or ended. `anchors`: of the occasion's own, which is asked for nobody else meanwhile.
[[nodiscard]] ReasonCode standing_at(const Compiled& compiled, const CompiledOccasion& occasion,
                                     const Candidate& candidate, Instant at, KindIds& anchors, Trace* trace);

}  // namespace courtesy
