#include <courtesy/plan/coupling.h>

#include <algorithm>

namespace courtesy {
namespace {

// Whether it asks what a customer is worth, which others raise that the customer referred.
bool asks_value(const Condition& test) {
  return test.op == Condition::Op::lifetime_value || std::any_of(test.parts.begin(), test.parts.end(), asks_value);
}

bool asks_value(const std::optional<Condition>& when) { return when && asks_value(*when); }

bool any_asks_value(const std::vector<Gesture>& gestures) {
  return std::any_of(gestures.begin(), gestures.end(), [](const Gesture& gesture) { return asks_value(gesture.when); });
}

bool compares(const Anchor& anchor, const CouplingFacts& facts) {
  if (const auto* lapse = std::get_if<Lapse>(&anchor)) return lapse->cadence.has_value();
  if (const auto* interval = std::get_if<Interval>(&anchor)) return interval->by_use() && facts.asset_kinds;
  const auto* recurring = std::get_if<Recurring>(&anchor);
  return recurring != nullptr && recurring->match && recurring->match->club.empty();
}

}  // namespace

Coupling coupling_of(const Rules& rules, const CouplingFacts& facts) {
  const Policy& policy = rules.policy;
  Coupling coupling;
  coupling.capacity = !policy.capacity.empty();
  coupling.budgets = !policy.budgets.empty();
  for (const Cap& cap : policy.caps) {
    coupling.household |= cap.scope == Cap::Scope::household;
    coupling.address |= cap.scope == Cap::Scope::address;
  }
  const bool shared = coupling.household || coupling.address;
  coupling.others = facts.referrals && (shared || any_asks_value(policy.compensation));
  for (const Occasion& occasion : rules.occasions) {
    const bool by_value =
        asks_value(occasion.when) || std::any_of(occasion.steps.begin(), occasion.steps.end(),
                                                 [](const Step& step) { return any_asks_value(step.giving.gestures); });
    coupling.others = coupling.others || compares(occasion.anchor, facts) || (facts.referrals && by_value);
  }
  return coupling;
}

}  // namespace courtesy
