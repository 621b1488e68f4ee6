// What may happen next: events drawn from what happened before, whatever the shop will say to whom.
#pragma once

#include <vector>

#include <courtesy/base/event_rows.h>
#include <courtesy/insight/history.h>

namespace courtesy {

// What happens from the history's end until `end`, in order of time. The same history, seed and start give the same
// events in whatever order its rows stand, and the same first ones whenever the end comes.
[[nodiscard]] std::vector<Outcome> draw_outcomes(const History& history, Instant end, std::uint64_t seed);

// How ids of outcomes are written.
struct OutcomeIds {
  bool integers = false;  // as those of the history are; else "sim-" and 24 hexadecimal digits
  [[nodiscard]] std::string text(const Hash128& id) const;
};

[[nodiscard]] EventRow event_row_of(const History& history, const Outcome& outcome, OutcomeIds ids);

}  // namespace courtesy
