// The durable store: one file that keeps what is owed true over time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <courtesy/base/out_table.h>
#include <courtesy/engine/claim.h>
#include <courtesy/engine/refresh.h>

namespace courtesy {

struct StoreOptions {
  DatabaseOptions database;
  unsigned threads = 1;
  std::string who = "courtesy";  // what the audit calls the user of this handle
};

// Which ids (as texts) of the rows that come in, or that they name, are those of erased customers, by the hashes that
// stand for them and their key, all in hex. It is asked while nobody else writes, where there are any, and must be
// given then.
using ErasedAmong =
    std::function<std::vector<std::string>(const std::string& key, const std::vector<std::string>& hashes)>;

// Safe for use from several threads: calls wait for one another, but for a refresh, which keeps nobody waiting while it
// reads and plans. After close(), and in another process than the one that opened it, each call throws Error{store}.
class Store {
 public:
  Store(const std::string& path, RuleSource rules, const StoreOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  void close();
  // The form and text of the rules that a file lives by; nothing where there is no file, or no rules in it yet.
  [[nodiscard]] static std::optional<std::pair<std::string, std::string>> rules_in(const std::string& path);

  // Rows of erased customers are left out: those that `erased_among` finds.
  Taken upsert_customers(const Table& table, const BuildOptions& options, const ErasedAmong& erased_among = {});
  Taken upsert_assets(const Table& table, const BuildOptions& options, const ErasedAmong& erased_among = {});
  Taken append_events(const Table& table, const BuildOptions& options, Instant now,
                      const ErasedAmong& erased_among = {});

  Refreshed refresh(const RefreshOptions& options);
  [[nodiscard]] Refreshed preview(const RefreshOptions& options);  // changes nothing

  std::vector<Claimed> claim(const ClaimOptions& options);
  // By answer: empty, or why it is refused; the others are taken, in one transaction.
  std::vector<std::string> answer(const std::vector<Answer>& answers, Instant now);
  // All that a claim gave out went out.
  std::vector<std::string> done(std::span<const Claimed> claim, Instant now);
  void snooze(const Key& key, Instant until, const std::string& by, const std::string& why, Instant now);
  void skip(const Key& key, const std::string& by, const std::string& why, Instant now);

  // A plan of the store's own tables, contacts included, over a window; of one customer (and whoever the decision on
  // them depends on) where one is named.
  [[nodiscard]] Plan plan(Window window, const std::optional<StoredId>& customer);
  // The outbox's row of that key, in whatever state.
  [[nodiscard]] std::optional<Claimed> find(const Key& key);
  // What a claim would look at, without taking it; a limit of 0 is none.
  [[nodiscard]] std::vector<Claimed> due(const ClaimOptions& options);

  // The customer is gone from every table, the WAL and the free pages. The tombstone is the hash that stands for the
  // id.
  void erase(const StoredId& customer, const std::string& tombstone);
  [[nodiscard]] std::string tombstone_key();

  void backup(const std::string& path);
  // After a restore: these have gone out since; of the rest that was due by now nobody knows, or it is left to go out.
  // How many rows were settled.
  std::size_t reconcile(const std::vector<Key>& sent, bool rest_unknown, Instant now);
  [[nodiscard]] bool held();
  [[nodiscard]] std::vector<std::string> check();  // what is wrong with the file

  [[nodiscard]] OutTable table(const std::string& name);  // customers, assets, events, outbox or audit
  // Of one customer, in time: the journal's events, and what became of each reminder. Columns: at, what (the event's
  // kind, or "reminder"), occasion, step, state, channel, who, why, key.
  [[nodiscard]] OutTable history(const StoredId& customer);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> customer(const StoredId& id);
  // Rows of each table by its name, and of the outbox by state.
  [[nodiscard]] std::map<std::string, std::int64_t> counts();
  [[nodiscard]] std::optional<Instant> next_wake(const std::vector<std::string>& channels);

 private:
  struct Parts;
  class Use;
  [[nodiscard]] Parts& parts() const;
  template <typename Do>
  Taken take(const ErasedAmong& erased_among, Do write);
  template <typename Do>
  auto with_reader(const RefreshOptions& options, Do then);

  std::unique_ptr<Parts> parts_;
};

}  // namespace courtesy
