#include "time/plain_recurrence.h"

#include <algorithm>
#include <set>

namespace courtesy::plain {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

bool holds(const std::vector<int>& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

unsigned weekday_of(local_days day) { return std::chrono::weekday{day}.iso_encoding(); }
int year_of(local_days day) { return static_cast<int>(year_month_day{day}.year()); }
int month_of(local_days day) { return static_cast<int>(static_cast<unsigned>(year_month_day{day}.month())); }
int day_of_month(local_days day) { return static_cast<int>(static_cast<unsigned>(year_month_day{day}.day())); }
local_days first_of_year(int y) { return local_days{year{y} / 1 / 1}; }
local_days first_of_month(local_days day) { return day - days{day_of_month(day) - 1}; }
local_days last_of_month(local_days day) {
  const year_month_day date{day};
  return local_days{year_month_day_last{date.year() / date.month() / std::chrono::last}};
}

// "Week number one of the calendar year is the first week that contains at least four (4) days in that calendar year."
local_days first_week_of(int y, unsigned week_start) {
  local_days week = first_of_year(y) - days{6};
  while (weekday_of(week) != week_start) week += days{1};
  int in_year = 0;
  for (int i = 0; i < 7; ++i) in_year += year_of(week + days{i}) == y ? 1 : 0;
  return in_year >= 4 ? week : week + days{7};
}

int week_year_of(local_days day, unsigned week_start) {
  int y = year_of(day) + 1;
  while (day < first_week_of(y, week_start)) --y;
  return y;
}

// How many of this weekday there are from the first day to the last.
int weekdays_between(local_days first, local_days last, unsigned weekday) {
  int count = 0;
  for (local_days day = first; day <= last; day += days{1}) count += weekday_of(day) == weekday ? 1 : 0;
  return count;
}

bool weekday_fits(const RecurrenceRule& rule, local_days day) {
  const bool in_year = rule.frequency == Frequency::yearly && rule.months.empty();
  const local_days first = in_year ? first_of_year(year_of(day)) : first_of_month(day);
  const local_days last = in_year ? first_of_year(year_of(day) + 1) - days{1} : last_of_month(day);
  for (const RuleWeekday& wanted : rule.weekdays) {
    if (wanted.weekday != weekday_of(day)) continue;
    if (wanted.nth == 0) return true;
    if (wanted.nth > 0 && wanted.nth == weekdays_between(first, day, wanted.weekday)) return true;
    if (wanted.nth < 0 && -wanted.nth == weekdays_between(day, last, wanted.weekday)) return true;
  }
  return false;
}

bool week_fits(const RecurrenceRule& rule, local_days day) {
  const int y = week_year_of(day, rule.week_start);
  const int week = static_cast<int>((day - first_week_of(y, rule.week_start)).count()) / 7 + 1;
  const int weeks =
      static_cast<int>((first_week_of(y + 1, rule.week_start) - first_week_of(y, rule.week_start)).count()) / 7;
  return holds(rule.week_numbers, week) || holds(rule.week_numbers, week - weeks - 1);
}

bool year_day_fits(const RecurrenceRule& rule, local_days day) {
  const int number = static_cast<int>((day - first_of_year(year_of(day))).count()) + 1;
  const int size = static_cast<int>((first_of_year(year_of(day) + 1) - first_of_year(year_of(day))).count());
  return holds(rule.year_days, number) || holds(rule.year_days, number - size - 1);
}

bool month_day_fits(const RecurrenceRule& rule, local_days day) {
  const int size = day_of_month(last_of_month(day));
  return holds(rule.month_days, day_of_month(day)) || holds(rule.month_days, day_of_month(day) - size - 1);
}

// The rule's parts, with what the RFC takes from the start where there are none.
RecurrenceRule with_start(RecurrenceRule rule, local_seconds start) {
  const auto day = std::chrono::floor<days>(start);
  if (!rule.year_days.empty() || !rule.month_days.empty() || !rule.weekdays.empty()) return rule;
  if (rule.frequency == Frequency::weekly || !rule.week_numbers.empty()) rule.weekdays = {{weekday_of(day), 0}};
  if (rule.frequency == Frequency::monthly) rule.month_days = {day_of_month(day)};
  if (rule.frequency == Frequency::yearly && rule.week_numbers.empty()) {
    rule.month_days = {day_of_month(day)};
    if (rule.months.empty()) rule.months = {month_of(day)};
  }
  return rule;
}

bool day_fits(const RecurrenceRule& rule, local_days day) {
  return (rule.months.empty() || holds(rule.months, month_of(day))) &&
         (rule.week_numbers.empty() || week_fits(rule, day)) && (rule.year_days.empty() || year_day_fits(rule, day)) &&
         (rule.month_days.empty() || month_day_fits(rule, day)) && (rule.weekdays.empty() || weekday_fits(rule, day));
}

// With SKIP: a BYMONTHDAY that its month has not is moved before the weekdays are looked at.
std::set<local_days> moved_days(RecurrenceRule rule, local_days first, local_days last) {
  std::set<local_days> found;
  for (local_days of = first; of <= last; of = last_of_month(of) + days{1}) {
    if (!rule.months.empty() && !holds(rule.months, month_of(of))) continue;
    const int size = day_of_month(last_of_month(of));
    for (const int wanted : rule.month_days) {
      const int day = wanted > 0 ? wanted : size + 1 + wanted;
      local_days at = of + days{day - 1};
      if (day > size && rule.skip == Skip::backward) at = last_of_month(of);
      if (day > size && rule.skip == Skip::forward) at = last_of_month(of) + days{1};
      if (day < 1 && rule.skip == Skip::backward) at = of - days{1};
      if (day < 1 && rule.skip == Skip::forward) at = of;
      if (rule.weekdays.empty() || weekday_fits(rule, at)) found.insert(at);
    }
  }
  return found;
}

struct Period {
  local_days first;
  local_days last;
};

// The nth period (from 0) after the one that the start is in.
Period period_after(const RecurrenceRule& rule, local_days start, std::int64_t n) {
  const int count = static_cast<int>(n);
  switch (rule.frequency) {
    case Frequency::yearly: {
      if (!rule.week_numbers.empty()) {
        const int y = week_year_of(start, rule.week_start) + count;
        return {first_week_of(y, rule.week_start), first_week_of(y + 1, rule.week_start) - days{1}};
      }
      return {first_of_year(year_of(start) + count), first_of_year(year_of(start) + count + 1) - days{1}};
    }
    case Frequency::monthly: {
      const auto of = year_month_day{start}.year() / year_month_day{start}.month() + std::chrono::months{count};
      return {local_days{of / 1}, local_days{of / std::chrono::last}};
    }
    case Frequency::weekly: {
      local_days first = start;
      while (weekday_of(first) != rule.week_start) first -= days{1};
      return {first + days{7 * count}, first + days{7 * count + 6}};
    }
    default:
      return {start + days{count}, start + days{count}};
  }
}

std::vector<seconds> times_of(const RecurrenceRule& rule, local_seconds start, bool whole_days) {
  if (whole_days) return {seconds{0}};
  const seconds of_start = start - std::chrono::floor<days>(start);
  std::vector<seconds> times;
  for (int second = 0; second < 86'400; ++second) {
    const auto fits = [&](const std::vector<int>& values, int value, int of_the_start) {
      return values.empty() ? value == of_the_start : holds(values, value);
    };
    const int given = static_cast<int>(of_start.count());
    if (fits(rule.hours, second / 3600, given / 3600) && fits(rule.minutes, second / 60 % 60, given / 60 % 60) &&
        (fits(rule.seconds, second % 60, given % 60) || (second % 60 == 59 && holds(rule.seconds, 60)))) {
      times.push_back(seconds{second});
    }
  }
  return times;
}

std::vector<local_seconds> at_positions(const RecurrenceRule& rule, const std::vector<local_seconds>& all) {
  if (rule.positions.empty()) return all;
  std::vector<local_seconds> chosen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const int place = static_cast<int>(i) + 1;
    const int from_end = static_cast<int>(i) - static_cast<int>(all.size());
    if (holds(rule.positions, place) || holds(rule.positions, from_end)) chosen.push_back(all[i]);
  }
  return chosen;
}

}  // namespace

