// What happened, and to whom: the tables of customers, assets and events. Only events are what happened; they are never
// changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <courtesy/base/base_builder.h>
#include <courtesy/base/event_rows.h>
#include <courtesy/base/out_table.h>
#include <courtesy/store/changed.h>
#include <courtesy/store/event_table.h>
#include <courtesy/store/record_table.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/slice.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/words.h>

namespace courtesy {

// What became of the rows that were given.
struct Taken {
  std::size_t added = 0;
  std::size_t changed = 0;    // customers and assets whose cells differ from before
  std::size_t unchanged = 0;  // and events that were there already
  std::size_t left_out = 0;   // of unknown customers, where that is allowed
  std::size_t erased = 0;     // of customers who were erased
  std::vector<std::string> warnings;
};

class Journal {
 public:
  Journal(Database& database, Settings& settings, Words& words);

  // Customers and assets are set by their ids: the columns that are given, also to empty cells; other columns keep
  // their cells. Events are appended; one that is there already is left alone. All rows are checked as `plan` checks
  // them.
  //
  // Each within the caller's transaction; throws Error{data} as build_base does, with table, row and column, and then
  // nothing must be committed. `erased`: ids (as texts) of customers that must not come back.
  Taken upsert_customers(const Table& table, const BuildOptions& options,
                         const std::unordered_set<std::string>& erased);
  // An asset keeps its owner once events are about it. Without a table of assets, those that events name are the
  // assets.
  Taken upsert_assets(const Table& table, const BuildOptions& options, const std::unordered_set<std::string>& erased);
  Taken append_events(const Table& table, const BuildOptions& options, const std::unordered_set<std::string>& erased,
                      Instant recorded);
  // Some customer besides this one; 0 where there is none.
  [[nodiscard]] std::int64_t any_but(std::int64_t customer);
  // One event by which staff decide on a reminder (EventTable::append).
  void append(const EventRow& row, std::int64_t customer, Instant at);

  // The customer's number; nothing where there is none. An id is found by its number or its text.
  [[nodiscard]] std::optional<std::int64_t> number(const StoredId& id);
  [[nodiscard]] StoredId id(std::int64_t number);
  [[nodiscard]] std::size_t customers();
  [[nodiscard]] bool any_asset_kinds();  // whether the assets' table has a column `kind`

  // The rows of these customers (sorted numbers), or of all.
  [[nodiscard]] Slice read(const std::vector<std::int64_t>& numbers);
  [[nodiscard]] Slice read_all();
  // Those who share a cell of this column with one of these: "household" or "address". Sorted, those asked for
  // included.
  [[nodiscard]] std::vector<std::int64_t> companions(const std::vector<std::int64_t>& numbers, std::string_view column);

  // Who has changed since they were last looked at, with the sequence number up to which that is known.
  void mark_changed(std::int64_t customer);
  [[nodiscard]] std::vector<std::int64_t> changed();
  [[nodiscard]] bool any_changed();
  [[nodiscard]] bool is_changed(std::int64_t customer);
  [[nodiscard]] std::vector<std::int64_t> changed_since(std::int64_t change);  // Changed::since
  [[nodiscard]] std::int64_t last_change();  // the highest sequence number that was given
  void clear_changed(std::int64_t up_to);    // all changes up to that number have been looked at

  // Whole tables to give away: "customers", "assets" or "events", with the columns as they were given.
  [[nodiscard]] OutTable table(std::string_view name);
  // A customer's own row: column names and cells as texts, in the order of the columns.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> row(std::int64_t number);

 private:
  void index_households();
  [[nodiscard]] std::vector<std::int64_t> everybody();

  Database& database_;
  Settings& settings_;
  RecordTable customers_, assets_;
  Changed changed_;
  EventTable events_;
  SliceReader slices_;
};

}  // namespace courtesy
