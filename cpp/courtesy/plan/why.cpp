#include <courtesy/nearest.h>
#include <courtesy/plan/anchor_reasons.h>
#include <courtesy/plan/far.h>
#include <courtesy/plan/gates.h>
#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/planner.h>

#include <algorithm>
#include <array>
#include <bit>

namespace courtesy {
namespace {

using std::chrono::days;

// A candidate, its key, and everything that was said of it.
class Teller {
 public:
  Teller(const Plan& plan, const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step)
      : plan_(plan),
        compiled_(compiled),
        occasion_(occasion),
        step_(step),
        gates_(compiled, occasion, step),
        keys_(compiled.base, occasion, step) {}

  [[nodiscard]] Key key_of(const Candidate& candidate) {
    return keys_.make({candidate.customer, candidate.asset, candidate.event, candidate.slot.number});
  }

  struct Told {
    Decision decision;
    bool concerns_window;  // it was scheduled in it, would have been due in it, or is
  };
  [[nodiscard]] Told tell(const Candidate& candidate) {
    const Key key = key_of(candidate);
    Trace gates;
    const Gatekeeper::Explained explained = gates_.explain(candidate, key, gates);
    Trace trace;
    const Zone& zone = *compiled_.base.zones()[explained.reminder.zone];
    tell_anchor(compiled_, occasion_, step_, candidate, zone.to_local(explained.scheduled), trace);
    for (Reason& reason : gates.take()) trace.add(reason.code, std::move(reason.data));
    Told told{{explained.reminder, trace.take()}, false};
    const Decision& decision = told.decision;
    const auto notes = plan_.notes->of(key);
    told.concerns_window = in_window(explained.scheduled) || in_window(decision.reminder.due);
    // What was withheld before these gates did not come to them.
    const bool competes = decision.reminder.state == State::planned;
    std::size_t before = decision.reasons.size() - 1;
    const Extra* extra = competes ? plan_.extras->of(key) : nullptr;
    if (extra != nullptr && extra->gesture != nullptr) {
      told.decision.reasons.insert(told.decision.reasons.begin() + static_cast<std::ptrdiff_t>(before), given(*extra));
      ++before;
    }
    if (!notes.empty() && competes) replay(candidate, key, notes, told);
    const ReasonCode said = decision.reminder.reason;
    if (competes && said != ReasonCode::over_budget && said != ReasonCode::not_granted) {
      tell_goodwill(told.decision, before);
    }
    told.concerns_window = told.concerns_window && explained.heard;
    return told;
  }

 private:
  [[nodiscard]] bool in_window(Instant at) const { return at >= plan_.window.start && at < plan_.window.end; }

  // What raises its priority among those that it competes with.
  void tell_goodwill(Decision& decision, std::size_t before) const {
    const Reminder& reminder = decision.reminder;
    const std::uint64_t kinds = goodwill_at(compiled_, reminder.customer, reminder.due);
    if (kinds == 0) return;
    decision.reasons.insert(
        decision.reasons.begin() + static_cast<std::ptrdiff_t>(before),
        {ReasonCode::goodwill,
         {{"kinds", goodwill_names(compiled_, kinds)}, {"points", std::int64_t{std::popcount(kinds)}}}});
  }

  [[nodiscard]] static Reason given(const Extra& extra) {
    return {ReasonCode::gesture,
            {{"name", extra.gesture->name},
             {"cost", extra.gesture->cost},
             {"times", extra.times},
             {"last", extra.last ? ReasonValue(*extra.last) : ReasonValue(std::string())}}};
  }

  // Of what the gate of gestures withheld.
  [[nodiscard]] Reason not_given(const AdmissionNote& note) const {
    if (note.code == ReasonCode::not_granted) {
      return {note.code, {{"because", std::string(note.rule == 0 ? "condition" : "repeated")}}};
    }
    return {note.code, {{"month", note.day}, {"most", compiled_.rules.policy.budgets[note.rule].most}}};
  }

  // What the gate of gestures refused and gates 8 to 10 did, one after the other.
  void replay(const Candidate& candidate, const Key& key, std::span<const AdmissionNote> notes, Told& told) {
    Reminder& reminder = told.decision.reminder;
    std::vector<Reason>& reasons = told.decision.reasons;
    Reason last = std::move(reasons.back());
    reasons.pop_back();
    for (const AdmissionNote& note : notes) {
      told.concerns_window |= in_window(reminder.due);
      switch (note.code) {
        case ReasonCode::cap:
          reasons.push_back(refused_by_cap(note));
          break;
        case ReasonCode::capacity:
          reasons.push_back(refused_by_capacity(note, reminder));
          break;
        case ReasonCode::joined_by:
          reasons.push_back({note.code, other(note)});
          continue;
        case ReasonCode::merged: {
          reminder.state = State::merged;
          reminder.reason = note.code;
          reminder.due = note.due;
          reminder.local = compiled_.base.zones()[reminder.zone]->to_local(reminder.due);
          auto data = other(note);
          data.emplace_back("local", reminder.local);
          last = {note.code, std::move(data)};
          continue;
        }
        case ReasonCode::over_budget:
        case ReasonCode::not_granted:
          reminder.state = State::withheld;
          reminder.reason = note.code;
          last = not_given(note);
          continue;
        default:
          reminder.state = State::withheld;
          reminder.reason = note.code;
          last = {note.code, {{"local", reminder.local}}};
          continue;
      }
      Trace trace;
      const auto later = gates_.defer(candidate, key, reminder, &trace);
      if (!later) continue;
      reminder = *later;
      for (Reason& reason : trace.take()) reasons.push_back(std::move(reason));
      last = std::move(reasons.back());
      reasons.pop_back();
    }
    reasons.push_back(std::move(last));
    told.concerns_window |= in_window(reminder.due);
  }

