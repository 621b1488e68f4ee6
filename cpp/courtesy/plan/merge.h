// What a new plan changes in an outbox: rows to insert, move, withdraw and let expire.
#pragma once

#include <span>
#include <vector>

#include <courtesy/plan/owed.h>
#include <courtesy/plan/plan.h>

namespace courtesy {

struct MergeOptions {
  Instant now;
  Instant until;  // what is due from here on is left for later
};

// So long after its due a reminder is late.
inline constexpr std::chrono::hours late_after{1};

// The plan's row as an outbox has it; `numbers`: by the base's customers, their numbers in the store.
[[nodiscard]] OwedRow owed_row(const Plan& plan, const Reminder& reminder, std::span<const std::int64_t> numbers);

// Pure: the same rows and plan give the same changes, in the order of customer, then key. `rows` are all rows of the
// plan's customers (final ones too). Applied twice, the second time changes nothing.
[[nodiscard]] std::vector<Change> merge(std::span<const OwedRow> rows, const Plan& plan,
                                        std::span<const std::int64_t> numbers, const MergeOptions& options);

// Of rows that are late at `now` (their due is more than an hour ago): those that `late` lets expire. Of one customer,
// asset and occasion, with "once" all but the latest, with "skip" all. `others`: further live rows of the same
// customers, of which a later one that is due by now counts as well.
[[nodiscard]] std::vector<Key> missed(std::span<const OwedRow> rows, std::span<const OwedRow> others, Instant now);

// By the plan's customers, the first instant at which one of their reminders comes into [.., now + horizon): the due of
// the first that is due at `until` or later, less the horizon; Instant::max() where there is none.
[[nodiscard]] std::vector<Instant> next_looks(const Plan& plan, Instant until, std::chrono::microseconds horizon);

}  // namespace courtesy
