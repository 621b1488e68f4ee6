#include <courtesy/base/builder.h>
#include <courtesy/base/event_content.h>
#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/make_set.h>
#include <courtesy/nearest.h>

#include <algorithm>

namespace courtesy {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> names = {"id",  "customer", "asset",   "kind", "at",   "value", "unit",
                                                 "due", "ref",      "channel", "by",   "note", "topic"};
  return names;
}

const Instant first_instant{std::chrono::sys_days{first_year / 1 / 2}};
const Instant last_instant{std::chrono::sys_days{last_year / 12 / 30}};

// Dates between these are supported in every zone.
const Day first_sure_day{first_year / 1 / 4};
const Day last_sure_day{last_year / 12 / 28};

bool supported(Instant at) { return at >= first_instant && at <= last_instant; }

bool all_midnights(const Column& column) {
  if (column.type() != ColumnType::wall_time) return false;
  bool all = true;
  each_integer(column, [&](std::size_t, bool filled, std::int64_t wall) {
    all = all && (!filled || wall % microseconds_per_day == 0);
  });
  return all;
}

}  // namespace

void BaseBuilder::take_events(Table table) {
  for (const Column& column : table.columns) {
    const auto& known = known_columns();
    if (std::find(known.begin(), known.end(), column.name()) == known.end()) {
      problems_.add(table, column.name(),
                    "events have no such column" + did_you_mean(column.name(), known) +
                        "; they have customer, kind, at, and optionally id, asset, value, unit, due, ref, channel, "
                        "by, note, topic");
    }
  }
  if (!required_columns(table, {"customer", "kind", "at"})) return;
  std::vector<Index> customer = read_event_customers(table);
  std::vector<Code> kinds = read_kinds(table);
  Moments moments = read_moments(table, *table.find("at"), customer, false);
  Moments dues;
  if (const Column* due = table.find("due"); due != nullptr && due->type() != ColumnType::null) {
    dues = read_moments(table, *due, customer, true);
  }
  read_event_assets(table, customer);
  check_event_ids(table);
  problems_.raise_if_any();
  std::vector<Index> order = order_events(table, customer, moments);
  customer = {};
  fill_events(table, std::move(order), std::move(kinds), std::move(moments), std::move(dues));
  index_kinds();
  if (base_->skipped_events_ > 0) {
    base_->warnings_.push_back(table.name + ": " + std::to_string(base_->skipped_events_) +
                               " of unknown customers left out");
  }
  base_->event_table_ = std::move(table);
  base_->event_id_column_ = base_->event_table_.find("id");
  base_->event_id_numbers_ = plain_integers(base_->event_id_column_);
  base_->event_unit_column_ = base_->event_table_.find("unit");
  base_->event_note_column_ = base_->event_table_.find("note");
  base_->event_topic_column_ = base_->event_table_.find("topic");
  base_->event_ref_column_ = base_->event_table_.find("ref");
  base_->event_by_column_ = base_->event_table_.find("by");
}

std::vector<Index> BaseBuilder::read_event_customers(const Table& table) {
  const Column& column = *table.find("customer");
  std::vector<Index> customer = find_customers(table, column);
  std::string name;
  for (std::size_t row = 0; row < customer.size(); ++row) {
    if (customer[row] != no_index) continue;
    if (options_.skip_unknown) {
      ++base_->skipped_events_;
      continue;
    }
    name.clear();
    if (!append_id_cell(column.cell(row), name)) continue;
    problems_.add(table, row, "customer",
                  "there is no customer '" + name + "'; add it to customers, or give unknown=\"skip\"");
  }
  return customer;
}

std::vector<Code> BaseBuilder::read_kinds(const Table& table) {
  const Column& column = *table.find("kind");
  std::vector<Code> kinds =
      read_codes(table, column, problems_, [&](std::size_t, std::string_view name) { return base_->kinds_.add(name); });
  if (column.type() != ColumnType::text && column.type() != ColumnType::null) return kinds;
  for (std::size_t row = 0; row < kinds.size(); ++row) {
    if (kinds[row] == no_code) problems_.add(table, row, "kind", "it is empty; every event needs a kind");
  }
  return kinds;
}

