#include <courtesy/insight/episodes.h>
#include <courtesy/insight/promises.h>

#include <algorithm>
#include <numeric>

namespace courtesy {
namespace {

// Everybody's pace counts as much as so many of one's own episodes.
constexpr double prior_episodes = 2;

}  // namespace

Episodes::Episodes(const History& history) : history_(history) {
  for (Sort sort : {learnt("promise", {"kept", "broken", "renegotiated"}, {"kept", "broken"}),
                    learnt("complaint", {"resolution", "reopened"}, {"resolution"})}) {
    if (!sort.episodes.empty()) sorts_.push_back(std::move(sort));
  }
}

Episodes::Sort Episodes::learnt(std::string_view opener, std::initializer_list<std::string_view> answers,
                                std::initializer_list<std::string_view> closes) const {
  const CustomerBase& base = history_.base();
  Sort sort;
  sort.opener = base.kinds().find(opener);
  if (sort.opener == no_code) return sort;
  const auto flags = [&](std::initializer_list<std::string_view> names) {
    std::vector<std::uint8_t> of(base.kinds().size());
    for (const std::string_view name : names) {
      if (const Code kind = base.kinds().find(name); kind != no_code) of[kind] = 1;
    }
    return of;
  };
  sort.answers = flags(answers);
  sort.closes = flags(closes);
  for (Index customer = 0; customer < base.customers(); ++customer) {
    sort.begin.push_back(sort.episodes.size());
    if (history_.takes_part(customer)) collect(customer, sort);
  }
  sort.begin.push_back(sort.episodes.size());
  put_in_order(sort);
  learn_pace(sort);
  return sort;
}

void Episodes::collect(Index customer, Sort& sort) const {
  const CustomerBase& base = history_.base();
  const std::size_t first = sort.episodes.size();
  std::string ref_scratch;
  std::string id_scratch;
  const auto is_about = [&](const Episode& episode, Index event) {
    return concerns(base, event, history_.asset_of(episode.opener));
  };
  // By its opener's id, that of an answer, or a number that both carry.
  const auto named = [&](const Episode& episode, std::string_view ref) {
    const auto is = [&](Index event) { return base.event_id(event, customer, id_scratch) == ref; };
    std::string opener_scratch;
    return is(episode.opener) || std::any_of(episode.answers.begin(), episode.answers.end(), is) ||
           base.event_ref(episode.opener, opener_scratch) == ref;
  };
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    const Code kind = history_.kind_of(e);
    if (kind == sort.opener) {
      sort.episodes.push_back({customer, e, {}, 0, false});
      continue;
    }
    if (sort.answers[kind] == 0) continue;
    const auto begin = sort.episodes.begin() + static_cast<std::ptrdiff_t>(first);
    const bool closes = sort.closes[kind] != 0;
    const auto take = [&](Episode& episode) {
      episode.answers.push_back(e);
      episode.closed = closes;
      episode.days = history_.day_of_event(e) - history_.day_of_event(episode.opener);
    };
    const std::string_view ref = base.event_ref(e, ref_scratch);
    const auto known =
        ref.empty() ? sort.episodes.end()
                    : std::find_if(begin, sort.episodes.end(), [&](const Episode& each) { return named(each, ref); });
    if (known != sort.episodes.end()) {
      take(*known);
    } else if (closes) {
      for (auto each = begin; each != sort.episodes.end(); ++each) {
        if (!each->closed && is_about(*each, e)) take(*each);
      }
    } else {
      // Of what is not named the latest is meant.
      for (auto each = sort.episodes.end(); each != begin;) {
        if (!is_about(*--each, e)) continue;
        take(*each);
        break;
      }
    }
  }
  for (std::size_t i = first; i < sort.episodes.size(); ++i) {
    Episode& episode = sort.episodes[i];
    if (!episode.closed) episode.days = history_.seen_through(customer) - history_.day_of_event(episode.opener);
  }
}

void Episodes::put_in_order(Sort& sort) const {
  std::vector<Hash128> names;
  std::string scratch;
  for (const Episode& episode : sort.episodes) {
    names.push_back(hash128(history_.base().event_id(episode.opener, episode.customer, scratch)));
  }
  sort.in_order.resize(names.size());
  std::iota(sort.in_order.begin(), sort.in_order.end(), std::size_t{0});
  std::sort(sort.in_order.begin(), sort.in_order.end(), [&](std::size_t a, std::size_t b) {
    return names[a].high != names[b].high ? names[a].high < names[b].high : names[a].low < names[b].low;
  });
  sort.place_in_order.resize(names.size());
  for (std::uint32_t place = 0; place < sort.in_order.size(); ++place) {
    const Episode& episode = sort.episodes[sort.in_order[place]];
    sort.place_in_order[sort.in_order[place]] = place;
    sort.waits.add({episode.days, episode.closed, place});
  }
  sort.waits.sort();
}

double Episodes::exposure(Index customer, const Sort& sort) const {
  const CustomerBase& base = history_.base();
  const Index first = base.event_begin()[customer];
  if (first == base.event_begin()[customer + 1]) return 0;
  return history_.seen_through(customer) - std::max(sort.first_day, history_.day_of_event(first)) + 1;
}

