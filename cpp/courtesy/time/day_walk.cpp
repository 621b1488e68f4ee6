#include <courtesy/time/day_walk.h>

#include <algorithm>
#include <utility>

#include <courtesy/time/calendar_masks.h>
#include <courtesy/time/day_calendar.h>
#include <courtesy/time/day_stride.h>
#include <courtesy/time/set_positions.h>
#include <courtesy/time/timed_days.h>

namespace courtesy {
namespace {

template <typename Days>
std::unique_ptr<Walk> walk_over(Tick start, Days days, std::vector<Tick> times) {
  return std::make_unique<TimedDays<Days>>(start, std::move(days), std::move(times));
}

std::unique_ptr<Walk> nothing(Tick start) {
  auto walk = walk_over(start, DayStride{day_of(start), 1, {0}}, {Tick{0}});
  walk->stop_before(start);
  return walk;
}

std::unique_ptr<Walk> yearly(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  if (!rule.week_numbers.empty()) return nullptr;
  CalendarMasks masks{rule};
  if (!rule.positions.empty()) {
    if (times.size() != 1) return nullptr;
    masks.choose_in_years(rule.positions);
  }
  if (masks.empty()) return nothing(start);
  const auto first = calendar_date(day_of(start)).year();
  return walk_over(start, DayCalendar::years(masks, first, rule.interval), std::move(times));
}

std::unique_ptr<Walk> monthly(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  CalendarMasks masks{rule};
  if (!rule.positions.empty()) {
    if (times.size() != 1) return nullptr;
    masks.choose_in_months(rule.positions);
  }
  const auto date = calendar_date(day_of(start));
  const bool whole_years = rule.interval % 12 == 0;
  const bool parts_of_year = 12 % rule.interval == 0;
  if (whole_years || parts_of_year) {
    // The same months in each year that has any: a year at a time is faster than a month at a time.
    const unsigned distance = whole_years ? 12U : static_cast<unsigned>(rule.interval);
    unsigned months = 0;
    for (unsigned month = (static_cast<unsigned>(date.month()) - 1) % distance; month < 12; month += distance) {
      months |= 1U << month;
    }
    masks.keep_months(months);
  }
  if (masks.empty()) return nothing(start);
  if (whole_years || parts_of_year) {
    const std::int64_t years = whole_years ? rule.interval / 12 : 1;
    return walk_over(start, DayCalendar::years(masks, date.year(), years), std::move(times));
  }
  return walk_over(start, DayCalendar::months(masks, date.year() / date.month(), rule.interval), std::move(times));
}

std::unique_ptr<Walk> weekly(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  if (!rule.positions.empty() && (times.size() != 1 || !rule.months.empty())) return nullptr;
  if (!rule.months.empty() && rule.interval == 1) {
    return walk_over(start, DayCalendar::years(CalendarMasks{rule}, first_year, 1), std::move(times));
  }
  std::vector<int> offsets;
  for (const RuleWeekday& day : rule.weekdays) {
    offsets.push_back(static_cast<int>((day.weekday + 7 - rule.week_start) % 7));
  }
  std::sort(offsets.begin(), offsets.end());
  if (!rule.positions.empty()) {
    std::vector<int> chosen;
    for (const std::int64_t place : chosen_places(rule.positions, static_cast<std::int64_t>(offsets.size()))) {
      chosen.push_back(offsets[static_cast<std::size_t>(place)]);
    }
    offsets = std::move(chosen);
  }
  if (offsets.empty()) return nothing(start);
  const Day day = day_of(start);
  const Day week = day - std::chrono::days{(iso_weekday(day) + 7 - rule.week_start) % 7};
  DayStride stride{week, 7 * rule.interval, std::move(offsets)};
  if (rule.months.empty()) return walk_over(start, std::move(stride), std::move(times));
  return walk_over(start, FilteredStride{std::move(stride), CalendarMasks{rule}}, std::move(times));
}

std::unique_ptr<Walk> daily(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  if (!rule.positions.empty()) {
    std::vector<Tick> chosen;
    for (const std::int64_t place : chosen_places(rule.positions, static_cast<std::int64_t>(times.size()))) {
      chosen.push_back(times[static_cast<std::size_t>(place)]);
    }
    times = std::move(chosen);
    if (times.empty()) return nothing(start);
  }
  const Day day = day_of(start);
  DayStride stride{day, rule.interval, {0}};
  if (rule.months.empty() && rule.month_days.empty() && rule.weekdays.empty()) {
    return walk_over(start, std::move(stride), std::move(times));
  }
  CalendarMasks masks{rule};
  if (masks.empty()) return nothing(start);
  if (rule.interval == 1) return walk_over(start, DayCalendar::years(masks, first_year, 1), std::move(times));
  // Every 7th day is always the same weekday.
  const auto same = [&](const RuleWeekday& wanted) { return wanted.weekday == iso_weekday(day); };
  if (rule.interval % 7 == 0 && !rule.weekdays.empty() &&
      std::none_of(rule.weekdays.begin(), rule.weekdays.end(), same)) {
    return nothing(start);
  }
  return walk_over(start, FilteredStride{std::move(stride), masks}, std::move(times));
}

}  // namespace

std::unique_ptr<Walk> day_walk(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  switch (rule.frequency) {
    case Frequency::yearly:
      return yearly(rule, start, std::move(times));
    case Frequency::monthly:
      return monthly(rule, start, std::move(times));
    case Frequency::weekly:
      return weekly(rule, start, std::move(times));
    default:
      return daily(rule, start, std::move(times));
  }
}

}  // namespace courtesy
