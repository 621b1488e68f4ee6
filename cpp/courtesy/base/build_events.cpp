#include <courtesy/base/builder.h>
#include <courtesy/base/event_content.h>
#include <courtesy/nearest.h>

#include <algorithm>
#include <numeric>

namespace courtesy {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> names = {"id",   "customer", "asset", "kind",    "at", "value",
                                                 "unit", "due",      "ref",   "channel", "by", "note"};
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
                        "by, note");
    }
  }
  if (!required_columns(table, {"customer", "kind", "at"})) return;
  std::vector<Index> customer = read_event_customers(table);
  std::vector<Code> kinds = read_kinds(table);
  Moments moments = read_moments(table, customer);
  if (const Column* due = table.find("due")) {
    if (due->type() != ColumnType::date && due->type() != ColumnType::instant && due->type() != ColumnType::wall_time &&
        due->type() != ColumnType::text && due->type() != ColumnType::null) {
      problems_.add(table, "due", "expected dates or timestamps, found " + std::string(type_name(due->type())));
    }
  }
  read_event_assets(table, customer);
  check_event_ids(table);
  problems_.raise_if_any();
  std::vector<Index> order = order_events(table, customer, moments);
  customer = {};
  fill_events(table, std::move(order), std::move(kinds), std::move(moments));
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
  std::vector<Code> kinds = names_to_codes(table, column, base_->kinds_);
  if (column.type() != ColumnType::text && column.type() != ColumnType::null) return kinds;
  for (std::size_t row = 0; row < kinds.size(); ++row) {
    if (kinds[row] == no_code) problems_.add(table, row, "kind", "it is empty; every event needs a kind");
  }
  return kinds;
}

std::vector<Code> BaseBuilder::names_to_codes(const Table& table, const Column& column, Names& names) {
  return read_codes(table, column, problems_, [&](std::size_t, std::string_view name) { return names.add(name); });
}

BaseBuilder::Moments BaseBuilder::read_moments(const Table& table, const std::vector<Index>& customer) {
  const Column& column = *table.find("at");
  Moments moments;
  moments.day.resize(column.rows());
  // Data frames have no type for dates: a column of timestamps in which every cell is midnight holds them.
  const bool dates = column.type() == ColumnType::date || (!options_.naive_zone && all_midnights(column));
  if (!dates) moments.at.resize(column.rows());
  const auto zone_of = [&](std::size_t row) -> const Zone& {
    return *base_->zones_[customer[row] == no_index ? Code{0} : base_->zone_of(customer[row])];
  };
  const auto put_instant = [&](std::size_t row, Instant at) {
    if (!supported(at)) {
      problems_.add(table, row, "at", "the timestamp lies outside the years 1600 to 9999");
      return;
    }
    moments.at[row] = at.time_since_epoch().count();
    moments.day[row] = static_cast<std::int32_t>(day_of(zone_of(row).to_local(at)).time_since_epoch().count());
  };
  const auto put_day = [&](std::size_t row, Day day) {
    const auto begins = [&] { return zone_of(row).to_utc(WallTime{day}); };
    if (day <= first_sure_day || day >= last_sure_day) {
      if (day < Day{first_year / 1 / 1} || day > Day{last_year / 12 / 31} || !supported(begins())) {
        problems_.add(table, row, "at", "the date lies outside the years 1600 to 9999");
        return;
      }
    }
    if (!dates) moments.at[row] = begins().time_since_epoch().count();
    moments.day[row] = static_cast<std::int32_t>(day.time_since_epoch().count());
  };
  const auto put_wall = [&](std::size_t row, WallTime wall) {
    if (naive_zone_ || naive_is_customers_) {
      put_instant(row, (naive_is_customers_ ? zone_of(row) : *naive_zone_).to_utc(wall));
    } else {
      problems_.add(table, row, "at",
                    "the timestamp has no zone; give zone=\"Europe/London\" (or whichever it is in), or timestamps "
                    "with a zone");
    }
  };
  const auto empty = [&](std::size_t row) { problems_.add(table, row, "at", "it is empty; every event needs an at"); };

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
          problems_.add(table, row, "at",
                        "expected a date such as 2026-12-01 or a timestamp such as 2026-12-01T10:00+01:00 (years 1600 "
                        "to 9999)");
        }
      });
      break;
    case ColumnType::null:
      for (std::size_t row = 0; row < column.rows(); ++row) empty(row);
      break;
    default:
      problems_.add(table, "at", "expected dates or timestamps, found " + std::string(type_name(column.type())));
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
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
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

