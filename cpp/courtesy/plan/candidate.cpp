#include <courtesy/plan/candidate.h>
#include <courtesy/plan/deadline.h>
#include <courtesy/plan/standing.h>

#include <algorithm>
#include <cmath>

namespace courtesy {
namespace {

using std::chrono::days;

const Interval& interval_of(const CompiledOccasion& occasion) { return std::get<Interval>(occasion.rule->anchor); }

bool is_anchor(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Index event) {
  const CustomerBase& base = compiled.base;
  const Code kind = base.event_kind()[event];
  const Anchor& rule = occasion.rule->anchor;
  if (std::holds_alternative<Interval>(rule) || std::holds_alternative<Lapse>(rule)) {
    return since_rank(occasion, kind) >= 0;
  }
  if (std::find(occasion.kinds.begin(), occasion.kinds.end(), kind) == occasion.kinds.end()) return false;
  if (occasion.hears_breaches) return anchor_day(compiled, occasion, event).has_value();
  const auto* yearly = std::get_if<Yearly>(&rule);
  if (yearly == nullptr || yearly->of == Yearly::Of::each) return true;
  const Index from = base.event_begin()[customer];
  const Index to = base.event_begin()[customer + 1];
  const auto is_kind = [&](Code code) { return code == kind; };
  const auto kinds = base.event_kind();
  if (yearly->of == Yearly::Of::first) {
    return std::none_of(kinds.begin() + from, kinds.begin() + event, is_kind);
  }
  return std::none_of(kinds.begin() + event + 1, kinds.begin() + to, is_kind);
}

}  // namespace

std::optional<Day> anchor_day(const Compiled& compiled, const CompiledOccasion& occasion, Index event) {
  const CustomerBase& base = compiled.base;
  if (!occasion.hears_breaches) return base.day_of_event(event);
  const std::string& kind = base.kinds().name(base.event_kind()[event]);
  if (kind == "promise" || kind == "renegotiated") {
    const PromiseOutcome* promise = compiled.promises->find(event);
    return promise != nullptr && promise->breach ? std::optional(promise->breach_day) : std::nullopt;
  }
  if (kind == "broken" && !compiled.broken_alone(event)) return std::nullopt;
  return base.day_of_event(event);
}

int since_rank(const CompiledOccasion& occasion, Code kind) {
  for (std::size_t i = 0; i < occasion.since.size(); ++i) {
    if (occasion.since[i] == kind) return static_cast<int>(i);
  }
  return -1;
}

bool is_first_since(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Index event) {
  const CustomerBase& base = compiled.base;
  const Index asset = base.asset_of_event(event);
  for (Index e = base.event_begin()[customer]; e < event; ++e) {
    if (base.asset_of_event(e) == asset && since_rank(occasion, base.event_kind()[e]) >= 0) return false;
  }
  return true;
}

IntervalDue interval_due(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Index event,
                         bool with_range) {
  const Interval& interval = interval_of(occasion);
  IntervalDue result;
  const bool first = interval.first && is_first_since(compiled, occasion, customer, event);
  const Interval::Length& length = first ? *interval.first : interval.every;
  result.length = &length;
  if (!length.time.zero()) {
    result.by_time = shifted(compiled.base.day_of_event(event), length.time, false, compiled.workdays);
  }
  if (length.use) result.by_use = occasion.meters->forecast(customer, event, *length.use, with_range);
  const std::optional<Day> by_use = result.by_use ? result.by_use->due : std::nullopt;
  if (!by_use || !result.by_time) {
    result.due = by_use ? by_use : result.by_time;
    result.use_decides = by_use.has_value();
    return result;
  }
  result.use_decides =
      interval.whichever == Interval::Whichever::first ? *by_use < *result.by_time : *by_use > *result.by_time;
  result.due = result.use_decides ? by_use : result.by_time;
  return result;
}

// Whether time alone says that no forecast can bring a step into the window: where the first of time and use counts it
// is due by then, where the later counts not before.
bool never_due(const Compiled& compiled, const CompiledOccasion& occasion, const Interval& interval,
               const CompiledStep& step, Index customer, Index event) {
  const bool first = interval.first && is_first_since(compiled, occasion, customer, event);
  const Interval::Length& length = first ? *interval.first : interval.every;
  if (length.time.zero() || length.time.business_days != 0) return false;
  const auto by_time = shifted(compiled.base.day_of_event(event), length.time, false, compiled.workdays);
  if (!by_time) return false;
  const days reach{longest_days(step.rule->offset) + 2};
  return interval.whichever == Interval::Whichever::first ? *by_time + reach + step.open_reach < step.earliest
                                                          : *by_time - reach - step.open_reach > step.latest;
}

std::optional<Day> lapse_by_cadence(const CompiledOccasion& occasion, const Lapse& lapse, Index customer, Index event,
                                    Day anchor) {
  const auto usual = occasion.cadence->usual(customer, event);
  if (!usual) return std::nullopt;
  // What is whole but for the last bits is whole.
  const double silence = std::ceil(*lapse.cadence * usual->days - 1e-6);
  constexpr double longest = 3'000'000;
  if (!(silence < longest)) return std::nullopt;
  return anchor + days{static_cast<std::int64_t>(silence)};
}

void candidates_of(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Index customer,
                   Index event, std::vector<Candidate>& out, DueCache* cache, Repetition& repetition) {
  const CustomerBase& base = compiled.base;
  Candidate candidate;
  candidate.customer = customer;
  candidate.event = event;
  candidate.asset = event == no_index ? no_index : base.asset_of_event(event);
  const auto anchor = event == no_index ? Day{days{base.birthday()[customer]}} : anchor_day(compiled, occasion, event);
  if (!anchor) return;
  candidate.anchor = *anchor;
  const auto remembered = [&](auto due_of) { return cache == nullptr ? due_of() : cache->get(event, due_of); };
  const auto add_due = [&](std::optional<Day> due) {
    const auto slot = due ? slot_of(*due, 0, step, compiled.workdays) : std::nullopt;
    if (!slot) return;
    candidate.slot = *slot;
    out.push_back(candidate);
  };
  const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
  if (interval != nullptr && interval->by_use()) {
    if (never_due(compiled, occasion, *interval, step, customer, event)) return;
    return add_due(remembered([&] { return interval_due(compiled, occasion, customer, event).due; }));
  }
  if (const auto* deadline = std::get_if<Deadline>(&occasion.rule->anchor)) {
    const auto due = base.event_due(event);
    const auto point = due ? point_of(compiled, *deadline, *step.rule, customer, event) : std::nullopt;
    if (!point) return;
    candidate.anchor = due->day;
    return add_due(point->day);
  }
  if (const auto* lapse = std::get_if<Lapse>(&occasion.rule->anchor)) {
    // Whoever comes with one asset is not silent about the other.
    candidate.asset = no_index;
    if (lapse->cadence) {
      return add_due(remembered([&] { return lapse_by_cadence(occasion, *lapse, customer, event, candidate.anchor); }));
    }
  }
  const bool first = interval != nullptr && is_first_since(compiled, occasion, customer, event);
  std::vector<Slot> slots;
  slots_of(compiled, occasion, step, candidate.anchor, first, slots);
  for (const Slot& slot : slots) {
    candidate.slot = slot;
    const bool again = slot.number > 0 && std::holds_alternative<AfterEvent>(occasion.rule->anchor);
    if (!again || !repetition.over_before(candidate)) out.push_back(candidate);
  }
}

std::vector<Slot> recurring_slots(const Compiled& compiled, const CompiledOccasion& occasion,
                                  const CompiledStep& step) {
  const Recurrence& dates = std::get<Recurring>(occasion.rule->anchor).days;
  const days reach = days{longest_days(step.rule->offset) + 1} + step.open_reach;
  std::vector<Slot> slots;
  for (const Moment& each : dates.between(step.earliest - reach, step.latest + reach + days{1})) {
    const Day due = std::get<Day>(each);
    const auto number = static_cast<std::int32_t>(due.time_since_epoch().count());
    if (const auto slot = slot_of(due, number, step, compiled.workdays)) slots.push_back(*slot);
  }
  return slots;
}

void candidates_of_customer(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                            Index customer, std::vector<Candidate>& out) {
  const CustomerBase& base = compiled.base;
  if (std::holds_alternative<Recurring>(occasion.rule->anchor)) {
    for (const Slot& slot : recurring_slots(compiled, occasion, step)) {
      out.push_back({.customer = customer, .anchor = slot.due, .slot = slot});
    }
    return;
  }
  Repetition repetition(compiled, occasion);
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly != nullptr && yearly->birthday) {
    if (!base.birthday().empty() && base.birthday()[customer] != no_day) {
      candidates_of(compiled, occasion, step, customer, no_index, out, nullptr, repetition);
    }
    return;
  }
  if (base.events() == 0) return;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (!is_anchor(compiled, occasion, customer, e)) continue;
    candidates_of(compiled, occasion, step, customer, e, out, nullptr, repetition);
  }
}

}  // namespace courtesy
