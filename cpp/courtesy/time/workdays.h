// Business calendars: weekends and holidays.
#pragma once

#include <optional>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

// Which way a day that is no business day is moved.
enum class Roll { none, next, previous, nearest };  // nearest: the later one where both are as near

class Workdays {
 public:
  // No weekend, no holidays: every day is a business day.
  Workdays() = default;
  // `weekend` holds ISO weekdays (1 = Monday … 7 = Sunday). Throws Error{rule} where all seven are in it.
  Workdays(const std::vector<unsigned>& weekend, std::vector<Day> holidays);

  [[nodiscard]] bool every_day() const noexcept { return weekend_mask_ == 0 && holidays_.empty(); }
  [[nodiscard]] bool is_weekend(Day day) const;
  [[nodiscard]] bool is_holiday(Day day) const;
  [[nodiscard]] bool is_business_day(Day day) const { return !is_weekend(day) && !is_holiday(day); }

  // The day itself where it is a business day, else the one that `roll` asks for.
  // Nothing where there is none within two years (holidays listed without end).
  [[nodiscard]] std::optional<Day> rolled(Day day, Roll roll) const;
  // The nth business day after (count > 0) or before (count < 0) the day; a count of 0 is rolled(day, next).
  // Nothing where more than two years without a business day lie on the way.
  [[nodiscard]] std::optional<Day> add(Day day, int count) const;
  // The most days without a business day that follow each other: add(day, n) is at most n * (this + 1) days away.
  [[nodiscard]] int longest_closed() const noexcept { return longest_closed_; }

 private:
  [[nodiscard]] std::optional<Day> walk(Day day, int count) const;  // add, a business day at a time

  unsigned weekend_mask_ = 0;  // bit n: ISO weekday n
  std::vector<Day> holidays_;  // sorted, unique
  std::vector<Day> closures_;  // the holidays that are not on a weekend
  int longest_closed_ = 0;
};

}  // namespace courtesy
