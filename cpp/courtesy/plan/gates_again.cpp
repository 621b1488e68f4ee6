// What gates 5 to 7 moved is asked again, at the instant to which they moved it.
#include <courtesy/plan/gates.h>

namespace courtesy {
namespace {

using std::chrono::days;

// Of what gates 1 to 4 said, what gate 4 did.
void tell_channel(std::vector<Reason> reasons, Trace& trace) {
  for (Reason& reason : reasons) {
    if (reason.code == ReasonCode::condition_met || reason.code == ReasonCode::status_active) continue;
    if (reason.code == ReasonCode::introduced) continue;
    trace.add(reason.code, std::move(reason.data));
  }
}

}  // namespace

// Quiet hours and closed days may push each other on for ever: the first of their moves tell enough.
void Gatekeeper::tell_moves(std::vector<Reason> moves, Trace& trace) {
  constexpr std::size_t enough = 4;
  if (!moves.empty() && moves.back().code == ReasonCode::no_slot && moves.size() > enough + 1) {
    moves.erase(moves.begin() + enough, moves.end() - 1);
  }
  for (Reason& reason : moves) trace.add(reason.code, std::move(reason.data));
}

// What holds at the scheduled instant need not hold at the one it was moved to.
bool Gatekeeper::settle_moved(const Case& asked, Timing& timing, ReasonCode reason, Trace* trace,
                              Reminder& reminder) const {
  for (;;) {
    Trace again;
    const Reach reach = pass(asked, timing.due, trace == nullptr ? nullptr : &again);
    if (reach.stop != ReasonCode::due) {
      if (trace != nullptr) {
        Reason last = again.take().back();
        trace->add(last.code, std::move(last.data));
      }
      withhold(reach.stop, timing.due, reminder);
      return true;
    }
    // The channel that was told is not the one it is.
    if (trace != nullptr && reach.channel != reminder.channel) tell_channel(again.take(), *trace);
    reminder.channel = reach.channel;
    const auto hold = step_.held ? holds_.at(asked.candidate.customer, timing.due) : std::nullopt;
    if (!hold) break;
    const Freed freed = leave_hold(asked, *hold, timing, trace, reminder);
    if (freed != Freed::moved) return freed == Freed::withheld;
  }
  plan(timing, reason, trace, reminder);
  return true;
}

std::optional<Day> Gatekeeper::free_day(const Case& asked, const Scheduled& known, const Timing& timing) const {
  const Policy& policy = compiled_.rules.policy;
  const Zone& zone = asked.recipient.zone;
  const WallTime scheduled = known.moment().wall;
  for (Day day = day_of(zone.to_local(timing.due));; day += days{1}) {
    const WallTime wall = known.on(day);
    const Instant at = zone.to_utc(wall, policy.gap, policy.overlap);
    if (at <= timing.due) continue;
    if (too_far(*occasion_.rule, scheduled, wall) || at > timing.expires) return std::nullopt;
    if (!holds_.at(asked.candidate.customer, at)) return day;
  }
}

Gatekeeper::Freed Gatekeeper::leave_hold(const Case& asked, const HeldBy& hold, Timing& timing, Trace* trace,
                                         Reminder& reminder) const {
  const CustomerBase& base = compiled_.base;
  const Scheduled known = scheduled(asked, nullptr);
  const auto day = hold.until ? free_day(asked, known, timing) : std::nullopt;
  std::vector<std::pair<std::string_view, ReasonValue>> data;
  if (trace != nullptr) {
    data = {{"kind", hold.breach ? std::string("broken") : base.kinds().name(base.event_kind()[hold.event])},
            {"event", base.event_id(hold.event)},
            {"day", hold.day}};
  }
  if (!day) {
    if (trace != nullptr) trace->add(ReasonCode::on_hold, std::move(data));
    withhold(ReasonCode::on_hold, timing.due, reminder);
    return Freed::withheld;
  }
  if (trace != nullptr) {
    data.emplace_back("until", *day);
    trace->add(ReasonCode::hold, std::move(data));
  }
  const Zone& zone = asked.recipient.zone;
  const Policy& policy = compiled_.rules.policy;
  Trace moves;
  timing = time_step(compiled_, occasion_, step_, asked.recipient, known, {*day, asked.spread},
                     trace == nullptr ? nullptr : &moves);
  if (trace != nullptr) tell_moves(moves.take(), *trace);
  if (timing.outcome == ReasonCode::no_slot) {
    timing.due = zone.to_utc(known.on(*day), policy.gap, policy.overlap);
    return Freed::no_time;
  }
  return timing.outcome == ReasonCode::expired ? Freed::no_time : Freed::moved;
}

}  // namespace courtesy
