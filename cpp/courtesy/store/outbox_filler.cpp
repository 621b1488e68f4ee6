#include <courtesy/store/outbox_filler.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace courtesy {
namespace {

constexpr const char* outbox_columns =
    "outbox (channel, wake, key, customer, due, step, asset, event, local, zone, priority, anchor, expires, reason, "
    "good_until, changed, why, state, attempts, crashes, token, lease, customer_id)";
constexpr int outbox_width = 23;
constexpr int untouched = 17;  // from here on, but for the last

template <typename Make>
std::int64_t looked_up(std::vector<std::int64_t>& codes, std::size_t at, Make make) {
  if (at >= codes.size()) codes.resize(at + 1, 0);
  if (codes[at] == 0) codes[at] = make();
  return codes[at];
}

}  // namespace

OutboxFiller::OutboxFiller(Database& database, Words& words, Steps& steps, const FreshRows& fresh)
    : words_(words),
      steps_(steps),
      plan_(fresh.plan),
      fresh_(fresh),
      outbox_(database, outbox_columns, outbox_width),
      owed_(database, "owed (customer, key, channel, wake)", 4) {}

std::vector<OutboxFiller::First> OutboxFiller::fill(Instant now) {
  std::vector<First> first;
  if (fresh_.rows.empty()) return first;
  const std::vector<std::vector<FreshRow>> rows = by_channel();
  std::vector<std::int64_t> channels(rows.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].empty()) continue;
    channels[i] = words_.code(i < plan_.channels.size() ? plan_.channels[i] : "");
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return channels[a] < channels[b]; });
  for (const std::size_t i : order) {
    fill_outbox(channels[i], rows[i], now);
    const std::size_t at = rows[i].front().row;
    first.push_back({channels[i], plan_.columns.due[at], plan_.columns.key[at]});
  }
  fill_owed(channels);
  return first;
}

// By the plan's codes; the last are those without a channel.
std::vector<std::vector<FreshRow>> OutboxFiller::by_channel() const {
  std::vector<std::vector<FreshRow>> rows(plan_.channels.size() + 1);
  for (const FreshRow& row : fresh_.rows) {
    rows[std::min<std::size_t>(plan_.columns.channel[row.row], plan_.channels.size())].push_back(row);
  }
  return rows;
}

std::int64_t OutboxFiller::step_code(std::uint32_t row) {
  const std::size_t occasion = plan_.columns.occasion[row];
  if (occasion >= codes_.size()) codes_.resize(occasion + 1);
  return looked_up(codes_[occasion], plan_.columns.step[row], [&] { return steps_.code(fresh_.whole(row)); });
}

// In the order of the table's key: rows are appended to its pages, and not strewn over them.
void OutboxFiller::fill_outbox(std::int64_t channel, std::span<const FreshRow> rows, Instant now) {
  const CustomerBase& base = *plan_.base;
  struct Slot {
    KeyBytes key;
    std::string asset, event;
  };
  std::array<Slot, ManyRows::at_once> slots;
  outbox_.insert(rows.size(), [&](Statement& to, int place, std::size_t at, std::size_t slot) {
    const FreshRow& fresh = rows[at];
    const Reminder row = plan_.row(fresh.row);
    auto& [key, asset, event] = slots[slot];
    key = key_bytes(row.key);
    const std::string_view why = reason_name(row.reason);
    const auto zone = looked_up(zones_, row.zone, [&] { return words_.code(base.zones()[row.zone]->name()); });
    const auto reason = looked_up(reasons_, static_cast<std::size_t>(row.reason), [&] { return words_.code(why); });
    to.bind(place, channel).bind(place + 1, row.due).bind_blob(place + 2, key);
    to.bind(place + 3, fresh_.numbers[row.customer]).bind(place + 4, row.due).bind(place + 5, step_code(fresh.row));
    if (row.asset != no_index) {
      asset = base.asset_ids().text(row.asset);
      to.bind(place + 6, asset);
    } else {
      to.bind_null(place + 6);
    }
    if (row.event != no_index) {
      to.bind(place + 7, base.event_id(row.event, row.customer, event));
    } else {
      to.bind_null(place + 7);
    }
    to.bind(place + 8, row.local.time_since_epoch().count()).bind(place + 9, zone);
    to.bind(place + 10, fresh.priority).bind(place + 11, row.anchor.time_since_epoch().count());
    to.bind(place + 12, row.expires).bind(place + 13, reason);
    to.bind(place + 14, fresh.good_until).bind(place + 15, now).bind(place + 16, why);
    for (int i = untouched; i < outbox_width - 1; ++i) to.bind(place + i, 0);
    bind_customer(to, place + outbox_width - 1, row.customer);
  });
}

void OutboxFiller::bind_customer(Statement& to, int place, Index customer) const {
  const Ids& ids = plan_.base->customer_ids();
  if (ids.are_integers()) {
    to.bind(place, ids.number(customer));
  } else if (const auto number = id_number(ids.text_view(customer))) {
    to.bind(place, *number);
  } else {
    to.bind(place, ids.text_view(customer));
  }
}

void OutboxFiller::fill_owed(std::span<const std::int64_t> channels) {
  struct Owed {
    std::int64_t customer;
    Key key;
    std::int64_t channel;
    Instant wake;
  };
  std::vector<Owed> owed;
  owed.reserve(fresh_.rows.size());
  for (const FreshRow& fresh : fresh_.rows) {
    const std::size_t row = fresh.row;
    const auto channel = std::min<std::size_t>(plan_.columns.channel[row], plan_.channels.size());
    owed.push_back({fresh_.numbers[plan_.columns.customer[row]], plan_.columns.key[row], channels[channel],
                    plan_.columns.due[row]});
  }
  std::sort(owed.begin(), owed.end(),
            [](const Owed& a, const Owed& b) { return std::tie(a.customer, a.key) < std::tie(b.customer, b.key); });
  std::array<KeyBytes, ManyRows::at_once> keys;
  owed_.insert(owed.size(), [&](Statement& to, int place, std::size_t at, std::size_t slot) {
    keys[slot] = key_bytes(owed[at].key);
    to.bind(place, owed[at].customer).bind_blob(place + 1, keys[slot]).bind(place + 2, owed[at].channel);
    to.bind(place + 3, owed[at].wake);
  });
}

}  // namespace courtesy
