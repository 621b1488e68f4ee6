#include <courtesy/channel.h>
#include <courtesy/letters.h>
#include <courtesy/plan/gates.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

Day day_of_event(const CustomerBase& base, Index event) { return Day{days{base.event_day()[event]}}; }

// An event without an asset speaks for all of the customer's; an occasion without one listens to all.
bool concerns(const CustomerBase& base, Index event, Index asset) {
  if (base.event_asset().empty() || asset == no_index) return true;
  const Index own = base.event_asset()[event];
  return own == no_index || own == asset;
}

bool same_subject(const CustomerBase& base, Index a, Index b) {
  return base.event_asset().empty() || base.event_asset()[a] == base.event_asset()[b];
}

}  // namespace

Gatekeeper::Gatekeeper(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step)
    : compiled_(compiled),
      occasion_(occasion),
      step_(step),
      interval_(std::get_if<Interval>(&occasion.rule->anchor)),
      earliest_(step.earliest - days{2}),
      memo_(compiled.base.zones().size() * compiled.calendars()) {
  const CustomerBase& base = compiled.base;
  simple_channel_ = base.unreachable().empty() && !compiled.any_consent_events() &&
                    occasion.consent != Consent::needed && base.channels().size() == 0;
  simple_ =
      simple_channel_ && !occasion.when && interval_ == nullptr && occasion.until.empty() && base.status().empty();
  shares_timings_ = !step.from_instant && step.rule->offset.whole_days() &&
                    (step.rule->audience == Audience::staff || base.quiet_from().empty());
}

Code Gatekeeper::zone_code(Index customer) const {
  return step_.rule->audience == Audience::staff ? Code{0} : compiled_.base.zone_of(customer);
}

Code Gatekeeper::calendar_code(Index customer) const {
  return step_.rule->audience == Audience::staff ? Code{0} : compiled_.calendar_of(customer);
}

bool Gatekeeper::decide(const Candidate& candidate, Reminder& reminder) {
  reminder.zone = zone_code(candidate.customer);
  const Timing& timing = shares_timings_
                             ? shared_timing(reminder.zone, calendar_code(candidate.customer), candidate.slot.scheduled)
                             : timing_of(candidate, reminder.zone, nullptr);
  const Window& window = compiled_.window;
  const auto outside = [&](Instant at) { return at < window.start || at >= window.end; };
  if (outside(timing.due) && outside(timing.scheduled)) return false;
  settle<false>(candidate, timing, nullptr, nullptr, reminder);
  return !outside(reminder.due);
}

Reminder Gatekeeper::explain(const Candidate& candidate, Trace& trace) {
  Reminder reminder;
  reminder.zone = zone_code(candidate.customer);
  Trace moves;
  const Timing& timing = timing_of(candidate, reminder.zone, &moves);
  const Zone& zone = *compiled_.base.zones()[reminder.zone];
  trace.add(ReasonCode::at_time, {{"local", zone.to_local(timing.scheduled)}, {"zone", zone.name()}});
  settle<true>(candidate, timing, &moves, &trace, reminder);
  return reminder;
}

template <bool traced>
void Gatekeeper::settle(const Candidate& candidate, const Timing& timing, Trace* moves, Trace* trace,
                        Reminder& reminder) const {
  reminder.customer = candidate.customer;
  reminder.asset = candidate.asset;
  reminder.event = candidate.event;
  reminder.anchor = candidate.anchor;
  reminder.occasion = occasion_.index;
  reminder.step = step_.index;
  reminder.due = timing.scheduled;
  reminder.expires = timing.expires;
  reminder.channel = no_code;

  const auto withhold = [&](ReasonCode reason) {
    reminder.state = State::withheld;
    reminder.reason = reason;
    reminder.local = compiled_.base.zones()[reminder.zone]->to_local(reminder.due);
  };

  const auto& activation = occasion_.rule->not_before;
  if (activation && candidate.slot.scheduled < *activation) {
    if constexpr (traced) trace->add(ReasonCode::not_active, {{"day", *activation}});
    return withhold(ReasonCode::not_active);
  }
  Verdict verdict =
      !traced && simple_ ? Verdict{ReasonCode::due, step_.channels.front()} : pass(candidate, timing.scheduled, trace);
  if (verdict.stop != ReasonCode::due) return withhold(verdict.stop);
  reminder.channel = verdict.channel;
  if constexpr (traced) {
    std::vector<Reason> made = moves->take();
    // Quiet hours and closed days may push each other on for ever: the first of their moves tell enough.
    constexpr std::size_t enough = 4;
    if (timing.outcome == ReasonCode::no_slot && made.size() > enough + 1) {
      made.erase(made.begin() + enough, made.end() - 1);
    }
    for (Reason& reason : made) trace->add(reason.code, std::move(reason.data));
  }
  reminder.due = timing.due;
  if (timing.outcome == ReasonCode::no_slot || timing.outcome == ReasonCode::expired) return withhold(timing.outcome);
  if (timing.outcome == ReasonCode::moved && (traced || !simple_)) {
    // What holds at the scheduled instant need not hold at the one it was moved to.
    Trace again;
    verdict = pass(candidate, timing.due, traced ? &again : nullptr);
    if (verdict.stop != ReasonCode::due) {
      if constexpr (traced) {
        Reason last = again.take().back();
        trace->add(last.code, std::move(last.data));
      }
      return withhold(verdict.stop);
    }
    reminder.channel = verdict.channel;
  }
  reminder.state = State::planned;
  reminder.local = timing.local;
  reminder.reason = timing.outcome;
  if constexpr (traced) {
    if (timing.outcome == ReasonCode::moved) {
      trace->add(ReasonCode::moved, {{"local", timing.local}});
    } else {
      trace->add(ReasonCode::due);
    }
  }
}

