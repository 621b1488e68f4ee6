#include <courtesy/insight/episodes.h>
#include <courtesy/insight/growth.h>
#include <courtesy/insight/outcomes.h>
#include <courtesy/insight/visits.h>

#include <algorithm>
#include <tuple>

namespace courtesy {

std::vector<Outcome> draw_outcomes(const History& history, Instant end, std::uint64_t seed) {
  const auto earlier = [](const Outcome& a, const Outcome& b) {
    return std::tie(a.at, a.id.high, a.id.low) < std::tie(b.at, b.id.high, b.id.low);
  };
  std::vector<Outcome> all;
  if (history.base().events() == 0) return all;
  const Visits visits(history);
  const Episodes episodes(history);
  const Growth growth(history);
  std::vector<Outcome> own;
  for (Index customer = 0; customer < history.base().customers(); ++customer) {
    if (!history.takes_part(customer)) continue;
    own.clear();
    visits.draw(customer, end, seed, own);
    episodes.draw(customer, end, seed, own);
    std::sort(own.begin(), own.end(), earlier);
    growth.settle(customer, seed, own);
    all.insert(all.end(), own.begin(), own.end());
  }
  std::sort(all.begin(), all.end(), earlier);
  return all;
}

std::string OutcomeIds::text(const Hash128& id) const {
  if (integers) {
    // Far above those that anybody counts up to, and never negative.
    return std::to_string(std::uint64_t{1} << 62U | id.low >> 2U);
  }
  constexpr std::size_t digits = 24;
  std::string hex;
  append_hex(id, hex);
  return "sim-" + hex.substr(0, digits);
}

EventRow event_row_of(const History& history, const Outcome& outcome, OutcomeIds ids) {
  const CustomerBase& base = history.base();
  std::string scratch;
  EventRow row;
  row.id = ids.text(outcome.id);
  row.customer = base.customer_ids().text(outcome.customer);
  if (outcome.asset != no_index) row.asset = base.asset_ids().text(outcome.asset);
  row.kind = base.kinds().name(history.kind_of(outcome.like));
  row.at = outcome.has_date ? iso_text(outcome.day) : iso_text(outcome.at);
  row.value = outcome.value;
  row.unit = base.event_unit(outcome.like);
  if (outcome.due) row.due = outcome.due->instant ? iso_text(*outcome.due->instant) : iso_text(outcome.due->day);
  if (outcome.answers_id) {
    row.ref = ids.text(*outcome.answers_id);
  } else if (outcome.answers != no_index) {
    row.ref = base.event_id(outcome.answers, outcome.customer, scratch);
  }
  if (const Code channel = base.event_channel(outcome.like); channel != no_code) {
    row.channel = base.channels().name(channel);
  }
  row.by = base.event_by(outcome.like);
  row.topic = base.event_topic(outcome.like, scratch);
  return row;
}

}  // namespace courtesy
