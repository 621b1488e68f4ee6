// Civil dates: days without a zone, month arithmetic from the original anchor, ISO 8601 texts.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace courtesy {

// A civil day: never shifted by a zone.
using Day = std::chrono::local_days;
// An instant: microseconds UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
// A wall time: what a clock in some zone shows.
using WallTime = std::chrono::local_time<std::chrono::microseconds>;
// Minutes after midnight on a clock's face.
using TimeOfDay = std::chrono::minutes;

// What becomes of an anniversary of 29 February in a common year.
enum class Leap { feb28, mar1, skip };

// The years that civil dates and instants read from texts may have.
inline constexpr std::chrono::year first_year{1600};
inline constexpr std::chrono::year last_year{9999};

[[nodiscard]] inline std::chrono::year_month_day calendar_date(Day day) { return std::chrono::year_month_day{day}; }
[[nodiscard]] inline Day day_of(WallTime wall) { return std::chrono::floor<std::chrono::days>(wall); }

// `months` after (or before) the anchor, clamped to the month's last day:
//   add_months(2026-01-31, 1) == 2026-02-28, and add_months(2026-01-31, 2) == 2026-03-31.
// Always from the original anchor: adding to an already clamped date drifts.
[[nodiscard]] Day add_months(Day anchor, int months);

// The anniversary of the anchor's month and day in `year`; nothing where 29 February is skipped.
[[nodiscard]] std::optional<Day> anniversary(Day anchor, std::chrono::year year, Leap leap);

// 1 = Monday … 7 = Sunday.
[[nodiscard]] unsigned iso_weekday(Day day);

// "2026-12-01" (nothing else; the year from 1600 to 9999), else nothing.
[[nodiscard]] std::optional<Day> parse_date(std::string_view text);
// "09:00", "9:00", "09:00:00" and "24:00" (where `midnight_end`), else nothing.
[[nodiscard]] std::optional<TimeOfDay> parse_time_of_day(std::string_view text, bool midnight_end = false);

// An ISO 8601 / RFC 3339 date-time: "2026-12-01T10:00", seconds and fractions (to 6 digits) optional, 'T' or a
// space, an offset ("Z", "+01:00", "+0100") or none. Without an offset `instant` is empty.
struct ParsedDateTime {
  WallTime wall;
  std::optional<Instant> instant;
};
[[nodiscard]] std::optional<ParsedDateTime> parse_date_time(std::string_view text);

[[nodiscard]] std::string iso_text(Day day);           // 2026-12-01
[[nodiscard]] std::string iso_text(WallTime wall);     // 2026-12-01T10:00:00 (fractions only where there are any)
[[nodiscard]] std::string iso_text(Instant at);        // 2026-12-01T10:00:00Z
[[nodiscard]] std::string clock_text(TimeOfDay time);  // 09:00

}  // namespace courtesy
