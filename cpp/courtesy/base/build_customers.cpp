#include <courtesy/base/builder.h>
#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>

#include <algorithm>
#include <map>

namespace courtesy {
namespace {

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> names = {"id",         "name",     "given_name", "family_name", "salutation",
                                                 "zone",       "locale",   "country",    "birthday",    "status",
                                                 "household",  "email",    "phone",      "address",     "channels",
                                                 "quiet_from", "quiet_to", "tags"};
  return names;
}

const std::vector<std::string>& status_names() {
  static const std::vector<std::string> names = {"active", "closed", "deceased", "do_not_contact"};
  return names;
}

}  // namespace

void BaseBuilder::take_customers(Table table) {
  if (required_columns(table, {"id"})) {
    take_ids(table, *table.find("id"), {}, base_->customer_ids_);
    read_zones(table);
    read_birthdays(table);
    read_status(table);
    read_quiet_hours(table);
    read_contacts(table);
    read_lists(table, "channels", base_->channels_, base_->channel_list_, base_->channel_lists_, true);
    read_lists(table, "tags", base_->tags_, base_->tag_list_, base_->tag_lists_, false);
    warn_of_near_names(table);
  }
  // Events cannot be checked against customers that could not be read.
  problems_.raise_if_any();
  base_->event_begin_.assign(base_->customers() + 1, 0);
  base_->customer_table_ = std::move(table);
}

void BaseBuilder::read_zones(const Table& table) {
  const Column* column = table.find("zone");
  if (column == nullptr) return;
  auto& zones = base_->zones_;
  // The shop's own zone, the first, is often the customers' as well.
  std::map<std::string, Code, std::less<>> known{{std::string(zones.front()->name()), Code{0}}};
  base_->customer_zone_ = read_codes(table, *column, problems_, [&](std::size_t row, std::string_view name) {
    auto at = known.find(name);
    if (at == known.end()) {
      Code code = 0;
      try {
        zones.push_back(Zone::named(name));
        code = static_cast<Code>(zones.size() - 1);
      } catch (const Error& error) {
        problems_.add(table, row, "zone", error.problems().front().message);
      }
      at = known.emplace(std::string(name), code).first;
    }
    return at->second;
  });
  std::replace(base_->customer_zone_.begin(), base_->customer_zone_.end(), no_code, Code{0});
}

void BaseBuilder::read_birthdays(const Table& table) {
  const Column* column = table.find("birthday");
  if (column == nullptr) return;
  base_->birthday_ = read_days(table, *column, problems_);
  base_->birthday_key_.resize(base_->birthday_.size());
  for (std::size_t row = 0; row < base_->birthday_.size(); ++row) {
    const std::int32_t day = base_->birthday_[row];
    if (day == no_day) continue;
    const auto date = calendar_date(Day{std::chrono::days{day}});
    base_->birthday_key_[row] = static_cast<std::uint16_t>(unsigned{date.month()} << 5U | unsigned{date.day()});
    if (base_->latest_birthday_.first < day) base_->latest_birthday_ = {day, static_cast<Index>(row)};
  }
}

void BaseBuilder::read_status(const Table& table) {
  const Column* column = table.find("status");
  if (column == nullptr) return;
  base_->status_.assign(table.rows, Status::active);
  read_texts(table, *column, problems_, [&](std::size_t row, std::string_view text) {
    const auto at = std::find(status_names().begin(), status_names().end(), text);
    if (at == status_names().end()) {
      problems_.add(table, row, "status",
                    "expected active, closed, deceased or do_not_contact, found " + in_quotes(text) +
                        did_you_mean(text, status_names()));
    } else {
      base_->status_[row] = static_cast<Status>(at - status_names().begin());
    }
  });
}

