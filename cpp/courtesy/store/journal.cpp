#include <courtesy/base/problems.h>
#include <courtesy/store/journal.h>
#include <courtesy/store/named.h>
#include <courtesy/store/record_writer.h>
#include <courtesy/store/stored_cell.h>
#include <courtesy/store/stored_id.h>

#include <algorithm>
#include <utility>

namespace courtesy {
namespace {

constexpr std::string_view assets_given = "assets_given";

bool are_numbers(const Column& column) {
  return column.type() == ColumnType::integer || column.type() == ColumnType::real;
}

// Whether these ids are whole numbers, one and all; asked of the new ones.
class NewIds {
 public:
  void add(const StoredId& id) { all_numbers_ = all_numbers_ && std::holds_alternative<std::int64_t>(id); }
  void told_to(RecordTable& records, const Column& column) const {
    records.took_ids(are_numbers(column), all_numbers_);
  }

 private:
  bool all_numbers_ = true;
};

void warn_of_erased(const char* table, Taken& taken) {
  if (taken.erased == 0) return;
  taken.warnings.push_back(std::string(table) + ": " + std::to_string(taken.erased) +
                           " of customers who were erased left out");
}

}  // namespace

Journal::Journal(Database& database, Settings& settings, Words& words)
    : database_(database),
      settings_(settings),
      customers_(database, settings, "customers"),
      assets_(database, settings, "assets"),
      changed_(database, settings),
      events_(database, settings, words),
      slices_(database, settings, customers_, assets_, events_) {}

Taken Journal::upsert_customers(const Table& table, const BuildOptions& options,
                                const std::unordered_set<std::string>& erased) {
  const auto base = build_base(table, std::nullopt, std::nullopt, options);
  Taken taken;
  taken.warnings = base->warnings();
  const std::int64_t columns = customers_.catalogue().version();
  RecordWriter writer(database_, customers_, table);
  const Column& ids = *table.find("id");
  NewIds fresh;
  std::vector<std::int64_t> marked;
  std::vector<std::size_t> added;
  const bool any = customers_.rows() > 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const StoredId id = id_in(ids.cell(row));
    if (!erased.empty() && erased.contains(text_of(id))) {
      ++taken.erased;
      continue;
    }
    const auto known = any ? customers_.number(id) : std::nullopt;
    if (!known) {
      added.push_back(row);
    } else if (writer.update(*known, 0, row)) {
      ++taken.changed;
      marked.push_back(*known);
    } else {
      ++taken.unchanged;
    }
  }
  std::int64_t number = customers_.new_numbers(added.size());
  for (const std::size_t row : added) {
    const StoredId id = id_in(ids.cell(row));
    writer.insert(number, id, 0, row);
    fresh.add(id);
    marked.push_back(number++);
  }
  taken.added = added.size();
  if (taken.added > 0) fresh.told_to(customers_, ids);
  index_households();
  // An empty cell of a new column may say more than no column: who has no e-mail address is not written to.
  if (any && customers_.catalogue().version() != columns) marked = everybody();
  std::sort(marked.begin(), marked.end());
  changed_.mark(marked);
  warn_of_erased("customers", taken);
  return taken;
}

std::vector<std::int64_t> Journal::everybody() {
  std::vector<std::int64_t> numbers;
  Statement all = database_.prepare("SELECT no FROM customers ORDER BY no");
  while (all.step()) numbers.push_back(all.integer(0));
  return numbers;
}

// Rows of one household (or at one address) are found without looking at all.
void Journal::index_households() {
  for (const char* name : {"household", "address"}) {
    const StoredColumn* column = customers_.catalogue().find(name);
    if (column == nullptr) continue;
    database_.execute("CREATE INDEX IF NOT EXISTS customers_by_" + std::string(name) + " ON customers (" +
                      column->cells() + ")");
  }
}

