#include <courtesy/plan/gates.h>
#include <courtesy/plan/introductions.h>
#include <courtesy/plan/schedule.h>
#include <courtesy/plan/standing.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// Some customer's timing from the memo says all but how long after quiet hours it goes out.
bool spreads(const Compiled& compiled, const CompiledStep& step) {
  const bool quiet = compiled.rules.policy.quiet_hours || !compiled.base.quiet_from().empty();
  return quiet && step.rule->audience == Audience::customer && compiled.rules.policy.spread.count() > 0;
}

}  // namespace

Gatekeeper::Gatekeeper(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step)
    : compiled_(compiled),
      occasion_(occasion),
      step_(step),
      earliest_(step.earliest - days{2}),
      from_(step.seen.start),
      to_(step.seen.end),
      memo_(compiled.base.zones().size() * compiled.calendars()),
      holds_(compiled, occasion.rule->purpose) {
  const CustomerBase& base = compiled.base;
  const Anchor& anchor = occasion.rule->anchor;
  const bool spread = spreads(compiled, step);
  if (step.held || step.admitted) from_ -= days{longest_days(occasion.rule->tolerance) + 3};
  if (step.admitted) to_ += days{2};
  needs_keys_ = spread || compiled.overrides.any() || compiled.asked;
  asks_standing_ =
      std::holds_alternative<Interval>(anchor) || std::holds_alternative<Lapse>(anchor) || !occasion.until.empty();
  simple_channel_ = base.unreachable().empty() && !compiled.any_consent_events() &&
                    occasion.consent != Consent::needed && base.channels().size() == 0;
  const auto* recurring = std::get_if<Recurring>(&anchor);
  introduces_ = compiled.introductions && recurring != nullptr && recurring->match;
  simple_ = simple_channel_ && !introduces_ && !occasion.when && !asks_standing_ && base.status().empty() &&
            !step.held && !compiled.overrides.any() && !compiled.asked && !spread;
  spreads_ = spread;
  shares_timings_ = !step.from_instant && !occasion.hears_breaches && step.rule->offset.whole_days() &&
                    !step.best_hour && (step.rule->audience == Audience::staff || base.quiet_from().empty());
}

Code Gatekeeper::zone_code(Index customer) const {
  return step_.rule->audience == Audience::staff ? Code{0} : compiled_.base.zone_of(customer);
}

Code Gatekeeper::calendar_code(Index customer) const {
  return step_.rule->audience == Audience::staff ? Code{0} : compiled_.calendar_of(customer);
}

Gatekeeper::Case Gatekeeper::case_of(const Candidate& candidate, const Key& key) const {
  const CustomerBase& base = compiled_.base;
  const bool customers = step_.rule->audience == Audience::customer;
  const minutes within = compiled_.rules.policy.spread;
  Case asked{
      candidate,
      overrides_of(compiled_, candidate.customer, key),
      {*base.zones()[zone_code(candidate.customer)], calendar_code(candidate.customer),
       customers ? own_quiet_hours(base, candidate.customer) : std::nullopt},
      customers && within.count() > 0 ? minutes{key.low % static_cast<std::uint64_t>(within.count())} : minutes{0}};
  if (compiled_.asked && compiled_.asked->has(key) && has_come(asked, compiled_.asked->at)) {
    asked.words.asked = compiled_.asked->at;
  }
  return asked;
}

bool Gatekeeper::may_concern(const Candidate& candidate) {
  if (!shares_timings_ || candidate.far) return true;
  return of_interest(
      shared_timing(zone_code(candidate.customer), calendar_code(candidate.customer), candidate.slot.scheduled));
}

