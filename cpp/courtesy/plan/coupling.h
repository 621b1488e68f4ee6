// Which customers a plan decides on together.
#pragma once

#include <courtesy/rules/rules.h>

namespace courtesy {

// By what one customer's facts may change another's plan. Where none of it holds, each may be planned alone.
struct Coupling {
  bool capacity = false;  // contacts that staff can make are shared
  bool budgets = false;   // of gestures
  // Whatever else: introductions, a segment's cadence, the rates of a fleet, what is referred to a customer.
  bool others = false;
  bool household = false;  // caps of a household: those who share that cell are planned together
  bool address = false;
};

// `asset_kinds`: whether the table of assets has a column `kind`, by which fleets are known.
[[nodiscard]] Coupling coupling_of(const Rules& rules, bool asset_kinds);

}  // namespace courtesy
