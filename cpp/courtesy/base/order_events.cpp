// From the rows of the events' table to columns ordered by customer and time.
#include <courtesy/base/builder.h>
#include <courtesy/base/event_content.h>

#include <algorithm>
#include <numeric>

namespace courtesy {
namespace {

// Of events at one instant, and dates are all at the beginning of their day: what ends or takes back something comes
// after what it ends, and then what opens it again, or promises anew; a promise that was made anew may be kept the same
// day.
int rank_of(std::string_view kind) {
  if (kind == "kept") return 3;
  if (kind == "reopened" || kind == "renegotiated") return 2;
  return kind == "resolution" || kind == "broken" || kind == "withdrawal" || kind == "skip" ? 1 : 0;
}

}  // namespace

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
    const Day day{std::chrono::days{moments.day[row]}};
    const bool date = moments.at.empty() || parse_date(text_in(table.find("at"), row)).has_value();
    const auto at = date ? EventTime{day} : EventTime{Instant{std::chrono::microseconds{moments.at[row]}}};
    return event_content(table, row, base_->customer_ids_.text(c), at);
  };
  const auto name = [&](Index row, Index c) {
    std::string out;
    if (have_ids && append_id_cell(table.find("id")->cell(row), out)) return out;
    append_hex(content(row, c), out);
    return out;
  };
  const Column* const kinds = table.find("kind");
  struct Tied {
    int rank;
    std::string name;
    Index row;
    auto operator<=>(const Tied&) const = default;
  };
  std::vector<Tied> tied;
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
        for (std::size_t k = i; k < end; ++k)
          tied.push_back({rank_of(text_in(kinds, order[k])), name(order[k], c), order[k]});
        std::sort(tied.begin(), tied.end());
        for (std::size_t k = 0; k < tied.size(); ++k) {
          // Ids are unique by now: equal names are equal contents without an id.
          if (k > 0 && tied[k].name == tied[k - 1].name) {
            ++repeated;
          } else {
            order[kept++] = tied[k].row;
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

void BaseBuilder::fill_events(const Table& table, std::vector<Index> order, std::vector<Code> kinds, Moments moments,
                              Moments dues) {
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
  if (!dues.at.empty()) gather(base.event_due_at_, std::move(dues.at));
  if (!dues.day.empty()) gather(base.event_due_day_, std::move(dues.day));
  gather(base.event_kind_, std::move(kinds));
  if (!row_asset_.empty()) gather(base.event_asset_, std::move(row_asset_));
  row_asset_ = {};
  if (const Column* value = table.find("value"); value != nullptr && value->type() != ColumnType::null) {
    gather(base.event_value_, read_numbers(table, *value, problems_));
  }
  if (const Column* channel = table.find("channel"); channel != nullptr && channel->type() != ColumnType::null) {
    gather(base.event_channel_, read_event_channels(table, *channel));
  }
  if (!in_order) base.event_row_ = std::move(order);
}

// Leaves the kinds that an event is of; the others were of events that are left out.
std::vector<std::size_t> BaseBuilder::count_kinds() {
  CustomerBase& base = *base_;
  std::vector<std::size_t> counts(base.kinds_.size());
  for (const Code kind : base.event_kind_) ++counts[kind];
  if (std::find(counts.begin(), counts.end(), 0) == counts.end()) return counts;
  Names left;
  std::vector<Code> codes(counts.size(), no_code);
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] > 0) codes[kind] = left.add(base.kinds_.name(static_cast<Code>(kind)));
  }
  for (Code& kind : base.event_kind_) kind = codes[kind];
  base.kinds_ = std::move(left);
  counts.erase(std::remove(counts.begin(), counts.end(), 0), counts.end());
  return counts;
}

void BaseBuilder::index_kinds() {
  CustomerBase& base = *base_;
  const std::vector<std::size_t> counts = count_kinds();
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
    const auto [first, last] = std::minmax_element(kind.days.begin(), kind.days.end());
    kind.first_day = *first;
    kind.last_day = *last;
  }
}

}  // namespace courtesy