bool Gatekeeper::decide(const Candidate& candidate, const Key& key, Reminder& reminder) {
  reminder.zone = zone_code(candidate.customer);
  if (simple_ && shares_timings_) {
    const Timing& timing = shared_timing(reminder.zone, calendar_code(candidate.customer), candidate.slot.scheduled);
    if (!of_interest(timing)) return false;
    const bool active = occasion_.rule->in_force(candidate.slot.scheduled, timing.scheduled);
    if (active && (timing.outcome == ReasonCode::due || timing.outcome == ReasonCode::moved)) {
      reminder.channel = step_.channels.front();
      fill({candidate, {}, {*compiled_.base.zones()[reminder.zone], 0, {}}, {}}, timing, reminder);
      plan(timing, timing.outcome, nullptr, reminder);
      return step_.admitted || in_window(reminder.due);
    }
  }
  const Case asked = case_of(candidate, key);
  const bool elsewhere = is_elsewhere(asked);
  if (candidate.far != elsewhere || (elsewhere && !in_reach(planned_at(asked)))) return false;
  const Timing& timing = timing_of(asked, nullptr, nullptr);
  if (!elsewhere && !of_interest(timing)) return false;
  settle(asked, timing, {}, nullptr, reminder);
  return in_window(reminder.due) || (step_.admitted && reminder.state == State::planned);
}

bool Gatekeeper::went_out(const Candidate& candidate, const Key& key, WentOut& out) {
  Case asked = case_of(candidate, key);
  if (asked.words.sent == no_index) return false;
  asked.words.sent = no_index;
  const bool elsewhere = is_elsewhere(asked);
  if (candidate.far != elsewhere || (elsewhere && !in_reach(planned_at(asked)))) return false;
  const Timing timing = timing_of(asked, nullptr, nullptr);
  if (!elsewhere && !of_interest(timing)) return false;
  Reminder reminder;
  reminder.zone = zone_code(candidate.customer);
  settle(asked, timing, {}, nullptr, reminder);
  if (reminder.state != State::planned) return false;
  out = {key, reminder.due, timing.scheduled, candidate.customer, occasion_.index, step_.index};
  return true;
}

Gatekeeper::Explained Gatekeeper::explain(const Candidate& candidate, const Key& key, Trace& trace) {
  Explained explained;
  Reminder& reminder = explained.reminder;
  reminder.key = key;
  reminder.zone = zone_code(candidate.customer);
  const Case asked = case_of(candidate, key);
  const Scheduled known = scheduled(asked, &trace);
  Trace moves;
  const Timing timing = timing_of(asked, &known, &moves);
  const Zone& zone = asked.recipient.zone;
  trace.add(ReasonCode::at_time, {{"local", known.moment().wall}, {"zone", zone.name()}});
  settle(asked, timing, moves.take(), &trace, reminder);
  explained.scheduled = planned_at(asked);
  explained.heard = !candidate.far || in_reach(explained.scheduled);
  return explained;
}

std::optional<Reminder> Gatekeeper::defer(const Candidate& candidate, const Key& key, const Reminder& refused,
                                          Trace* trace) {
  const Case asked = case_of(candidate, key);
  const CustomerBase& base = compiled_.base;
  const Zone& own = *base.zones()[base.zone_of(candidate.customer)];
  const Day civil = day_of(own.to_local(refused.due));
  const Scheduled known = scheduled(asked, nullptr);
  const Policy& policy = compiled_.rules.policy;
  const Zone& zone = asked.recipient.zone;
  const auto civil_day_of = [&](Day day) {
    return day_of(own.to_local(zone.to_utc(known.on(day), policy.gap, policy.overlap)));
  };
  Day from = day_of(zone.to_local(refused.due)) + days{1};
  while (civil_day_of(from) <= civil) from += days{1};
  Trace moves;
  Timing timing = time_step(compiled_, occasion_, step_, asked.recipient, known, {from, asked.spread},
                            trace == nullptr ? nullptr : &moves);
  if (timing.outcome == ReasonCode::no_slot || timing.outcome == ReasonCode::expired) return std::nullopt;
  Reminder reminder = refused;
  if (!settle_moved(asked, timing, ReasonCode::deferred, trace == nullptr ? nullptr : &moves, reminder)) {
    return std::nullopt;
  }
  if (trace != nullptr) {
    for (Reason& reason : moves.take()) trace->add(reason.code, std::move(reason.data));
  }
  return reminder;
}

