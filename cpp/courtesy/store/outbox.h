// What is owed until it is done: rows by state, leases, and an audit row for every change of state.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <courtesy/plan/owed.h>
#include <courtesy/store/audit.h>
#include <courtesy/store/outbox_filler.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/steps.h>
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
  StoredId customer_id;
  std::string why;  // what its last change of state said
};

// Rows lie in the order of channel and wake, in which they are claimed; `owed` says where a customer's rows lie. Each
// call is within the caller's transaction.
class Outbox {
 public:
  Outbox(Database& database, Settings& settings, Words& words);

  // The rows of customers (sorted numbers), of all states, by customer, then key.
  [[nodiscard]] std::vector<OutboxRow> rows_of(std::span<const std::int64_t> customers);
  [[nodiscard]] std::vector<OutboxRow> all_rows();
  [[nodiscard]] std::optional<OutboxRow> find(const Key& key);  // looks through all rows
  [[nodiscard]] std::optional<OutboxRow> at(std::string_view channel, Instant wake, const Key& key);

  // What a plan, or the lapse of time, changes; every change of state is audited.
  void apply(std::span<const Change> changes, Instant now, std::string_view who);
  // What a plan owes for the first time.
  void insert(const FreshRows& rows, Instant now);

  struct Found {
    std::vector<OutboxRow> claimable;
    std::vector<OutboxRow> lost;   // claimed, and their lease is over
    std::vector<OutboxRow> ahead;  // claimed at a time that has yet to come: the clock was set back
  };
  // The rows of these channels (of all where none is named) that can be claimed at `now`, at most so many of those that
  // wake first; and those of which a lease is over, as far as the search went.
  [[nodiscard]] Found due(Instant now, std::size_t limit, std::span<const std::string> channels);
  // The same without settling anything: only to look at.
  [[nodiscard]] std::vector<OutboxRow> waiting(Instant now, std::size_t limit, std::span<const std::string> channels);
  // Customers, sorted, with whom there was a contact in between, by rows that woke no longer than a month before.
  [[nodiscard]] std::vector<std::int64_t> contacted(Instant from, Instant to);
  // Those that could be claimed and are worthless by now.
  [[nodiscard]] std::vector<OutboxRow> expired(Instant now);
  // Holds the row as it lies until `lease`, and what is merged with it.
  void hold(const OutboxRow& row, std::span<const OutboxRow> merged, std::int64_t token, Instant lease,
            const AuditNote& note);
  // The same of rows of one channel, in their order, that say no others, with no claimable row between them that is not
  // among them: at once.
  void hold_run(std::span<const OutboxRow* const> rows, std::int64_t token, Instant lease, const AuditNote& note);
  // All rows that `token` was given: brings them to `sent` at once. Where it does not hold them all any more, nothing
  // happens, and it says false.
  [[nodiscard]] bool send_all(std::span<const OwedRow* const> rows, std::int64_t token, const AuditNote& note);
  // The row with other cells (another channel, a later wake): it moves there, in the state that `row` has.
  void move(const OutboxRow& stored, const OwedRow& row, const AuditNote& note);
  // Brings the row into a state, and what is merged with it.
  void set(const OutboxRow& row, OutboxState state, const AuditNote& note);
  // The row alone, whatever is merged with it.
  void set_alone(const OutboxRow& row, OutboxState state, const AuditNote& note);
  // With what is merged with it, and with another wake, and so many failures and crashes.
  void set(const OutboxRow& row, OutboxState state, Instant wake, int attempts, int crashes, const AuditNote& note);
  // Whether any contact says more than one row.
  [[nodiscard]] bool any_merged();
  // Those that the row's contact says as well.
  [[nodiscard]] std::vector<OutboxRow> merged_with(const OutboxRow& row);

  [[nodiscard]] std::map<std::string, std::int64_t> counts();  // by state
  // Whose rows have this partner.
  [[nodiscard]] std::vector<std::int64_t> introduced_to(std::string_view partner);
  // A transaction begins: what others may have written since is looked up anew.
  void begin() { any_merged_.reset(); }
  // It is about to be committed.
  void finish() { audit_.flush(); }
  // It was rolled back: what it made is forgotten.
  void forget() {
    steps_.forget();
    audit_.forget();
  }
  // When the next row can be claimed; nothing where there is none.
  [[nodiscard]] std::optional<Instant> next_wake(std::span<const std::string> channels);

 private:
  using Place = std::tuple<std::int64_t, Instant, Key>;  // channel, wake, key: the order in which rows lie

  [[nodiscard]] OutboxRow read(Statement& from);
  void bind(Statement& to, const OwedRow& row, OutboxState state, Instant now, std::string_view why);
  void insert(std::span<const Change* const> changes, Instant now);
  [[nodiscard]] std::optional<Place> place_of(std::int64_t customer, const Key& key);
  void replace(const Place& place, const OwedRow& row, const AuditNote& note);
  void note_merged();
  void lower_front(const Place& place);
  void raise_front(const Place& place);
  void put(const OutboxRow& row, OutboxState state, Instant wake, int attempts, int crashes, const AuditNote& note);
  // Calls take(row's statement, state) for each row from the front to `now` that waits or is held; ends where it says
  // so. Where there are none at the front, the front moves on, if it may.
  enum class Front : std::uint8_t { stays, moves };
  template <typename Take>
  void scan(const Place& front, Instant now, Front moves, Take take);
  [[nodiscard]] Found search(Instant now, std::size_t limit, std::span<const std::string> channels, Front moves);
  [[nodiscard]] std::vector<Place> fronts(std::span<const std::string> channels);

  Database& database_;
  Settings& settings_;
  Words& words_;
  Steps steps_;
  AuditLog audit_;
  std::optional<bool> any_merged_;  // whether any contact says more than one row; nothing: not looked up yet
  Statement select_of_, select_at_, select_key_, scan_, insert_, insert_owed_, place_, replace_, move_owed_, hold_,
      hold_run_, send_run_, set_, set_wake_, front_, lower_front_, raise_front_;
};

}  // namespace courtesy
