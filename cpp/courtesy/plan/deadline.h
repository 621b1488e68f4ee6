// Deadlines: what an event's `due` promises, and the stricter internal target.
#pragma once

#include <optional>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// A moment that steps count from: a civil day, and the instant where it is known.
struct DuePoint {
  Day day;
  std::optional<Instant> instant;
};

// The point so much later (or earlier). Days move the wall clock in that zone; hours count from the instant, and where
// only the day is known from its end. Nothing where the calendars have no such day.
[[nodiscard]] std::optional<DuePoint> moved_point(const DuePoint& point, const Span& span, bool back, const Zone& zone,
                                                  const Compiled& compiled);

// What an event's `due` says; nothing where it has none.
[[nodiscard]] std::optional<DuePoint> due_of(const CustomerBase& base, Index event);
// The internal target of an occasion that has one: never after the due.
[[nodiscard]] std::optional<DuePoint> target_of(const Compiled& compiled, const Deadline& deadline, Index customer,
                                                Index event);

// Whether a step counts from the target.
[[nodiscard]] bool counts_from_target(const Deadline& deadline, const Step& step);
// What a step counts from.
[[nodiscard]] std::optional<DuePoint> point_of(const Compiled& compiled, const Deadline& deadline, const Step& step,
                                               Index customer, Index event);

}  // namespace courtesy
