#include <courtesy/store/record_table.h>

#include <utility>

namespace courtesy {

RecordTable::RecordTable(Database& database, Settings& settings, std::string name)
    : settings_(settings),
      name_(std::move(name)),
      catalogue_(database, settings, name_),
      number_(database.prepare("SELECT no FROM " + name_ + " WHERE id = ?1")),
      id_(database.prepare("SELECT id FROM " + name_ + " WHERE no = ?1")),
      rows_(database.prepare("SELECT count(*) FROM " + name_)) {}

std::size_t RecordTable::rows() {
  const std::size_t count = rows_.step() ? static_cast<std::size_t>(rows_.integer(0)) : 0;
  rows_.reset();
  return count;
}

std::optional<std::int64_t> RecordTable::number(const StoredId& id) {
  number_.bind(1, id);
  std::optional<std::int64_t> found;
  if (number_.step()) found = number_.integer(0);
  number_.reset();
  return found;
}

StoredId RecordTable::id(std::int64_t number) {
  id_.bind(1, number);
  StoredId found;
  if (id_.step()) found = id_.id(0);
  id_.reset();
  return found;
}

std::int64_t RecordTable::new_numbers(std::size_t count) {
  const auto many = static_cast<std::int64_t>(count);
  return settings_.next(name_ + "_numbers", many) - many + 1;
}

bool RecordTable::has_integer_ids() { return settings_.text(name_ + "_ids") == "integer"; }

void RecordTable::took_ids(bool from_numbers, bool all_numbers) {
  const std::string setting = name_ + "_ids";
  const auto known = settings_.text(setting);
  if (!known) {
    settings_.set(setting, from_numbers && all_numbers ? "integer" : "text");
  } else if (known == "integer" && !all_numbers) {
    settings_.set(setting, "text");
  }
}

}  // namespace courtesy
