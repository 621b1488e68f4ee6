// What a recurrence is made of: a start, a rule, and dates and rules that add to it and take from it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <courtesy/time/civil.h>
#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/zone.h>

namespace courtesy {

// A date, a wall time or an instant.
using Moment = std::variant<Day, WallTime, Instant>;

struct RecurrenceParts {
  std::optional<RecurrenceRule> rule;
  std::variant<Day, WallTime> start;
  std::shared_ptr<const Zone> zone;  // of a start that is a wall time; none: occurrences are wall times themselves
  std::vector<Moment> rdates;        // of the start's kind; with a zone also instants
  std::vector<Moment> exdates;       // the same, and a date takes away its whole day
  std::vector<RecurrenceRule> exrules;
  // Whether the start is an occurrence, and the first that COUNT counts, even where it does not match the rule, as
  // RFC 5545 has it.
  bool include_start = false;

  // "DTSTART…", "RRULE:…" and so on, a line each, not folded: parse_recurrence() makes the same parts of it but for
  // include_start, for which the RFC has no word.
  [[nodiscard]] std::string to_rfc5545() const;

  friend bool operator==(const RecurrenceParts& a, const RecurrenceParts& b);
};

}  // namespace courtesy
