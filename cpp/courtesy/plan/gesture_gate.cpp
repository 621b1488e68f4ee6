#include <courtesy/plan/compiled.h>
#include <courtesy/plan/gesture_gate.h>
#include <courtesy/plan/overrides.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace courtesy {
namespace {

using std::chrono::days;

// The key that a text of 32 hexadecimal digits is.
Key key_of(std::string_view text) {
  Key key;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto digit = static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    std::uint64_t& half = i < text.size() / 2 ? key.high : key.low;
    half = half << 4U | digit;
  }
  return key;
}

// Of a month's reminders, on any customer's calendar: it may be two days before the shop's.
Day first_day_of(std::chrono::year_month month) { return Day{month / 1} - days{2}; }

}  // namespace

GestureGate::GestureGate(const Compiled& compiled, Contenders& contenders, const std::vector<WentOut>& went_out,
                         const std::vector<double>& values, std::vector<AdmissionNote>& notes,
                         std::vector<Extra>& extras)
    : compiled_(compiled),
      base_(compiled.base),
      gifts_(*compiled.gifts),
      contenders_(contenders),
      values_(values),
      notes_(notes),
      extras_(extras) {
  hear(went_out);
}

// What the contact events say was given.
void GestureGate::hear(const std::vector<WentOut>& went_out) {
  const Code kind = compiled_.overrides.contact;
  if (kind == no_code || !base_.any_topics()) return;
  std::vector<const WentOut*> by_key;
  by_key.reserve(went_out.size());
  for (const WentOut& each : went_out) by_key.push_back(&each);
  std::sort(by_key.begin(), by_key.end(), [](const WentOut* a, const WentOut* b) { return a->key < b->key; });
  const auto reminder_of = [&](Index customer, const Key& key, Day day) -> const WentOut* {
    const auto found = std::lower_bound(by_key.begin(), by_key.end(), key,
                                        [](const WentOut* each, const Key& wanted) { return each->key < wanted; });
    if (found == by_key.end() || (*found)->key != key || (*found)->customer != customer) return nullptr;
    return stands_for(**found, day) ? *found : nullptr;
  };
  Index customer = 0;
  std::string scratch;
  for (const Index event : base_.events_of(kind).events) {
    while (base_.event_begin()[customer + 1] <= event) ++customer;
    const Code name = gifts_.names().find(base_.event_topic(event, scratch));
    if (name == no_code) continue;
    const Day day{days{base_.event_day()[event]}};
    const double cost =
        base_.event_value().empty() || std::isnan(base_.event_value()[event]) ? 0 : base_.event_value()[event];
    Receipt& receipt = received_[customer].emplace_back();
    receipt.name = name;
    receipt.event = event;
    receipt.at = base_.event_at(event, customer);
    const std::string_view ref = base_.event_ref(event, scratch);
    receipt.has_key = is_key(ref);
    if (receipt.has_key) receipt.key = key_of(ref);
    const WentOut* reminder = receipt.has_key ? reminder_of(customer, receipt.key, day) : nullptr;
    if (reminder != nullptr) {
      receipt.due = reminder->due;
      spend(gifts_.of(reminder->occasion, reminder->step).budgets, gifts_.month_of(reminder->due), cost);
      continue;
    }
    const auto date = calendar_date(day);
    const Month month = base_.event_has_date(event) ? date.year() / date.month() : gifts_.month_of(receipt.at);
    spend(gifts_.budgets_of(name), month, cost);
  }
}

Day GestureGate::civil_day(Index customer, Instant at) const {
  return day_of(base_.zones()[base_.zone_of(customer)]->to_local(at));
}

bool GestureGate::stands_for(const WentOut& reminder, Day contact) const {
  const Occasion& rule = compiled_.rules.occasions[reminder.occasion];
  const Instant latest = std::max(reminder.due, reminder.scheduled);
  return contact >= civil_day(reminder.customer, reminder.due) &&
         contact <= civil_day(reminder.customer, latest) + days{longest_days(rule.tolerance) + 1};
}

bool GestureGate::goes_before(const Heard& a, const Heard& b) {
  return std::tie(a.at, a.has_key, a.key, a.event) < std::tie(b.at, b.has_key, b.key, b.event);
}