std::vector<local_seconds> occurrences(const RecurrenceRule& written, local_seconds start, bool whole_days,
                                       local_seconds to) {
  const RecurrenceRule rule = with_start(written, start);
  const auto start_day = std::chrono::floor<days>(start);
  const std::vector<seconds> times = times_of(rule, start, whole_days);
  const bool moves = rule.skip != Skip::omit && rule.frequency <= Frequency::monthly && !rule.month_days.empty();
  std::set<local_seconds> found;
  for (std::int64_t n = 0;; n += rule.interval) {
    const Period period = period_after(rule, start_day, n);
    if (local_seconds{period.first} - days{1} >= to) break;
    std::vector<local_seconds> all;
    const auto add = [&](local_days day) {
      for (const seconds time : times) all.push_back(day + time);
    };
    if (moves) {
      for (const local_days day : moved_days(rule, period.first, period.last)) add(day);
    } else {
      for (local_days day = period.first; day <= period.last; day += days{1}) {
        if (day_fits(rule, day)) add(day);
      }
    }
    for (const local_seconds at : at_positions(rule, all)) {
      if (at >= start && at < to) found.insert(at);
    }
  }
  return {found.begin(), found.end()};
}

std::vector<local_seconds> clock_occurrences(const RecurrenceRule& rule, local_seconds start, const Zone* zone,
                                             local_seconds from, local_seconds to) {
  const auto clock = [&](local_seconds at) { return zone ? at + zone->offset_at(Instant{at.time_since_epoch()}) : at; };
  seconds unit{1};
  if (rule.frequency == Frequency::hourly) unit = seconds{3600};
  if (rule.frequency == Frequency::minutely) unit = seconds{60};
  const seconds of_start = clock(start).time_since_epoch() - std::chrono::floor<days>(clock(start)).time_since_epoch();
  const seconds in_unit = of_start % unit;
  const local_seconds first_unit = start - in_unit;
  const std::int64_t gap = rule.interval * unit.count();

  std::vector<local_seconds> found;
  std::int64_t n = from <= start ? 0 : (from - first_unit).count() / gap;
  for (local_seconds at = first_unit + seconds{n * gap}; at < to; at += seconds{gap}) {
    std::vector<local_seconds> all;
    for (seconds elapsed{0}; elapsed < unit; elapsed += seconds{1}) {
      const local_seconds face = clock(at + elapsed);
      const auto day = std::chrono::floor<days>(face);
      const int time = static_cast<int>((face - day).count());
      const bool minute_fits = rule.minutes.empty()
                                   ? unit < seconds{3600} || elapsed / seconds{60} == in_unit / seconds{60}
                                   : holds(rule.minutes, time / 60 % 60);
      const bool second_fits = rule.seconds.empty()
                                   ? elapsed % seconds{60} == in_unit % seconds{60}
                                   : holds(rule.seconds, time % 60) || (time % 60 == 59 && holds(rule.seconds, 60));
      if (minute_fits && second_fits && (rule.hours.empty() || holds(rule.hours, time / 3600)) && day_fits(rule, day)) {
        all.push_back(at + elapsed);
      }
    }
    for (const local_seconds chosen : at_positions(rule, all)) {
      if (chosen >= start && chosen >= from && chosen < to) found.push_back(chosen);
    }
  }
  return found;
}

}  // namespace courtesy::plain
