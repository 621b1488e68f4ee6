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

// Of an occasion that repeats: which occurrences come too late to be worth a row. It is asked for one event after
// another, and what it knows of the last one is kept for the next occurrence.
class Repetition {
 public:
  Repetition(const Compiled& compiled, const CompiledOccasion& occasion) : compiled_(compiled), occasion_(occasion) {}

  // Whether it was over a whole round before: an event that ends it, whenever it is asked, lies before the day on which
  // the occurrence before the candidate's falls due.
  [[nodiscard]] bool over_before(const Candidate& candidate);

 private:
  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  Index event_ = no_index;    // of the last candidate
  std::optional<Day> ended_;  // the day of the first event that ends what it began
  KnownCases known_;
};

}  // namespace courtesy
