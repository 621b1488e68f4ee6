// The walk over one rule's occurrences.
#pragma once

#include <memory>

#include <courtesy/time/recurrence_rule.h>
#include <courtesy/time/walk.h>
#include <courtesy/time/zone.h>

namespace courtesy {

// Where a rule starts, and on which line it counts: UTC's where there is a zone, else the wall clock's.
struct RuleStart {
  std::chrono::local_seconds at;
  bool whole_days = false;           // a date: occurrences are days, at midnight of the line
  std::shared_ptr<const Zone> zone;  // none for a date
  // RFC 5545 counts the start as the first of COUNT, whether it matches the rule or not.
  bool always_counts = false;
};

// The rule must be checked(). Throws Error{rule} where it does not go with its start, and where its COUNT takes more
// steps than there are.
[[nodiscard]] std::unique_ptr<Walk> rule_walk(const RecurrenceRule& rule, const RuleStart& start);
[[nodiscard]] std::unique_ptr<Walk> rule_walk(const RecurrenceRule& rule, const RuleStart& start, Steps& to_count);

}  // namespace courtesy
