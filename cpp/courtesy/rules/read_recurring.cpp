// The anchor rrule = "FREQ=MONTHLY;BYDAY=1TU".
#include <courtesy/rules/read_parts.h>
#include <courtesy/time/implied_parts.h>
#include <courtesy/time/parse_rule.h>

namespace courtesy {
namespace {

// For rules whose days do not depend on it.
constexpr Day any_start{std::chrono::days{0}};

// Whether another start would give other days.
bool depends_on_start(const RecurrenceRule& rule) {
  const RecurrenceRule implied = with_implied_parts(rule, std::chrono::local_seconds{any_start}, true);
  return rule.interval != 1 || rule.count || implied.months != rule.months || implied.weekdays != rule.weekdays ||
         implied.month_days != rule.month_days;
}

}  // namespace

std::optional<Anchor> read_recurring(Reader& reader) {
  const auto text = reader.text("rrule");
  if (!text) return std::nullopt;
  const Node& node = *reader.find("rrule");
  auto match = read_match(reader);
  RecurrenceParts parts;
  for (const Day day : read_days(reader, "rdate")) parts.rdates.emplace_back(day);
  for (const Day day : read_days(reader, "exdate")) parts.exdates.emplace_back(day);
  std::optional<Day> start;
  if (const Node* given = reader.find("start")) start = reader.date_of(*given, "start");
  parts.start = start.value_or(any_start);
  try {
    parts.rule = parse_rule(*text);
    if (!reader.has("start") && depends_on_start(*parts.rule)) {
      reader.problem(
          "'rrule': its days depend on the day from which it counts (write start = \"2026-01-05\" beside it)",
          node.where);
      return std::nullopt;
    }
    Recurrence days{std::move(parts)};
    if (days.never()) {
      reader.problem("'rrule': it never falls on any day", node.where);
      return std::nullopt;
    }
    return Recurring{std::move(days), std::move(match)};
  } catch (const Error& error) {
    reader.problem(std::string("'rrule': ") + error.what(), node.where);
    return std::nullopt;
  }
}

}  // namespace courtesy
