#include <courtesy/plan/contact_limits.h>

#include <algorithm>

namespace courtesy {

using std::chrono::days;

ContactLimits::ContactLimits(const Compiled& compiled) : compiled_(compiled) {
  const Policy& policy = compiled.rules.policy;
  const auto code_of = [&](const std::string& channel) {
    const auto found = std::find(compiled.channels.begin(), compiled.channels.end(), channel);
    return found == compiled.channels.end() ? no_code : static_cast<Code>(found - compiled.channels.begin());
  };
  desk_ = code_of("desk");
  for (const Cap& cap : policy.caps) {
    for (const Purpose purpose : cap.purposes) {
      by_purpose_[static_cast<std::size_t>(purpose)] |= CapMask{1} << caps_.size();
    }
    caps_.emplace_back(compiled.base.customers(), cap.most, cap.per);
    if (cap.scope == Cap::Scope::household) households_ = &compiled.base.first_of_household();
    if (cap.scope == Cap::Scope::address) addresses_ = &compiled.base.first_at_address();
  }
  for (const Capacity& capacity : policy.capacity) {
    Counted& counted = capacities_.emplace_back();
    counted.channels.resize(compiled.channels.size());
    for (const std::string& channel : capacity.channels) {
      const Code code = code_of(channel);
      if (code != no_code) counted.channels[code] = 1;
    }
  }
  count_contact_events();
}

bool ContactLimits::merges(Code channel) const {
  const Merge& merge = compiled_.rules.policy.merge;
  if (merge.all) return true;
  return channel != no_code &&
         std::find(merge.channels.begin(), merge.channels.end(), compiled_.channels[channel]) != merge.channels.end();
}

// What merging made one contact has an event for each of its parts, of one instant, channel and team.
void ContactLimits::count_contact_events() {
  const Code kind = compiled_.overrides.contact;
  if (kind == no_code || (caps_.empty() && capacities_.empty())) return;
  const CustomerBase& base = compiled_.base;
  const Zone& shop = *base.zones().front();
  const auto& events = base.events_of(kind).events;
  const CapMask all = caps_.empty() ? 0 : ~CapMask{0} >> (64 - caps_.size());
  struct Part {
    Code channel;
    std::string by;
    CapMask caps;
  };
  std::vector<Part> parts;  // of one customer and instant, which others may have joined
  Index customer = 0;
  Instant before = Instant::min();
  for (const Index event : events) {
    while (base.event_begin()[customer + 1] <= event) {
      ++customer;
      parts.clear();
    }
    const Instant at = base.event_at(event, customer);
    if (at != before) parts.clear();
    before = at;
    const Day day{days{base.event_day()[event]}};
    const Code channel = base.event_channel(event);
    const auto purpose = purpose_named(base.event_note(event));
    const bool desk = channel == desk_ && desk_ != no_code;
    const CapMask caps = desk ? CapMask{0} : (purpose ? caps_of(*purpose, no_code) : all);
    std::string by{base.event_by(event)};
    const auto same = std::find_if(parts.begin(), parts.end(),
                                   [&](const Part& part) { return part.channel == channel && part.by == by; });
    const bool may_merge = purpose != Purpose::recovery && merges(channel);
    if (may_merge && same != parts.end()) {
      count(caps & ~same->caps, customer, day);
      same->caps |= caps;
      continue;
    }
    count(caps, customer, day);
    if (channel != no_code) {
      count_capacity(channel, by, base.event_has_date(event) ? day : day_of(shop.to_local(at)));
    }
    if (may_merge) parts.push_back({channel, std::move(by), caps});
  }
}

std::uint32_t ContactLimits::who(std::size_t cap, Index customer) const {
  switch (compiled_.rules.policy.caps[cap].scope) {
    case Cap::Scope::customer:
      return customer;
    case Cap::Scope::household:
      return (*households_)[customer];
    case Cap::Scope::address:
      return (*addresses_)[customer];
  }
  return customer;
}

CapMask ContactLimits::caps_of(Purpose purpose, Code channel) const {
  return channel == desk_ && desk_ != no_code ? CapMask{0} : by_purpose_[static_cast<std::size_t>(purpose)];
}

CapMask ContactLimits::full_caps(CapMask caps, Index customer, Day day) const {
  CapMask full = 0;
  for (std::size_t cap = 0; cap < caps_.size(); ++cap) {
    if ((caps >> cap & 1U) != 0 && !caps_[cap].has_room(who(cap, customer), day)) full |= CapMask{1} << cap;
  }
  return full;
}

std::optional<std::uint32_t> ContactLimits::full_capacity(Code channel, const std::string& team, Day day) const {
  for (std::size_t i = 0; i < capacities_.size(); ++i) {
    const Capacity& rule = compiled_.rules.policy.capacity[i];
    if (capacities_[i].channels[channel] == 0 || (!rule.team.empty() && rule.team != team)) continue;
    const auto found = capacities_[i].days.find(day);
    const int count = found == capacities_[i].days.end() ? 0 : found->second;
    if (count >= rule.most) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

void ContactLimits::count(CapMask caps, Index customer, Day day) {
  for (std::size_t cap = 0; cap < caps_.size(); ++cap) {
    if ((caps >> cap & 1U) != 0) caps_[cap].add(who(cap, customer), day);
  }
}

void ContactLimits::count_capacity(Code channel, const std::string& team, Day day) {
  for (std::size_t i = 0; i < capacities_.size(); ++i) {
    const Capacity& rule = compiled_.rules.policy.capacity[i];
    if (capacities_[i].channels[channel] != 0 && (rule.team.empty() || rule.team == team)) ++capacities_[i].days[day];
  }
}

}  // namespace courtesy
