#include <courtesy/time/recurrence_rule.h>

#include <algorithm>
#include <array>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/make_set.h>

namespace courtesy {
namespace {

constexpr std::array<std::string_view, 7> frequency_names{"YEARLY", "MONTHLY",  "WEEKLY",  "DAILY",
                                                          "HOURLY", "MINUTELY", "SECONDLY"};
constexpr std::array<std::string_view, 7> weekday_codes{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::string list(const std::vector<int>& values) {
  std::string out;
  for (const int value : values) out += (out.empty() ? "" : ",") + std::to_string(value);
  return out;
}

std::string list(const std::vector<RuleWeekday>& values) {
  std::string out;
  for (const RuleWeekday& value : values) {
    if (!out.empty()) out += ',';
    if (value.nth != 0) out += std::to_string(value.nth);
    out += weekday_code(value.weekday);
  }
  return out;
}

// What a BY part may hold: from `first` to `last`, and the same counted from the end.
struct Range {
  std::string_view part;
  std::vector<int> RecurrenceRule::* values;
  int first;
  int last;
  bool from_end;
  const char* noun;
};

constexpr Range ordinals{"BYDAY", nullptr, 1, 53, true, "an ordinal"};
constexpr std::array<Range, 8> ranges{{
    {"BYMONTH", &RecurrenceRule::months, 1, 12, false, "a month"},
    {"BYWEEKNO", &RecurrenceRule::week_numbers, 1, 53, true, "a week"},
    {"BYYEARDAY", &RecurrenceRule::year_days, 1, 366, true, "a day of the year"},
    {"BYMONTHDAY", &RecurrenceRule::month_days, 1, 31, true, "a day of the month"},
    {"BYHOUR", &RecurrenceRule::hours, 0, 23, false, "an hour"},
    {"BYMINUTE", &RecurrenceRule::minutes, 0, 59, false, "a minute"},
    {"BYSECOND", &RecurrenceRule::seconds, 0, 60, false, "a second"},
    {"BYSETPOS", &RecurrenceRule::positions, 1, 366, true, "a position"},
}};

std::optional<RuleFault> fault_of_values(const RecurrenceRule& rule) {
  for (const Range& range : ranges) {
    for (const int value : rule.*range.values) {
      if (auto fault = fault_of_value(range.part, value)) return RuleFault{std::string{range.part}, std::move(*fault)};
    }
  }
  for (const RuleWeekday& day : rule.weekdays) {
    if (day.weekday < 1 || day.weekday > 7) return RuleFault{"BYDAY", "expected a weekday from 1 to 7"};
    if (day.nth == 0) continue;
    if (auto fault = fault_of_value("BYDAY", day.nth)) return RuleFault{"BYDAY", std::move(*fault)};
  }
  if (rule.week_start < 1 || rule.week_start > 7) return RuleFault{"WKST", "expected a weekday from 1 to 7"};
  return std::nullopt;
}

std::optional<RuleFault> fault_of_number(const char* part, std::int64_t value) {
  if (value >= 1 && value <= most_of_rule) return std::nullopt;
  return RuleFault{
      part, "expected a whole number from 1 to " + std::to_string(most_of_rule) + ", found " + std::to_string(value)};
}

// RFC 5545, section 3.3.10: which parts go together.
std::optional<RuleFault> fault_of_parts(const RecurrenceRule& rule) {
  const std::string frequency = "FREQ=" + std::string{frequency_name(rule.frequency)};
  const bool yearly = rule.frequency == Frequency::yearly;
  const bool monthly = rule.frequency == Frequency::monthly;
  const bool weekly = rule.frequency == Frequency::weekly;
  if (rule.count && rule.until) {
    return RuleFault{"UNTIL", "a rule ends by COUNT or by UNTIL, not by both (leave one of them out)"};
  }
  if (!rule.week_numbers.empty() && !yearly) {
    return RuleFault{"BYWEEKNO", "goes with FREQ=YEARLY alone, found " + frequency};
  }
  if (!rule.year_days.empty() && (monthly || weekly || rule.frequency == Frequency::daily)) {
    return RuleFault{"BYYEARDAY", "does not go with " + frequency + " (try FREQ=YEARLY)"};
  }
  if (!rule.month_days.empty() && weekly) {
    return RuleFault{"BYMONTHDAY", "does not go with FREQ=WEEKLY (try FREQ=MONTHLY or FREQ=DAILY)"};
  }
  const bool with_ordinal =
      std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [](const RuleWeekday& day) { return day.nth != 0; });
  if (with_ordinal && !yearly && !monthly) {
    return RuleFault{"BYDAY",
                     "weekdays with an ordinal go with FREQ=MONTHLY and FREQ=YEARLY alone, found " + frequency};
  }
  if (with_ordinal && !rule.week_numbers.empty()) {
    return RuleFault{"BYDAY", "weekdays with an ordinal do not go with BYWEEKNO (write the weekday alone)"};
  }
  const bool any_by = !rule.months.empty() || !rule.week_numbers.empty() || !rule.year_days.empty() ||
                      !rule.month_days.empty() || !rule.weekdays.empty() || !rule.hours.empty() ||
                      !rule.minutes.empty() || !rule.seconds.empty();
  if (!rule.positions.empty() && !any_by) {
    return RuleFault{"BYSETPOS", "needs another BY part, whose days or times it chooses from"};
  }
  return std::nullopt;
}

}  // namespace

std::string_view frequency_name(Frequency frequency) { return frequency_names[static_cast<std::size_t>(frequency)]; }

std::string_view weekday_code(unsigned weekday) { return weekday_codes[weekday - 1]; }

std::optional<std::string> fault_of_value(std::string_view part, int value) {
  const auto named = std::find_if(ranges.begin(), ranges.end(), [&](const Range& range) { return range.part == part; });
  const Range& range = named == ranges.end() ? ordinals : *named;
  if (value >= range.first && value <= range.last) return std::nullopt;
  if (range.from_end && value >= -range.last && value <= -range.first) return std::nullopt;
  std::string message = std::string{"expected "} + range.noun + " from " + std::to_string(range.first) + " to " +
                        std::to_string(range.last);
  if (range.from_end) {
    message += " or, from the end, " + std::to_string(-range.first) + " to " + std::to_string(-range.last);
  }
  return message + ", found " + std::to_string(value);
}

std::optional<RuleFault> fault_of(const RecurrenceRule& rule) {
  if (auto fault = fault_of_number("INTERVAL", rule.interval)) return fault;
  if (rule.count) {
    if (auto fault = fault_of_number("COUNT", *rule.count)) return fault;
  }
  if (auto fault = fault_of_values(rule)) return fault;
  return fault_of_parts(rule);
}

void fail_in(std::string_view part, const std::string& message) {
  Where where;
  where.field = part;
  throw Error{ErrorKind::rule, std::string{part} + ": " + message, where};
}

RecurrenceRule checked(RecurrenceRule rule) {
  if (const auto fault = fault_of(rule)) fail_in(fault->part, fault->message);
  for (const Range& range : ranges) make_set(rule.*range.values);
  make_set(rule.weekdays);
  return rule;
}

std::string RecurrenceRule::to_rfc5545() const {
  std::string out;
  const auto part = [&out](const char* name, const std::string& value) {
    if (value.empty()) return;
    if (!out.empty()) out += ';';
    out += name;
    out += '=';
    out += value;
  };
  if (skip != Skip::omit) part("RSCALE", "GREGORIAN");
  part("FREQ", std::string{frequency_name(frequency)});
  if (interval != 1) part("INTERVAL", std::to_string(interval));
  if (count) part("COUNT", std::to_string(*count));
  if (until) {
    const Day day = std::chrono::floor<std::chrono::days>(until->at);
    part("UNTIL", until->kind == Rfc5545Time::Kind::date
                      ? rfc5545_text(day)
                      : rfc5545_text(until->at) + (until->kind == Rfc5545Time::Kind::utc ? "Z" : ""));
  }
  part("BYMONTH", list(months));
  part("BYWEEKNO", list(week_numbers));
  part("BYYEARDAY", list(year_days));
  part("BYMONTHDAY", list(month_days));
  part("BYDAY", list(weekdays));
  part("BYHOUR", list(hours));
  part("BYMINUTE", list(minutes));
  part("BYSECOND", list(seconds));
  part("BYSETPOS", list(positions));
  if (week_start != 1) part("WKST", std::string{weekday_code(week_start)});
  if (skip != Skip::omit) part("SKIP", skip == Skip::backward ? "BACKWARD" : "FORWARD");
  return out;
}

}  // namespace courtesy
