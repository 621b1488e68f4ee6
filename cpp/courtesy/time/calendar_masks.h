// The days that a rule's parts choose in every month, for each kind of year, as bits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/year_shape.h>

namespace courtesy {

class CalendarMasks {
 public:
  // From BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY; all days where a rule has none of them. Months are counted from 0.
  explicit CalendarMasks(const RecurrenceRule& rule);

  // Bit d is day d of the month. What SKIP moves out of its period stands beside it: bit 0 is the last day of the
  // month before, and the bit after the last day the first one of the next month.
  [[nodiscard]] std::uint64_t days(unsigned kind, unsigned month) const { return days_[kind][month]; }
  // Bit m: the month m has days.
  [[nodiscard]] unsigned months(unsigned kind) const { return months_[kind]; }
  // Whether no month of any year has days.
  [[nodiscard]] bool empty() const;
  // Whether a month has bits beside its days.
  [[nodiscard]] bool spills() const;

  [[nodiscard]] bool contains(Day day) const;
  // The first day from this one on, up to the year 9999. Only for masks that do not spill.
  [[nodiscard]] std::optional<Day> next(Day from) const;

  // BYSETPOS among the days of each month, or of each year.
  void choose_in_months(const std::vector<int>& positions);
  void choose_in_years(const std::vector<int>& positions);
  // Leaves the months whose bit is set.
  void keep_months(unsigned months);

 private:
  void note_months();

  std::array<std::array<std::uint64_t, 12>, year_kinds> days_{};
  std::array<unsigned, year_kinds> months_{};
};

}  // namespace courtesy
