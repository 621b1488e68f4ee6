#include <courtesy/time/calendar_masks.h>

#include <algorithm>
#include <bit>

#include <courtesy/time/set_positions.h>

namespace courtesy {
namespace {

constexpr std::uint64_t bit(int n) { return std::uint64_t{1} << n; }
constexpr std::uint64_t real_days(int length) { return bit(length + 1) - 2; }

using Months = std::array<std::uint64_t, 12>;

class YearBuilder {
 public:
  YearBuilder(const RecurrenceRule& rule, unsigned kind) : rule_(rule), kind_(kind) {
    moves_ = rule.frequency <= Frequency::monthly ? rule.skip : Skip::omit;
    for (const RuleWeekday& day : rule.weekdays) {
      if (day.nth == 0) plain_weekdays_ |= 1U << (day.weekday - 1);
    }
  }

  Months build() const {
    Months months{};
    for (unsigned month = 0; month < 12; ++month) {
      if (in_months(month)) months[month] = chosen_days(month);
    }
    if (rule_.frequency == Frequency::yearly) gather_moved(months);
    if (!rule_.weekdays.empty()) {
      for (unsigned month = 0; month < 12; ++month) {
        if (months[month] != 0) months[month] &= weekdays(month);
      }
    }
    return months;
  }

 private:
  [[nodiscard]] bool in_months(unsigned month) const {
    return rule_.months.empty() ||
           std::binary_search(rule_.months.begin(), rule_.months.end(), static_cast<int>(month) + 1);
  }
  [[nodiscard]] int length(unsigned month) const { return month_length(kind_, month); }
  [[nodiscard]] int year_length() const { return is_leap(kind_) ? 366 : 365; }
  [[nodiscard]] int before(unsigned month) const { return days_before_month[kind_ & 1U][month]; }

  // By BYMONTHDAY and BYYEARDAY.
  [[nodiscard]] std::uint64_t chosen_days(unsigned month) const {
    if (rule_.month_days.empty()) return rule_.year_days.empty() ? real_days(length(month)) : year_days(month);
    const std::uint64_t days = month_days(length(month));
    return rule_.year_days.empty() ? days : days & year_days(month);
  }

  [[nodiscard]] std::uint64_t month_days(int length) const {
    std::uint64_t days = 0;
    for (const int wanted : rule_.month_days) {
      const int day = wanted > 0 ? wanted : length + 1 + wanted;
      if (day >= 1 && day <= length) {
        days |= bit(day);
      } else if (moves_ == Skip::forward) {
        days |= bit(day < 1 ? 1 : length + 1);
      } else if (moves_ == Skip::backward) {
        days |= bit(day < 1 ? 0 : length);
      }
    }
    return days;
  }

  [[nodiscard]] std::uint64_t year_days(unsigned month) const {
    std::uint64_t days = 0;
    for (const int wanted : rule_.year_days) {
      int day = wanted > 0 ? wanted : year_length() + 1 + wanted;
      const bool too_late = day > year_length();
      if (too_late || day < 1) {
        if (moves_ == Skip::omit) continue;
        // To the nearest day of the year, or to the one beside it, which belongs to the month at that end.
        const bool stays = too_late == (moves_ == Skip::backward);
        if (stays) {
          day = too_late ? year_length() : 1;
        } else {
          if (month == (too_late ? 11U : 0U)) days |= bit(too_late ? 32 : 0);
          continue;
        }
      }
      const int in_month = day - before(month);
      if (in_month >= 1 && in_month <= length(month)) days |= bit(in_month);
    }
    return days;
  }

  // Within a year a day that was moved to the next month, or the one before, is that month's.
  void gather_moved(Months& months) const {
    for (unsigned month = 0; month < 12; ++month) {
      const std::uint64_t after = bit(length(month) + 1);
      if (month < 11 && (months[month] & after) != 0) {
        months[month] &= ~after;
        months[month + 1] |= bit(1);
      }
      if (month > 0 && (months[month] & 1U) != 0) {
        months[month] &= ~std::uint64_t{1};
        months[month - 1] |= bit(length(month - 1));
      }
    }
  }

  // By BYDAY: a union of weekdays and of those with an ordinal.
  [[nodiscard]] std::uint64_t weekdays(unsigned month) const {
    // Of bit 0, the day before the 1st; 0 = Monday.
    const auto weekday_before = static_cast<unsigned>((static_cast<int>(kind_ / 2) + before(month) + 6) % 7);
    const std::uint64_t from_there = (plain_weekdays_ >> weekday_before) | (plain_weekdays_ << (7 - weekday_before));
    std::uint64_t days = 0;
    for (int week = 0; week < 5; ++week) days |= (from_there & 127U) << (7 * week);
    for (const RuleWeekday& day : rule_.weekdays) {
      if (day.nth == 0) continue;
      const int ahead = (static_cast<int>(day.weekday) - 1 - static_cast<int>(weekday_before) + 7) % 7;
      const bool of_year = rule_.frequency == Frequency::yearly && rule_.months.empty();
      days |= of_year ? nth_of_year(day, month) : nth_of_month(day, month, ahead);
    }
    return days;
  }

