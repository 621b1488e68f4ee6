// The Gregorian calendar's 14 kinds of year: common or leap, and the weekday of 1 January.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include <courtesy/time/civil.h>

namespace courtesy {

inline constexpr unsigned year_kinds = 14;

// A kind is 2 * the weekday of 1 January (0 = Monday), plus 1 in a leap year.
struct YearShape {
  Day first;  // 1 January
  unsigned kind;
};

constexpr bool is_leap(unsigned kind) { return (kind & 1U) != 0; }

// Days before each month (0 = January), and after December, in a common and in a leap year.
inline constexpr std::array<std::array<int, 13>, 2> days_before_month{{
    {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
    {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
}};

constexpr int month_length(unsigned kind, unsigned month) {
  const auto& before = days_before_month[kind & 1U];
  return before[month + 1] - before[month];
}

namespace year_shape_detail {

// The calendar repeats after 400 years, which are whole weeks.
inline constexpr int cycle_years = 400;
inline constexpr int cycle_days = 146'097;

struct Cycle {
  std::array<std::int32_t, cycle_years> first{};
  std::array<std::uint8_t, cycle_years> kind{};
};

inline constexpr Cycle cycle = [] {
  Cycle made;
  std::int32_t first = 0;
  for (std::size_t i = 0; i < made.first.size(); ++i) {
    const bool leap = i % 4 == 0 && (i % 100 != 0 || i == 0);
    made.first[i] = first;
    // 1 January of the years 1600 and 2000 is a Saturday.
    made.kind[i] = static_cast<std::uint8_t>(static_cast<unsigned>((first + 5) % 7) * 2U + (leap ? 1U : 0U));
    first += leap ? 366 : 365;
  }
  return made;
}();

inline constexpr Day cycle_start{Day{std::chrono::year{0} / 1 / 1}};

}  // namespace year_shape_detail

// For years from 0 on.
inline YearShape year_shape(std::chrono::year year) {
  using namespace year_shape_detail;
  const auto count = static_cast<unsigned>(static_cast<int>(year));
  const unsigned whole = count / cycle_years;
  const unsigned part = count % cycle_years;
  return {cycle_start + std::chrono::days{static_cast<int>(whole) * cycle_days + cycle.first[part]}, cycle.kind[part]};
}

}  // namespace courtesy
