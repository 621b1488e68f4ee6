// Gate 5: reminders that wait while a complaint is open, and for a while after.
#pragma once

#include <optional>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

struct HeldBy {
  Index event = no_index;  // that opened the hold: of a breach, the promise
  Day day;                 // on which it did
  bool breach = false;
  std::optional<Day> until;  // the first civil day after it; nothing: it has no end yet
};

// The holds on one purpose. They are asked for one customer after another, and what is known of the last one is kept
// for the next instant.
class Holds {
 public:
  Holds(const Compiled& compiled, Purpose purpose) : compiled_(compiled), purpose_(purpose) {}

  // The one that holds at the instant and ends last; nothing where none does.
  [[nodiscard]] std::optional<HeldBy> at(Index customer, Instant at);

 private:
  struct Opened {
    HeldBy hold;
    Instant at;
  };
  void find(Index customer);

  const Compiled& compiled_;
  Purpose purpose_;
  Index customer_ = no_index;   // the last one
  std::vector<Opened> opened_;  // of that customer, whenever; by hold of the policy, events before breaches
};

}  // namespace courtesy
