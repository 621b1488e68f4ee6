// Gates 1 to 4 and the decision on a candidate: pass, move or withhold, with the reason.
#pragma once

#include <vector>

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/key.h>
#include <courtesy/plan/reasons.h>
#include <courtesy/plan/timing.h>

namespace courtesy {

// Decides the candidates of one step. Not for sharing between threads: it remembers timings.
class Gatekeeper {
 public:
  Gatekeeper(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step);

  // The reminder of a candidate: planned, or withheld by the gate that `reason` names. Its key is not made yet.
  // False where neither the scheduled nor the moved instant lies in the window: nothing is decided then.
  [[nodiscard]] bool decide(const Candidate& candidate, Reminder& reminder);
  // The same for any instant, and every gate says what it did.
  [[nodiscard]] Reminder explain(const Candidate& candidate, Trace& trace);

 private:
  struct Verdict {
    ReasonCode stop = ReasonCode::due;  // due: passed
    Code channel = no_code;
  };

  [[nodiscard]] Code zone_code(Index customer) const;
  template <bool traced>
  void settle(const Candidate& candidate, const Timing& timing, Trace* moves, Trace* trace, Reminder& reminder) const;
  // Valid until the next call.
  [[nodiscard]] const Timing& timing_of(const Candidate& candidate, Code zone, Trace* trace);
  [[nodiscard]] const Timing& shared_timing(Code zone, Code calendar, Day scheduled);
  [[nodiscard]] Code calendar_code(Index customer) const;
  [[nodiscard]] Instant after_time(Instant at, const Span& span, bool back) const;
  [[nodiscard]] Timing timing_from_instant(const Candidate& candidate, const Recipient& recipient, Trace* trace) const;
  // The gates that look at the customer, at one instant.
  [[nodiscard]] Verdict pass(const Candidate& candidate, Instant at, Trace* trace) const;
  [[nodiscard]] ReasonCode superseded(const Candidate& candidate, Instant at, Trace* trace) const;
  [[nodiscard]] ReasonCode ended(const Candidate& candidate, Instant at, Trace* trace) const;
  [[nodiscard]] ReasonCode status(Index customer, Trace* trace) const;
  [[nodiscard]] Verdict choose_channel(Index customer, Instant at, Trace* trace) const;
  [[nodiscard]] ReasonCode consent(Index customer, Code channel, Instant at, Trace* trace) const;

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  const Interval* interval_;
  Day earliest_;
  bool simple_channel_;  // no preference, contact column or consent can change the first channel
  bool simple_;          // and no other gate can stop anything
  bool shares_timings_;  // the zone and the scheduled day say all about the time
  // Timings by zone, calendar and scheduled day, for customers without quiet hours of their own.
  struct Known {
    Timing timing;
    bool known = false;
  };
  std::vector<std::vector<Known>> memo_;
  Timing own_timing_;  // of a candidate that shares it with nobody
};

}  // namespace courtesy
