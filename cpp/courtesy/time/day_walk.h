// Rules whose occurrences are whole days, each at the same times of day: all rules of days, weeks, months and years but
// for those that need the occurrences of a period side by side (see period_walk.h).
#pragma once

#include <memory>
#include <vector>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/walk.h>

namespace courtesy {

// The walk of a rule that has its implied parts, from `start` on; nothing where the rule needs its periods side by
// side. `times` are its times of day, in order.
[[nodiscard]] std::unique_ptr<Walk> day_walk(const RecurrenceRule& rule, Tick start, std::vector<Tick> times);

}  // namespace courtesy