std::vector<Code> BaseBuilder::read_event_channels(const Table& table, const Column& column) {
  return read_codes(table, column, problems_, [&](std::size_t, std::string_view text) {
    const std::string name = channel_named(text);
    return name.empty() ? no_code : base_->channels_.add(name);
  });
}

BaseBuilder::Moments BaseBuilder::read_moments(const Table& table, const Column& column,
                                               const std::vector<Index>& customer, bool may_be_empty) {
  const std::string& name = column.name();
  Moments moments;
  moments.day.resize(column.rows(), may_be_empty ? no_day : 0);
  // Data frames have no type for dates: a column of timestamps in which every cell is midnight holds them.
  const bool dates = column.type() == ColumnType::date || (!options_.naive_zone && all_midnights(column));
  if (!dates) moments.at.resize(column.rows(), may_be_empty ? no_instant : 0);
  const auto zone_of = [&](std::size_t row) -> const Zone& {
    return *base_->zones_[customer[row] == no_index ? Code{0} : base_->zone_of(customer[row])];
  };
  const auto put_instant = [&](std::size_t row, Instant at) {
    if (!supported(at)) {
      problems_.add(table, row, name, "the timestamp lies outside the years 1600 to 9999");
      return;
    }
    moments.at[row] = at.time_since_epoch().count();
    moments.day[row] = static_cast<std::int32_t>(day_of(zone_of(row).to_local(at)).time_since_epoch().count());
  };
  const auto put_day = [&](std::size_t row, Day day) {
    const auto begins = [&] { return zone_of(row).to_utc(WallTime{day}); };
    if (day <= first_sure_day || day >= last_sure_day) {
      if (day < Day{first_year / 1 / 1} || day > Day{last_year / 12 / 31} || !supported(begins())) {
        problems_.add(table, row, name, "the date lies outside the years 1600 to 9999");
        return;
      }
    }
    if (!dates && !may_be_empty) moments.at[row] = begins().time_since_epoch().count();
    moments.day[row] = static_cast<std::int32_t>(day.time_since_epoch().count());
  };
  const auto put_wall = [&](std::size_t row, WallTime wall) {
    if (naive_zone_ || naive_is_customers_) {
      put_instant(row, (naive_is_customers_ ? zone_of(row) : *naive_zone_).to_utc(wall));
    } else {
      problems_.add(table, row, name,
                    "the timestamp has no zone; give zone=\"Europe/London\" (or whichever it is in), or timestamps "
                    "with a zone");
    }
  };
  const auto empty = [&](std::size_t row) {
    if (!may_be_empty) problems_.add(table, row, name, "it is empty; every event needs an at");
  };

  switch (column.type()) {
    case ColumnType::instant:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t at) {
        filled ? put_instant(row, Instant{std::chrono::microseconds{at}}) : empty(row);
      });
      break;
    case ColumnType::date:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t day) {
        filled ? put_day(row, Day{std::chrono::days{day}}) : empty(row);
      });
      break;
    case ColumnType::wall_time:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t ticks) {
        const WallTime wall{std::chrono::microseconds{ticks}};
        if (!filled) {
          empty(row);
        } else if (dates) {
          put_day(row, day_of(wall));
        } else {
          put_wall(row, wall);
        }
      });
      break;
    case ColumnType::text:
      each_text(column, [&](std::size_t row, bool filled, std::string_view text) {
        if (!filled || text.empty()) {
          empty(row);
        } else if (const auto day = parse_date(text)) {
          put_day(row, *day);
        } else if (const auto moment = parse_date_time(text)) {
          moment->instant ? put_instant(row, *moment->instant) : put_wall(row, moment->wall);
        } else {
          // Words may be anybody's; digits in the wrong order are what most people look for here.
          const bool shown = text.find_first_not_of("0123456789-./:+ TZ") == std::string_view::npos;
          problems_.add(table, row, name,
                        "expected a date such as 2026-12-01 or a timestamp such as 2026-12-01T10:00+01:00 (years 1600 "
                        "to 9999)" +
                            (shown ? ", found " + in_quotes(text) : std::string()));
        }
      });
      break;
    case ColumnType::null:
      for (std::size_t row = 0; row < column.rows(); ++row) empty(row);
      break;
    default:
      problems_.add(table, name, "expected dates or timestamps, found " + std::string(type_name(column.type())));
  }
  return moments;
}

