#include <courtesy/insight/growth.h>
#include <courtesy/insight/meter.h>

#include <algorithm>
#include <cmath>

namespace courtesy {

void Growth::Slopes::add(Slope slope) {
  slopes.push_back(slope);
  days += slope.days;
}

double Growth::Slopes::draw(Draws& draws) const {
  auto at = static_cast<std::int64_t>(draws.below(static_cast<std::size_t>(days)));
  for (const Slope& slope : slopes) {
    at -= slope.days;
    if (at < 0) return slope.per_day;
  }
  return slopes.back().per_day;
}

Growth::Growth(const History& history) : history_(history), reading_(history.base().kinds().find("reading")) {
  if (reading_ == no_code) return;
  for (Index customer = 0; customer < history.base().customers(); ++customer) {
    for (const auto& [name, gauge] : gauges_of(customer)) {
      for (const Slope& slope : gauge.slopes.slopes) fleet_[name.second].add(slope);
    }
  }
  for (auto& [unit, slopes] : fleet_) std::sort(slopes.slopes.begin(), slopes.slopes.end());
}

std::map<Growth::Name, Growth::Gauge> Growth::gauges_of(Index customer) const {
  const CustomerBase& base = history_.base();
  std::map<Name, std::vector<Reading>> readings;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (history_.kind_of(e) != reading_ || base.event_value().empty() || std::isnan(base.event_value()[e])) continue;
    readings[{history_.asset_of(e), std::string(base.event_unit(e))}].push_back(
        {Day{std::chrono::days{history_.day_of_event(e)}}, base.event_value()[e]});
  }
  std::map<Name, Gauge> gauges;
  for (auto& [name, of_meter] : readings) {
    const Meter meter(std::move(of_meter));
    Gauge& gauge = gauges[name];
    const std::vector<KeptReading>& believed = meter.kept();
    for (std::size_t i = 0; i < believed.size(); ++i) {
      gauge.whole = gauge.whole && !(std::floor(believed[i].value) < believed[i].value);
      if (believed[i].begins) continue;
      const auto days = static_cast<std::int32_t>((believed[i].day - believed[i - 1].day).count());
      gauge.slopes.add({(believed[i].value - believed[i - 1].value) / days, days});
    }
    gauge.day = static_cast<std::int32_t>(believed.back().day.time_since_epoch().count());
    gauge.value = believed.back().value;
  }
  return gauges;
}

void Growth::settle(Index customer, std::uint64_t seed, std::vector<Outcome>& outcomes) const {
  const auto is_reading = [&](const Outcome& outcome) { return history_.kind_of(outcome.like) == reading_; };
  if (reading_ == no_code || std::none_of(outcomes.begin(), outcomes.end(), is_reading)) return;
  const CustomerBase& base = history_.base();
  std::map<Name, Gauge> gauges = gauges_of(customer);
  const auto settled = [&](Outcome& outcome) {
    const Name name{outcome.asset, std::string(base.event_unit(outcome.like))};
    const auto known = gauges.find(name);
    if (known == gauges.end()) return false;
    Gauge& gauge = known->second;
    const auto fleet = fleet_.find(name.second);
    if (gauge.slopes.days == 0 && fleet == fleet_.end()) return false;
    const Slopes& slopes = gauge.slopes.days > 0 ? gauge.slopes : fleet->second;
    const auto day = static_cast<std::int32_t>(outcome.day.time_since_epoch().count());
    const std::string asset = outcome.asset == no_index ? std::string() : base.asset_ids().text(outcome.asset);
    Draws draws(seed, {"grows", base.customer_ids().text(customer), asset, name.second, std::to_string(day)});
    gauge.value += slopes.draw(draws) * (day - gauge.day);
    gauge.day = day;
    outcome.value = gauge.whole ? std::round(gauge.value) : gauge.value;
    return true;
  };
  std::erase_if(outcomes, [&](Outcome& outcome) { return is_reading(outcome) && !settled(outcome); });
}

}  // namespace courtesy
