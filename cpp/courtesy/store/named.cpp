#include <courtesy/store/column_filler.h>
#include <courtesy/store/named.h>
#include <courtesy/store/stored_id.h>

#include <algorithm>
#include <unordered_map>

namespace courtesy {
namespace {

struct Customer {
  std::int64_t number;  // 0: erased
  StoredId id;
  std::string zone;
};

class Finder {
 public:
  Finder(Database& database, RecordTable& customers, const std::unordered_set<std::string>& erased) : erased_(erased) {
    const StoredColumn* zone = customers.catalogue().find("zone");
    has_zones_ = zone != nullptr && zone->type == ColumnType::text;
    const std::string cells = has_zones_ ? zone->cells() : "NULL";
    by_id_ = database.prepare("SELECT no, id, " + cells + " FROM customers WHERE id = ?1");
    by_number_ = database.prepare("SELECT no, id, " + cells + " FROM customers WHERE no = ?1");
  }

  // The customer's place among those found; nothing where there is none of that id.
  std::optional<std::size_t> find(const StoredId& id) {
    const auto [known, fresh] = places_.try_emplace(id);
    if (!fresh) return known->second;
    if (!erased_.empty() && erased_.contains(text_of(id))) {
      known->second = found_.size();
      found_.push_back({0, id, {}});
      return known->second;
    }
    by_id_.bind(1, id);
    take(by_id_, known->second);
    return known->second;
  }
  std::optional<std::size_t> find_number(std::int64_t number) {
    by_number_.bind(1, number);
    std::optional<StoredId> id;
    if (by_number_.step()) id = by_number_.id(1);
    by_number_.reset();
    return id ? find(*id) : std::nullopt;
  }

  [[nodiscard]] const std::vector<Customer>& found() const { return found_; }
  [[nodiscard]] bool has_zones() const { return has_zones_; }

 private:
  void take(Statement& from, std::optional<std::size_t>& place) {
    if (from.step()) {
      place = found_.size();
      found_.push_back({from.integer(0), from.id(1), std::string(from.text(2))});
    }
    from.reset();
  }

  const std::unordered_set<std::string>& erased_;
  bool has_zones_ = false;
  Statement by_id_, by_number_;
  std::unordered_map<StoredId, std::optional<std::size_t>, StoredIdHash> places_;
  std::vector<Customer> found_;
};

struct NamedAsset {
  StoredId id;
  std::size_t owner;  // place among the customers found
};

// The customer of each row; nothing where it is unknown.
std::vector<std::optional<std::size_t>> customers_of(const Table& table, Finder& finder) {
  std::vector<std::optional<std::size_t>> customers(table.rows);
  const Column* column = table.find("customer");
  if (column == nullptr) return customers;
  StoredId last;
  std::optional<std::size_t> found;
  for (std::size_t row = 0; row < table.rows; ++row) {
    StoredId id = id_in(column->cell(row));
    if (std::holds_alternative<std::monostate>(id)) continue;
    if (id != last) {
      found = finder.find(id);
      last = std::move(id);
    }
    customers[row] = found;
  }
  return customers;
}

}  // namespace

Named named_by(const Table& table, Database& database, RecordTable& customers, bool name_assets, bool assets_given,
               const std::unordered_set<std::string>& erased) {
  Named named;
  Finder finder(database, customers, erased);
  const std::vector<std::optional<std::size_t>> customer = customers_of(table, finder);

  std::vector<NamedAsset> found;
  std::vector<NamedAsset> fresh;
  if (const Column* column = name_assets ? table.find("asset") : nullptr; column != nullptr) {
    std::unordered_set<StoredId, StoredIdHash> seen;
    Statement owner = database.prepare("SELECT customer FROM assets WHERE id = ?1");
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (!customer[row]) continue;
      const StoredId id = id_in(column->cell(row));
      if (std::holds_alternative<std::monostate>(id) || !seen.insert(id).second) continue;
      owner.bind(1, id);
      const std::int64_t number = owner.step() ? owner.integer(0) : 0;
      owner.reset();
      const bool of_erased = finder.found()[*customer[row]].number == 0;
      if (number != 0) {
        if (const auto place = finder.find_number(number)) found.push_back({id, *place});
      } else if (of_erased) {
        found.push_back({id, *customer[row]});
      } else if (!assets_given) {
        fresh.push_back({id, *customer[row]});
      }
    }
  }

  // In the order of their numbers, so that what is stored of them is appended; erased ones last.
  const std::vector<Customer>& all = finder.found();
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto rank = [&](std::size_t i) { return std::pair(all[i].number == 0, all[i].number); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  std::vector<std::size_t> row_of(order.size());
  for (std::size_t row = 0; row < order.size(); ++row) row_of[order[row]] = row;

  const auto is_number = [](const StoredId& id) { return std::holds_alternative<std::int64_t>(id); };
  const bool integers = customers.has_integer_ids() &&
                        std::all_of(all.begin(), all.end(), [&](const Customer& each) { return is_number(each.id); });
  const ColumnType id_type = integers ? ColumnType::integer : ColumnType::text;
  ColumnFiller ids("id", id_type);
  ColumnFiller zones("zone", ColumnType::text);
  for (const std::size_t i : order) {
    named.numbers.push_back(all[i].number);
    ids.add(all[i].id);
    zones.add(all[i].zone.empty() ? StoredId{} : StoredId{all[i].zone});
  }
  named.customers.name = "customers";
  named.customers.rows = order.size();
  named.customers.columns.push_back(std::move(ids).finish());
  if (finder.has_zones()) named.customers.columns.push_back(std::move(zones).finish());

  for (const NamedAsset& each : fresh) named.new_assets.emplace_back(each.id, row_of[each.owner]);
  if (!name_assets || (!assets_given && found.empty() && fresh.empty())) return named;
  found.insert(found.end(), fresh.begin(), fresh.end());
  const bool integer_assets =
      std::all_of(found.begin(), found.end(), [&](const NamedAsset& each) { return is_number(each.id); });
  ColumnFiller asset_ids("id", integer_assets ? ColumnType::integer : ColumnType::text);
  ColumnFiller owners("customer", id_type);
  for (const NamedAsset& each : found) {
    asset_ids.add(each.id);
    owners.add(all[each.owner].id);
  }
  named.assets.emplace();
  named.assets->name = "assets";
  named.assets->rows = found.size();
  named.assets->columns.push_back(std::move(asset_ids).finish());
  named.assets->columns.push_back(std::move(owners).finish());
  return named;
}

}  // namespace courtesy
