// Gates 6 and 7: from a scheduled wall time to the instant at which it may be said.
#pragma once

#include <optional>

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

// A customer's own quiet hours, where the base has them.
[[nodiscard]] std::optional<QuietHours> own_quiet_hours(const CustomerBase& base, Index customer);

// What of a customer, or of the staff, decides when something may be said.
struct Recipient {
  const Zone& zone;
  Code calendar = 0;                // as Compiled::calendar has it
  std::optional<QuietHours> quiet;  // of their own
};

// A wall time in the recipient's zone, before any move. The instant is known where the schedule counts from one: a wall
// time of an overlap stands for two.
struct Scheduled {
  struct Moment {
    WallTime wall;
    std::optional<Instant> instant;
  };
  WallTime wall;
  std::optional<Instant> instant;
  std::optional<Moment> snoozed;  // what staff put it off to; it expires as if they had not

  [[nodiscard]] Moment moment() const { return snoozed ? *snoozed : Moment{wall, instant}; }
  // Its time of day on another day.
  [[nodiscard]] WallTime on(Day day) const {
    const WallTime scheduled = moment().wall;
    return day + (scheduled - day_of(scheduled));
  }
};

struct Timing {
  Instant scheduled;  // before any move
  Instant due;
  WallTime local;
  Instant expires = Instant::max();
  // due, moved, no_slot or expired
  ReasonCode outcome = ReasonCode::due;
  bool released = false;  // quiet hours moved it, so that it may be spread
};

// Where to start looking, and how to go on.
struct TimingAsk {
  std::optional<Day> from;         // a later day than the scheduled one, at the scheduled time of day
  std::chrono::minutes spread{0};  // after the end of quiet hours
};

// Whether a move leaves the occasion's tolerance.
[[nodiscard]] bool too_far(const Occasion& rule, WallTime scheduled, WallTime wall);

// When a step that is scheduled so is really due. Depends on nothing else, so that many customers share one answer.
[[nodiscard]] Timing time_step(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                               const Recipient& recipient, const Scheduled& scheduled, const TimingAsk& ask,
                               Trace* trace);

}  // namespace courtesy
