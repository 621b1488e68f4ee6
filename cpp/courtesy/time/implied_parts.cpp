#include <courtesy/time/implied_parts.h>

#include <algorithm>

#include <courtesy/time/civil.h>

namespace courtesy {
namespace {

void imply_days(RecurrenceRule& rule, Day start) {
  const auto date = calendar_date(start);
  const int month_day = static_cast<int>(static_cast<unsigned>(date.day()));
  const bool no_days = rule.year_days.empty() && rule.month_days.empty() && rule.weekdays.empty();
  switch (rule.frequency) {
    case Frequency::yearly:
      if (!no_days) break;
      if (!rule.week_numbers.empty()) {
        rule.weekdays = {{iso_weekday(start), 0}};
        break;
      }
      rule.month_days = {month_day};
      if (rule.months.empty()) rule.months = {static_cast<int>(static_cast<unsigned>(date.month()))};
      break;
    case Frequency::monthly:
      if (no_days) rule.month_days = {month_day};
      break;
    case Frequency::weekly:
      if (no_days) rule.weekdays = {{iso_weekday(start), 0}};
      break;
    default:
      break;
  }
}

}  // namespace

RecurrenceRule with_implied_parts(RecurrenceRule rule, std::chrono::local_seconds start, bool whole_days) {
  const Day day = std::chrono::floor<std::chrono::days>(start);
  const std::chrono::hh_mm_ss clock{start - day};
  if (whole_days) {
    rule.hours.clear();
    rule.minutes.clear();
    rule.seconds.clear();
  }
  for (int& second : rule.seconds) second = std::min(second, 59);
  rule.seconds.erase(std::unique(rule.seconds.begin(), rule.seconds.end()), rule.seconds.end());
  imply_days(rule, day);
  if (rule.frequency <= Frequency::daily) {
    if (rule.hours.empty()) rule.hours = {static_cast<int>(clock.hours().count())};
    if (rule.minutes.empty()) rule.minutes = {static_cast<int>(clock.minutes().count())};
    if (rule.seconds.empty()) rule.seconds = {static_cast<int>(clock.seconds().count())};
  }
  return rule;
}

}  // namespace courtesy