Taken Journal::upsert_assets(const Table& table, const BuildOptions& options,
                             const std::unordered_set<std::string>& erased) {
  const Named named = named_by(table, database_, customers_, false, true, erased);
  const auto base = build_base(named.customers, std::nullopt, table, options);
  Taken taken;
  taken.warnings = base->warnings();
  taken.left_out = table.rows - base->assets();
  const std::int64_t columns = assets_.catalogue().version();
  const bool any = assets_.rows() > 0;
  RecordWriter writer(database_, assets_, table);
  const Column& ids = *table.find("id");
  Statement find = database_.prepare("SELECT no, customer FROM assets WHERE id = ?1");
  Statement about = database_.prepare("SELECT count(*) FROM events WHERE customer = ?1 AND asset = ?2");
  NewIds fresh;
  Problems problems;
  std::vector<std::int64_t> marked;
  struct Added {
    std::size_t row;
    std::int64_t owner;
  };
  std::vector<Added> added;
  for (Index asset = 0; asset < base->assets(); ++asset) {
    const std::size_t row = base->asset_row(asset);
    const StoredId id = id_in(ids.cell(row));
    const std::int64_t owner = named.numbers[base->asset_customer(asset)];
    if (owner == 0) {
      ++taken.erased;
      continue;
    }
    find.bind(1, id);
    const bool known = find.step();
    const std::int64_t number = known ? find.integer(0) : 0;
    const std::int64_t before = known ? find.integer(1) : owner;
    find.reset();
    if (!known) {
      added.push_back({row, owner});
      continue;
    }
    if (before != owner) {
      about.bind(1, before).bind(2, id);
      const std::int64_t events = about.step() ? about.integer(0) : 0;
      about.reset();
      if (events > 0) {
        problems.add(table, row, "customer",
                     "the asset '" + text_of(id) + "' belongs to the customer '" + text_of(customers_.id(before)) +
                         "', who has events about it; give it a new id for its new owner");
        continue;
      }
      marked.push_back(before);
    }
    if (writer.update(number, owner, row)) {
      ++taken.changed;
      marked.push_back(owner);
    } else {
      ++taken.unchanged;
    }
  }
  problems.raise_if_any();
  std::int64_t number = assets_.new_numbers(added.size());
  for (const Added& each : added) {
    const StoredId id = id_in(ids.cell(each.row));
    writer.insert(number++, id, each.owner, each.row);
    fresh.add(id);
    marked.push_back(each.owner);
  }
  taken.added = added.size();
  if (taken.added > 0) fresh.told_to(assets_, ids);
  if (!settings_.integer(assets_given)) settings_.set(assets_given, 1);
  if (any && assets_.catalogue().version() != columns) marked = everybody();
  std::sort(marked.begin(), marked.end());
  marked.erase(std::unique(marked.begin(), marked.end()), marked.end());
  changed_.mark(marked);
  warn_of_erased("assets", taken);
  return taken;
}

Taken Journal::append_events(const Table& table, const BuildOptions& options,
                             const std::unordered_set<std::string>& erased, Instant recorded) {
  const bool given = settings_.integer(assets_given).has_value();
  const Named named = named_by(table, database_, customers_, true, given, erased);
  const auto base = build_base(named.customers, table, named.assets, options);
  Taken taken;
  taken.warnings = base->warnings();
  taken.left_out = base->skipped_events();
  for (Index customer = 0; base->events() > 0 && customer < base->customers(); ++customer) {
    if (named.numbers[customer] != 0) continue;
    taken.erased += base->event_begin()[customer + 1] - base->event_begin()[customer];
  }
  const auto appended = events_.append(*base, named.numbers, erased, recorded, changed_);
  taken.added = appended.added;
  // Those that repeat another row word for word, too.
  taken.unchanged = table.rows - taken.added - taken.left_out - taken.erased;
  if (!named.new_assets.empty()) {
    Statement insert = database_.prepare("INSERT INTO assets (no, id, customer) VALUES (?1, ?2, ?3)");
    std::int64_t number = assets_.new_numbers(named.new_assets.size());
    NewIds fresh;
    for (const auto& [id, owner] : named.new_assets) {
      insert.bind(1, number++).bind(2, id).bind(3, named.numbers[owner]).run();
      fresh.add(id);
    }
    fresh.told_to(assets_, *table.find("asset"));
  }
  warn_of_erased("events", taken);
  return taken;
}