  // `ahead` is how many days after bit 0 the weekday comes first.
  [[nodiscard]] std::uint64_t nth_of_month(const RuleWeekday& day, unsigned month, int ahead) const {
    const int size = length(month);
    const int first = ahead == 0 ? 7 : ahead;
    const int last = first + (size - first) / 7 * 7;
    const int found = day.nth > 0 ? first + 7 * (day.nth - 1) : last + 7 * (day.nth + 1);
    std::uint64_t days = found >= 1 && found <= size ? bit(found) : 0;
    // The days beside the month, in their own months.
    const int previous_size = month == 0 ? 31 : length(month - 1);
    if (ahead == 0 && (day.nth == -1 || day.nth == (previous_size - 1) / 7 + 1)) days |= 1;
    const int next_size = month == 11 ? 31 : length(month + 1);
    if ((size + 1 - ahead) % 7 == 0 && (day.nth == 1 || day.nth == -((next_size - 1) / 7 + 1))) days |= bit(size + 1);
    return days;
  }

  [[nodiscard]] std::uint64_t nth_of_year(const RuleWeekday& day, unsigned month) const {
    const int first = 1 + (static_cast<int>(day.weekday) - 1 - static_cast<int>(kind_ / 2) + 7) % 7;
    const int last = first + (year_length() - first) / 7 * 7;
    const int found = day.nth > 0 ? first + 7 * (day.nth - 1) : last + 7 * (day.nth + 1);
    const int in_month = found - before(month);
    const bool real = found >= 1 && found <= year_length();
    return real && in_month >= 1 && in_month <= length(month) ? bit(in_month) : 0;
  }

  const RecurrenceRule& rule_;
  unsigned kind_;
  Skip moves_;
  unsigned plain_weekdays_ = 0;  // bit 0 = Monday
};

}  // namespace

CalendarMasks::CalendarMasks(const RecurrenceRule& rule) {
  for (unsigned kind = 0; kind < year_kinds; ++kind) days_[kind] = YearBuilder{rule, kind}.build();
  note_months();
}

void CalendarMasks::note_months() {
  for (unsigned kind = 0; kind < year_kinds; ++kind) {
    months_[kind] = 0;
    for (unsigned month = 0; month < 12; ++month) {
      if (days_[kind][month] != 0) months_[kind] |= 1U << month;
    }
  }
}

bool CalendarMasks::empty() const {
  return std::all_of(months_.begin(), months_.end(), [](unsigned months) { return months == 0; });
}

bool CalendarMasks::spills() const {
  for (unsigned kind = 0; kind < year_kinds; ++kind) {
    for (unsigned month = 0; month < 12; ++month) {
      if ((days_[kind][month] & ~real_days(month_length(kind, month))) != 0) return true;
    }
  }
  return false;
}

bool CalendarMasks::contains(Day day) const {
  const auto date = calendar_date(day);
  const unsigned kind = year_shape(date.year()).kind;
  return (days_[kind][static_cast<unsigned>(date.month()) - 1] >> static_cast<unsigned>(date.day()) & 1U) != 0;
}

std::optional<Day> CalendarMasks::next(Day from) const {
  const auto date = calendar_date(from);
  unsigned first_month = static_cast<unsigned>(date.month()) - 1;
  std::uint64_t first_days = ~std::uint64_t{0} << static_cast<unsigned>(date.day());
  for (std::chrono::year year = date.year(); year <= last_year; ++year) {
    const YearShape shape = year_shape(year);
    for (unsigned left = months_[shape.kind] >> first_month << first_month; left != 0; left &= left - 1) {
      const auto month = static_cast<unsigned>(std::countr_zero(left));
      std::uint64_t days = days_[shape.kind][month];
      if (month == first_month) days &= first_days;
      if (days == 0) continue;
      const int day = days_before_month[shape.kind & 1U][month] + std::countr_zero(days) - 1;
      return shape.first + std::chrono::days{day};
    }
    first_month = 0;
    first_days = ~std::uint64_t{0};
  }
  return std::nullopt;
}

void CalendarMasks::choose_in_months(const std::vector<int>& positions) {
  for (auto& months : days_) {
    for (std::uint64_t& days : months) days = chosen_bits(days, positions, 0, std::popcount(days));
  }
  note_months();
}

void CalendarMasks::choose_in_years(const std::vector<int>& positions) {
  for (auto& months : days_) {
    int total = 0;
    for (const std::uint64_t days : months) total += std::popcount(days);
    int before = 0;
    for (std::uint64_t& days : months) {
      const int here = std::popcount(days);
      days = chosen_bits(days, positions, before, total);
      before += here;
    }
  }
  note_months();
}

void CalendarMasks::keep_months(unsigned months) {
  for (auto& of_kind : days_) {
    for (unsigned month = 0; month < 12; ++month) {
      if ((months >> month & 1U) == 0) of_kind[month] = 0;
    }
  }
  note_months();
}

}  // namespace courtesy