std::vector<Index> BaseBuilder::order_events(const Table& table, const std::vector<Index>& customer,
                                             const Moments& moments) {
  // A counting sort by customer; events of unknown customers fall out.
  std::vector<Index>& begin = base_->event_begin_;
  for (const Index c : customer) {
    if (c != no_index) ++begin[c + 1];
  }
  for (std::size_t c = 1; c < begin.size(); ++c) begin[c] += begin[c - 1];
  std::vector<Index> order(begin.back());
  if (std::is_sorted(customer.begin(), customer.end())) {
    // Rows of unknown customers stand last.
    std::iota(order.begin(), order.end(), Index{0});
  } else {
    std::vector<Index> next(begin.begin(), begin.end() - 1);
    for (std::size_t row = 0; row < customer.size(); ++row) {
      if (customer[row] != no_index) order[next[customer[row]]++] = static_cast<Index>(row);
    }
  }

  // Then by time within each customer; what happened at one instant is told apart by id or content, never by row.
  const bool have_ids = table.find("id") != nullptr;
  const auto time_of = [&](Index row) { return moments.at.empty() ? moments.day[row] : moments.at[row]; };
  std::string id;
  const auto content = [&](Index row, Index c) {
    const Instant at =
        moments.at.empty()
            ? base_->zones_[base_->zone_of(c)]->to_utc(WallTime{Day{std::chrono::days{moments.day[row]}}})
            : Instant{std::chrono::microseconds{moments.at[row]}};
    return event_content(table, row, base_->customer_ids_.text(c), at);
  };
  const auto name = [&](Index row, Index c) {
    std::string out;
    if (have_ids && append_id_cell(table.find("id")->cell(row), out)) return out;
    append_hex(content(row, c), out);
    return out;
  };
  std::vector<std::pair<std::string, Index>> tied;
  std::size_t kept = 0;
  std::size_t repeated = 0;
  for (Index c = 0; c + 1 < begin.size(); ++c) {
    const std::size_t from = begin[c];
    const std::size_t to = begin[c + 1];
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(from);
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(to);
    const auto earlier = [&](Index a, Index b) { return time_of(a) < time_of(b); };
    if (!std::is_sorted(first, last, earlier)) std::sort(first, last, earlier);
    begin[c] = static_cast<Index>(kept);
    for (std::size_t i = from; i < to;) {
      std::size_t end = i + 1;
      while (end < to && time_of(order[end]) == time_of(order[i])) ++end;
      if (end - i == 1) {
        order[kept++] = order[i];
      } else {
        tied.clear();
        for (std::size_t k = i; k < end; ++k) tied.emplace_back(name(order[k], c), order[k]);
        std::sort(tied.begin(), tied.end());
        for (std::size_t k = 0; k < tied.size(); ++k) {
          // Ids are unique by now: equal names are equal contents without an id.
          if (k > 0 && tied[k].first == tied[k - 1].first) {
            ++repeated;
          } else {
            order[kept++] = tied[k].second;
          }
        }
      }
      i = end;
    }
  }
  begin.back() = static_cast<Index>(kept);
  order.resize(kept);
  if (repeated > 0) {
    base_->warnings_.push_back(table.name + ": " + std::to_string(repeated) +
                               " without an id repeat another word for word and count once");
  }
  return order;
}

void BaseBuilder::fill_events(const Table& table, std::vector<Index> order, std::vector<Code> kinds, Moments moments) {
  const std::size_t count = order.size();
  CustomerBase& base = *base_;
  bool in_order = count == table.rows;
  for (std::size_t i = 0; i < count && in_order; ++i) in_order = order[i] == i;
  const auto gather = [&](auto& to, auto&& from) {
    if (in_order) {
      to = std::move(from);
      return;
    }
    to.resize(count);
    for (std::size_t i = 0; i < count; ++i) to[i] = from[order[i]];
    from = {};
  };
  if (!moments.at.empty()) gather(base.event_at_, std::move(moments.at));
  gather(base.event_day_, std::move(moments.day));
  gather(base.event_kind_, std::move(kinds));
  if (!row_asset_.empty()) gather(base.event_asset_, std::move(row_asset_));
  row_asset_ = {};
  if (const Column* value = table.find("value"); value != nullptr && value->type() != ColumnType::null) {
    gather(base.event_value_, read_numbers(table, *value, problems_));
  }
  if (const Column* channel = table.find("channel"); channel != nullptr && channel->type() != ColumnType::null) {
    gather(base.event_channel_, names_to_codes(table, *channel, base.channels_));
  }
  if (!in_order) base.event_row_ = std::move(order);
}

void BaseBuilder::index_kinds() {
  CustomerBase& base = *base_;
  std::vector<std::size_t> counts(base.kinds_.size());
  for (const Code kind : base.event_kind_) ++counts[kind];
  base.by_kind_.resize(counts.size());
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    base.by_kind_[kind].events.resize(counts[kind]);
    base.by_kind_[kind].days.resize(counts[kind]);
  }
  std::vector<std::size_t> next(counts.size());
  for (std::size_t i = 0; i < base.event_kind_.size(); ++i) {
    const Code kind = base.event_kind_[i];
    base.by_kind_[kind].events[next[kind]] = static_cast<Index>(i);
    base.by_kind_[kind].days[next[kind]++] = base.event_day_[i];
  }
  for (KindEvents& kind : base.by_kind_) {
    if (kind.days.empty()) continue;
    const auto [first, last] = std::minmax_element(kind.days.begin(), kind.days.end());
    kind.first_day = *first;
    kind.last_day = *last;
  }
}

}  // namespace courtesy
