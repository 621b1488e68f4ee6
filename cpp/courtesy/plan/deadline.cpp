#include <courtesy/plan/deadline.h>
#include <courtesy/plan/slots.h>

#include <cmath>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// A share of a whole number, rounded down; a product that is whole but for the last bits is that whole number.
std::int64_t share_of(double share, std::int64_t whole) {
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(whole) + 1e-6));
}

}  // namespace

std::optional<DuePoint> moved_point(const DuePoint& point, const Span& span, bool back, const Zone& zone,
                                    const Compiled& compiled) {
  const Policy& policy = compiled.rules.policy;
  if (span.whole_days()) {
    const auto day = shifted(point.day, span, back, compiled.workdays);
    if (!day) return std::nullopt;
    DuePoint out{*day, std::nullopt};
    if (point.instant) {
      out.instant = zone.to_utc(zone.to_local(*point.instant) + (*day - point.day), policy.gap, policy.overlap);
    }
    return out;
  }
  Instant at = point.instant ? *point.instant : zone.to_utc(WallTime{point.day + days{1}}, policy.gap, policy.overlap);
  const WallTime wall = zone.to_local(at);
  const auto day = shifted(day_of(wall), span, back, compiled.workdays);
  if (!day) return std::nullopt;
  if (*day != day_of(wall)) at = zone.to_utc(wall + (*day - day_of(wall)), policy.gap, policy.overlap);
  at += back ? -span.time : span.time;
  if (span.open_time.count() != 0) {
    at = policy.opening_hours->add(at, back ? -span.open_time : span.open_time).value_or(at);
  }
  return DuePoint{day_of(zone.to_local(at)), at};
}

std::optional<DuePoint> due_of(const CustomerBase& base, Index event) {
  const auto due = base.event_due(event);
  if (!due) return std::nullopt;
  return DuePoint{due->day, due->instant};
}

std::optional<DuePoint> target_of(const Compiled& compiled, const Deadline& deadline, Index customer, Index event) {
  const CustomerBase& base = compiled.base;
  const auto due = due_of(base, event);
  if (!due) return std::nullopt;
  const Zone& zone = *base.zones()[base.zone_of(customer)];
  if (deadline.target_before) {
    // Nobody can be reminded of a promise before it was made.
    const auto target = moved_point(*due, *deadline.target_before, true, zone, compiled);
    const Day made{days{base.event_day()[event]}};
    if (!target || target->day > made) return target;
    if (!target->instant) return DuePoint{std::min(made, due->day), std::nullopt};
    const Instant at =
        std::min(std::max(*target->instant, base.event_at(event, customer)), due->instant.value_or(Instant::max()));
    return DuePoint{day_of(zone.to_local(at)), at};
  }
  const double share = deadline.target_share.value_or(1);
  if (!due->instant) {
    const Day made{days{base.event_day()[event]}};
    if (due->day <= made) return due;
    return DuePoint{made + days{share_of(share, (due->day - made).count())}, std::nullopt};
  }
  const Instant made = base.event_at(event, customer);
  if (*due->instant <= made) return due;
  constexpr double a_second = std::chrono::microseconds{seconds{1}}.count();
  const Instant target = made + seconds{share_of(share / a_second, (*due->instant - made).count())};
  return DuePoint{day_of(zone.to_local(target)), target};
}

bool counts_from_target(const Deadline& deadline, const Step& step) {
  const Against usual = step.audience == Audience::staff ? Against::target : Against::due;
  return deadline.has_target() && step.against.value_or(usual) == Against::target;
}

std::optional<DuePoint> point_of(const Compiled& compiled, const Deadline& deadline, const Step& step, Index customer,
                                 Index event) {
  return counts_from_target(deadline, step) ? target_of(compiled, deadline, customer, event)
                                            : due_of(compiled.base, event);
}

}  // namespace courtesy