bool Gatekeeper::may_join(const Candidate& candidate, const Key& key, Instant at, Instant expires, Code channel) const {
  if (at > expires) return false;
  const Case asked = case_of(candidate, key);
  if (let_through(asked, at, nullptr) != ReasonCode::due) return false;
  if (!reached_by(compiled_, occasion_, candidate.customer, channel, at)) return false;
  if (introduces_ && introduced(candidate, at, nullptr) != ReasonCode::due) return false;
  return !step_.held || !holds_.at(candidate.customer, at);
}

void Gatekeeper::fill(const Case& asked, const Timing& timing, Reminder& reminder) const {
  reminder.customer = asked.candidate.customer;
  reminder.asset = asked.candidate.asset;
  reminder.event = asked.candidate.event;
  reminder.anchor = asked.candidate.anchor;
  reminder.occasion = occasion_.index;
  reminder.step = step_.index;
  reminder.expires = timing.expires;
}

void Gatekeeper::withhold(ReasonCode reason, Instant at, Reminder& reminder) const {
  reminder.state = State::withheld;
  reminder.reason = reason;
  reminder.due = at;
  reminder.local = compiled_.base.zones()[reminder.zone]->to_local(at);
}

void Gatekeeper::plan(const Timing& timing, ReasonCode reason, Trace* trace, Reminder& reminder) const {
  reminder.state = State::planned;
  reminder.reason = reason;
  reminder.due = timing.due;
  reminder.local = timing.local;
  if (trace == nullptr) return;
  if (reason == ReasonCode::due) {
    trace->add(reason);
  } else {
    trace->add(reason, {{"local", timing.local}});
  }
}

void Gatekeeper::settle(const Case& asked, const Timing& timing, std::vector<Reason> moves, Trace* trace,
                        Reminder& reminder) const {
  const CustomerBase& base = compiled_.base;
  const Overrides& words = asked.words;
  fill(asked, timing, reminder);
  reminder.channel = no_code;
  const bool now = words.decision != no_index && words.decision_kind == compiled_.overrides.send_now;
  if (!now && !in_force(asked, timing)) {
    if (trace != nullptr) tell_activation(asked, *trace);
    return withhold(ReasonCode::not_active, timing.scheduled, reminder);
  }
  if (words.sent != no_index) {
    if (trace != nullptr) {
      const Code channel = base.event_channel(words.sent);
      trace->add(ReasonCode::sent, {{"day", base.day_of_event(words.sent)},
                                    {"channel", channel == no_code ? std::string() : compiled_.channels[channel]},
                                    {"event", base.event_id(words.sent)}});
    }
    return withhold(ReasonCode::sent, timing.scheduled, reminder);
  }
  if (words.decision != no_index && words.decision_kind == compiled_.overrides.skip) {
    if (trace != nullptr) {
      auto data = word_of(base, words.decision);
      data.emplace_back("day", base.day_of_event(words.decision));
      trace->add(ReasonCode::skipped, std::move(data));
    }
    return withhold(ReasonCode::skipped, timing.scheduled, reminder);
  }
  if (now) return send_now(asked, words.asked ? *words.asked : sent_now_at(asked), trace, reminder);

  const Reach reach = pass(asked, timing.scheduled, trace);
  if (reach.stop != ReasonCode::due) return withhold(reach.stop, timing.scheduled, reminder);
  reminder.channel = reach.channel;
  const auto hold = step_.held ? holds_.at(asked.candidate.customer, timing.scheduled) : std::nullopt;
  if (hold) {
    Timing held = timing;
    held.due = timing.scheduled;
    const Freed freed = leave_hold(asked, *hold, held, trace, reminder);
    if (freed == Freed::withheld) return;
    if (freed == Freed::no_time || !settle_moved(asked, held, ReasonCode::moved, trace, reminder)) {
      withhold(held.outcome, held.due, reminder);
    }
    return;
  }
  if (trace != nullptr) tell_moves(std::move(moves), *trace);
  if (timing.outcome == ReasonCode::no_slot) return withhold(timing.outcome, timing.scheduled, reminder);
  if (timing.outcome == ReasonCode::expired) return withhold(timing.outcome, timing.due, reminder);
  if (timing.outcome == ReasonCode::due) return plan(timing, ReasonCode::due, trace, reminder);
  Timing moved = timing;
  if (!settle_moved(asked, moved, ReasonCode::moved, trace, reminder)) withhold(moved.outcome, moved.due, reminder);
}

