#include <courtesy/error.h>
#include <courtesy/store/catalogue.h>

#include <algorithm>
#include <array>
#include <utility>

namespace courtesy {
namespace {

constexpr std::string_view counter = "column_changes";
// SQLite takes 2,000.
constexpr std::size_t most_columns = 1'900;

constexpr std::array<std::pair<ColumnType, std::string_view>, 10> names = {{{ColumnType::null, "null"},
                                                                            {ColumnType::boolean, "boolean"},
                                                                            {ColumnType::integer, "integer"},
                                                                            {ColumnType::real, "real"},
                                                                            {ColumnType::text, "text"},
                                                                            {ColumnType::date, "date"},
                                                                            {ColumnType::instant, "instant"},
                                                                            {ColumnType::wall_time, "wall_time"},
                                                                            {ColumnType::time_of_day, "time_of_day"},
                                                                            {ColumnType::text_list, "text_list"}}};

std::string_view name_of(ColumnType type) {
  return std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == type; })->second;
}

ColumnType type_named(std::string_view name) {
  const auto* const found =
      std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.second == name; });
  return found == names.end() ? ColumnType::text : found->first;
}

}  // namespace

Catalogue::Catalogue(Database& database, Settings& settings, std::string table)
    : database_(database),
      settings_(settings),
      table_(std::move(table)),
      all_(database.prepare("SELECT name, place, type FROM columns WHERE tab = ?1 ORDER BY place")) {}

void Catalogue::read_where_changed() {
  const std::int64_t now = settings_.integer(counter).value_or(0);
  if (now == read_at_ && rollbacks_ == database_.rollbacks()) return;
  columns_.clear();
  all_.bind(1, table_);
  while (all_.step()) columns_.push_back({std::string(all_.text(0)), all_.integer(1), type_named(all_.text(2))});
  all_.reset();
  read_at_ = now;
  rollbacks_ = database_.rollbacks();
  ++version_;
}

const std::vector<StoredColumn>& Catalogue::columns() {
  read_where_changed();
  return columns_;
}

std::int64_t Catalogue::version() {
  read_where_changed();
  return version_;
}

const StoredColumn* Catalogue::find(std::string_view name) {
  read_where_changed();
  const auto found =
      std::find_if(columns_.begin(), columns_.end(), [&](const auto& each) { return each.name == name; });
  return found == columns_.end() ? nullptr : &*found;
}

void Catalogue::changed() {
  (void)settings_.next(counter);
  read_at_ = -1;
}

void Catalogue::add(std::string_view name, ColumnType type) {
  const auto& have = columns();
  if (have.size() >= most_columns) {
    throw Error(ErrorKind::data, table_ + ": there are more than " + std::to_string(most_columns) + " columns");
  }
  const StoredColumn column{std::string(name), have.empty() ? 1 : have.back().place + 1, type};
  database_.execute("ALTER TABLE " + table_ + " ADD COLUMN " + column.cells());
  database_.prepare("INSERT INTO columns (tab, name, place, type) VALUES (?1, ?2, ?3, ?4)")
      .bind(1, table_)
      .bind(2, name)
      .bind(3, column.place)
      .bind(4, name_of(type))
      .run();
  changed();
}

void Catalogue::set_type(std::string_view name, ColumnType type) {
  database_.prepare("UPDATE columns SET type = ?3 WHERE tab = ?1 AND name = ?2")
      .bind(1, table_)
      .bind(2, name)
      .bind(3, name_of(type))
      .run();
  changed();
}

}  // namespace courtesy
