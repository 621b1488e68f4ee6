#include <courtesy/plan/best_hour.h>
#include <courtesy/plan/deadline.h>
#include <courtesy/plan/schedule.h>

namespace courtesy {
namespace {

class Scheduler {
 public:
  Scheduler(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
            const Recipient& recipient, const Candidate& candidate, Trace* trace)
      : compiled_(compiled),
        policy_(compiled.rules.policy),
        occasion_(occasion),
        step_(step),
        rule_(*step.rule),
        recipient_(recipient),
        zone_(recipient.zone),
        candidate_(candidate),
        trace_(trace) {}

  [[nodiscard]] Scheduled at() const { return occasion_.hears_breaches ? not_before_breach(by_rule()) : by_rule(); }

 private:
  [[nodiscard]] Scheduled by_rule() const {
    if (step_.from_instant) {
      return std::holds_alternative<Deadline>(occasion_.rule->anchor) ? from_deadline() : from_event();
    }
    const WallTime wall = candidate_.slot.scheduled + time_of_day();
    if (rule_.offset.whole_days()) return {wall, std::nullopt, std::nullopt};
    return exactly(after_time(utc(wall), rule_.offset, rule_.before));
  }

  // Nobody apologises for a promise that may still be kept: what days alone would schedule before the breach waits.
  [[nodiscard]] Scheduled not_before_breach(Scheduled scheduled) const {
    const PromiseOutcome* promise = compiled_.breach_of(occasion_, candidate_.event);
    if (promise == nullptr || rule_.before) return scheduled;
    const Instant at = scheduled.instant ? *scheduled.instant : utc(scheduled.wall);
    return at < *promise->breach ? exactly(*promise->breach) : scheduled;
  }

  [[nodiscard]] Instant utc(WallTime wall) const { return zone_.to_utc(wall, policy_.gap, policy_.overlap); }
  [[nodiscard]] Scheduled exactly(Instant at) const { return {zone_.to_local(at), at, std::nullopt}; }

  [[nodiscard]] TimeOfDay time_of_day() const {
    if (!step_.best_hour) return rule_.at.value_or(policy_.at);
    const BestHour best = best_hour_of(compiled_, candidate_.customer, recipient_);
    if (trace_ != nullptr) {
      trace_->add(ReasonCode::best_hour, {{"hour", best.at},
                                          {"replies", static_cast<std::int64_t>(best.replies)},
                                          {"whose", std::string(best.own ? "customer" : "policy")}});
    }
    return best.at;
  }

  // The instant after (or before) the parts of a span that are counted from one: hours, and the shop's opening hours.
  [[nodiscard]] Instant after_time(Instant at, const Span& span, bool back) const {
    at += back ? -span.time : span.time;
    if (span.open_time.count() == 0) return at;
    return policy_.opening_hours->add(at, back ? -span.open_time : span.open_time).value_or(at);
  }

  // Days count on the wall, hours from the instant.
  [[nodiscard]] Scheduled from_event() const {
    const auto& rule = std::get<AfterEvent>(occasion_.rule->anchor);
    const Span after = rule.span_to(candidate_.slot.number).value_or(rule.after);
    const PromiseOutcome* promise = compiled_.breach_of(occasion_, candidate_.event);
    Instant due =
        promise != nullptr ? *promise->breach : compiled_.base.event_at(candidate_.event, candidate_.customer);
    WallTime wall = zone_.to_local(due);
    const Day day = day_of(wall);
    const Day later = shifted(day, after, false, compiled_.workdays).value_or(day);
    if (later != day) due = utc(wall + (later - day));
    due = after_time(due, after, false);
    const Span& offset = rule_.offset;
    wall = zone_.to_local(due);
    const Day from = day_of(wall);
    const Day to = shifted(from, offset, rule_.before, compiled_.workdays).value_or(from);
    if (offset.whole_days() && !offset.zero()) {
      if (rule_.best_hour) return {WallTime{to + time_of_day()}, std::nullopt, std::nullopt};
      return {rule_.at ? WallTime{to + *rule_.at} : wall + (to - from), std::nullopt, std::nullopt};
    }
    if (to != from) due = utc(wall + (to - from));
    return exactly(after_time(due, offset, rule_.before));
  }

  [[nodiscard]] Scheduled from_deadline() const {
    const auto& deadline = std::get<Deadline>(occasion_.rule->anchor);
    const CustomerBase& base = compiled_.base;
    const auto point = point_of(compiled_, deadline, rule_, candidate_.customer, candidate_.event);
    const Zone& own = *base.zones()[base.zone_of(candidate_.customer)];
    const auto moved = point ? moved_point(*point, rule_.offset, rule_.before, own, compiled_) : std::nullopt;
    if (!moved) return {candidate_.slot.scheduled + policy_.at, std::nullopt, std::nullopt};
    return exactly(*moved->instant);
  }

  const Compiled& compiled_;
  const Policy& policy_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  const Step& rule_;
  const Recipient& recipient_;
  const Zone& zone_;
  const Candidate& candidate_;
  Trace* trace_;
};

// To the second: what counts from a share of a promise need not be on a minute.
WallTime::duration clock_of(WallTime wall) { return wall - day_of(wall); }

}  // namespace

Scheduled scheduled_of(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                       const Recipient& recipient, const Candidate& candidate, const Overrides& words, Trace* trace) {
  Scheduled scheduled = Scheduler(compiled, occasion, step, recipient, candidate, trace).at();
  if (words.asked) {
    scheduled.snoozed = Scheduled::Moment{recipient.zone.to_local(*words.asked), *words.asked};
    return scheduled;
  }
  if (words.decision == no_index || words.decision_kind != compiled.overrides.snooze) return scheduled;
  const CustomerBase& base = compiled.base;
  const Policy& policy = compiled.rules.policy;
  const Zone& zone = recipient.zone;
  const DueTime until = *base.event_due(words.decision);
  const Instant planned =
      scheduled.instant ? *scheduled.instant : zone.to_utc(scheduled.wall, policy.gap, policy.overlap);
  if (until.instant) {
    if (*until.instant > planned) {
      scheduled.snoozed = Scheduled::Moment{zone.to_local(*until.instant), *until.instant};
    }
  } else if (until.day > day_of(scheduled.wall)) {
    scheduled.snoozed = Scheduled::Moment{WallTime{until.day + clock_of(scheduled.wall)}, std::nullopt};
  }
  if (trace != nullptr && scheduled.snoozed) {
    auto data = word_of(base, words.decision);
    data.emplace_back("until", until.instant ? ReasonValue{*until.instant} : ReasonValue{until.day});
    trace->add(ReasonCode::snoozed, std::move(data));
  }
  return scheduled;
}

Instant sent_now_at(const Compiled& compiled, const Scheduled& scheduled, const Recipient& recipient, Index customer,
                    Index event) {
  const CustomerBase& base = compiled.base;
  if (!base.event_has_date(event)) return base.event_at(event, customer);
  const Day day{std::chrono::days{base.event_day()[event]}};
  return recipient.zone.to_utc(WallTime{day + clock_of(scheduled.wall)}, compiled.rules.policy.gap,
                               compiled.rules.policy.overlap);
}

}  // namespace courtesy
