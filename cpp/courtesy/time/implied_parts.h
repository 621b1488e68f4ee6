// What the start says where a rule is silent: FREQ=MONTHLY from the 15th on means the 15th of each month.
#pragma once

#include <chrono>

#include <courtesy/time/recurrence_rule.h>

namespace courtesy {

// The rule with the parts that RFC 5545 takes from the start. Second 60 has become 59; for a start that is a date
// (`whole_days`) the parts of the time of day, which then do not count, have become midnight. Rules of hours, minutes
// and seconds keep their times: they go by what elapses from the start.
[[nodiscard]] RecurrenceRule with_implied_parts(RecurrenceRule rule, std::chrono::local_seconds start, bool whole_days);

}  // namespace courtesy