void BaseBuilder::read_quiet_hours(const Table& table) {
  const Column* from = table.find("quiet_from");
  const Column* to = table.find("quiet_to");
  if (from == nullptr && to == nullptr) return;
  if (from == nullptr || to == nullptr) {
    problems_.add(table, from == nullptr ? "quiet_to" : "quiet_from",
                  "quiet hours need both columns, quiet_from and quiet_to");
    return;
  }
  base_->quiet_from_ = read_minutes(table, *from, problems_);
  base_->quiet_to_ = read_minutes(table, *to, problems_);
  for (std::size_t row = 0; row < table.rows; ++row) {
    if ((base_->quiet_from_[row] < 0) == (base_->quiet_to_[row] < 0)) continue;
    if (problems_.empty()) {
      problems_.add(table, row, "quiet_from", "quiet hours need both a beginning and an end");
    }
  }
}

void BaseBuilder::read_contacts(const Table& table) {
  constexpr std::pair<const char*, std::uint8_t> contacts[] = {
      {"email", contact::email}, {"phone", contact::phone}, {"address", contact::address}};
  for (const auto& [name, bit] : contacts) {
    const Column* column = table.find(name);
    if (column == nullptr) continue;
    if (base_->unreachable_.empty()) base_->unreachable_.resize(table.rows);
    if (column->type() == ColumnType::null) {
      for (std::uint8_t& missing : base_->unreachable_) missing = static_cast<std::uint8_t>(missing | bit);
      continue;
    }
    if (column->type() == ColumnType::integer || column->type() == ColumnType::real) {
      // A data frame makes numbers of telephone numbers, and of those with gaps numbers with fractions.
      for (std::size_t row = 0; row < column->rows(); ++row) {
        if (!std::holds_alternative<std::monostate>(column->cell(row))) continue;
        base_->unreachable_[row] = static_cast<std::uint8_t>(base_->unreachable_[row] | bit);
      }
      continue;
    }
    if (column->type() != ColumnType::text) {
      problems_.add(table, name, "expected texts, found " + std::string(type_name(column->type())));
      continue;
    }
    each_text(*column, [&, b = bit](std::size_t row, bool filled, std::string_view text) {
      const bool blank = !filled || trimmed(text).empty();
      if (blank) base_->unreachable_[row] = static_cast<std::uint8_t>(base_->unreachable_[row] | b);
    });
  }
}

void BaseBuilder::read_lists(const Table& table, const char* column_name, Names& names, std::vector<Code>& list,
                             std::vector<std::vector<Code>>& lists, bool of_channels) {
  const Column* column = table.find(column_name);
  if (column == nullptr || column->type() == ColumnType::null) return;
  if (column->type() != ColumnType::text && column->type() != ColumnType::text_list) {
    problems_.add(table, column_name,
                  "expected lists of texts, or texts with commas, found " + std::string(type_name(column->type())));
    return;
  }
  std::map<std::vector<Code>, Code> known{{{}, Code{0}}};
  lists.assign(1, {});
  list.assign(table.rows, Code{0});
  std::vector<Code> codes;
  for (std::size_t row = 0; row < table.rows; ++row) {
    codes.clear();
    for (const std::string_view item : items_of(column->cell(row))) {
      const Code code = of_channels ? names.add(channel_named(item)) : names.add(item);
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
    if (!of_channels) std::sort(codes.begin(), codes.end());
    const auto [at, is_new] = known.try_emplace(codes, static_cast<Code>(lists.size()));
    if (is_new) {
      if (lists.size() >= no_code) {
        throw Error(ErrorKind::data,
                    table.name + ", column '" + column_name + "': there are more than 65,534 different lists in it");
      }
      lists.push_back(codes);
    }
    list[row] = at->second;
  }
}

void BaseBuilder::warn_of_near_names(const Table& table) {
  for (const Column& column : table.columns) {
    const auto& known = known_columns();
    if (std::find(known.begin(), known.end(), column.name()) != known.end()) continue;
    // A short name such as "tier" is near many; only a slip of a letter in a longer one is worth a word.
    if (column.name().size() < 5) continue;
    const auto near = nearest(column.name(), known, 1);
    if (near.empty() || table.find(near.front()) != nullptr) continue;
    base_->warnings_.push_back(table.name + ": the column '" + column.name() +
                               "' is taken as a free attribute (did you mean '" + near.front() + "'?)");
  }
}

}  // namespace courtesy
