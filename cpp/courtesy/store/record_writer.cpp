#include <courtesy/base/problems.h>
#include <courtesy/store/record_writer.h>
#include <courtesy/store/stored_cell.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

// Columns of texts, whatever a data frame makes of them: it takes telephone numbers for numbers until it meets one with
// a plus sign.
constexpr std::array<std::string_view, 13> texts_by_nature = {
    "name",   "given_name", "family_name", "salutation", "zone",    "locale", "country",
    "status", "household",  "email",       "phone",      "address", "kind"};

bool text_by_nature(std::string_view name) {
  return std::find(texts_by_nature.begin(), texts_by_nature.end(), name) != texts_by_nature.end();
}

// The first parameter of a cell; before it stand the number, the id and the owner.
constexpr int first_cell = 4;

}  // namespace

RecordWriter::RecordWriter(Database& database, RecordTable& records, const Table& given)
    : database_(database), records_(records), owned_(records.name() == "assets") {
  take_columns(given);
  prepare();
}

void RecordWriter::take_columns(const Table& given) {
  Problems problems;
  Catalogue& catalogue = records_.catalogue();
  std::vector<ColumnType> types;
  for (const Column& column : given.columns) {
    if (column.name() == "id" || (owned_ && column.name() == "customer")) continue;
    const StoredColumn* known = catalogue.find(column.name());
    const ColumnType stored = known == nullptr ? ColumnType::null : known->type;
    types.push_back(taken_type(stored, column, text_by_nature(column.name())));
    check_cells(given, column, types.back(), problems);
    columns_.push_back({&column, {}, {}});
  }
  problems.raise_if_any();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string& name = columns_[i].given->name();
    const StoredColumn* known = catalogue.find(name);
    if (known == nullptr) {
      catalogue.add(name, types[i]);
    } else if (known->type != types[i]) {
      if (types[i] == ColumnType::text) make_texts(*known);
      catalogue.set_type(name, types[i]);
    }
    const StoredColumn* const kept = catalogue.find(name);
    // Short of memory, SQLite may undo a whole transaction and not say so.
    if (kept == nullptr) throw Error(ErrorKind::store, "a new column was not kept; there is too little memory");
    columns_[i].stored = *kept;
  }
}

// Of a column of numbers that meets its first text.
void RecordWriter::make_texts(const StoredColumn& column) {
  const std::string cells = column.cells();
  database_.execute("UPDATE " + records_.name() + " SET " + cells + " = CASE WHEN " + cells + " = CAST(" + cells +
                    " AS INTEGER) THEN CAST(CAST(" + cells + " AS INTEGER) AS TEXT) ELSE CAST(" + cells +
                    " AS TEXT) END WHERE " + cells + " IS NOT NULL");
}

void RecordWriter::prepare() {
  std::string names = owned_ ? ", customer" : "";
  std::string values = owned_ ? ", ?3" : "";
  std::string sets = owned_ ? ", customer = ?3" : "";
  std::string differences = owned_ ? " OR customer IS NOT ?3" : "";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string cells = columns_[i].stored.cells();
    const std::string value = "?" + std::to_string(first_cell + static_cast<int>(i));
    names.append(", ").append(cells);
    values.append(", ").append(value);
    sets.append(", ").append(cells).append(" = ").append(value);
    differences.append(" OR ").append(cells).append(" IS NOT ").append(value);
  }
  insert_ =
      database_.prepare("INSERT INTO " + records_.name() + " (no, id" + names + ") VALUES (?1, ?2" + values + ")");
  if (sets.empty()) return;
  update_ = database_.prepare("UPDATE " + records_.name() + " SET " + sets.substr(2) + " WHERE no = ?1 AND (" +
                              differences.substr(4) + ")");
}

void RecordWriter::bind_cells(Statement& statement, std::size_t row) {
  int place = first_cell;
  for (Taken& column : columns_) {
    const auto cell = stored_cell(column.given->cell(row), column.stored.type, column.scratch);
    bind_cell(statement, place++, cell.value_or(StoredCell{}));
  }
}

void RecordWriter::insert(std::int64_t number, const StoredId& id, std::int64_t owner, std::size_t row) {
  insert_.bind(1, number).bind(2, id);
  if (owned_) insert_.bind(3, owner);
  bind_cells(insert_, row);
  insert_.run();
}

bool RecordWriter::update(std::int64_t number, std::int64_t owner, std::size_t row) {
  if (columns_.empty() && !owned_) return false;
  update_.bind(1, number);
  if (owned_) update_.bind(3, owner);
  bind_cells(update_, row);
  update_.run();
  return database_.changes() != 0;
}

}  // namespace courtesy
