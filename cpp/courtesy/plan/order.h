// The order of a plan: by due, then key.
#pragma once

#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

// A reminder while it is being planned: what cannot be told from its customer and its event.
struct PlannedRow {
  Instant due;
  Key key;
  Instant expires;
  Index customer = no_index;
  Index event = no_index;
  std::uint32_t occasion = 0;
  std::uint16_t step = 0;
  Code channel = no_code;
  State state = State::planned;
  ReasonCode reason = ReasonCode::due;
};

// Rows as they were found, a list for each step and range of customers.
using RowLists = std::vector<std::vector<PlannedRow>>;

// The rows of all lists in the plan's order.
[[nodiscard]] std::vector<const PlannedRow*> plan_order(const RowLists& lists);

}  // namespace courtesy
