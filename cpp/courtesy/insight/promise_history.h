// How a shop keeps its promises, and how long the next one should take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/customer_base.h>

namespace courtesy {

// What is asked of the promises.
struct PromiseQuestion {
  // What promises are grouped by: a column of the event that first made them.
  enum class Per : std::uint8_t { nothing, topic, by, channel, customer };
  Per per = Per::topic;
  // A promise is beaten where it is kept by this share of the promised span; without one, on an earlier civil day than
  // promised.
  std::optional<double> target = std::nullopt;
  double chance = 0.95;  // of the quote
  // Only what happened before counts: before an instant, or before a civil day of the customer's. Without it,
  // everything, and the books end with the last event.
  std::optional<std::variant<Day, Instant>> until = std::nullopt;
};

// Promises with what was agreed anew in their place: each counts once, from its first event to its end. What is `kept`,
// `late`, `broken` or `open` adds up to `made`.
struct PromiseSummary {
  std::string group;
  std::int64_t made = 0;
  std::int64_t kept = 0;        // by the due that was agreed last
  std::int64_t kept_first = 0;  // by the due that was promised first
  std::int64_t beaten = 0, beaten_first = 0;
  std::int64_t late = 0;
  std::int64_t broken = 0;
  std::int64_t renegotiated = 0;  // at least once
  std::int64_t open = 0;
  std::int64_t overdue = 0;      // of the open ones: past the due that was agreed last
  std::vector<double> took;      // days from the first promise until it was kept, sorted
  std::vector<double> lateness;  // days past the last due, of the late ones, sorted
  std::optional<double> quote;   // days; whole ones where any promise is of dates
  std::int64_t missing = 0;      // how many more must be kept for there to be a quote
};

// All together first, as "(all)", then the groups by name; "(none)" for what names none.
[[nodiscard]] std::vector<PromiseSummary> promise_history(const CustomerBase& base, const PromiseQuestion& question);

// The same as a table: the group under its column's name, made, kept, kept_first, beaten, beaten_first, late, broken,
// renegotiated, open, overdue, took_50 and took_90 (quantiles), late_50, late_90, quote, missing.
[[nodiscard]] std::vector<OutColumn> promise_table(const CustomerBase& base, const PromiseQuestion& question);

}  // namespace courtesy
