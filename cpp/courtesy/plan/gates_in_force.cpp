// Whether an occasion was in force already when a reminder was scheduled, and whether its time has come.
#include <courtesy/plan/gates.h>
#include <courtesy/plan/schedule.h>

namespace courtesy {

bool Gatekeeper::in_force(const Case& asked, const Timing& timing) const {
  const Occasion& rule = *occasion_.rule;
  if (!rule.not_before && !rule.active_from) return true;
  // Where staff said nothing the timing has what it needs.
  if (!rule.not_before && asked.words.decision == no_index && !asked.words.asked)
    return timing.scheduled >= *rule.active_from;
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

Instant Gatekeeper::sent_now_at(const Case& asked) const {
  return courtesy::sent_now_at(compiled_, scheduled(asked, nullptr), asked.recipient, asked.candidate.customer,
                               asked.words.decision);
}

bool Gatekeeper::has_come(const Case& asked, Instant at) const {
  const Overrides& words = asked.words;
  if (words.decision != no_index && words.decision_kind == compiled_.overrides.send_now) {
    return sent_now_at(asked) <= at;
  }
  return time_step(compiled_, occasion_, step_, asked.recipient, scheduled(asked, nullptr),
                   {std::nullopt, asked.spread}, nullptr)
             .due <= at;
}

}  // namespace courtesy
