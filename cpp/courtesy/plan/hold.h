// Gate 5: reminders that wait while a complaint is open, and for a while after.
#pragma once

#include <optional>

#include <courtesy/plan/compiled.h>

namespace courtesy {

struct HeldBy {
  Index event = no_index;  // that opened the hold: of a breach, the promise
  Day day;                 // on which it did
  bool breach = false;
  std::optional<Day> until;  // the first civil day after it; nothing: it has no end yet
};

// The hold, of those on that purpose, that holds at the instant and ends last; nothing where none does.
[[nodiscard]] std::optional<HeldBy> held_at(const Compiled& compiled, Purpose purpose, Index customer, Instant at);

}  // namespace courtesy
