#include <courtesy/nearest.h>
#include <courtesy/plan/gates.h>
#include <courtesy/plan/planner.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

// What made an anchor due, in reasons.
class AnchorReasons {
 public:
  AnchorReasons(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                const Candidate& candidate, Trace& trace)
      : compiled_(compiled), occasion_(occasion), step_(step), candidate_(candidate), trace_(trace) {}

  void write() {
    const Anchor& rule = occasion_.rule->anchor;
    if (const auto* after = std::get_if<AfterEvent>(&rule)) {
      trace_.add(ReasonCode::after_event, {{"kind", kind()},
                                           {"event", event_id()},
                                           {"day", candidate_.anchor},
                                           {"span", span_text(after->after)},
                                           {"due_day", candidate_.slot.due}});
    } else if (const auto* yearly = std::get_if<Yearly>(&rule)) {
      write_yearly(*yearly);
    } else if (const auto* interval = std::get_if<Interval>(&rule)) {
      write_interval(*interval);
    } else {
      const RecurrenceParts& parts = std::get<Recurring>(rule).days.parts();
      trace_.add(ReasonCode::recurrence, {{"rule", parts.rule->to_rfc5545()},
                                          {"start", std::get<Day>(parts.start)},
                                          {"due_day", candidate_.slot.due}});
    }
    const Step& step = *step_.rule;
    if (!step.offset.zero()) {
      trace_.add(ReasonCode::step_offset, {{"step", step.name},
                                           {"direction", std::string(step.before ? "before" : "after")},
                                           {"span", span_text(step.offset)},
                                           {"day", candidate_.slot.scheduled}});
    }
  }

 private:
  [[nodiscard]] std::string kind() const {
    return compiled_.base.kinds().name(compiled_.base.event_kind()[candidate_.event]);
  }
  [[nodiscard]] std::string event_id() const { return compiled_.base.event_id(candidate_.event); }

  void write_yearly(const Yearly& yearly) {
    const auto anchor = calendar_date(candidate_.anchor);
    const std::int64_t years = candidate_.slot.number - int{anchor.year()};
    trace_.add(ReasonCode::anniversary, {{"of", yearly.birthday ? std::string("birthday") : kind()},
                                         {"day", candidate_.anchor},
                                         {"years", years},
                                         {"due_day", candidate_.slot.due}});
    const auto due = calendar_date(candidate_.slot.due);
    if (due.day() != anchor.day() || due.month() != anchor.month()) {
      const std::string policy = yearly.leap == Leap::mar1 ? "mar1" : "feb28";
      trace_.add(ReasonCode::leap_day, {{"policy", policy}, {"day", candidate_.slot.due}});
    }
  }

  void write_interval(const Interval& interval) {
    if (interval.restart == Interval::Restart::scheduled) {
      trace_.add(ReasonCode::scheduled, {{"number", std::int64_t{candidate_.slot.number}},
                                         {"kind", kind()},
                                         {"event", event_id()},
                                         {"first_day", candidate_.anchor},
                                         {"due_day", candidate_.slot.due}});
      return;
    }
    const IntervalDue due = interval_due(compiled_, occasion_, candidate_.customer, candidate_.event);
    if (due.by_time) {
      trace_.add(ReasonCode::interval_time, {{"kind", kind()},
                                             {"event", event_id()},
                                             {"day", candidate_.anchor},
                                             {"span", span_text(due.length->time)},
                                             {"due_day", *due.by_time}});
    }
    if (!due.by_use) return;
    write_use(interval, due);
    if (due.by_time && due.by_use->due) {
      const bool first = interval.whichever == Interval::Whichever::first;
      trace_.add(ReasonCode::interval_decided, {{"by", std::string(due.use_decides ? "use" : "time")},
                                                {"whichever", std::string(first ? "first" : "later")},
                                                {"due_day", *due.due}});
    }
  }

