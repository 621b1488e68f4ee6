// What a new plan changes in an outbox: rows to insert, move, withdraw and let expire.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <courtesy/plan/owed_row.h>

namespace courtesy {

struct MergeOptions {
  Instant now;
  Instant until;  // what is due from here on is left for later
  // Sorted numbers of customers of whom something new is known; nothing: of all. Of others nothing comes back whose
  // time is over: it was withdrawn as it was about to go out, and nothing has changed since.
  std::optional<std::vector<std::int64_t>> changed = std::nullopt;
};

// So long after its due a reminder is late.
inline constexpr std::chrono::hours late_after{1};

struct Merged {
  std::vector<Change> changes;  // by customer, then key
  // Rows of the plan that come into the outbox just as owed_row() makes them, in the plan's order: most of what is new.
  // Each is a contact of its own, without gesture or partner.
  std::vector<FreshRow> fresh;
};

// `rows`: all rows of the plan's customers, final ones too. Pure: whatever their order, the same rows and plan give the
// same changes; once they are applied there are none.
//
//   row            planned                      withheld                      absent from the plan
//   none           insert; late: as `late` says nothing                       nothing
//   live           move where it differs        withdraw (expired: expire)    withdraw, where the window could have it
//   claimed        nothing                      nothing                       nothing
//   withdrawn      planned again; late as above nothing                       nothing
//   out of the way planned again by a send_now  nothing                       nothing
//   sent, unknown  nothing                      nothing                       nothing
//
// Out of the way are those skipped, expired, parked and given up. What was put off beyond its due (a retry, a move by
// recheck) keeps its `wake`, unless its due has become later than that. What would be said by a contact that goes out
// already, or not at all, goes by itself and is asked again. What an edited rule no longer reaches back to
// (`not_active` by its activation) was promised before: it stays, and is asked when its time comes.
[[nodiscard]] Merged merge(std::span<const OwedRow> rows, const Plan& plan, std::span<const std::int64_t> numbers,
                           const MergeOptions& options);
// All of it as changes, by customer, then key.
[[nodiscard]] std::vector<Change> changes_of(Merged merged, const Plan& plan, std::span<const std::int64_t> numbers);

// Of rows that are late at `now` (their due is more than an hour ago): the keys, sorted, of those that `late` lets go.
// Of one customer, asset and occasion these are with "skip" all, with "once" all before the latest that is due by now
// and goes out, or has gone out; with "all" none, nor what staff said to send at once. `others`: further rows of the
// same customers, live, claimed, sent or final ones.
[[nodiscard]] std::vector<Key> missed(std::span<const OwedRow> rows, std::span<const OwedRow> others, Instant now);

// By the plan's customers, the first instant at which one of their reminders comes into [.., now + horizon): the due of
// the first that is due at `until` or later, less the horizon; Instant::max() where there is none.
[[nodiscard]] std::vector<Instant> next_looks(const Plan& plan, Instant until, std::chrono::microseconds horizon);

}  // namespace courtesy
