#include <courtesy/insight/promises.h>

#include <algorithm>

namespace courtesy {

using std::chrono::days;

bool concerns(const CustomerBase& base, Index event, Index asset) {
  const Index own = base.asset_of_event(event);
  return own == no_index || asset == no_index || own == asset;
}

bool came_after_breach(const CustomerBase& base, const PromiseOutcome& promise, Index event, Index customer) {
  if (event == promise.event || (event == promise.answer && promise.broken)) return false;
  return base.event_at(event, customer) > *promise.breach ||
         (base.day_of_event(event) == promise.breach_day && base.event_has_date(event));
}

Promises::Promises(const CustomerBase& base)
    : base_(base),
      kept_(base.kinds().find("kept")),
      broken_(base.kinds().find("broken")),
      renegotiated_(base.kinds().find("renegotiated")) {
  promises_.resize(base.kinds().size());
  Index last = no_index;  // whose promises have been read
  std::vector<Index> customers;
  for (const Code kind : {base.kinds().find("promise"), renegotiated_}) {
    if (kind == no_code) continue;
    promises_[kind] = 1;
    for (const Index event : base.events_of(kind).events) {
      if (!base.event_due(event)) continue;
      const Index customer = base.customer_of_event(event);
      if (customer != last) customers.push_back(customer);
      last = customer;
    }
  }
  std::sort(customers.begin(), customers.end());
  customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
  for (const Index customer : customers) read(customer);
}

std::span<const PromiseOutcome> Promises::of(Index customer) const {
  const auto before = [](const PromiseOutcome& outcome, Index event) { return outcome.event < event; };
  const Index from = base_.event_begin()[customer];
  const Index to = base_.event_begin()[customer + 1];
  const auto first = std::lower_bound(outcomes_.begin(), outcomes_.end(), from, before);
  return {first, std::lower_bound(first, outcomes_.end(), to, before)};
}

const PromiseOutcome* Promises::find(Index event) const {
  const auto found =
      std::lower_bound(outcomes_.begin(), outcomes_.end(), event,
                       [](const PromiseOutcome& outcome, Index wanted) { return outcome.event < wanted; });
  return found == outcomes_.end() || found->event != event ? nullptr : &*found;
}

bool Promises::is_answer(Index broken) const { return std::binary_search(answers_.begin(), answers_.end(), broken); }

void Promises::read(Index customer) {
  const Zone& zone = *base_.zones()[base_.zone_of(customer)];
  Read read{customer, Cases(base_, customer, promises_), outcomes_.size(), {}, {}, {}};
  std::string scratch;
  for (Index e = base_.event_begin()[customer]; e < base_.event_begin()[customer + 1]; ++e) {
    const auto due = promises_[base_.event_kind()[e]] == 0 ? std::nullopt : base_.event_due(e);
    if (!due) continue;
    PromiseOutcome outcome;
    outcome.event = e;
    read.ids.emplace_back(base_.event_id(e, customer, scratch));
    read.of_cases.emplace_back(read.cases.of_event(read.ids.back()));
    outcome.first = read.cases.first_of(read.of_cases.back());
    outcome.due = due->instant ? *due->instant : zone.to_utc(WallTime{due->day + days{1}});
    read.open.push_back(read.open.size());
    outcomes_.push_back(outcome);
  }
  for (Index e = base_.event_begin()[customer]; e < base_.event_begin()[customer + 1]; ++e) {
    const Code kind = base_.event_kind()[e];
    if (kind == kept_ || kind == broken_ || kind == renegotiated_) answer(read, e);
  }
  for (std::size_t i = read.begin; i < outcomes_.size(); ++i) settle(customer, outcomes_[i]);
}

// The open promises that an event answers are open no more. It answers those before it; one that is given by its date
// and names what began its case came after that.
void Promises::answer(Read& read, Index event) {
  const Code kind = base_.event_kind()[event];
  std::string ref_scratch;
  const std::string_view ref = base_.event_ref(event, ref_scratch);
  const std::string_view led_to = read.cases.of_ref(ref);
  Index first = no_index;
  const auto answered = [&](std::size_t i) {
    PromiseOutcome& outcome = outcomes_[read.begin + i];
    if (outcome.event == event) return false;
    if (ref.empty()) {
      if (outcome.event > event || !concerns(base_, event, base_.asset_of_event(outcome.event))) return false;
    } else {
      if (read.of_cases[i] != led_to) return false;
      const bool named = read.ids[i] == ref || read.cases.first_of(led_to) == outcome.event;
      const bool same_day = base_.event_day()[event] == base_.event_day()[outcome.event];
      if (outcome.event > event && !(named && same_day && base_.event_has_date(event))) return false;
    }
    outcome.answer = event;
    outcome.answered = kind == kept_     ? PromiseOutcome::Answer::kept
                       : kind == broken_ ? PromiseOutcome::Answer::broken
                                         : PromiseOutcome::Answer::renegotiated;
    first = std::min(first, outcome.first);
    return true;
  };
  read.open.erase(std::remove_if(read.open.begin(), read.open.end(), answered), read.open.end());
  const auto is_known = [&] {
    return std::find(read.of_cases.begin(), read.of_cases.end(), led_to) != read.of_cases.end();
  };
  if (kind == broken_ && (first != no_index || (!ref.empty() && is_known()))) answers_.push_back(event);
  if (kind != renegotiated_ || !ref.empty() || first == no_index) return;
  const auto made = std::lower_bound(outcomes_.begin(), outcomes_.end(), event,
                                     [](const PromiseOutcome& one, Index wanted) { return one.event < wanted; });
  if (made != outcomes_.end() && made->event == event) made->first = first;
}

void Promises::settle(Index customer, PromiseOutcome& outcome) const {
  const bool by_date = !base_.event_due(outcome.event)->instant;
  if (outcome.answer != no_index) {
    const Instant at = base_.event_at(outcome.answer, customer);
    if (by_date ? at < outcome.due : at <= outcome.due) {
      outcome.broken = outcome.answered == PromiseOutcome::Answer::broken;
      if (!outcome.broken) return;
      outcome.breach = at;
      outcome.breach_day = base_.day_of_event(outcome.answer);
      return;
    }
  }
  outcome.breach = outcome.due;
  outcome.breach_day = day_of(base_.zones()[base_.zone_of(customer)]->to_local(outcome.due));
}

}  // namespace courtesy
