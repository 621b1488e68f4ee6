#include <courtesy/plan/reminder.h>

namespace courtesy {

std::string to_hex(Key key) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(32, '0');
  for (unsigned i = 0; i < 16; ++i) {
    out[i] = digits[(key.high >> (60 - 4 * i)) & 15U];
    out[16 + i] = digits[(key.low >> (60 - 4 * i)) & 15U];
  }
  return out;
}

std::string_view state_name(State state) {
  switch (state) {
    case State::planned:
      return "planned";
    case State::withheld:
      return "withheld";
    case State::merged:
      return "merged";
  }
  return "withheld";
}

std::string_view reason_name(ReasonCode code) {
  switch (code) {
    case ReasonCode::after_event:
      return "after_event";
    case ReasonCode::breach:
      return "breach";
    case ReasonCode::repeated:
      return "repeated";
    case ReasonCode::recurrence:
      return "recurrence";
    case ReasonCode::anniversary:
      return "anniversary";
    case ReasonCode::leap_day:
      return "leap_day";
    case ReasonCode::interval_time:
      return "interval_time";
    case ReasonCode::interval_use:
      return "interval_use";
    case ReasonCode::interval_use_unknown:
      return "interval_use_unknown";
    case ReasonCode::interval_decided:
      return "interval_decided";
    case ReasonCode::scheduled:
      return "scheduled";
    case ReasonCode::lapse:
      return "lapse";
    case ReasonCode::lapse_cadence:
      return "lapse_cadence";
    case ReasonCode::deadline:
      return "deadline";
    case ReasonCode::target:
      return "target";
    case ReasonCode::step_offset:
      return "step_offset";
    case ReasonCode::best_hour:
      return "best_hour";
    case ReasonCode::snoozed:
      return "snoozed";
    case ReasonCode::at_time:
      return "at_time";
    case ReasonCode::condition_met:
      return "condition_met";
    case ReasonCode::status_active:
      return "status_active";
    case ReasonCode::out_of_reach:
      return "out_of_reach";
    case ReasonCode::consent_given:
      return "consent_given";
    case ReasonCode::consent_not_needed:
      return "consent_not_needed";
    case ReasonCode::consent_not_withdrawn:
      return "consent_not_withdrawn";
    case ReasonCode::use_channel:
      return "use_channel";
    case ReasonCode::channel:
      return "channel";
    case ReasonCode::introduced:
      return "introduced";
    case ReasonCode::hold:
      return "hold";
    case ReasonCode::business_day:
      return "business_day";
    case ReasonCode::dst_gap:
      return "dst_gap";
    case ReasonCode::dst_overlap:
      return "dst_overlap";
    case ReasonCode::opening_hours:
      return "opening_hours";
    case ReasonCode::quiet_hours:
      return "quiet_hours";
    case ReasonCode::spread:
      return "spread";
    case ReasonCode::gesture:
      return "gesture";
    case ReasonCode::goodwill:
      return "goodwill";
    case ReasonCode::cap:
      return "cap";
    case ReasonCode::capacity:
      return "capacity";
    case ReasonCode::joined_by:
      return "joined_by";
    case ReasonCode::due:
      return "due";
    case ReasonCode::moved:
      return "moved";
    case ReasonCode::deferred:
      return "deferred";
    case ReasonCode::send_now:
      return "send_now";
    case ReasonCode::merged:
      return "merged";
    case ReasonCode::not_active:
      return "not_active";
    case ReasonCode::sent:
      return "sent";
    case ReasonCode::skipped:
      return "skipped";
    case ReasonCode::condition_failed:
      return "condition_failed";
    case ReasonCode::ended:
      return "ended";
    case ReasonCode::superseded:
      return "superseded";
    case ReasonCode::closed:
      return "closed";
    case ReasonCode::deceased:
      return "deceased";
    case ReasonCode::do_not_contact:
      return "do_not_contact";
    case ReasonCode::no_consent:
      return "no_consent";
    case ReasonCode::consent_withdrawn:
      return "consent_withdrawn";
    case ReasonCode::no_channel:
      return "no_channel";
    case ReasonCode::not_agreed:
      return "not_agreed";
    case ReasonCode::no_match:
      return "no_match";
    case ReasonCode::on_hold:
      return "on_hold";
    case ReasonCode::no_slot:
      return "no_slot";
    case ReasonCode::expired:
      return "expired";
    case ReasonCode::capped:
      return "capped";
    case ReasonCode::over_capacity:
      return "over_capacity";
    case ReasonCode::over_budget:
      return "over_budget";
    case ReasonCode::not_granted:
      return "not_granted";
    case ReasonCode::no_event:
      return "no_event";
    case ReasonCode::no_birthday:
      return "no_birthday";
    case ReasonCode::no_due:
      return "no_due";
    case ReasonCode::no_cadence:
      return "no_cadence";
    case ReasonCode::outside_window:
      return "outside_window";
    case ReasonCode::no_milestone:
      return "no_milestone";
    case ReasonCode::not_repeated:
      return "not_repeated";
  }
  return "unknown";
}

}  // namespace courtesy
