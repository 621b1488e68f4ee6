// Business calendars: weekends, holidays, and days that are worked all the same.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <courtesy/time/civil.h>
#include <courtesy/time/day_set.h>

namespace courtesy {

// Which way a day that is no business day is moved: nearest is the later one where both are as near, and the modified
// ones turn round where they would leave the month.
enum class Roll { none, next, previous, nearest, modified_following, modified_preceding };

class Workdays {
 public:
  // No weekend, no holidays: every day is a business day.
  Workdays() = default;
  // `weekend` holds ISO weekdays (1 = Monday … 7 = Sunday). Throws Error{rule} where all seven are in it.
  // `worked` are business days whatever else they are, such as a Saturday that makes up for a bridging day.
  Workdays(const std::vector<unsigned>& weekend, std::vector<Day> holidays, std::vector<Day> worked = {});

  [[nodiscard]] bool every_day() const noexcept { return weekend_mask_ == 0 && holidays_.empty(); }
  [[nodiscard]] bool is_weekend(Day day) const { return (weekend_mask_ >> iso_weekday(day) & 1U) != 0; }
  [[nodiscard]] bool is_holiday(Day day) const { return holidays_.has(day); }
  [[nodiscard]] bool is_business_day(Day day) const {
    return worked_.has(day) || (!is_weekend(day) && !is_holiday(day));
  }

  // The day itself where it is a business day, else the one that `roll` asks for.
  // Nothing where there is none within two years (holidays listed without end).
  [[nodiscard]] std::optional<Day> rolled(Day day, Roll roll) const;
  // The nth business day after (count > 0) or before (count < 0) the day; a count of 0 is rolled(day, next).
  // Nothing where more than two years without a business day lie on the way.
  [[nodiscard]] std::optional<Day> add(Day day, int count) const;
  // How many business days are in [from, to).
  [[nodiscard]] std::int64_t count(Day from, Day to) const;
  // The most days without a business day that follow each other: add(day, n) is at most n * (this + 1) days away.
  [[nodiscard]] int longest_closed() const noexcept { return longest_closed_; }

 private:
  [[nodiscard]] std::optional<Day> walk(Day day, int count) const;  // add, a business day at a time
  [[nodiscard]] std::optional<Day> straight(Day day, Roll roll) const;

  unsigned weekend_mask_ = 0;  // bit n: ISO weekday n
  DaySet holidays_;            // those that are worked are not among them
  DaySet worked_;
  std::vector<Day> closures_;  // the holidays that are not on a weekend
  std::vector<Day> extras_;    // the worked days on a weekend
  int longest_closed_ = 0;
};

}  // namespace courtesy