Scheduled Gatekeeper::scheduled(const Case& asked, Trace* trace) const {
  return scheduled_of(compiled_, occasion_, step_, asked.recipient, asked.candidate, asked.words, trace);
}

Instant Gatekeeper::instant_of(const Case& asked, const Scheduled& scheduled) const {
  const Policy& policy = compiled_.rules.policy;
  return scheduled.instant ? *scheduled.instant
                           : asked.recipient.zone.to_utc(scheduled.wall, policy.gap, policy.overlap);
}

Instant Gatekeeper::planned_at(const Case& asked) const {
  const Scheduled planned =
      scheduled_of(compiled_, occasion_, step_, asked.recipient, asked.candidate, Overrides{}, nullptr);
  return instant_of(asked, planned);
}

bool Gatekeeper::in_reach(Instant planned) const {
  return planned >= compiled_.window.start - override_reach && planned <= compiled_.window.end + override_reach;
}

void Gatekeeper::send_now(const Case& asked, Instant at, Trace* trace, Reminder& reminder) const {
  const Index customer = asked.candidate.customer;
  ReasonCode stop = compiled_.base.status().empty() ? ReasonCode::due : status(customer, trace);
  if (stop == ReasonCode::due) {
    const Reach reach = reach_at(compiled_, occasion_, step_, customer, asked.words.channel, at, trace);
    stop = reach.stop;
    if (stop == ReasonCode::due && introduces_) stop = introduced(asked.candidate, at, trace);
    if (stop == ReasonCode::due) reminder.channel = reach.channel;
  }
  if (stop != ReasonCode::due) return withhold(stop, at, reminder);
  reminder.state = State::planned;
  reminder.reason = ReasonCode::send_now;
  reminder.due = at;
  reminder.local = asked.recipient.zone.to_local(at);
  if (trace == nullptr) return;
  auto data = word_of(compiled_.base, asked.words.decision);
  data.emplace_back("local", reminder.local);
  trace->add(ReasonCode::send_now, std::move(data));
}

const Timing& Gatekeeper::shared_timing(Code zone, Code calendar, Day scheduled) {
  auto& of_zone = memo_[calendar * compiled_.base.zones().size() + zone];
  if (of_zone.empty()) of_zone.resize(static_cast<std::size_t>((step_.latest - earliest_).count()) + 3);
  Known& known = of_zone[static_cast<std::size_t>((scheduled - earliest_).count())];
  if (!known.known) {
    const WallTime wall = scheduled + step_.rule->at.value_or(compiled_.rules.policy.at);
    const Recipient anyone{*compiled_.base.zones()[zone], calendar, std::nullopt};
    known.timing = time_step(compiled_, occasion_, step_, anyone, {wall, std::nullopt, std::nullopt}, {}, nullptr);
    known.known = true;
  }
  return known.timing;
}