const Timing& Gatekeeper::shared_timing(Code zone, Code calendar, Day scheduled) {
  auto& of_zone = memo_[calendar * compiled_.base.zones().size() + zone];
  if (of_zone.empty()) of_zone.resize(static_cast<std::size_t>((step_.latest - earliest_).count()) + 3);
  Known& known = of_zone[static_cast<std::size_t>((scheduled - earliest_).count())];
  if (!known.known) {
    const WallTime wall = scheduled + step_.rule->at.value_or(compiled_.rules.policy.at);
    const Recipient anyone{*compiled_.base.zones()[zone], calendar, std::nullopt};
    known.timing = time_step(compiled_, occasion_, step_, anyone, wall, std::nullopt, nullptr);
    known.known = true;
  }
  return known.timing;
}

const Timing& Gatekeeper::timing_of(const Candidate& candidate, Code zone_code, Trace* trace) {
  const CustomerBase& base = compiled_.base;
  const Zone& zone = *base.zones()[zone_code];
  const Step& rule = *step_.rule;
  const Recipient recipient{
      zone, calendar_code(candidate.customer),
      rule.audience == Audience::customer ? own_quiet_hours(base, candidate.customer) : std::nullopt};
  if (step_.from_instant) return own_timing_ = timing_from_instant(candidate, recipient, trace);

  const WallTime wall = candidate.slot.scheduled + rule.at.value_or(compiled_.rules.policy.at);
  if (!rule.offset.whole_days()) {
    const Policy& policy = compiled_.rules.policy;
    const Instant due = after_time(zone.to_utc(wall, policy.gap, policy.overlap), rule.offset, rule.before);
    return own_timing_ = time_step(compiled_, occasion_, step_, recipient, zone.to_local(due), due, trace);
  }
  if (recipient.quiet || trace != nullptr) {
    return own_timing_ = time_step(compiled_, occasion_, step_, recipient, wall, std::nullopt, trace);
  }
  return shared_timing(zone_code, recipient.calendar, candidate.slot.scheduled);
}

// The instant after (or before) the parts of a span that are counted from one: hours, and the shop's opening hours.
Instant Gatekeeper::after_time(Instant at, const Span& span, bool back) const {
  at += back ? -span.time : span.time;
  if (span.open_time.count() == 0) return at;
  return compiled_.rules.policy.opening_hours->add(at, back ? -span.open_time : span.open_time).value_or(at);
}

// Days count on the wall, hours from the instant.
Timing Gatekeeper::timing_from_instant(const Candidate& candidate, const Recipient& recipient, Trace* trace) const {
  const Zone& zone = recipient.zone;
  const Policy& policy = compiled_.rules.policy;
  const Step& rule = *step_.rule;
  const Span& after = std::get<AfterEvent>(occasion_.rule->anchor).after;
  Instant due = compiled_.base.event_at(candidate.event, candidate.customer);
  WallTime wall = zone.to_local(due);
  const Day day = day_of(wall);
  const Day later = shifted(day, after, false, compiled_.workdays).value_or(day);
  if (later != day) due = zone.to_utc(wall + (later - day), policy.gap, policy.overlap);
  due = after_time(due, after, false);
  const Span& offset = rule.offset;
  wall = zone.to_local(due);
  const Day from = day_of(wall);
  const Day to = shifted(from, offset, rule.before, compiled_.workdays).value_or(from);
  if (offset.whole_days() && !offset.zero()) {
    const WallTime moved = rule.at ? WallTime{to + *rule.at} : wall + (to - from);
    return time_step(compiled_, occasion_, step_, recipient, moved, std::nullopt, trace);
  }
  if (to != from) due = zone.to_utc(wall + (to - from), policy.gap, policy.overlap);
  due = after_time(due, offset, rule.before);
  return time_step(compiled_, occasion_, step_, recipient, zone.to_local(due), due, trace);
}

