#include <courtesy/plan/sendable.h>

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/timing.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

// The midnight that ends its day in a zone, or the instant itself where the clocks change before.
Instant end_of_day(const Zone& zone, Instant at) {
  const WallTime wall = zone.to_local(at);
  const WallTime midnight{day_of(wall) + days{1}};
  const Instant end = zone.to_utc(midnight);
  return end - at == midnight - wall ? end : at;
}

// How long it is not quiet yet, of a wall time whose clocks do not change before midnight; nothing where it is quiet.
WallTime::duration until_quiet(const QuietHours& quiet, WallTime wall) {
  const auto clock = wall - day_of(wall);
  if (quiet.from == quiet.to) return days{1};
  const bool inside =
      quiet.from < quiet.to ? clock >= quiet.from && clock < quiet.to : clock >= quiet.from || clock < quiet.to;
  if (inside) return WallTime::duration{0};
  return quiet.from > clock ? WallTime::duration{quiet.from - clock} : WallTime::duration{days{1}};
}

// The first event of a customer after an instant, or the first promise of theirs that is broken then.
Instant next_event(const Compiled& compiled, Index customer, Instant at) {
  const CustomerBase& base = compiled.base;
  Instant next = Instant::max();
  if (base.events() == 0) return next;
  const Index end = base.event_begin()[customer + 1];
  // Most have none: the last one of a customer tells, and events follow each other in time.
  for (Index e = end; e > base.event_begin()[customer]; --e) {
    const Instant when = base.event_at(e - 1, customer);
    if (when <= at) break;
    next = when;
  }
  if (!compiled.promises) return next;
  for (const PromiseOutcome& promise : compiled.promises->of(customer)) {
    if (promise.breach && *promise.breach > at) next = std::min(next, *promise.breach);
  }
  return next;
}

}  // namespace

Instant sendable_until(const Plan& plan, const Reminder& reminder) {
  const Compiled& compiled = *plan.compiled;
  const CustomerBase& base = compiled.base;
  const Policy& policy = plan.rules->policy;
  const CompiledStep& step = compiled.occasions[reminder.occasion].steps[reminder.step];
  const bool staff = step.rule->audience == Audience::staff;
  const Instant due = reminder.due;
  const Zone& zone = *base.zones()[reminder.zone];
  Instant until = std::min(end_of_day(zone, due), reminder.expires);
  // Caps count the customer's civil days, capacities and gestures the shop's.
  if (staff) until = std::min(until, end_of_day(*base.zones()[base.zone_of(reminder.customer)], due));
  if (!staff && (step.gives || !policy.capacity.empty())) until = std::min(until, end_of_day(*base.zones()[0], due));
  if (!staff) {
    const WallTime wall = zone.to_local(due);
    if (policy.quiet_hours) until = std::min(until, due + until_quiet(*policy.quiet_hours, wall));
    if (const auto own = own_quiet_hours(base, reminder.customer)) {
      until = std::min(until, due + until_quiet(*own, wall));
    }
  }
  if (step.opening_hours) {
    const OpeningHours& hours = *policy.opening_hours;
    until = hours.is_open(due) ? std::min(until, hours.next_close(due).value_or(due)) : due;
  }
  until = std::min(until, next_event(compiled, reminder.customer, due));
  return std::max(until, due);
}

}  // namespace courtesy