  [[nodiscard]] Reason refused_by_cap(const AdmissionNote& note) const {
    const Cap& cap = compiled_.rules.policy.caps[note.rule];
    std::string purposes;
    for (const Purpose purpose : cap.purposes) {
      purposes += (purposes.empty() ? "" : ", ") + std::string(purpose_name(purpose));
    }
    constexpr std::array<const char*, 3> scopes{"customer", "household", "address"};
    return {note.code,
            {{"day", note.day},
             {"most", std::int64_t{cap.most}},
             {"per", span_text(cap.per)},
             {"purposes", purposes},
             {"scope", std::string(scopes[static_cast<std::size_t>(cap.scope)])}}};
  }

  [[nodiscard]] Reason refused_by_capacity(const AdmissionNote& note, const Reminder& reminder) const {
    const Capacity& capacity = compiled_.rules.policy.capacity[note.rule];
    return {note.code,
            {{"day", note.day},
             {"most", std::int64_t{capacity.most}},
             {"channel", compiled_.channels[reminder.channel]},
             {"team", capacity.team}}};
  }

  [[nodiscard]] std::vector<std::pair<std::string_view, ReasonValue>> other(const AdmissionNote& note) const {
    const Occasion& rule = compiled_.rules.occasions[note.occasion];
    return {{"occasion", rule.name}, {"step", rule.steps[note.step].name}, {"key", to_hex(note.other)}};
  }

