// Rules that need the occurrences of a period side by side: BYSETPOS among several times a day, or in weeks that a
// BYMONTH cuts; and BYWEEKNO, whose years are those of the weeks.
#pragma once

#include <memory>
#include <vector>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/walk.h>

namespace courtesy {

// The walk of a rule of weeks, months or years that has its implied parts. `times` are its times of day, in order.
[[nodiscard]] std::unique_ptr<Walk> period_walk(const RecurrenceRule& rule, Tick start, std::vector<Tick> times);

}  // namespace courtesy
