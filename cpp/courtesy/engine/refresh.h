// Works out anew what is owed to those about whom something has changed, or for whom it is time, and brings the outbox
// up to that.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/out_table.h>
#include <courtesy/engine/store_parts.h>
#include <courtesy/plan/merge.h>

namespace courtesy {

struct RefreshOptions {
  Instant now;
  std::chrono::microseconds horizon{std::chrono::days{60}};
  bool everybody = false;                          // whatever has changed
  std::function<void(std::string_view)> progress;  // told what it is at: "reading", "planning", "storing"
};

struct Refreshed {
  std::size_t looked_at = 0;  // customers
  std::size_t added = 0;
  std::size_t moved = 0;
  std::size_t withdrawn = 0;
  std::size_t expired = 0;
  std::vector<std::string> warnings;
  std::vector<Change> changes;      // of a preview alone
  std::vector<StoredId> customers;  // of these, by change
};

// What a preview found, for others: change ("new", "moved", "withdrawn" or "expired"), customer, occasion, step, due,
// was, channel, why, key.
[[nodiscard]] OutTable changes_table(const Refreshed& preview);

// What was due so long before the last refresh is old news: a fact that is recorded later makes it due no more.
inline constexpr std::chrono::days old_news{31};

class Refresh {
 public:
  // `reader`: another connection to the same file, whose transaction sees one state of it.
  Refresh(StoreParts& reader, const RefreshOptions& options) : reader_(reader), options_(options) {}

  // What there is to change; nobody is kept waiting meanwhile. Then, with the writer's lock, against the rows as they
  // are by then.
  void look();
  [[nodiscard]] Refreshed preview();
  // Nothing where a customer was erased since: what was looked at and planned may name them.
  [[nodiscard]] std::optional<Refreshed> apply(StoreParts& writer);

 private:
  [[nodiscard]] bool everybody(const Coupling& coupling, bool any) const;
  [[nodiscard]] Merged merged(std::span<const OutboxRow> rows) const;
  void leave_to_the_next(std::span<const std::int64_t> customers, Merged& found) const;
  void note_looks(StoreParts& writer) const;
  void drop_expired(StoreParts& writer, Refreshed& refreshed) const;
  [[nodiscard]] Refreshed counted(const Merged& merged) const;
  void tell(std::string_view what) const {
    if (options_.progress) options_.progress(what);
  }

  StoreParts& reader_;
  RefreshOptions options_;
  std::shared_ptr<const Rules> active_;
  bool all_ = false;                   // everybody is looked at
  bool none_ = false;                  // nobody is
  std::vector<std::int64_t> changed_;  // customers about whom there is something new
  std::vector<std::int64_t> looked_at_;
  std::int64_t last_change_ = 0;
  std::int64_t last_audit_ = 0;
  std::int64_t erased_ = 0;
  std::int64_t hour_ = 0;
  Instant until_;
  Known known_;
  std::optional<Plan> plan_;
};

}  // namespace courtesy
