// The order of a plan: by due, then key.
#pragma once

#include <cstdint>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

// The positions of the reminders in the plan's order.
[[nodiscard]] std::vector<std::uint32_t> plan_order(const std::vector<Reminder>& reminders);

}  // namespace courtesy