void Journal::append(const EventRow& row, std::int64_t customer, Instant at) {
  events_.append(row, customer, at, changed_);
}

std::optional<std::int64_t> Journal::number(const StoredId& id) {
  const auto* text = std::get_if<std::string>(&id);
  return customers_.number(text != nullptr ? stored_id(*text) : id);
}

StoredId Journal::id(std::int64_t number) { return customers_.id(number); }
std::int64_t Journal::any_but(std::int64_t customer) {
  Statement other = database_.prepare("SELECT no FROM customers WHERE no <> ? LIMIT 1");
  other.bind(1, customer);
  return other.step() ? other.integer(0) : 0;
}

std::size_t Journal::customers() { return customers_.rows(); }
bool Journal::any_asset_kinds() {
  return settings_.integer(assets_given).has_value() && assets_.catalogue().find("kind") != nullptr;
}

Slice Journal::read(const std::vector<std::int64_t>& numbers) { return slices_.read(numbers); }
Slice Journal::read_all() { return slices_.read_all(); }

std::vector<std::int64_t> Journal::companions(const std::vector<std::int64_t>& numbers, std::string_view column) {
  const StoredColumn* shared = customers_.catalogue().find(column);
  if (shared == nullptr) return numbers;
  const std::string cells = shared->cells();
  Statement others = database_.prepare("SELECT other.no FROM customers AS one JOIN customers AS other ON other." +
                                       cells + " = one." + cells + " WHERE one.no = ?1 AND one." + cells + " <> ''");
  std::unordered_set<std::int64_t> found;
  std::vector<std::int64_t> all;
  const auto add = [&](std::int64_t number) {
    if (found.insert(number).second) all.push_back(number);
  };
  for (const std::int64_t number : numbers) {
    // Who is found has been found with all of his household.
    if (found.contains(number)) continue;
    add(number);
    others.bind(1, number);
    while (others.step()) add(others.integer(0));
    others.reset();
  }
  std::sort(all.begin(), all.end());
  return all;
}

void Journal::mark_changed(std::int64_t customer) { changed_.mark(customer); }
std::vector<std::int64_t> Journal::changed() { return changed_.customers(); }
bool Journal::any_changed() { return changed_.any(); }
bool Journal::is_changed(std::int64_t customer) { return changed_.is(customer); }
std::vector<std::int64_t> Journal::changed_since(std::int64_t change) { return changed_.since(change); }
std::int64_t Journal::last_change() { return changed_.last(); }
void Journal::clear_changed(std::int64_t up_to) { changed_.clear(up_to); }

OutTable Journal::table(std::string_view name) {
  if (name == "customers") return OutTable::of(slices_.all_customers());
  if (name == "assets") return OutTable::of(slices_.all_assets());
  if (name == "events") return events_.table();
  throw Error(ErrorKind::missing,
              "the journal has no table '" + std::string(name) + "'; it has customers, assets and events");
}

std::vector<std::pair<std::string, std::string>> Journal::row(std::int64_t number) {
  const Slice slice = slices_.read({number});
  std::vector<std::pair<std::string, std::string>> cells;
  if (slice.numbers.empty()) return cells;
  std::string scratch;
  for (const Column& column : slice.customers.columns) {
    const auto cell = stored_cell(column.cell(0), ColumnType::text, scratch);
    const auto* text = std::get_if<std::string_view>(&*cell);
    cells.emplace_back(column.name(), text == nullptr ? std::string() : std::string(*text));
  }
  return cells;
}

}  // namespace courtesy
