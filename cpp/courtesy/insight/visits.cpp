#include <courtesy/insight/visits.h>

#include <algorithm>
#include <string>

namespace courtesy {
namespace {

// At least this share of a kind's events must come with the other kind's for them to be one visit.
constexpr double comes_along = 0.9;

bool is_visit(std::string_view kind) {
  static constexpr std::array<std::string_view, 15> others = {
      "contact", "skip",   "snooze",       "send_now",  "use_channel", "consent",  "withdrawal",    "promise",
      "kept",    "broken", "renegotiated", "complaint", "resolution",  "reopened", "meter_replaced"};
  return std::find(others.begin(), others.end(), kind) == others.end();
}

}  // namespace

template <typename Take>
void Visits::each_day(Index customer, Take take) const {
  const CustomerBase& base = history_.base();
  if (base.events() == 0) return;
  const Index end = base.event_begin()[customer + 1];
  for (Index from = base.event_begin()[customer]; from < end;) {
    Index to = from + 1;
    while (to < end && history_.day_of_event(to) == history_.day_of_event(from)) ++to;
    take(from, to);
    from = to;
  }
}

Visits::Visits(const History& history) : history_(history) {
  const CustomerBase& base = history.base();
  const std::size_t kinds = base.kinds().size();
  for (const std::string& kind : base.kinds().all()) repeats_.push_back(is_visit(kind) ? 1 : 0);
  reading_ = base.kinds().find("reading");
  companion_of_.assign(kinds, no_code);
  by_asset_.assign(kinds, 0);
  gaps_.resize(kinds);
  weekdays_.resize(kinds);
  find_companions();
  find_what_comes_back_to_assets();
  for (Index customer = 0; customer < base.customers(); ++customer) {
    if (!history.takes_part(customer)) continue;
    for (const Stream& stream : streams_of(customer)) {
      for (const Visit& visit : stream.visits) weekdays_[stream.kind][weekday_of(visit.day)] = 1;
      const Waits gaps = stream.gaps(history.seen_through(customer));
      for (std::size_t i = 0; i < gaps.size(); ++i) gaps_[stream.kind].add(gaps[i]);
    }
  }
  for (Waits& gaps : gaps_) gaps.sort();
}

void Visits::find_companions() {
  const CustomerBase& base = history_.base();
  std::vector<std::size_t> events(repeats_.size());
  std::map<std::pair<Code, Code>, std::size_t> together;
  std::vector<Code> with;
  for (Index customer = 0; customer < base.customers(); ++customer) {
    each_day(customer, [&](Index begin, Index end) {
      for (Index e = begin; e < end; ++e) {
        const Code kind = history_.kind_of(e);
        if (repeats_[kind] == 0) continue;
        ++events[kind];
        with.clear();
        for (Index f = begin; f < end; ++f) {
          const Code other = history_.kind_of(f);
          const bool same_asset = history_.asset_of(e) == no_index || history_.asset_of(e) == history_.asset_of(f);
          if (other == kind || other == reading_ || repeats_[other] == 0 || !same_asset) continue;
          if (std::find(with.begin(), with.end(), other) == with.end()) with.push_back(other);
        }
        for (const Code other : with) ++together[{kind, other}];
      }
    });
  }
  // The rarer kind comes along with the more frequent one, and of two alike the later name with the earlier one; what
  // others come along with comes by itself.
  std::vector<Code> order;
  for (Code kind = 0; kind < repeats_.size(); ++kind) {
    if (repeats_[kind] != 0 && kind != reading_) order.push_back(kind);
  }
  const auto name = [&](Code kind) -> const std::string& { return base.kinds().name(kind); };
  std::sort(order.begin(), order.end(),
            [&](Code a, Code b) { return events[a] != events[b] ? events[a] < events[b] : name(a) > name(b); });
  std::vector<std::uint8_t> leads(repeats_.size());
  for (const Code kind : order) {
    if (leads[kind] != 0) continue;
    Code best = no_code;
    std::size_t most = 0;
    for (const Code other : order) {
      const auto found = together.find({kind, other});
      if (found == together.end() || companion_of_[other] != no_code) continue;
      if (static_cast<double>(found->second) < comes_along * static_cast<double>(events[kind])) continue;
      if (found->second >= most) {
        most = found->second;
        best = other;
      }
    }
    companion_of_[kind] = best;
    if (best != no_code) leads[best] = 1;
  }
}

void Visits::find_what_comes_back_to_assets() {
  const CustomerBase& base = history_.base();
  // By kind: on how many days an event came back to its customer, and to its asset.
  std::vector<std::size_t> to_customer(repeats_.size()), to_asset(repeats_.size());
  std::vector<std::pair<Code, Index>> known;
  for (Index customer = 0; customer < base.customers(); ++customer) {
    known.clear();
    const auto knows = [&](Code kind, Index asset) {
      return std::find(known.begin(), known.end(), std::pair{kind, asset}) != known.end();
    };
    each_day(customer, [&](Index begin, Index end) {
      for (Index e = begin; e < end; ++e) {
        if (history_.asset_of(e) == no_index) continue;
        if (knows(history_.kind_of(e), no_index)) ++to_customer[history_.kind_of(e)];
        if (knows(history_.kind_of(e), history_.asset_of(e))) ++to_asset[history_.kind_of(e)];
      }
      for (Index e = begin; e < end; ++e) {
        for (const Index asset : {history_.asset_of(e), no_index}) {
          if (!knows(history_.kind_of(e), asset)) known.emplace_back(history_.kind_of(e), asset);
        }
      }
    });
  }
  for (std::size_t kind = 0; kind < repeats_.size(); ++kind) {
    by_asset_[kind] = 2 * to_asset[kind] >= to_customer[kind] ? 1 : 0;
  }
}

Index Visits::leader_of(Index event, Index day_begin, Index day_end) const {
  const Code kind = history_.kind_of(event);
  const Index asset = history_.asset_of(event);
  if (kind != reading_ && companion_of_[kind] == no_code) return no_index;
  for (Index f = day_begin; f < day_end; ++f) {
    const Code other = history_.kind_of(f);
    if (kind == reading_) {
      if (other == reading_ || repeats_[other] == 0 || history_.asset_of(f) != asset) continue;
      // Of two that come along with each other, the one that leads.
      if (leader_of(f, day_begin, day_end) == no_index) return f;
    } else if (other == companion_of_[kind] && (asset == no_index || asset == history_.asset_of(f))) {
      return f;
    }
  }
  return no_index;
}

std::vector<Visits::Stream> Visits::streams_of(Index customer) const {
  std::vector<Stream> streams;
  const auto visit_of = [&](Index leader) -> Visit& {
    const Code kind = history_.kind_of(leader);
    const Index asset = by_asset_[kind] != 0 ? history_.asset_of(leader) : no_index;
    auto stream = std::find_if(streams.begin(), streams.end(),
                               [&](const Stream& each) { return each.kind == kind && each.asset == asset; });
    if (stream == streams.end()) {
      streams.push_back({kind, asset, {}});
      stream = streams.end() - 1;
    }
    const std::int32_t day = history_.day_of_event(leader);
    if (stream->visits.empty() || stream->visits.back().day != day) stream->visits.push_back({day, {}});
    return stream->visits.back();
  };
  each_day(customer, [&](Index begin, Index end) {
    for (Index e = begin; e < end; ++e) {
      if (repeats_[history_.kind_of(e)] == 0) continue;
      const Index leader = leader_of(e, begin, end);
      visit_of(leader == no_index ? e : leader).events.push_back(e);
    }
  });
  return streams;
}

Waits Visits::Stream::gaps(std::int32_t seen_through) const {
  Waits gaps;
  for (std::size_t i = 1; i < visits.size(); ++i) gaps.add({visits[i].day - visits[i - 1].day, true, 0});
  gaps.add({seen_through - visits.back().day, false, 0});
  gaps.sort();
  return gaps;
}

void Visits::draw(Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const {
  const CustomerBase& base = history_.base();
  const std::string who = base.customer_ids().text(customer);
  const std::int32_t seen = history_.seen_through(customer);
  for (const Stream& stream : streams_of(customer)) {
    const Waits& everybody = gaps_[stream.kind];
    if (!everybody.any_came()) continue;
    const std::string& kind = base.kinds().name(stream.kind);
    const std::string asset = stream.asset == no_index ? std::string() : base.asset_ids().text(stream.asset);
    const Waits own = stream.gaps(seen);
    Draws draws(seed, {"visit", who, kind, asset});
    std::int32_t last = stream.visits.back().day;
    std::int32_t elapsed = seen - last;
    for (std::size_t number = 0;; ++number) {
      const auto gap = draw_days(own, everybody, elapsed, draws);
      const Visit& like = stream.visits[draws.below(stream.visits.size())];
      if (!gap || history_.begins(last + *gap, customer) >= end) break;
      last += *gap;
      elapsed = 0;
      // The shop is not open on the other days; the pace is kept all the same.
      std::int32_t day = last;
      while (weekdays_[stream.kind][weekday_of(day)] == 0) ++day;
      for (std::size_t i = 0; i < like.events.size(); ++i) {
        Outcome outcome = history_.again(like.events[i], customer, customer, day);
        if (outcome.at < history_.start() || outcome.at >= end) continue;
        outcome.id = Draws(seed, {"event", who, kind, asset, std::to_string(number), std::to_string(i)}).name();
        out.push_back(std::move(outcome));
      }
    }
  }
}

}  // namespace courtesy
