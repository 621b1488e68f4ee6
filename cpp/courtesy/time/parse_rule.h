// Recurrence rules from their text.
#pragma once

#include <string_view>

#include <courtesy/time/recurrence_rule.h>

namespace courtesy {

// "FREQ=MONTHLY;BYDAY=-1FR", with or without "RRULE:" before it, in any letter case. The rule is checked().
// Throws Error{rule} that names the part (also in Where::field) and where it stands (Where::column, from 1).
[[nodiscard]] RecurrenceRule parse_rule(std::string_view text);

}  // namespace courtesy
