// A journal in a file of its own, and what is in it.
#pragma once

#include <courtesy/base/table_builder.h>
#include <courtesy/store/journal.h>
#include <courtesy/store/open_store.h>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "../plan/story.h"
#include "../support/temp_folder.h"

namespace courtesy::testing_store {

using testing_story::at;
using testing_story::Rows;

class KeptTables {
 public:
  Taken customers(const Table& table, const BuildOptions& options = {}) {
    return kept([&] { return journal.upsert_customers(table, options, erased); });
  }
  Taken assets(const Table& table, const BuildOptions& options = {}) {
    return kept([&] { return journal.upsert_assets(table, options, erased); });
  }
  Taken events(const Table& table, const BuildOptions& options = {}) {
    return kept([&] { return journal.append_events(table, options, erased, at("2026-12-01T00:00Z")); });
  }
  Taken customers(const Rows& rows) { return customers(rows.table("customers")); }
  Taken assets(const Rows& rows) { return assets(rows.table("assets")); }
  Taken events(const Rows& rows) { return events(rows.table("events")); }

  // The customers with these ids, by their number.
  std::int64_t number(const std::string& id) { return journal.number(StoredId{id}).value_or(0); }
  // Ids of those who are marked as changed, which are looked at then.
  std::vector<std::string> changed() {
    std::vector<std::string> ids;
    for (const std::int64_t each : journal.changed()) ids.push_back(text_of(journal.id(each)));
    journal.clear_changed(journal.last_change());
    return ids;
  }
  // A customer's row, cells as texts.
  std::map<std::string, std::string> row(const std::string& id) {
    std::map<std::string, std::string> cells;
    for (const auto& [column, cell] : journal.row(number(id))) cells[column] = cell;
    return cells;
  }

  testing_folder::TempFolder folder;
  OpenStore store = open_store(folder / "shop.db", {});
  Settings settings{store.database};
  Words words{store.database};
  Journal journal{store.database, settings, words};
  std::unordered_set<std::string> erased;

 private:
  Taken kept(auto&& act) {
    Transaction transaction(store.database, Transaction::Kind::write);
    Taken taken = act();
    transaction.commit();
    return taken;
  }
};

// "added 1, changed 2, unchanged 3", and what else is not 0.
inline std::string counts(const Taken& taken) {
  std::string out = "added " + std::to_string(taken.added) + ", changed " + std::to_string(taken.changed) +
                    ", unchanged " + std::to_string(taken.unchanged);
  if (taken.left_out > 0) out += ", left out " + std::to_string(taken.left_out);
  if (taken.erased > 0) out += ", erased " + std::to_string(taken.erased);
  return out;
}

// What an act is refused with; all its lines.
inline std::string error_of(auto&& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

}  // namespace courtesy::testing_store
