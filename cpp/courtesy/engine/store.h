// The durable store: one file that keeps what is owed true over time.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/engine/rules_in_force.h>
#include <courtesy/plan/planner.h>
#include <courtesy/store/file_lock.h>
#include <courtesy/store/journal.h>
#include <courtesy/store/outbox.h>

namespace courtesy {

struct StoreOptions {
  DatabaseOptions database;
  unsigned threads = 1;
  std::string who = "courtesy";  // what the audit calls the user of this handle
};

struct RefreshOptions {
  Instant now;
  std::chrono::microseconds horizon{std::chrono::days{60}};
  bool everybody = false;                        // whatever has changed
  std::function<void(std::string_view)> progress;  // told what it is at: "reading", "planning", "storing"
};

struct Refreshed {
  std::size_t looked_at = 0;  // customers
  std::size_t added = 0;
  std::size_t moved = 0;
  std::size_t withdrawn = 0;
  std::size_t expired = 0;
  std::vector<std::string> warnings;
  std::vector<Change> changes;  // of a preview alone
};

struct ClaimOptions {
  Instant now;
  std::size_t limit = 1;
  std::chrono::microseconds lease{std::chrono::seconds{60}};
  std::vector<std::string> channels;  // empty: all
};

// What a sender gets: a row of the outbox, the customer's id, and the rows that the same contact says.
struct Claimed {
  OutboxRow row;
  StoredId customer;
  std::vector<OwedRow> merged;
};

struct Answer {
  enum class What : std::uint8_t { done, failed, released, crashed };
  What what = What::done;
  std::string channel;  // where the row lies, as it was claimed
  Instant wake;
  Key key;
  std::int64_t token = 0;
  std::string why;
  bool retry = true;  // of failed
};

// All calls are safe from several threads, one after the other. After a fork each throws Error{store}.
class Store {
 public:
  // `rules`: none to take those in force in the file. Throws Error{store}, and Error{rule} where the file has none.
  Store(const std::string& path, std::optional<RuleSource> rules, const StoreOptions& options);
  ~Store();
  void close();

  Taken upsert_customers(const Table& table, const BuildOptions& options);
  Taken upsert_assets(const Table& table, const BuildOptions& options);
  Taken append_events(const Table& table, const BuildOptions& options, Instant now);

  Refreshed refresh(const RefreshOptions& options);
  [[nodiscard]] Refreshed preview(const RefreshOptions& options);  // changes nothing

  std::vector<Claimed> claim(const ClaimOptions& options);
  // One transaction. By answer: empty, or why it was refused (the lease was lost); the others are taken.
  std::vector<std::string> answer(const std::vector<Answer>& answers, Instant now);
  // By the reminder's key, whoever holds it; throw Error{missing} for an unknown key, Error{store} where it went out.
  void snooze(const Key& key, Instant until, const std::string& by, const std::string& why, Instant now);
  void skip(const Key& key, const std::string& by, const std::string& why, Instant now);

  // A plan of the store's own tables (contacts included) over a window: for explain and why_not. `customer`: of one
  // alone, where the rules allow that.
  [[nodiscard]] Plan plan(Window window, const std::optional<StoredId>& customer);

  // Erasure, backup, restoring, doctor.
  void erase(const StoredId& customer, const std::string& tombstone_hex);
  [[nodiscard]] std::string tombstone_key();   // hex; made with the store
  [[nodiscard]] std::vector<std::string> tombstones();
  void refuse(std::vector<std::string> ids);  // erased ids that the next imports leave out
  void backup(const std::string& path);
  std::size_t reconcile(const std::vector<Key>& sent, bool rest_unknown, Instant now);
  [[nodiscard]] bool held();
  [[nodiscard]] std::vector<std::string> check();  // what is wrong with the file; empty: nothing

  // To look at.
  [[nodiscard]] OutTable table(std::string_view name);  // customers, assets, events, outbox, audit
  [[nodiscard]] OutTable audit_of(const StoredId& customer);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> customer(const StoredId& id);
  [[nodiscard]] std::map<std::string, std::int64_t> counts();
  [[nodiscard]] std::optional<Instant> next_wake(const std::vector<std::string>& channels);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace courtesy
