// The journal's events: appended, never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/base/event_rows.h>
#include <courtesy/base/out_table.h>
#include <courtesy/store/changed.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/stored_id.h>
#include <courtesy/store/words.h>

namespace courtesy {

class EventTable {
 public:
  EventTable(Database& database, Settings& settings, Words& words);

  struct Appended {
    std::size_t added = 0;
    std::size_t unchanged = 0;  // that were there already
  };
  // The events of a base that was built of them; `numbers`: of its customers, by index, 0 for those whose events are
  // left out. What names one of the `erased` customers does so no longer. Customers with a new event are marked. Throws
  // Error{data}, with table, row and column, where an id stands for another event already.
  Appended append(const CustomerBase& base, std::span<const std::int64_t> numbers,
                  const std::unordered_set<std::string>& erased, Instant recorded, Changed& changed);
  // One event by which staff decide on a reminder (its `ref`): it happens `at`, but after all that was said of it
  // before, whatever the clock did meanwhile. Its id is that of its content; the customer is marked.
  void append(const EventRow& row, std::int64_t customer, Instant at, Changed& changed);

  // The events of customers, in the order in which they came; `numbers` are sorted, `ids` theirs.
  void read(std::span<const std::int64_t> numbers, std::span<const StoredId> ids, EventRows& rows);
  // All of them, with the columns of the table of events; dates and instants as texts in ISO 8601.
  [[nodiscard]] OutTable table();

 private:
  // What is asked of an event of a base, and where its rows go.
  struct Import {
    const CustomerBase& base;
    std::span<const std::int64_t> numbers;
    const std::unordered_set<std::string>& erased;
    Instant recorded;
  };

  // Of the base's events those that are there already; throws where one says something else.
  [[nodiscard]] std::vector<bool> find_known(const Import& import);
  [[nodiscard]] EventRow row_of(const Import& import, Index event, Index customer) const;
  [[nodiscard]] bool is_large(const CustomerBase& base);
  void insert(const EventRow& row, std::int64_t customer, std::int64_t seq, Instant recorded);
  [[nodiscard]] bool is_same(Statement& stored, const EventRow& row);
  void fill(Statement& from, EventRow& row);
  [[nodiscard]] Instant after_said(std::string_view key, std::int64_t customer);
  void note_filled(std::int64_t columns);
  void add(Statement& from, const StoredId& customer, std::int64_t filled, EventRows& rows);

  Database& database_;
  Settings& settings_;
  Words& words_;
  Statement insert_, by_id_, at_, of_;
  std::int64_t filled_;  // columns in which any event has a cell, as far as this connection knows
  std::uint64_t rollbacks_;
};

}  // namespace courtesy
