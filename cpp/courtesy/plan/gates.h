// Gates 1 to 7 and the decision on a candidate: pass, move, hold or withhold, with the reason.
#pragma once

#include <algorithm>
#include <vector>

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/hold.h>
#include <courtesy/plan/key.h>
#include <courtesy/plan/overrides.h>
#include <courtesy/plan/reach.h>
#include <courtesy/plan/reasons.h>
#include <courtesy/plan/standing.h>
#include <courtesy/plan/timing.h>
#include <courtesy/plan/went_out.h>

namespace courtesy {

// Decides the candidates of one step. Not for sharing between threads: it remembers timings.
class Gatekeeper {
 public:
  Gatekeeper(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step);

  // Whether decide() looks at keys; else they may be made later, for the rows that are kept.
  [[nodiscard]] bool needs_keys() const { return needs_keys_; }

  // Whether decide() may say more than false: a quick look, before keys are made.
  [[nodiscard]] bool may_concern(const Candidate& candidate);

  // The reminder of a candidate: planned, or withheld by the gate that `reason` names.
  // False where it concerns neither the window nor, of a step that others compete with, its days: nothing is decided
  // then.
  [[nodiscard]] bool decide(const Candidate& candidate, const Key& key, Reminder& reminder);
  // Whether it has gone out, and would be planned if it had not: when the gates would have planned it.
  [[nodiscard]] bool went_out(const Candidate& candidate, const Key& key, WentOut& out);
  // As decide() for any instant, and every gate says what it did.
  struct Explained {
    Reminder reminder;
    Instant scheduled;  // before staff put it off, and before any move
    bool heard;         // false where staff scheduled it for another time, and the window is too far from its own
  };
  [[nodiscard]] Explained explain(const Candidate& candidate, const Key& key, Trace& trace);
  // What becomes of a reminder that was refused at its due: deferred to a later civil day of the customer, or withheld
  // there by a gate. Nothing where no later day is within the tolerance and before it expires.
  [[nodiscard]] std::optional<Reminder> defer(const Candidate& candidate, const Key& key, const Reminder& refused,
                                              Trace* trace);
  // Whether gates 1 to 5 let it pass at another's instant by another's channel, and it is not worthless by then.
  [[nodiscard]] bool may_join(const Candidate& candidate, const Key& key, Instant at, Instant expires,
                              Code channel) const;

 private:
  // A candidate with what is known of it.
  struct Case {
    const Candidate& candidate;
    Overrides words;
    Recipient recipient;
    std::chrono::minutes spread;
  };

  [[nodiscard]] Case case_of(const Candidate& candidate, const Key& key) const;
  [[nodiscard]] Code zone_code(Index customer) const;
  [[nodiscard]] Code calendar_code(Index customer) const;
  [[nodiscard]] Scheduled scheduled(const Case& asked, Trace* trace) const;
  // Whether staff scheduled it for another time, or it is asked at another.
  [[nodiscard]] bool is_elsewhere(const Case& asked) const {
    return asked.words.asked ||
           (asked.words.decision != no_index && asked.words.decision_kind != compiled_.overrides.skip);
  }
  // Whether a reminder that staff scheduled for another time was scheduled near enough to the window.
  [[nodiscard]] bool in_reach(Instant planned) const;
  // Before staff put it off.
  [[nodiscard]] Instant instant_of(const Case& asked, const Scheduled& scheduled) const;
  // Whether the occasion was when it was scheduled.
  [[nodiscard]] bool in_force(const Case& asked, const Timing& timing) const;
  void tell_activation(const Case& asked, Trace& trace) const;
  // Whether it is due by that instant, of what is about to go out.
  [[nodiscard]] bool has_come(const Case& asked, Instant at) const;
  // When it is scheduled, whatever staff said.
  [[nodiscard]] Instant planned_at(const Case& asked) const;
  [[nodiscard]] bool in_window(Instant at) const { return at >= compiled_.window.start && at < compiled_.window.end; }
  [[nodiscard]] bool of_interest(const Timing& timing) const {
    return std::max(timing.due, timing.scheduled) >= from_ && std::min(timing.due, timing.scheduled) < to_;
  }
  [[nodiscard]] const Timing& timing_of(const Case& asked, const Scheduled* known, Trace* trace);
  [[nodiscard]] const Timing& shared_timing(Code zone, Code calendar, Day scheduled);
  void fill(const Case& asked, const Timing& timing, Reminder& reminder) const;
  // From the scheduled instant through all gates.
  void settle(const Case& asked, const Timing& timing, std::vector<Reason> moves, Trace* trace,
              Reminder& reminder) const;
  // From the instant to which it was moved: gates 1 to 5 again, and behind every hold gates 6 and 7 as well. False
  // where those find no time then; the timing says which of them.
  bool settle_moved(const Case& asked, Timing& timing, ReasonCode reason, Trace* trace, Reminder& reminder) const;
  // The first day on which a hold at that instant lets it pass, at its scheduled time of day.
  [[nodiscard]] std::optional<Day> free_day(const Case& asked, const Scheduled& scheduled, const Timing& timing) const;
  enum class Freed : std::uint8_t { moved, withheld, no_time };
  // Moves it behind the hold at its due; where gates 6 and 7 find no time then, the timing says which, and when.
  Freed leave_hold(const Case& asked, const HeldBy& hold, Timing& timing, Trace* trace, Reminder& reminder) const;
  [[nodiscard]] Instant sent_now_at(const Case& asked) const;
  void send_now(const Case& asked, Instant at, Trace* trace, Reminder& reminder) const;
  void plan(const Timing& timing, ReasonCode reason, Trace* trace, Reminder& reminder) const;
  void withhold(ReasonCode reason, Instant at, Reminder& reminder) const;
  static void tell_moves(std::vector<Reason> moves, Trace& trace);
  // Gates 1 to 3 at one instant.
  [[nodiscard]] ReasonCode let_through(const Case& asked, Instant at, Trace* trace) const;
  // Gates 1 to 4.
  [[nodiscard]] Reach pass(const Case& asked, Instant at, Trace* trace) const;
  [[nodiscard]] ReasonCode status(Index customer, Trace* trace) const;
  // Whether the customer, and the partner too, agreed to be introduced.
  [[nodiscard]] ReasonCode introduced(const Candidate& candidate, Instant at, Trace* trace) const;

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  Day earliest_;
  Instant from_, to_;  // what is due outside is of no interest
  bool needs_keys_;
  bool asks_standing_;   // an event may end or supersede
  bool simple_channel_;  // no preference, contact column or consent can change the first channel
  bool introduces_;      // customers to each other, or to a club
  bool simple_;          // and no other gate can stop anything
  bool spreads_;         // what quiet hours release
  bool shares_timings_;  // but for the spread, the zone and the scheduled day say all about the time
  // Timings by zone, calendar and scheduled day, for customers without quiet hours of their own.
  struct Known {
    Timing timing;
    bool known = false;
  };
  std::vector<std::vector<Known>> memo_;
  mutable KnownCases known_cases_;
  mutable Holds holds_;
  Timing own_timing_;  // of a candidate that shares it with nobody
};

}  // namespace courtesy
