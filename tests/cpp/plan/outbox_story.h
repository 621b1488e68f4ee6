// An outbox in memory for tests, and changes and verdicts as lines of text.
#pragma once

#include <courtesy/plan/merge.h>
#include <courtesy/plan/recheck.h>

#include <map>
#include <string>
#include <vector>

#include "story.h"

namespace courtesy::testing_story {

// Customers' numbers in the store: any that are not their places.
inline std::vector<std::int64_t> numbers_of(const CustomerBase& base) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < base.customers(); ++i) numbers.push_back(static_cast<std::int64_t>(100 + i));
  return numbers;
}

// "move thanks/1 2026-12-07T10:00:00Z (was 2026-12-04T10:00:00Z) moved"
inline std::string line_of(const Change& change) {
  constexpr const char* whats[] = {"insert", "move", "withdraw", "expire"};
  std::string line = whats[static_cast<std::size_t>(change.what)];
  line += " " + change.row.occasion + "/" + change.row.step + " " + iso_text(change.row.due);
  if (change.row.wake != change.row.due) line += " wakes " + iso_text(change.row.wake);
  if (change.was && *change.was != change.row.due) line += " (was " + iso_text(*change.was) + ")";
  if (change.row.contact) line += " by another";
  return line + " " + change.why;
}

inline std::string line_of(const Verdict& verdict) {
  constexpr const char* whats[] = {"send", "move", "withdraw", "expire", "skip"};
  std::string line = whats[static_cast<std::size_t>(verdict.what)];
  if (verdict.what == Verdict::What::send)
    return line + " " + verdict.row.channel + (verdict.row.contact ? " by another" : "");
  if (verdict.what == Verdict::What::move) return line + " " + iso_text(verdict.row.wake);
  return line + " " + verdict.why;
}

inline std::vector<Change> changes_by(std::span<const OwedRow> rows, const Plan& plan, const MergeOptions& options) {
  const auto numbers = numbers_of(*plan.base);
  return changes_of(merge(rows, plan, numbers, options), plan, numbers);
}

// Rows by key, and what changes do to them.
class PlainOutbox {
 public:
  std::map<Key, OwedRow> rows;

  [[nodiscard]] std::vector<OwedRow> all() const {
    std::vector<OwedRow> out;
    for (const auto& [key, row] : rows) out.push_back(row);
    return out;
  }

  void apply(const std::vector<Change>& changes) {
    for (const Change& change : changes) {
      OwedRow& row = rows[change.row.key];
      switch (change.what) {
        case Change::What::insert:
        case Change::What::move:
          row = change.row;
          break;
        case Change::What::withdraw:
          row.state = OutboxState::withdrawn;
          break;
        case Change::What::expire:
          row = change.row;
          row.state = OutboxState::expired;
          break;
      }
    }
  }

  std::vector<Change> merge_with(const Plan& plan, Instant now, Instant until) {
    std::vector<Change> changes = changes_by(all(), plan, {now, until});
    apply(changes);
    return changes;
  }
};

inline Lines lines_of(const std::vector<Change>& changes) {
  Lines out;
  for (const Change& change : changes) out.push_back(line_of(change));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace courtesy::testing_story
