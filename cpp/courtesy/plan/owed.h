// What is owed, as a store keeps it: rows with a state, and what a new plan changes about them.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

//                 ┌───────────── failed (again after a while) ◄──────────┐
//                 ▼                                                      │
//   (plan) ──► planned ──► claimed ──► sent                      answer: failed
//                 │  ▲        │
//                 │  └────────┤ lease over (its sender crashed): again, the third time parked;
//                 │           │   on a channel that must not say it twice: unknown
//                 ├──► snoozed (by staff) ──► claimed …
//                 ├──► withdrawn (no longer owed) ──► planned, where a later plan owes it again
//                 ├──► expired (worthless by now, or late where `late` lets it go)
//                 └──► skipped (by staff)
//
// merged: said by the contact of another row, with which it is claimed and sent. What is skipped, expired, parked or
// given up is planned again only where staff say later that it shall be sent.
enum class OutboxState : std::uint8_t {
  planned,
  snoozed,
  failed,  // again at `wake`; for good where there is no retry
  claimed,
  merged,
  sent,
  skipped,
  withdrawn,
  expired,
  parked,
  unknown,
  given_up,  // failed for good
};
[[nodiscard]] std::string_view outbox_state_name(OutboxState state);
// Whether it may still go out by itself.
[[nodiscard]] constexpr bool is_live(OutboxState state) { return state <= OutboxState::merged; }
[[nodiscard]] constexpr bool is_claimable(OutboxState state) { return state <= OutboxState::failed; }

// One row of an outbox, whatever store keeps it. Names are texts, so that rows outlive the rules they were made by.
struct OwedRow {
  Key key;
  std::int64_t customer = 0;  // its number in the store
  OutboxState state = OutboxState::planned;
  Instant due;
  Instant wake;                      // when it can be claimed next: its due, or as late as it was put off to
  Instant expires = Instant::max();  // never
  // Before this it may go out without being asked again (sendable.h).
  Instant good_until = Instant::max();
  WallTime local;
  Day anchor;
  std::string occasion, step, audience, purpose, message, team;
  Late late = Late::once;
  std::string channel, zone, reason;
  std::string asset, event;  // ids as texts; empty: none
  int priority = 0;
  std::optional<Key> contact;  // of the row whose contact says it
  std::string gesture, partner;
  double cost = std::numeric_limits<double>::quiet_NaN();  // of the gesture; NaN where there is none
};

// A row of a plan that comes into an outbox as it stands there, with what the plan's columns do not tell.
struct FreshRow {
  std::uint32_t row = 0;
  int priority = 0;
  Instant good_until;
};

// What a plan, or the lapse of time, does to a row.
struct Change {
  enum class What : std::uint8_t { insert, move, withdraw, expire };
  What what = What::insert;
  OwedRow row;  // as it becomes; of withdraw and expire as it was, or would have been: what is late may be new
  // The reason's code, or "late", "moved", "changed" (in something else than its time), "planned_again", "not_in_rules"
  // or "no_longer_due".
  std::string why;
  std::optional<Instant> was;  // its due before a move
};

}  // namespace courtesy
