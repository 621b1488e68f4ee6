// Whether an occasion was in force already when a reminder was scheduled.
#include <courtesy/plan/gates.h>

namespace courtesy {

bool Gatekeeper::in_force(const Case& asked, const Timing& timing) const {
  const Occasion& rule = *occasion_.rule;
  if (!rule.not_before && !rule.active_from) return true;
  // Where staff said nothing the timing has what it needs.
  if (!rule.not_before && asked.words.decision == no_index) return timing.scheduled >= *rule.active_from;
  const Scheduled known = scheduled(asked, nullptr);
  return rule.in_force(day_of(known.wall), instant_of(asked, known));
}

// The later one of the two activations.
void Gatekeeper::tell_activation(const Case& asked, Trace& trace) const {
  const Occasion& rule = *occasion_.rule;
  const Zone& zone = asked.recipient.zone;
  if (!rule.active_from || (rule.not_before && zone.to_utc(WallTime{*rule.not_before}) > *rule.active_from)) {
    return trace.add(ReasonCode::not_active, {{"day", *rule.not_before}});
  }
  const WallTime local = zone.to_local(*rule.active_from);
  trace.add(ReasonCode::not_active, {{"day", day_of(local)}, {"local", local}});
}

}  // namespace courtesy