void GestureGate::add(std::uint32_t contender) {
  const Instant due = contenders_[contender].reminder.due;
  // Of other months nobody knows what else is to be paid; nothing of them can come into the window.
  if (due >= gifts_.view().start && due < gifts_.view().end) waiting_[gifts_.month_of(due)].push_back(contender);
}

std::optional<Day> GestureGate::next() const {
  if (waiting_.empty()) return std::nullopt;
  return first_day_of(waiting_.begin()->first);
}

std::vector<std::uint32_t> GestureGate::decide() {
  const Month month = waiting_.begin()->first;
  std::vector<std::uint32_t> entries = std::move(waiting_.begin()->second);
  waiting_.erase(waiting_.begin());
  std::sort(entries.begin(), entries.end(), [&](std::uint32_t one, std::uint32_t two) {
    const Reminder& a = contenders_[one].reminder;
    const Reminder& b = contenders_[two].reminder;
    const double worth = values_[a.customer];
    const double other = values_[b.customer];
    if (worth < other || other < worth) return worth > other;
    return std::tie(a.due, a.key) < std::tie(b.due, b.key);
  });
  for (const std::uint32_t contender : entries) give(contender, month);
  return entries;
}

void GestureGate::give(std::uint32_t contender, Month month) {
  const Reminder& reminder = contenders_[contender].reminder;
  const StepGifts& gifts = gifts_.of(reminder.occasion, reminder.step);
  const std::vector<Choice> choices =
      gifts.rule->compensates ? compensation(reminder, gifts, month) : this->choices(reminder, gifts, month);
  if (choices.empty() || choices.front().gesture == nullptr) {
    // The last one again is what remains, or nothing.
    return refuse(contender, {reminder.key, ReasonCode::not_granted, {}, choices.empty() ? 0U : 1U, {}, 0, 0, {}});
  }
  const auto affordable = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
    return !full_budget(gifts.budgets, month, choice.gesture->rule->cost);
  });
  if (affordable == choices.end()) {
    const std::uint32_t full = *full_budget(gifts.budgets, month, choices.front().gesture->rule->cost);
    return refuse(contender, {reminder.key, ReasonCode::over_budget, Day{month / 1}, full, {}, 0, 0, {}});
  }
  const Gesture& gesture = *affordable->gesture->rule;
  Extra& extra = extras_.emplace_back();
  extra.key = reminder.key;
  extra.gesture = &gesture;
  extra.times = affordable->known.times;
  if (affordable->known.last) extra.last = civil_day(reminder.customer, *affordable->known.last);
  spend(gifts.budgets, month, gesture.cost);
  Receipt& receipt = received_[reminder.customer].emplace_back();
  receipt.name = affordable->gesture->name;
  receipt.contender = contender;
  receipt.due = reminder.due;
  receipt.has_key = true;
  receipt.key = reminder.key;
}

void GestureGate::refuse(std::uint32_t contender, const AdmissionNote& note) {
  Reminder& reminder = contenders_[contender].reminder;
  // What staff send goes out all the same.
  if (reminder.reason == ReasonCode::send_now) return;
  reminder.state = State::withheld;
  reminder.reason = note.code;
  notes_.push_back(note);
}

Instant GestureGate::received_at(const Receipt& receipt, Index customer, Month month) const {
  const Instant went_out = receipt.contender == none ? receipt.at : contenders_[receipt.contender].reminder.due;
  if (!receipt.due || gifts_.month_of(*receipt.due) == month) return receipt.due.value_or(went_out);
  // Gates 8 to 10 have not come so far yet.
  return civil_day(customer, went_out) < first_day_of(month) ? went_out : *receipt.due;
}

std::vector<GestureGate::Heard> GestureGate::heard_before(const Reminder& reminder, Month month) const {
  std::vector<Heard> before;
  const auto found = received_.find(reminder.customer);
  if (found == received_.end()) return before;
  const Heard own{reminder.due, true, reminder.key, no_index, no_code};
  for (const Receipt& receipt : found->second) {
    // What gates 8 to 10 have withheld by now was not received.
    if (receipt.contender != none && contenders_[receipt.contender].reminder.state == State::withheld) continue;
    const Heard heard{received_at(receipt, reminder.customer, month), receipt.has_key, receipt.key, receipt.event,
                      receipt.name};
    if (goes_before(heard, own)) before.push_back(heard);
  }
  std::sort(before.begin(), before.end(), goes_before);
  return before;
}