void Episodes::learn_pace(Sort& sort) const {
  // What was only seen once may never be seen again.
  if (sort.episodes.size() < 2) return;
  sort.first_day = history_.day_of_event(sort.episodes.front().opener);
  std::array<std::size_t, 7> began{};
  for (const Episode& episode : sort.episodes) {
    const std::int32_t day = history_.day_of_event(episode.opener);
    sort.first_day = std::min(sort.first_day, day);
    ++began[weekday_of(day)];
  }
  double days = 0;
  for (Index customer = 0; customer < history_.base().customers(); ++customer) {
    if (history_.takes_part(customer)) days += exposure(customer, sort);
  }
  // The first one says since when they are written down, the others how often they happen since then.
  if (days > 0) sort.per_day = static_cast<double>(sort.episodes.size() - 1) / days;
  for (std::size_t i = 0; i < began.size(); ++i) {
    sort.weekdays[i] = 7 * static_cast<double>(began[i]) / static_cast<double>(sort.episodes.size());
  }
}

void Episodes::draw(Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const {
  for (const Sort& sort : sorts_) {
    go_on(sort, customer, end, seed, out);
    begin_new(sort, customer, end, seed, out);
  }
}

void Episodes::go_on(const Sort& sort, Index customer, Instant end, std::uint64_t seed,
                     std::vector<Outcome>& out) const {
  const CustomerBase& base = history_.base();
  for (std::size_t i = sort.begin[customer]; i < sort.begin[customer + 1]; ++i) {
    const Episode& open = sort.episodes[i];
    if (open.closed) continue;
    std::string scratch;
    const std::string_view id = base.event_id(open.opener, customer, scratch);
    Draws draws(seed, {"goes on", base.customer_ids().text(customer), id});
    const auto drawn = draw_wait({}, sort.waits, open.days, draws);
    if (!drawn || !drawn->came) continue;
    Outcome opener = history_.again(open.opener, customer, customer, history_.day_of_event(open.opener));
    opener.id = draws.name();
    answer(sort.episodes[sort.in_order[drawn->what]], opener, open.opener, open.days, end, seed, out);
  }
}

void Episodes::begin_new(const Sort& sort, Index customer, Instant end, std::uint64_t seed,
                         std::vector<Outcome>& out) const {
  const CustomerBase& base = history_.base();
  const double exposed = exposure(customer, sort);
  if (sort.per_day <= 0 || exposed <= 0) return;
  Waits own;
  for (std::size_t i = sort.begin[customer]; i < sort.begin[customer + 1]; ++i) {
    own.add({sort.episodes[i].days, sort.episodes[i].closed, sort.place_in_order[i]});
  }
  own.sort();
  const double per_day = (static_cast<double>(own.size()) + prior_episodes) / (exposed + prior_episodes / sort.per_day);
  const std::string who = base.customer_ids().text(customer);
  const std::string& kind = base.kinds().name(sort.opener);
  std::vector<Index> assets;
  Draws days(seed, {"begins", who, kind});
  std::size_t number = 0;
  for (std::int32_t day = history_.seen_through(customer) + 1; history_.begins(day, customer) < end; ++day) {
    if (days.share() >= per_day * sort.weekdays[weekday_of(day)]) continue;
    Draws draws(seed, {"episode", who, kind, std::to_string(number++)});
    const auto drawn = draw_wait(own, sort.waits, -1, draws);
    const Episode& like = sort.episodes[sort.in_order[drawn->what]];
    Outcome opener = history_.again(like.opener, like.customer, customer, day);
    opener.id = draws.name();
    if (like.customer != customer && history_.asset_of(like.opener) != no_index) {
      if (assets.empty()) assets = history_.assets_of(customer);
      if (!assets.empty()) opener.asset = assets[draws.below(assets.size())];
    }
    if (opener.at < history_.start() || opener.at >= end) continue;
    out.push_back(opener);
    answer(like, opener, no_index, -1, end, seed, out);
  }
}

void Episodes::answer(const Episode& like, const Outcome& opener, Index of_base, std::int32_t elapsed, Instant end,
                      std::uint64_t seed, std::vector<Outcome>& out) const {
  const CustomerBase& base = history_.base();
  const auto begun = static_cast<std::int32_t>(opener.day.time_since_epoch().count());
  std::string name;
  append_hex(opener.id, name);
  std::vector<std::optional<Hash128>> ids(like.answers.size());
  for (std::size_t i = 0; i < like.answers.size(); ++i) {
    const Index event = like.answers[i];
    const std::int32_t after = history_.day_of_event(event) - history_.day_of_event(like.opener);
    if (after <= elapsed) continue;
    Outcome outcome = history_.again(event, like.customer, opener.customer, begun + after);
    if (outcome.at < history_.start() || outcome.at >= end) continue;
    outcome.asset = opener.asset;
    outcome.id = Draws(seed, {"answer", name, std::to_string(i)}).name();
    ids[i] = outcome.id;
    // It names what the other named: an answer before it, or else what it is all about.
    std::string ref_scratch;
    std::string id_scratch;
    const std::string_view ref = base.event_ref(event, ref_scratch);
    for (std::size_t k = 0; k < i && !ref.empty(); ++k) {
      if (ids[k] && base.event_id(like.answers[k], like.customer, id_scratch) == ref) outcome.answers_id = ids[k];
    }
    if (!outcome.answers_id) {
      outcome.answers = of_base;
      if (of_base == no_index) outcome.answers_id = opener.id;
    }
    out.push_back(std::move(outcome));
  }
}

}  // namespace courtesy
