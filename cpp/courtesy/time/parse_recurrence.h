// Whole recurrences from the lines of an iCalendar object.
#pragma once

#include <string_view>

#include <courtesy/time/recurrence_parts.h>

namespace courtesy {

//   DTSTART;TZID=Europe/London:20260101T090000
//   RRULE:FREQ=MONTHLY;BYDAY=-1FR
//   EXDATE;TZID=Europe/London:20261225T090000
//
// One DTSTART, at most one RRULE (which may stand without its name), and any number of EXRULE, RDATE and EXDATE, in any
// order; lines end in CRLF or LF, and may be folded. A PERIOD of RDATE counts from its start.
// Throws Error{rule} with the line and the column, and Error{zone} for an unknown TZID.
[[nodiscard]] RecurrenceParts parse_recurrence(std::string_view text);

}  // namespace courtesy
