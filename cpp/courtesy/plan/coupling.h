// Which customers a plan decides on together.
#pragma once

#include <courtesy/rules/rules.h>

namespace courtesy {

// By what one customer's facts may change another's plan. Where none of it holds, each may be planned alone.
struct Coupling {
  bool capacity = false;  // contacts that staff can make are shared
  bool budgets = false;   // of gestures
  // Whatever else: introductions, a segment's cadence, the rates of a fleet, what is referred to a customer (which also
  // says who of a household goes first).
  bool others = false;
  bool household = false;  // caps of a household: those who share that cell are planned together
  bool address = false;

  // Whether a plan of some customers depends on all others.
  [[nodiscard]] bool everybody() const { return capacity || budgets || others; }
};

// What the tables have that couples customers where the rules look at it.
struct CouplingFacts {
  bool asset_kinds = true;  // a column `kind` of assets, by which fleets are known
  bool referrals = true;    // events `referral`: whoever is referred is a part of what the customer is worth
};
[[nodiscard]] Coupling coupling_of(const Rules& rules, const CouplingFacts& facts);

}  // namespace courtesy
