// Rules of hours, minutes and seconds: they go by elapsed time, and what BY parts they have are read off the clock.
#pragma once

#include <memory>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/walk.h>
#include <courtesy/time/zone.h>

namespace courtesy {

// The walk of a rule that has its implied parts. With a zone its line, and `start`, are UTC's; without one they are the
// wall clock's.
[[nodiscard]] std::unique_ptr<Walk> clock_walk(const RecurrenceRule& rule, Tick start,
                                               std::shared_ptr<const Zone> zone);

}  // namespace courtesy
