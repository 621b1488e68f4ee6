// A reminder: one planned (or withheld) contact.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include <courtesy/base/customer_base.h>
#include <courtesy/rules/occasion.h>

namespace courtesy {

// Stable 128-bit identity: a hash of (customer, asset, occasion, cycle, step), never of a forecast or a moved time.
struct Key {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};
[[nodiscard]] std::string to_hex(Key key);

// Merged: another reminder's contact says it, the one that `contact` names.
enum class State : std::uint8_t { planned, withheld, merged };
[[nodiscard]] std::string_view state_name(State state);

// The code that decided: why a reminder was planned for that instant, or withheld. Stable names; see docs/reasons.md.
enum class ReasonCode : std::uint8_t {
  // what made it due
  after_event,
  breach,
  repeated,
  recurrence,
  anniversary,
  leap_day,
  interval_time,
  interval_use,
  interval_use_unknown,
  interval_decided,
  scheduled,
  lapse,
  lapse_cadence,
  deadline,
  target,
  step_offset,
  best_hour,
  snoozed,
  at_time,
  // what let it pass, moved it or chose the channel
  condition_met,
  status_active,
  out_of_reach,
  consent_given,
  consent_not_needed,
  consent_not_withdrawn,
  use_channel,
  channel,
  introduced,
  hold,
  business_day,
  dst_gap,
  dst_overlap,
  opening_hours,
  quiet_hours,
  spread,
  gesture,
  goodwill,
  cap,
  capacity,
  joined_by,
  // what was decided
  due,       // planned at its scheduled time
  moved,     // planned at another time than scheduled
  deferred,  // planned on a later day than a cap or the capacity refused
  send_now,  // planned when staff said so
  merged,    // said by another reminder's contact
  not_active,
  sent,
  skipped,
  condition_failed,
  ended,
  superseded,
  closed,
  deceased,
  do_not_contact,
  no_consent,
  consent_withdrawn,
  no_channel,
  not_agreed,
  no_match,
  on_hold,
  no_slot,
  expired,
  capped,
  over_capacity,
  over_budget,
  not_granted,
  // why there is nothing: why_not alone
  no_event,
  no_birthday,
  no_due,
  no_cadence,
  outside_window,
  no_milestone,
  not_repeated,
};
[[nodiscard]] std::string_view reason_name(ReasonCode code);

// One row of a plan in its compact form; names stand in the base's and the rules' dictionaries.
struct Reminder {
  Instant due;
  Key key;
  WallTime local;
  Instant expires;  // Instant::max(): never
  Day anchor;       // the civil date that made it due
  Index customer = no_index;
  Index asset = no_index;
  Index event = no_index;  // the anchoring event; no_index for a birthday
  std::uint32_t occasion = 0;
  std::uint16_t step = 0;  // index into the occasion's steps
  Code zone = 0;           // of the base's zones
  Code channel = no_code;  // of the plan's channels
  State state = State::planned;
  ReasonCode reason = ReasonCode::due;
};

}  // namespace courtesy
