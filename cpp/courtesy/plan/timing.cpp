#include <courtesy/plan/timing.h>

#include <cstdlib>

namespace courtesy {
namespace {

using std::chrono::days;

TimeOfDay time_of_day(WallTime wall) { return std::chrono::floor<TimeOfDay>(wall - day_of(wall)); }

// The end of the quiet hours that hold at that wall time, or nothing.
std::optional<WallTime> end_of_quiet(const QuietHours& quiet, WallTime wall) {
  const TimeOfDay time = time_of_day(wall);
  const Day day = day_of(wall);
  if (quiet.from < quiet.to) {
    if (time < quiet.from || time >= quiet.to) return std::nullopt;
    return day + quiet.to;
  }
  if (quiet.from == quiet.to) return std::nullopt;
  if (time >= quiet.from) return day + days{1} + quiet.to;
  if (time < quiet.to) return day + quiet.to;
  return std::nullopt;
}

// One pass of every gate that moves; the caller repeats it until nothing moves any more.
class Mover {
 public:
  Mover(const Compiled& compiled, const CompiledStep& step, const Recipient& recipient, Trace* trace)
      : compiled_(compiled),
        step_(step),
        recipient_(recipient),
        zone_(recipient.zone),
        workdays_(compiled.calendar(recipient.calendar)),
        trace_(trace) {}

  // False where no day is left to move to.
  bool pass(WallTime& wall, Roll roll) {
    const Day before = day_of(wall);
    if (!roll_day(wall, roll)) return false;
    resolve(wall);
    if (step_.opening_hours && !wait_for_opening(wall, day_of(wall) != before)) return false;
    if (step_.rule->audience == Audience::customer) {
      if (compiled_.rules.policy.quiet_hours) leave_quiet(*compiled_.rules.policy.quiet_hours, "policy", wall);
      if (recipient_.quiet) leave_quiet(*recipient_.quiet, "customer", wall);
    }
    return true;
  }

  // Whether quiet hours moved it.
  [[nodiscard]] bool released() const { return released_; }

 private:
  bool roll_day(WallTime& wall, Roll roll) const {
    const Day day = day_of(wall);
    if (roll == Roll::none || workdays_.is_business_day(day)) return true;
    const auto moved = workdays_.rolled(day, roll);
    if (!moved) return false;
    if (trace_ != nullptr) {
      const std::string because = workdays_.is_holiday(day) ? "holiday" : "weekend";
      const std::string whose =
          recipient_.calendar == 0 ? "shop" : compiled_.rules.policy.customer_calendars[recipient_.calendar - 1].place;
      trace_->add(ReasonCode::business_day,
                  {{"day", day}, {"because", because}, {"whose", whose}, {"moved_to", *moved}});
    }
    wall += *moved - day;
    return true;
  }

  void resolve(WallTime& wall) const {
    const WallLookup found = zone_.lookup(wall);
    if (found.kind == WallLookup::Kind::unique) return;
    const Policy& policy = compiled_.rules.policy;
    const WallTime shown = zone_.to_local(zone_.to_utc(wall, policy.gap, policy.overlap));
    if (trace_ != nullptr) {
      if (found.kind == WallLookup::Kind::gap) {
        trace_->add(ReasonCode::dst_gap, {{"wall", wall}, {"local", shown}});
      } else {
        const std::string choice = policy.overlap == Overlap::second ? "second" : "first";
        trace_->add(ReasonCode::dst_overlap, {{"local", shown}, {"choice", choice}});
      }
    }
    wall = shown;
  }

  // `rolled`: a closed day moved it to this one, all of whose hours will do: Sunday evening's is for Monday morning.
  bool wait_for_opening(WallTime& wall, bool rolled) const {
    const Policy& policy = compiled_.rules.policy;
    const auto utc = [&](WallTime local) { return zone_.to_utc(local, policy.gap, policy.overlap); };
    const Instant at = utc(wall);
    auto open = policy.opening_hours->next_open(at);
    if (open == at) return true;
    if (rolled) open = policy.opening_hours->next_open(utc(WallTime{day_of(wall)}));
    if (!open) return false;
    wall = zone_.to_local(*open);
    if (trace_ != nullptr) trace_->add(ReasonCode::opening_hours, {{"local", wall}});
    return true;
  }

  void leave_quiet(const QuietHours& quiet, const char* whose, WallTime& wall) {
    auto end = end_of_quiet(quiet, wall);
    if (!end) return;
    // Where the clocks skip the end it is where they go on, whatever the policy says: before it all is quiet.
    end = zone_.to_local(zone_.to_utc(*end));
    released_ = true;
    if (trace_ != nullptr) {
      trace_->add(ReasonCode::quiet_hours,
                  {{"from", quiet.from}, {"to", quiet.to}, {"whose", std::string(whose)}, {"local", *end}});
    }
    wall = *end;
  }

