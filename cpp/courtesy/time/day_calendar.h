// Days that the calendar's masks choose, in every nth year or every nth month.
#pragma once

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <optional>

#include <courtesy/time/calendar_masks.h>
#include <courtesy/time/walk.h>

namespace courtesy {

class DayCalendar {
 public:
  // In the years that lie a multiple of `every` from `first`.
  static DayCalendar years(const CalendarMasks& masks, std::chrono::year first, std::int64_t every) {
    DayCalendar days{masks, first / std::chrono::January, std::min<std::int64_t>(every, 10'000), 0};
    days.step_by_leap_years();
    return days;
  }
  // In the months that lie a multiple of `every` from `first`.
  static DayCalendar months(const CalendarMasks& masks, std::chrono::year_month first, std::int64_t every) {
    return {masks, first, 1, std::min<std::int64_t>(every, 120'000)};
  }

  [[nodiscard]] std::optional<Day> next(Day from, Day to, Steps& steps) const {
    (void)steps;
    std::optional<Day> found;
    each_month(from, to, [&found](Day before, std::uint64_t days) {
      found = before + std::chrono::days{std::countr_zero(days)};
      return false;
    });
    return found;
  }

  template <typename Put>
  std::size_t put(Day from, Day to, std::size_t most, Put put, Steps& steps) const {
    (void)steps;
    std::size_t place = 0;
    each_month(from, to, [&](Day before, std::uint64_t days) {
      for (; days != 0; days &= days - 1) {
        if (place == most) return false;
        put(place, before + std::chrono::days{std::countr_zero(days)});
        ++place;
      }
      return true;
    });
    return place;
  }

  [[nodiscard]] std::int64_t count(Day from, Day to, Steps& steps) const {
    (void)steps;
    std::int64_t count = 0;
    each_month(from, to, [&count](Day, std::uint64_t days) {
      count += std::popcount(days);
      return true;
    });
    return count;
  }

  [[nodiscard]] std::optional<Day> nth(Day from, std::int64_t n, Steps& steps) const {
    (void)steps;
    std::optional<Day> found;
    each_month(from, day_of(end_tick), [&](Day before, std::uint64_t days) {
      const int here = std::popcount(days);
      if (n >= here) {
        n -= here;
        return true;
      }
      for (; n > 0; --n) days &= days - 1;
      found = before + std::chrono::days{std::countr_zero(days)};
      return false;
    });
    return found;
  }

 private:
  DayCalendar(const CalendarMasks& masks, std::chrono::year_month first, std::int64_t years, std::int64_t months)
      : masks_(masks),
        first_(first),
        every_years_(static_cast<int>(years)),
        every_months_(static_cast<int>(months)),
        spills_(masks.spills()) {}

  // Where common years have no days, as for 29 February, they need not be looked at.
  void step_by_leap_years() {
    for (unsigned kind = 0; kind < year_kinds; ++kind) {
      if (!is_leap(kind) && masks_.months(kind) != 0) return;
    }
    for (int i = 0; i < 4; ++i) {
      const int year = static_cast<int>(first_.year()) + i * every_years_;
      if (year > static_cast<int>(last_year)) return;
      if (year % 4 != 0) continue;
      first_ = std::chrono::year{year} / std::chrono::January;
      every_years_ = std::lcm(every_years_, 4);
      return;
    }
  }

  // Calls take(the day before the 1st, bits) for the months that have days in [from, to), in order, with the bits of
  // those days alone, until it answers false.
  template <typename Take>
  void each_month(Day from, Day to, Take take) const {
    if (from >= to) return;
    if (spills_) {
      Day taken = from - std::chrono::days{1};
      each_period_month(from - std::chrono::days{1}, to + std::chrono::days{1}, [&](Day before, std::uint64_t days) {
        days = within(days, before, std::max(from, taken + std::chrono::days{1}), to);
        if (days == 0) return true;
        taken = before + std::chrono::days{std::bit_width(days) - 1};
        return take(before, days);
      });
    } else {
      each_period_month(from, to, [&](Day before, std::uint64_t days) {
        // Most months lie wholly within.
        if (before < from || before + std::chrono::days{32} > to) [[unlikely]] {
          days = within(days, before, from, to);
          if (days == 0) return true;
        }
        return take(before, days);
      });
    }
  }

  static std::uint64_t within(std::uint64_t days, Day before, Day from, Day to) {
    const std::int64_t low = (from - before).count();
    const std::int64_t high = (to - before).count();
    if (low > 63 || high <= 0) return 0;
    if (low > 0) days = days >> low << low;
    return high > 63 ? days : days & ((std::uint64_t{1} << high) - 1);
  }

  // The months that have days, from the one of `from` to the one of the day before `to`.
  template <typename Take>
  void each_period_month(Day from, Day to, Take take) const {
    const auto date = calendar_date(from);
    const auto month = static_cast<unsigned>(date.month()) - 1;
    if (every_months_ != 0) {
      each_nth_month(date.year(), month, to, take);
    } else {
      each_nth_year(date.year(), month, to, take);
    }
  }

  template <typename Take>
  void each_nth_year(std::chrono::year from, unsigned first_month, Day to, Take take) const {
    int year = static_cast<int>(from);
    const int past = (year - static_cast<int>(first_.year())) % every_years_;
    if (past != 0) {
      year += past > 0 ? every_years_ - past : -past;
      first_month = 0;
    }
    const Day last = to - std::chrono::days{1};
    const int step = every_years_;  // a cell that is written could be this one, as far as a compiler can tell
    for (; year <= static_cast<int>(last_year); year += step) {
      const YearShape shape = year_shape(std::chrono::year{year});
      if (shape.first > last) return;
      const auto& before_month = days_before_month[shape.kind & 1U];
      for (unsigned left = masks_.months(shape.kind) & (~0U << first_month); left != 0; left &= left - 1) {
        const auto month = static_cast<unsigned>(std::countr_zero(left));
        const Day before = shape.first + std::chrono::days{before_month[month] - 1};
        if (before >= last) return;
        if (!take(before, masks_.days(shape.kind, month))) return;
      }
      first_month = 0;
    }
  }

  template <typename Take>
  void each_nth_month(std::chrono::year from, unsigned from_month, Day to, Take take) const {
    const int start =
        static_cast<int>(first_.year()) * 12 + static_cast<int>(static_cast<unsigned>(first_.month())) - 1;
    int month = static_cast<int>(from) * 12 + static_cast<int>(from_month);
    const int past = (month - start) % every_months_;
    if (past != 0) month += past > 0 ? every_months_ - past : -past;
    for (; month < (static_cast<int>(last_year) + 1) * 12; month += every_months_) {
      const YearShape shape = year_shape(std::chrono::year{month / 12});
      const auto in_year = static_cast<unsigned>(month % 12);
      const Day before = shape.first + std::chrono::days{days_before_month[shape.kind & 1U][in_year] - 1};
      if (before >= to) return;
      const std::uint64_t days = masks_.days(shape.kind, in_year);
      if (days != 0 && !take(before, days)) return;
    }
  }

  CalendarMasks masks_;
  std::chrono::year_month first_;
  int every_years_;
  int every_months_;
  bool spills_;
};

}  // namespace courtesy