Gatekeeper::Verdict Gatekeeper::pass(const Candidate& candidate, Instant at, Trace* trace) const {
  if (occasion_.when) {
    if (!occasion_.when->holds(candidate.customer, candidate.asset)) {
      if (trace != nullptr) {
        trace->add(ReasonCode::condition_failed,
                   {{"condition", occasion_.when->failing(candidate.customer, candidate.asset)}});
      }
      return {ReasonCode::condition_failed};
    }
    if (trace != nullptr) trace->add(ReasonCode::condition_met, {{"condition", occasion_.when->text()}});
  }
  if (interval_ != nullptr) {
    const ReasonCode stop = superseded(candidate, at, trace);
    if (stop != ReasonCode::due) return {stop};
  }
  if (!occasion_.until.empty()) {
    const ReasonCode stop = ended(candidate, at, trace);
    if (stop != ReasonCode::due) return {stop};
  }
  if (!compiled_.base.status().empty()) {
    const ReasonCode stop = status(candidate.customer, trace);
    if (stop != ReasonCode::due) return {stop};
  }
  if (simple_channel_ && trace == nullptr) return {ReasonCode::due, step_.channels.front()};
  return choose_channel(candidate.customer, at, trace);
}

ReasonCode Gatekeeper::superseded(const Candidate& candidate, Instant at, Trace* trace) const {
  const CustomerBase& base = compiled_.base;
  const bool by_schedule = interval_->restart == Interval::Restart::scheduled;
  const int rank = since_rank(occasion_, base.event_kind()[candidate.event]);
  for (Index e = base.event_begin()[candidate.customer]; e < base.event_begin()[candidate.customer + 1]; ++e) {
    const int other = since_rank(occasion_, base.event_kind()[e]);
    if (other < 0 || e == candidate.event || base.event_at(e, candidate.customer) > at ||
        !same_subject(base, e, candidate.event))
      continue;
    if (by_schedule) {
      if (e < candidate.event) continue;
      // It stands for the scheduled day nearest to it, the later one of two as near.
      const auto due = candidate.slot.due;
      const auto previous = scheduled_due(*interval_, candidate.anchor, candidate.slot.number - 1, compiled_.workdays);
      const Day day = day_of_event(base, e);
      if (candidate.slot.number > 1 && previous && day - *previous < due - day) continue;
      if (candidate.slot.number == 1 && day - candidate.anchor < due - day) continue;
    } else if (e > candidate.event ? other > rank : other >= rank) {
      continue;
    }
    if (trace != nullptr) {
      trace->add(ReasonCode::superseded, {{"kind", base.kinds().name(base.event_kind()[e])},
                                          {"event", base.event_id(e)},
                                          {"day", day_of_event(base, e)}});
    }
    return ReasonCode::superseded;
  }
  return ReasonCode::due;
}