void BaseBuilder::read_event_assets(const Table& table, const std::vector<Index>& customer) {
  const Column* column = table.find("asset");
  if (column == nullptr) return;
  const IdColumn given = read_ids(table, *column, false, problems_);
  const std::size_t rows = column->rows();
  row_asset_.assign(rows, no_index);
  const auto filled = [&](std::size_t row) { return given.filled.empty() || given.filled[row]; };
  std::vector<std::string_view> texts;
  if (!given.integers) {
    texts.resize(rows);
    each_text(*column, [&](std::size_t row, bool, std::string_view text) { texts[row] = text; });
  }
  if (!have_assets_) {
    // Without a table of assets those that events name are the assets.
    std::vector<std::int64_t> numbers;
    for (std::size_t row = 0; row < rows; ++row) {
      if (given.integers && filled(row) && customer[row] != no_index) numbers.push_back(given.numbers[row]);
    }
    std::vector<std::string_view> names;
    for (std::size_t row = 0; row < rows; ++row) {
      if (!given.integers && filled(row) && customer[row] != no_index) names.push_back(texts[row]);
    }
    make_set(numbers);
    make_set(names);
    if (given.integers) {
      base_->asset_ids_ = Ids(std::move(numbers));
    } else {
      base_->asset_ids_ = Ids::texts(names.size());
      for (const std::string_view name : names) base_->asset_ids_.add(name);
    }
    (void)base_->asset_ids_.index();
    base_->asset_customer_.assign(base_->asset_ids_.size(), no_index);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (!filled(row) || customer[row] == no_index) continue;
    const Index asset =
        given.integers ? base_->asset_ids_.find(given.numbers[row]) : base_->asset_ids_.find(texts[row]);
    const std::string name = given.integers ? std::to_string(given.numbers[row]) : std::string(texts[row]);
    if (asset == no_index) {
      problems_.add(table, row, "asset", "there is no asset '" + name + "' in assets");
      continue;
    }
    Index& owner = base_->asset_customer_[asset];
    if (owner == no_index) owner = customer[row];
    if (owner != customer[row]) {
      problems_.add(table, row, "asset",
                    "the asset '" + name + "' belongs to the customer '" + base_->customer_ids_.text(owner) +
                        "', not to '" + base_->customer_ids_.text(customer[row]) + "'");
    }
    row_asset_[row] = asset;
  }
}

void BaseBuilder::check_event_ids(const Table& table) {
  const Column* column = table.find("id");
  if (column == nullptr) return;
  if (const std::int64_t* const numbers = plain_integers(column)) {
    if (std::adjacent_find(numbers, numbers + column->rows(), std::greater_equal<>()) == numbers + column->rows())
      return;
  }
  IdColumn given = read_ids(table, *column, false, problems_);
  if (given.integers && given.filled.empty() &&
      std::adjacent_find(given.numbers.begin(), given.numbers.end(), std::greater_equal<>()) == given.numbers.end()) {
    return;
  }
  // Empty ids are made from the content, so they are left out here.
  std::vector<std::size_t> rows;
  Ids ids = given.integers ? Ids(std::vector<std::int64_t>{}) : Ids::texts(column->rows());
  std::vector<std::int64_t> numbers;
  const auto filled = [&](std::size_t row) { return given.filled.empty() || given.filled[row]; };
  if (given.integers) {
    for (std::size_t row = 0; row < given.numbers.size(); ++row) {
      if (!filled(row)) continue;
      numbers.push_back(given.numbers[row]);
      rows.push_back(row);
    }
    ids = Ids(std::move(numbers));
  } else if (given.texts != nullptr) {
    each_text(*column, [&](std::size_t row, bool, std::string_view text) {
      if (!filled(row)) return;
      ids.add(text);
      rows.push_back(row);
    });
  }
  const Index repeated = ids.index();
  if (repeated == no_index) return;
  const std::size_t before = rows[ids.find(ids.text(repeated))];
  problems_.add(table, rows[repeated], "id",
                "the id '" + ids.text(repeated) + "' stands in row " + std::to_string(before) +
                    " already; ids of events must be unique");
}

}  // namespace courtesy
