#include <courtesy/store/column_filler.h>
#include <courtesy/store/slice.h>
#include <courtesy/store/stored_id.h>

#include <algorithm>
#include <utility>

namespace courtesy {
namespace {

// Of so many customers it is quicker to read all rows, and to leave out those of the others.
constexpr std::size_t many = 20'000;

}  // namespace

class SliceReader::Rows {
 public:
  // Of assets with the ids of their owners.
  Rows(RecordTable& records, std::optional<bool> integer_owners)
      : name_(records.name()), ids_("id", records.has_integer_ids() ? ColumnType::integer : ColumnType::text) {
    if (integer_owners) owners_.emplace("customer", *integer_owners ? ColumnType::integer : ColumnType::text);
    for (const StoredColumn& column : records.catalogue().columns()) cells_.emplace_back(column.name, column.type);
  }

  // A row of the statement: a number, the id, and then the cells.
  void add(const Statement& from) {
    ids_.add(from.id(1));
    for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].add(from, static_cast<int>(i) + 2);
    ++rows_;
  }
  void add_owner(const StoredId& id) { owners_->add(id); }

  [[nodiscard]] Table finish() && {
    Table table;
    table.name = name_;
    table.rows = rows_;
    table.columns.push_back(std::move(ids_).finish());
    if (owners_) table.columns.push_back(std::move(*owners_).finish());
    for (ColumnFiller& column : cells_) table.columns.push_back(std::move(column).finish());
    return table;
  }

 private:
  std::string name_;
  std::size_t rows_ = 0;
  ColumnFiller ids_;
  std::optional<ColumnFiller> owners_;
  std::vector<ColumnFiller> cells_;
};

SliceReader::SliceReader(Database& database, Settings& settings, RecordTable& customers, RecordTable& assets,
                         EventTable& events)
    : database_(database),
      settings_(settings),
      events_(events),
      customers_{&customers, "no, id", "no"},
      assets_{&assets, "customer, id", "customer"} {}

void SliceReader::prepare(Reader& reader) {
  Catalogue& catalogue = reader.records->catalogue();
  if (reader.version == catalogue.version()) return;
  std::string sql = "SELECT " + reader.first;
  for (const StoredColumn& column : catalogue.columns()) sql += ", " + column.cells();
  sql += " FROM " + reader.records->name();
  reader.some = database_.prepare(sql + " WHERE " + reader.key + " = ?1 ORDER BY no");
  reader.all = database_.prepare(sql + " ORDER BY no");
  reader.version = catalogue.version();
}

void SliceReader::read_customers(const std::vector<std::int64_t>* numbers, Slice& slice, std::vector<StoredId>& ids) {
  prepare(customers_);
  Rows rows(*customers_.records, std::nullopt);
  const auto take = [&](const Statement& from) {
    slice.numbers.push_back(from.integer(0));
    ids.push_back(from.id(1));
    rows.add(from);
  };
  if (numbers != nullptr && numbers->size() < many) {
    for (const std::int64_t number : *numbers) {
      customers_.some.bind(1, number);
      if (customers_.some.step()) take(customers_.some);
      customers_.some.reset();
    }
  } else {
    while (customers_.all.step()) {
      if (numbers != nullptr && !std::binary_search(numbers->begin(), numbers->end(), customers_.all.integer(0)))
        continue;
      take(customers_.all);
    }
    customers_.all.reset();
  }
  slice.customers = std::move(rows).finish();
  slice.integer_ids = customers_.records->has_integer_ids();
}

Table SliceReader::read_assets(const Slice& slice, const std::vector<StoredId>& ids, bool all) {
  prepare(assets_);
  Rows rows(*assets_.records, slice.integer_ids);
  const auto take = [&](const Statement& from, std::size_t owner) {
    rows.add(from);
    rows.add_owner(ids[owner]);
  };
  if (!all && slice.numbers.size() < many) {
    for (std::size_t owner = 0; owner < slice.numbers.size(); ++owner) {
      assets_.some.bind(1, slice.numbers[owner]);
      while (assets_.some.step()) take(assets_.some, owner);
      assets_.some.reset();
    }
  } else {
    while (assets_.all.step()) {
      const std::int64_t number = assets_.all.integer(0);
      const auto found = std::lower_bound(slice.numbers.begin(), slice.numbers.end(), number);
      if (found == slice.numbers.end() || *found != number) continue;
      take(assets_.all, static_cast<std::size_t>(found - slice.numbers.begin()));
    }
    assets_.all.reset();
  }
  return std::move(rows).finish();
}

Slice SliceReader::read(const std::vector<std::int64_t>* numbers) {
  Slice slice;
  std::vector<StoredId> ids;
  read_customers(numbers, slice, ids);
  // Without a table of assets those that events name are the assets.
  if (settings_.integer("assets_given")) slice.assets = read_assets(slice, ids, numbers == nullptr);
  events_.read(slice.numbers, ids, slice.events);
  return slice;
}

Slice SliceReader::read(const std::vector<std::int64_t>& numbers) { return read(&numbers); }
Slice SliceReader::read_all() { return read(nullptr); }

Table SliceReader::all_customers() {
  Slice slice;
  std::vector<StoredId> ids;
  read_customers(nullptr, slice, ids);
  return std::move(slice.customers);
}

Table SliceReader::all_assets() {
  Slice slice;
  std::vector<StoredId> ids;
  read_customers(nullptr, slice, ids);
  return read_assets(slice, ids, true);
}

}  // namespace courtesy
