#include <courtesy/insight/history.h>

#include <algorithm>
#include <limits>

namespace courtesy {
namespace {

// What is due on this day or before is so in every zone.
constexpr Day last_day{last_year / 12 / 27};

}  // namespace

History::History(const CustomerBase& base, Instant start) : base_(base), start_(start) {
  for (const auto& zone : base.zones()) {
    const Day last = courtesy::day_of(zone->to_local(start - std::chrono::microseconds{1}));
    seen_through_.push_back(static_cast<std::int32_t>(last.time_since_epoch().count()));
  }
  asset_begin_.assign(base.customers() + 1, 0);
  for (Index asset = 0; asset < base.assets(); ++asset) {
    if (base.asset_customer(asset) != no_index) ++asset_begin_[base.asset_customer(asset) + 1];
  }
  for (std::size_t c = 1; c < asset_begin_.size(); ++c) asset_begin_[c] += asset_begin_[c - 1];
  assets_.resize(asset_begin_.back());
  std::vector<Index> next(asset_begin_.begin(), asset_begin_.end() - 1);
  for (Index asset = 0; asset < base.assets(); ++asset) {
    if (base.asset_customer(asset) != no_index) assets_[next[base.asset_customer(asset)]++] = asset;
  }
}

std::vector<Index> History::assets_of(Index customer) const {
  std::vector<Index> out(assets_.begin() + asset_begin_[customer], assets_.begin() + asset_begin_[customer + 1]);
  const auto text = [&](Index asset) { return base_.asset_ids().text(asset); };
  std::sort(out.begin(), out.end(), [&](Index a, Index b) { return text(a) < text(b); });
  return out;
}

bool History::takes_part(Index customer) const {
  if (base_.status().empty()) return true;
  const Status status = base_.status()[customer];
  return status != Status::closed && status != Status::deceased;
}

Instant History::begins(std::int32_t day, Index customer) const {
  return base_.zones()[base_.zone_of(customer)]->to_utc(WallTime{Day{std::chrono::days{day}}});
}

Outcome History::again(Index event, Index owner, Index customer, std::int32_t day) const {
  const Zone& of_owner = *base_.zones()[base_.zone_of(owner)];
  const Zone& of_customer = *base_.zones()[base_.zone_of(customer)];
  const Day event_day{std::chrono::days{day_of_event(event)}};
  const auto moved = [&](Instant at, std::chrono::days by) { return of_customer.to_utc(of_owner.to_local(at) + by); };
  Outcome out;
  out.day = Day{std::chrono::days{day}};
  const std::chrono::days later = out.day - event_day;
  out.has_date = base_.event_has_date(event);
  out.at = out.has_date ? begins(day, customer) : moved(base_.event_at(event, owner), later);
  out.customer = customer;
  if (owner == customer) out.asset = asset_of(event);
  out.like = event;
  out.value = base_.event_value().empty() ? std::numeric_limits<double>::quiet_NaN() : base_.event_value()[event];
  if (const auto due = base_.event_due(event)) {
    // What never ends is often written as a day at the end of the calendar; nothing ends later.
    const std::chrono::days distance = std::min(later, std::max(last_day - due->day, std::chrono::days{0}));
    out.due = DueTime{due->day + distance, std::nullopt};
    if (due->instant) {
      out.due->instant = moved(*due->instant, distance);
      out.due->day = courtesy::day_of(of_customer.to_local(*out.due->instant));
    }
  }
  return out;
}

}  // namespace courtesy
