// Recurrence rules in the slow and obvious way: look at each day (or second) of each period, and ask the RFC's table.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/zone.h>

namespace courtesy::plain {

using std::chrono::local_seconds;

// The occurrences from `start` on and before `to` of a rule of days, weeks, months or years; COUNT and UNTIL are not
// looked at. Times of a start that is a date are midnight.
std::vector<local_seconds> occurrences(const RecurrenceRule& rule, local_seconds start, bool whole_days,
                                       local_seconds to);

// Those in [from, to) of a rule of hours, minutes or seconds, by elapsed time. With a zone all times are the clock's in
// UTC, and parts are read off the clock of the zone.
std::vector<local_seconds> clock_occurrences(const RecurrenceRule& rule, local_seconds start, const Zone* zone,
                                             local_seconds from, local_seconds to);

}  // namespace courtesy::plain