  void write_use(const Interval& interval, const IntervalDue& due) {
    const UseForecast& use = *due.by_use;
    if (!use.due) {
      std::string why = "not in use";
      if (use.readings == 0) {
        why = "no reading";
      } else if (use.readings == 1) {
        why = "one reading";
      } else if (!use.anchor_value) {
        why = "no value at the anchor";
      }
      trace_.add(ReasonCode::interval_use_unknown, {{"meter", interval.meter}, {"why", why}});
      return;
    }
    trace_.add(ReasonCode::interval_use, {{"meter", interval.meter},
                                          {"unit", due.length->unit},
                                          {"use", *due.length->use},
                                          {"threshold", use.threshold},
                                          {"anchor_value", *use.anchor_value},
                                          {"reading_value", use.reading_value},
                                          {"reading_day", *use.reading_day},
                                          {"rate_per_day", use.rate_per_day.value_or(0)},
                                          {"readings", static_cast<std::int64_t>(use.readings)},
                                          {"due_day", *use.due},
                                          {"reached", use.reached}});
  }

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  const Candidate& candidate_;
  Trace& trace_;
};

Decision decide(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                const Candidate& candidate) {
  Trace trace;
  AnchorReasons(compiled, occasion, step, candidate, trace).write();
  Gatekeeper gates(compiled, occasion, step);
  Decision decision;
  decision.reminder = gates.explain(candidate, trace);
  decision.reminder.key = KeyMaker(compiled.base, occasion, step)
                              .make({candidate.customer, candidate.asset, candidate.event, candidate.slot.number});
  decision.reasons = trace.take();
  return decision;
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
    if (occasion.kind != no_code) kinds.push_back(occasion.kind);
    const auto is_anchor = [&](Index e) {
      return std::find(kinds.begin(), kinds.end(), base.event_kind()[e]) != kinds.end();
    };
    bool any = false;
    if (base.events() != 0) {
      for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) any |= is_anchor(e);
    }
    if (!any) {
      std::string kind;
      if (const auto* after = std::get_if<AfterEvent>(&rule)) kind = after->kind;
      if (yearly != nullptr) kind = yearly->kind;
      if (const auto* interval = std::get_if<Interval>(&rule)) {
        for (const std::string& since : interval->since) kind += (kind.empty() ? "" : " or ") + since;
      }
      return nothing(occasion, customer, {ReasonCode::no_event, {{"kind", kind}}});
    }
  }
  // The next slot after the window, or else the last before it, found in a window that sees far back and far ahead.
  constexpr int far_years = 60;
  const Instant earliest{std::chrono::sys_days{first_year / 2 / 1}};
  const Instant latest{std::chrono::sys_days{last_year / 12 / 1}};
  const Compiled wide(base, compiled.rules,
                      {std::max(compiled.window.start - days{366} * far_years, earliest),
                       std::min(compiled.window.end + days{366} * far_years, latest)});
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
  const Compiled compiled(*plan.base, *plan.rules, plan.window);
  const CompiledOccasion& occasion = compiled.occasions.at(reminder.occasion);
  const CompiledStep& step = occasion.steps.at(reminder.step);
  std::vector<Candidate> candidates;
  candidates_of_customer(compiled, occasion, step, reminder.customer, candidates);
  for (const Candidate& candidate : candidates) {
    Decision decision = decide(compiled, occasion, step, candidate);
    if (decision.reminder.key == reminder.key) return decision;
  }
  throw Error(ErrorKind::missing, "the reminder " + to_hex(reminder.key) + " is not of this plan");
}

std::vector<Decision> why_not(const Plan& plan, Index customer, std::string_view name) {
  const Compiled compiled(*plan.base, *plan.rules, plan.window);
  if (customer >= plan.base->customers()) throw Error(ErrorKind::missing, "there is no such customer");
  const CompiledOccasion& occasion = find_occasion(compiled, name);
  std::vector<Decision> decisions;
  std::vector<Candidate> candidates;
  for (const CompiledStep& step : occasion.steps) {
    candidates.clear();
    candidates_of_customer(compiled, occasion, step, customer, candidates);
    for (const Candidate& candidate : candidates) {
      Decision decision = decide(compiled, occasion, step, candidate);
      if (decision.reminder.due < plan.window.start || decision.reminder.due >= plan.window.end) continue;
      decisions.push_back(std::move(decision));
    }
  }
  if (decisions.empty()) decisions.push_back(no_candidate(compiled, occasion, customer));
  return decisions;
}

}  // namespace courtesy