GestureGate::Known GestureGate::known_of(const std::vector<Heard>& before, Code name, const Reminder& reminder,
                                         const StepGifts& gifts) const {
  const Day since = subtract_days(civil_day(reminder.customer, reminder.due), gifts.rule->novelty);
  Known known;
  for (const Heard& heard : before) {
    if (heard.name != name) continue;
    known.last = heard.at;
    if (civil_day(reminder.customer, heard.at) > since) ++known.times;
  }
  return known;
}

std::vector<GestureGate::Choice> GestureGate::choices(const Reminder& reminder, const StepGifts& gifts,
                                                      Month month) const {
  const std::vector<Heard> before = heard_before(reminder, month);
  const Code last = before.empty() || gifts.choices->size() == 1 ? no_code : before.back().name;
  std::vector<Choice> out;
  bool again = false;
  for (const CompiledGesture& gesture : *gifts.choices) {
    if (gesture.when && !gesture.when->holds(reminder.customer, reminder.asset, reminder.due)) continue;
    if (gesture.name == last) {
      again = true;
    } else {
      out.push_back({&gesture, known_of(before, gesture.name, reminder, gifts)});
    }
  }
  if (out.empty() && again) return {Choice{}};
  std::stable_sort(out.begin(), out.end(), [](const Choice& a, const Choice& b) {
    if (a.known.times != b.known.times) return a.known.times < b.known.times;
    return a.known.last.value_or(Instant::min()) < b.known.last.value_or(Instant::min());
  });
  return out;
}

std::vector<GestureGate::Choice> GestureGate::compensation(const Reminder& reminder, const StepGifts& gifts,
                                                           Month month) const {
  const std::string topic = topic_of(reminder);
  for (const CompiledGesture& gesture : *gifts.choices) {
    const auto& topics = gesture.rule->topics;
    if (!topics.empty() && std::find(topics.begin(), topics.end(), topic) == topics.end()) continue;
    if (gesture.when && !gesture.when->holds(reminder.customer, reminder.asset, reminder.due)) continue;
    return {{&gesture, known_of(heard_before(reminder, month), gesture.name, reminder, gifts)}};
  }
  return {};
}

// The topic of the anchoring event; where it has none, of the earlier event that its `ref` names, and so on. A `ref`
// that names no event is the shop's own number of a case: the first earlier event of that case says what it is about.
std::string GestureGate::topic_of(const Reminder& reminder) const {
  std::string scratch;
  if (!base_.any_topics()) return scratch;
  for (Index event = reminder.event; event != no_index;) {
    const std::string_view topic = base_.event_topic(event, scratch);
    if (!topic.empty()) return std::string(topic);
    const std::string ref{base_.event_ref(event, scratch)};
    if (ref.empty()) break;
    const Index from = base_.event_begin()[reminder.customer];
    Index named = no_index;
    Index fellow = no_index;
    for (Index e = from; e < event && named == no_index; ++e) {
      if (base_.event_id(e, reminder.customer, scratch) == ref) named = e;
      if (fellow == no_index && base_.event_ref(e, scratch) == ref && !base_.event_topic(e, scratch).empty())
        fellow = e;
    }
    event = named == no_index ? fellow : named;
  }
  return {};
}

std::optional<std::uint32_t> GestureGate::full_budget(BudgetMask budgets, Month month, double cost) const {
  if (budgets == 0) return std::nullopt;
  const auto found = spent_.find(month);
  const std::vector<Budget>& rules = compiled_.rules.policy.budgets;
  for (std::uint32_t b = 0; b < rules.size(); ++b) {
    if ((budgets >> b & 1U) == 0) continue;
    // Sums of cents are not exact.
    constexpr double dust = 1e-9;
    const double spent = found == spent_.end() ? 0 : found->second[b];
    if (spent + cost > rules[b].most + dust * std::max(1.0, rules[b].most)) return b;
  }
  return std::nullopt;
}

void GestureGate::spend(BudgetMask budgets, Month month, double cost) {
  if (budgets == 0) return;
  auto& spent = spent_[month];
  spent.resize(compiled_.rules.policy.budgets.size());
  for (std::size_t b = 0; b < spent.size(); ++b) {
    if ((budgets >> b & 1U) != 0) spent[b] += cost;
  }
}

}  // namespace courtesy