ReasonCode Gatekeeper::ended(const Candidate& candidate, Instant at, Trace* trace) const {
  const CustomerBase& base = compiled_.base;
  if (base.events() == 0) return ReasonCode::due;
  // An anniversary, a date that recurs and a scheduled interval begin anew with each round; any other with its event.
  Day since = candidate.anchor;
  const bool yearly = std::holds_alternative<Yearly>(occasion_.rule->anchor);
  if (yearly) since = add_months(candidate.slot.due, -12);
  if (const auto* recurring = std::get_if<Recurring>(&occasion_.rule->anchor)) {
    const auto previous = recurring->days.before(candidate.slot.due);
    since = previous ? std::get<Day>(*previous) : Day{first_year / 1 / 1};
  }
  if (interval_ != nullptr && interval_->restart == Interval::Restart::scheduled && candidate.slot.number > 1) {
    since = scheduled_due(*interval_, candidate.anchor, candidate.slot.number - 1, compiled_.workdays).value_or(since);
  }
  const bool from_event = candidate.event != no_index && since == candidate.anchor;
  for (Index e = base.event_begin()[candidate.customer]; e < base.event_begin()[candidate.customer + 1]; ++e) {
    if (occasion_.until[base.event_kind()[e]] == 0 || e == candidate.event) continue;
    if (from_event ? e < candidate.event : day_of_event(base, e) <= since) continue;
    if (base.event_at(e, candidate.customer) > at || !concerns(base, e, candidate.asset)) continue;
    if (trace != nullptr) {
      trace->add(ReasonCode::ended, {{"kind", base.kinds().name(base.event_kind()[e])},
                                     {"event", base.event_id(e)},
                                     {"day", day_of_event(base, e)}});
    }
    return ReasonCode::ended;
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

Gatekeeper::Verdict Gatekeeper::choose_channel(Index customer, Instant at, Trace* trace) const {
  const CustomerBase& base = compiled_.base;
  const std::uint8_t missing = base.unreachable().empty() ? std::uint8_t{0} : base.unreachable()[customer];
  ReasonCode stop = ReasonCode::no_channel;
  const auto usable = [&](Code channel) {
    const std::uint8_t need = compiled_.channel_needs[channel];
    if ((need & missing) != 0) {
      if (trace != nullptr) {
        trace->add(ReasonCode::out_of_reach,
                   {{"channel", compiled_.channels[channel]}, {"column", std::string(contact_column(need))}});
      }
      return false;
    }
    const ReasonCode refused = consent(customer, channel, at, trace);
    if (refused == ReasonCode::due) return true;
    if (stop == ReasonCode::no_channel) stop = refused;
    return false;
  };
  const auto chosen = [&](Code channel, const char* preference) {
    if (trace != nullptr) {
      trace->add(ReasonCode::channel,
                 {{"channel", compiled_.channels[channel]}, {"preference", std::string(preference)}});
    }
    return Verdict{ReasonCode::due, channel};
  };

  const auto allowed = [&](Code channel) {
    return std::find(step_.channels.begin(), step_.channels.end(), channel) != step_.channels.end();
  };
  const auto preferred = base.preferred(customer);
  // A customer's own channels count among those that the step names, or all of them where it names none.
  const bool own_choice = !step_.own_channels && step_.rule->audience == Audience::customer;
  for (const Code channel : preferred) {
    if ((own_choice || allowed(channel)) && usable(channel)) return chosen(channel, "customer");
  }
  const char* preference = step_.own_channels ? "occasion" : (own_choice ? "policy" : "desk");
  for (const Code channel : step_.channels) {
    if (std::find(preferred.begin(), preferred.end(), channel) != preferred.end()) continue;
    if (usable(channel)) return chosen(channel, preference);
  }
  if (trace != nullptr) {
    // Each refusal stands above; the deciding one stands last.
    if (stop == ReasonCode::no_channel) {
      trace->add(stop);
    } else {
      std::vector<Reason> reasons = trace->take();
      const auto deciding =
          std::find_if(reasons.begin(), reasons.end(), [&](const Reason& reason) { return reason.code == stop; });
      std::rotate(deciding, deciding + 1, reasons.end());
      for (Reason& reason : reasons) trace->add(reason.code, std::move(reason.data));
    }
  }
  return {stop};
}

ReasonCode Gatekeeper::consent(Index customer, Code channel, Instant at, Trace* trace) const {
  const CustomerBase& base = compiled_.base;
  const std::string_view purpose = purpose_name(occasion_.rule->purpose);
  std::optional<Index> latest;
  if (compiled_.any_consent_events()) {
    for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
      const Code kind = base.event_kind()[e];
      if (kind != compiled_.consent_kind && kind != compiled_.withdrawal_kind) continue;
      if (base.event_at(e, customer) > at) continue;
      // What names no channel or purpose that is understood forbids all, and allows nothing.
      const bool forbids = kind == compiled_.withdrawal_kind;
      const Code named = base.event_channel(e);
      if (named != no_code && !compiled_.understood(named)) {
        if (!forbids) continue;
      } else if (named != no_code && !same_channel(compiled_.channels[named], compiled_.channels[channel])) {
        continue;
      }
      const std::string_view note = trimmed(base.event_note(e));
      const auto noted = purpose_named(note);
      if (noted ? *noted != occasion_.rule->purpose : !note.empty() && !forbids) continue;
      // Where none is needed, only a withdrawal of this very purpose is heard, and a consent ends it.
      if (occasion_.consent == Consent::not_needed && forbids && !noted) continue;
      latest = e;
    }
  }
  const bool given = latest && base.event_kind()[*latest] == compiled_.consent_kind;
  const bool withdrawn = latest && !given;
  ReasonCode stop = ReasonCode::due;
  ReasonCode said = ReasonCode::consent_given;
  if (withdrawn) {
    stop = said = ReasonCode::consent_withdrawn;
  } else if (!given && occasion_.consent == Consent::needed) {
    stop = said = ReasonCode::no_consent;
  } else if (occasion_.consent == Consent::not_needed) {
    said = ReasonCode::consent_not_needed;
  } else if (!given) {
    said = ReasonCode::consent_not_withdrawn;
  }
  if (trace == nullptr) return stop;
  std::vector<std::pair<std::string_view, ReasonValue>> data{{"channel", compiled_.channels[channel]},
                                                             {"purpose", std::string(purpose)}};
  if (said == ReasonCode::consent_given || said == ReasonCode::consent_withdrawn) {
    data.emplace_back("day", day_of_event(base, *latest));
  }
  if (said == ReasonCode::consent_given) data.emplace_back("at", base.event_at(*latest, customer));
  trace->add(said, std::move(data));
  return stop;
}

}  // namespace courtesy