  const Compiled& compiled_;
  const CompiledStep& step_;
  const Recipient& recipient_;
  const Zone& zone_;
  const Workdays& workdays_;
  Trace* trace_;
  bool released_ = false;
};

Instant expiry(const Span& span, const Zone& zone, WallTime scheduled, Instant due, const Policy& policy,
               const Workdays& workdays) {
  if (span.zero()) return due;
  WallTime wall = scheduled;
  if (span.months != 0 || span.days != 0) {
    const Day day = day_of(scheduled);
    wall += add_days(day, span) - day;
  }
  if (span.business_days != 0) {
    const Day day = day_of(wall);
    const auto moved = workdays.add(day, span.business_days);
    if (!moved) return Instant::max();
    wall += *moved - day;
  }
  const Instant base = wall == scheduled ? due : zone.to_utc(wall, policy.gap, policy.overlap);
  if (span.open_time.count() == 0) return base + span.time;
  return policy.opening_hours->add(base + span.time, span.open_time).value_or(Instant::max());
}

}  // namespace

std::optional<QuietHours> own_quiet_hours(const CustomerBase& base, Index customer) {
  if (base.quiet_from().empty() || base.quiet_from()[customer] < 0) return std::nullopt;
  return QuietHours{TimeOfDay{base.quiet_from()[customer]}, TimeOfDay{base.quiet_to()[customer]}};
}

bool too_far(const Occasion& rule, WallTime scheduled, WallTime wall) {
  return std::chrono::abs(day_of(wall) - day_of(scheduled)) > days{longest_days(rule.tolerance)};
}

Timing time_step(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                 const Recipient& recipient, const Scheduled& scheduled, const TimingAsk& ask, Trace* trace) {
  const Zone& zone = recipient.zone;
  const Policy& policy = compiled.rules.policy;
  const Occasion& rule = *occasion.rule;
  const auto utc = [&](WallTime wall) { return zone.to_utc(wall, policy.gap, policy.overlap); };
  const Scheduled::Moment moment = scheduled.moment();
  Timing timing;
  timing.scheduled = moment.instant ? *moment.instant : utc(moment.wall);
  if (rule.expires) {
    const Instant first = scheduled.instant ? *scheduled.instant : utc(scheduled.wall);
    timing.expires = expiry(*rule.expires, zone, scheduled.wall, first, policy, compiled.workdays);
  }
  // Quiet hours and closed days can push each other on, but never for longer than this.
  constexpr int most_passes = 32;
  Mover mover(compiled, step, recipient, trace);
  const Roll onward = step.roll == Roll::none ? Roll::none : Roll::next;
  const WallTime start = ask.from ? scheduled.on(*ask.from) : moment.wall;
  WallTime wall = start;
  bool settled = false;
  for (int pass = 0; pass < most_passes && !settled; ++pass) {
    const WallTime before = wall;
    // After a first move only forward: back and forth would never end.
    if (!mover.pass(wall, pass == 0 && !ask.from ? step.roll : onward)) break;
    settled = wall == before;
  }
  const auto no_slot = [&](WallTime nearest) {
    if (trace != nullptr) {
      trace->add(ReasonCode::no_slot, {{"tolerance", span_text(rule.tolerance)}, {"local", nearest}});
    }
    timing.due = timing.scheduled;
    timing.local = zone.to_local(timing.scheduled);
    timing.outcome = ReasonCode::no_slot;
    return timing;
  };
  if (!settled) return no_slot(wall);
  timing.released = mover.released();
  timing.due = wall == moment.wall ? timing.scheduled : utc(wall);
  if (ask.spread.count() > 0 && timing.released) {
    const Instant later = timing.due + ask.spread;
    const WallTime shown = zone.to_local(later);
    WallTime allowed = shown;
    Mover again(compiled, step, recipient, nullptr);
    if (later <= timing.expires && again.pass(allowed, onward) && allowed == shown) {
      timing.due = later;
      wall = shown;
      if (trace != nullptr) {
        trace->add(ReasonCode::spread, {{"minutes", std::int64_t{ask.spread.count()}}, {"local", shown}});
      }
    }
  }
  if (too_far(rule, moment.wall, wall)) return no_slot(wall);
  timing.local = zone.to_local(timing.due);
  timing.outcome = timing.due == timing.scheduled ? ReasonCode::due : ReasonCode::moved;
  if (timing.due > timing.expires) {
    timing.outcome = ReasonCode::expired;
    if (trace != nullptr) trace->add(ReasonCode::expired, {{"expires", timing.expires}});
  }
  return timing;
}

}  // namespace courtesy