  const Plan& plan_;
  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  Gatekeeper gates_;
  KeyMaker keys_;
};

// A step's candidates of one customer, those that staff scheduled for another time among them.
std::vector<Candidate> all_candidates(const Compiled& compiled, const FarSchedule& far,
                                      const CompiledOccasion& occasion, const CompiledStep& step, Index customer) {
  std::vector<Candidate> candidates;
  candidates_of_customer(compiled, occasion, step, customer, candidates);
  if (!far.compiled() || !far.has(customer)) return candidates;
  KeyMaker keys(compiled.base, occasion, step);
  const auto elsewhere = [&](const Candidate& candidate) {
    const Key key = keys.make({candidate.customer, candidate.asset, candidate.event, candidate.slot.number});
    const Overrides words = overrides_of(compiled, customer, key);
    return words.decision != no_index && words.decision_kind != compiled.overrides.skip;
  };
  std::erase_if(candidates, elsewhere);
  std::vector<Candidate> more;
  const CompiledOccasion& same = far.compiled()->occasions[occasion.index];
  candidates_of_customer(*far.compiled(), same, same.steps[step.index], customer, more);
  for (Candidate& candidate : more) {
    if (!elsewhere(candidate)) continue;
    candidate.far = true;
    candidates.push_back(candidate);
  }
  return candidates;
}

const CompiledOccasion& find_occasion(const Compiled& compiled, std::string_view name) {
  for (const CompiledOccasion& occasion : compiled.occasions) {
    if (occasion.rule->name == name) return occasion;
  }
  std::vector<std::string> names;
  for (const CompiledOccasion& occasion : compiled.occasions) names.push_back(occasion.rule->name);
  throw Error(ErrorKind::missing,
              "there is no occasion '" + std::string(name) + "' in the rules" + did_you_mean(name, names));
}

Decision nothing(const CompiledOccasion& occasion, Index customer, Reason reason) {
  Decision decision;
  decision.reminder.customer = customer;
  decision.reminder.occasion = occasion.index;
  decision.reminder.state = State::withheld;
  decision.reminder.reason = reason.code;
  decision.reasons.push_back(std::move(reason));
  return decision;
}

// Why a customer has no candidate of an occasion at all around the window.
Decision no_candidate(const Compiled& compiled, const CompiledOccasion& occasion, Index customer) {
  const CustomerBase& base = compiled.base;
  const Anchor& rule = occasion.rule->anchor;
  const auto* yearly = std::get_if<Yearly>(&rule);
  const bool of_birthday = yearly != nullptr && yearly->birthday;
  if (of_birthday) {
    if (base.birthday().empty() || base.birthday()[customer] == no_day) {
      return nothing(occasion, customer, {ReasonCode::no_birthday, {}});
    }
  } else if (!std::holds_alternative<Recurring>(rule)) {
    std::vector<Code> kinds = occasion.since;
    kinds.insert(kinds.end(), occasion.kinds.begin(), occasion.kinds.end());
    const auto is_anchor = [&](Index e) {
      return std::find(kinds.begin(), kinds.end(), base.event_kind()[e]) != kinds.end() &&
             anchor_day(compiled, occasion, e).has_value();
    };
    bool any = false;
    if (base.events() != 0) {
      for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) any |= is_anchor(e);
    }
    std::string kind;
    if (const auto* deadline = std::get_if<Deadline>(&rule)) kind = deadline->kind;
    if (const auto* lapse = std::get_if<Lapse>(&rule)) {
      for (const std::string& since : lapse->since) kind += (kind.empty() ? "" : " or ") + since;
    }
    if (!any) {
      if (const auto* after = std::get_if<AfterEvent>(&rule)) {
        for (const std::string& on : after->kinds) kind += (kind.empty() ? "" : " or ") + on;
      }
      if (yearly != nullptr) kind = yearly->kind;
      if (const auto* interval = std::get_if<Interval>(&rule)) {
        for (const std::string& since : interval->since) kind += (kind.empty() ? "" : " or ") + since;
      }
      return nothing(occasion, customer, {ReasonCode::no_event, {{"kind", kind}}});
    }
    if (std::holds_alternative<Deadline>(rule)) {
      const auto has_due = [&](Index e) { return is_anchor(e) && base.event_due(e).has_value(); };
      bool due = false;
      for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) due |= has_due(e);
      if (!due) return nothing(occasion, customer, {ReasonCode::no_due, {{"kind", kind}}});
    }
    if (occasion.cadence && !occasion.cadence->usual(customer, base.event_begin()[customer])) {
      const std::string& segment = std::get<Lapse>(rule).segment;
      const std::string whose = segment.empty() ? "" : segment + " " + occasion.cadence->segment_of(customer);
      return nothing(occasion, customer, {ReasonCode::no_cadence, {{"kind", kind}, {"segment", whose}}});
    }
  }
  // The next slot after the window, or else the last before it, found in a window that sees far back and far ahead.
  constexpr int far_years = 60;
  const Instant earliest{std::chrono::sys_days{first_year / 2 / 1}};
  const Instant latest{std::chrono::sys_days{last_year / 12 / 1}};
  const Compiled wide(base, compiled.rules,
                      {std::max(compiled.window.start - days{366} * far_years, earliest),
                       std::min(compiled.window.end + days{366} * far_years, latest)},
                      compiled.promises);
  const CompiledOccasion& same = wide.occasions[occasion.index];
  std::optional<Day> next, past;
  std::vector<Candidate> candidates;
  for (const CompiledStep& step : same.steps) {
    candidates.clear();
    candidates_of_customer(wide, same, step, customer, candidates);
    const Day start{std::chrono::floor<days>(compiled.window.start).time_since_epoch()};
    for (const Candidate& candidate : candidates) {
      const Day day = candidate.slot.scheduled;
      if (day >= start) next = next ? std::min(*next, day) : day;
      if (day < start) past = past ? std::max(*past, day) : day;
    }
  }
  if (next || past) {
    return nothing(occasion, customer,
                   {ReasonCode::outside_window,
                    {{"due_day", next ? *next : *past}, {"which", std::string(next ? "next" : "last")}}});
  }
  if (yearly != nullptr && !yearly->milestones.empty()) {
    return nothing(occasion, customer,
                   {ReasonCode::no_milestone, {{"years", std::int64_t{yearly->milestones.back()}}}});
  }
  return nothing(occasion, customer, {ReasonCode::not_repeated, {}});
}

}  // namespace

Decision explain(const Plan& plan, const Reminder& reminder) {
  const Compiled& compiled = *plan.compiled;
  const CompiledOccasion& occasion = compiled.occasions.at(reminder.occasion);
  const CompiledStep& step = occasion.steps.at(reminder.step);
  const FarSchedule far(compiled);
  Teller teller(plan, compiled, occasion, step);
  for (const Candidate& candidate : all_candidates(compiled, far, occasion, step, reminder.customer)) {
    if (teller.key_of(candidate) == reminder.key) return teller.tell(candidate).decision;
  }
  throw Error(ErrorKind::missing, "the reminder " + to_hex(reminder.key) + " is not of this plan");
}

std::vector<Decision> why_not(const Plan& plan, Index customer, std::string_view name) {
  const Compiled& compiled = *plan.compiled;
  if (customer >= plan.base->customers()) throw Error(ErrorKind::missing, "there is no such customer");
  const CompiledOccasion& occasion = find_occasion(compiled, name);
  const FarSchedule far(compiled);
  std::vector<Decision> decisions;
  for (const CompiledStep& step : occasion.steps) {
    Teller teller(plan, compiled, occasion, step);
    for (const Candidate& candidate : all_candidates(compiled, far, occasion, step, customer)) {
      Teller::Told told = teller.tell(candidate);
      // What was moved to a day outside the window is an answer too.
      if (told.concerns_window) decisions.push_back(std::move(told.decision));
    }
  }
  if (decisions.empty()) decisions.push_back(no_candidate(compiled, occasion, customer));
  return decisions;
}

}  // namespace courtesy
