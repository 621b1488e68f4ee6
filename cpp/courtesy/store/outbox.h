// What is owed until it is done: rows by state, leases, and an audit row for every change of state.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/event_rows.h>
#include <courtesy/base/out_table.h>
#include <courtesy/plan/owed.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/words.h>

namespace courtesy {

// A row, and who holds it.
struct OutboxRow {
  OwedRow owed;
  std::int64_t token = 0;  // of the claim that holds it, or held it last
  Instant lease{};         // held until then
  Instant since{};         // when it came into its state; of a sent row the instant at which it went out
  int attempts = 0;        // that failed
  int crashes = 0;         // of its senders
};

// When, who and why: what an audit row says.
struct AuditNote {
  Instant at;
  std::string_view who;
  std::string_view why;
};

class Outbox {
 public:
  Outbox(Database& database, Words& words);

  // --- rows of customers (sorted numbers), all states, by customer, then key
  [[nodiscard]] std::vector<OutboxRow> rows_of(std::span<const std::int64_t> customers);
  [[nodiscard]] std::vector<OutboxRow> all_rows();
  [[nodiscard]] std::optional<OutboxRow> find(const Key& key);  // looks through all rows
  // The events that these rows stand for: a `contact` for each that went out or may have, a `skip` for each that never
  // will. `ids`: by number, the customers' ids as texts.
  static void add_events(std::span<const OutboxRow> rows, const std::map<std::int64_t, std::string>& ids,
                         EventRows& events);

  // --- what a plan changes; every change of state is audited
  void apply(std::span<const Change> changes, const AuditNote& note);

  // --- leases
  // The rows of these channels (of all where none is named) that can be claimed at `now` and were due first, at most so
  // many; and those of which a lease is over are found on the way.
  struct Found {
    std::vector<OutboxRow> claimable;
    std::vector<OutboxRow> lost;  // claimed, and their lease is over
  };
  [[nodiscard]] Found due(Instant now, std::size_t limit, std::span<const std::string> channels);
  // Takes the row into a lease. `row` as it will go out: another channel than the stored one moves it there.
  void claim(const OutboxRow& stored, const OwedRow& row, std::int64_t token, Instant lease, const AuditNote& note);
  // Brings a row (as stored) and those merged with it into a state; `wake`: where it lies from then on.
  void set(const OutboxRow& stored, OutboxState state, Instant wake, const AuditNote& note, int attempts, int crashes);
  [[nodiscard]] std::optional<OutboxRow> at(std::string_view channel, Instant wake, const Key& key);
  [[nodiscard]] std::vector<OutboxRow> merged_with(const OutboxRow& row);

  // --- to look at
  [[nodiscard]] OutTable table();                              // all rows
  [[nodiscard]] OutTable audit(std::int64_t customer);         // of one customer; of all where it is 0
  [[nodiscard]] std::map<std::string, std::int64_t> counts();  // by state
  [[nodiscard]] std::optional<Instant> next_wake(std::span<const std::string> channels);

 private:
  Database& database_;
  Words& words_;
};

}  // namespace courtesy
