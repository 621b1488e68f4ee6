// What one recurrence rule of RFC 5545 says, as data: "FREQ=MONTHLY;BYDAY=-1FR".
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/time/rfc5545_time.h>

namespace courtesy {

// From the longest to the shortest period.
enum class Frequency { yearly, monthly, weekly, daily, hourly, minutely, secondly };

// What becomes of a day that its month or year has not, such as 31 June (RFC 7529).
enum class Skip { omit, backward, forward };

// "FR", or with an ordinal "-1FR", the last Friday.
struct RuleWeekday {
  unsigned weekday = 1;  // 1 = Monday … 7 = Sunday
  int nth = 0;           // 0 is every one

  friend auto operator<=>(const RuleWeekday&, const RuleWeekday&) = default;
};

// The lists are sorted and hold nothing twice once a rule is checked(), so that equal rules compare equal.
struct RecurrenceRule {
  Frequency frequency = Frequency::daily;
  std::int64_t interval = 1;
  std::optional<std::int64_t> count;
  std::optional<Rfc5545Time> until;  // the last moment, which may be an occurrence itself
  unsigned week_start = 1;           // 1 = Monday … 7 = Sunday
  Skip skip = Skip::omit;
  std::vector<int> months;
  std::vector<int> week_numbers;
  std::vector<int> year_days;
  std::vector<int> month_days;
  std::vector<RuleWeekday> weekdays;
  std::vector<int> hours;
  std::vector<int> minutes;
  std::vector<int> seconds;  // 60, a leap second, is read as 59
  std::vector<int> positions;

  // "FREQ=MONTHLY;BYDAY=-1FR": parse_rule(to_rfc5545()) is equal to a checked rule.
  [[nodiscard]] std::string to_rfc5545() const;

  friend bool operator==(const RecurrenceRule&, const RecurrenceRule&) = default;
};

// The most that INTERVAL and COUNT may be.
inline constexpr std::int64_t most_of_rule = 1'000'000'000'000;

// The part of a rule that RFC 5545 does not allow, and why.
struct RuleFault {
  std::string part;  // "BYWEEKNO"
  std::string message;
};

// Why the part may not hold this value (of BYDAY: this ordinal); nothing where it may.
[[nodiscard]] std::optional<std::string> fault_of_value(std::string_view part, int value);
// Throws Error{rule} that names the part.
[[noreturn]] void fail_in(std::string_view part, const std::string& message);
// The first fault of a rule whose lists may be in any order; nothing where it has none.
[[nodiscard]] std::optional<RuleFault> fault_of(const RecurrenceRule& rule);

// The rule with its lists sorted and nothing in them twice. Throws Error{rule} naming the part that is at fault.
[[nodiscard]] RecurrenceRule checked(RecurrenceRule rule);

[[nodiscard]] std::string_view frequency_name(Frequency frequency);  // MONTHLY
[[nodiscard]] std::string_view weekday_code(unsigned weekday);       // MO

}  // namespace courtesy