// Valid until the next call. `known`: what scheduled_of says, where it was asked already.
const Timing& Gatekeeper::timing_of(const Case& asked, const Scheduled* known, Trace* trace) {
  const Candidate& candidate = asked.candidate;
  if (shares_timings_ && known == nullptr && asked.words.decision == no_index && !asked.words.asked && !candidate.far) {
    const Timing& shared =
        shared_timing(zone_code(candidate.customer), asked.recipient.calendar, candidate.slot.scheduled);
    if (!spreads_ || !shared.released) return shared;
  }
  const Scheduled scheduled =
      known != nullptr ? *known
                       : scheduled_of(compiled_, occasion_, step_, asked.recipient, candidate, asked.words, nullptr);
  return own_timing_ =
             time_step(compiled_, occasion_, step_, asked.recipient, scheduled, {std::nullopt, asked.spread}, trace);
}

ReasonCode Gatekeeper::let_through(const Case& asked, Instant at, Trace* trace) const {
  const Candidate& candidate = asked.candidate;
  if (occasion_.when) {
    if (!occasion_.when->holds(candidate.customer, candidate.asset, at)) {
      if (trace != nullptr) {
        trace->add(ReasonCode::condition_failed,
                   {{"condition", occasion_.when->failing(candidate.customer, candidate.asset, at)}});
      }
      return ReasonCode::condition_failed;
    }
    if (trace != nullptr) trace->add(ReasonCode::condition_met, {{"condition", occasion_.when->text()}});
  }
  if (asks_standing_) {
    const ReasonCode stop = standing_at(compiled_, occasion_, candidate, at, known_cases_, trace);
    if (stop != ReasonCode::due) return stop;
  }
  return compiled_.base.status().empty() ? ReasonCode::due : status(candidate.customer, trace);
}

Reach Gatekeeper::pass(const Case& asked, Instant at, Trace* trace) const {
  const ReasonCode stop = let_through(asked, at, trace);
  if (stop != ReasonCode::due) return {stop, no_code};
  Reach reach{ReasonCode::due, step_.channels.front()};
  if (!simple_channel_ || trace != nullptr || asked.words.channel != no_index) {
    reach = reach_at(compiled_, occasion_, step_, asked.candidate.customer, asked.words.channel, at, trace);
  }
  if (!introduces_ || reach.stop != ReasonCode::due) return reach;
  const ReasonCode refused = introduced(asked.candidate, at, trace);
  return refused == ReasonCode::due ? reach : Reach{refused, no_code};
}

ReasonCode Gatekeeper::introduced(const Candidate& candidate, Instant at, Trace* trace) const {
  const Introductions& introductions = *compiled_.introductions;
  const auto say = [&](ReasonCode stop) {
    if (trace != nullptr) trace->add(stop);
    return stop;
  };
  if (!agreed_to_introductions(compiled_, candidate.customer, at)) return say(ReasonCode::not_agreed);
  const auto partner = introductions.of(occasion_.index, candidate.slot.due, candidate.customer);
  const auto may_be_met = [&](Index other) {
    return other == no_index ||
           ((compiled_.base.status().empty() || compiled_.base.status()[other] == Status::active) &&
            agreed_to_introductions(compiled_, other, at));
  };
  if (!partner || !may_be_met(partner->customer)) return say(ReasonCode::no_match);
  if (trace != nullptr) {
    trace->add(ReasonCode::introduced,
               {{"partner", introductions.name(occasion_.index, *partner)},
                {"shared", introductions.shared(occasion_.index, candidate.customer, *partner)}});
  }
  return ReasonCode::due;
}

ReasonCode Gatekeeper::status(Index customer, Trace* trace) const {
  ReasonCode stop = ReasonCode::due;
  switch (compiled_.base.status()[customer]) {
    case Status::active:
      break;
    case Status::closed:
      stop = ReasonCode::closed;
      break;
    case Status::deceased:
      stop = ReasonCode::deceased;
      break;
    case Status::do_not_contact:
      stop = ReasonCode::do_not_contact;
      break;
  }
  if (trace != nullptr) trace->add(stop == ReasonCode::due ? ReasonCode::status_active : stop);
  return stop;
}

}  // namespace courtesy
