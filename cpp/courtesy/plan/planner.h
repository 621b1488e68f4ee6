// The planner: a pure function of customer base, rules and window.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <courtesy/plan/asked.h>
#include <courtesy/plan/plan.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

struct PlanOptions {
  bool withheld = true;  // also the candidates that a gate stopped
  unsigned threads = 1;  // the answer is the same for any number
  // Of reminders that are about to go out (recheck.h). Such a plan is not explained.
  std::shared_ptr<const Asked> asked = nullptr;
};

// Throws Error{data} where a condition asks for an attribute that no column has, and Error{time} where the window is
// empty or leaves the supported years.
[[nodiscard]] Plan plan(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules, Window window,
                        const PlanOptions& options = {});

// Why this reminder, why then, why this way: its candidate is decided again, and every gate says what it did.
[[nodiscard]] Decision explain(const Plan& plan, const Reminder& reminder);

// Every decision on this customer and occasion that touches the window, planned ones too, and where there is none the
// reason for that (no such event, the next one falls outside the window, …). Throws Error{missing} for an unknown
// customer or occasion, with the nearest names.
[[nodiscard]] std::vector<Decision> why_not(const Plan& plan, Index customer, std::string_view occasion);

}  // namespace courtesy
