// Spans of time as rules write them: "3 days", "6 months", "P1Y2M", "3 business days", "4 opening hours".
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <courtesy/time/civil.h>

namespace courtesy {

// A length of time, never negative. Its parts are kept apart, because they are added differently:
// months by the calendar, days by the civil date, business days by the workdays, time by the instant, and open time by
// the opening hours.
struct Span {
  int months = 0;
  int days = 0;
  int business_days = 0;
  std::chrono::seconds time{0};
  std::chrono::seconds open_time{0};

  [[nodiscard]] bool zero() const { return months == 0 && days == 0 && business_days == 0 && whole_days(); }
  // Whether it is counted from the civil date (and not from the instant).
  [[nodiscard]] bool whole_days() const { return time.count() == 0 && open_time.count() == 0; }
  friend bool operator==(const Span&, const Span&) = default;
};

// "3 days", "1 week", "6 months", "2 years", "4 hours", "90 minutes", "3 business days", "4 opening hours", several of
// them
// ("1 year 6 months", "1 day, 2 hours"), or ISO 8601 ("P6M", "P1Y2M3D", "PT4H", "P2W").
// Throws Error{rule} with what was expected; a negative span says "write 'before' instead".
[[nodiscard]] Span parse_span(std::string_view text);

// "1 year 6 months", "3 business days", "4 hours": parse_span(span_text(s)) == s. "0 days" for none.
[[nodiscard]] std::string span_text(const Span& span);

// The span added to a civil day: months (clamped) first, then days. Business days and time are the caller's.
[[nodiscard]] Day add_days(Day anchor, const Span& span);
[[nodiscard]] Day subtract_days(Day anchor, const Span& span);

// The most days the span can cover (for search bounds), business days counted generously: seven days each, and a year
// of holidays; open time is left out. Workdays::longest_closed() gives a closer bound for one calendar.
[[nodiscard]] int longest_days(const Span& span);

}  // namespace courtesy
