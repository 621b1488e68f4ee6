// Gate 1: conditions on the attributes and tags of customers and assets, and on what happened to them.
#pragma once

#include <string>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/insight/value.h>
#include <courtesy/rules/occasion.h>

namespace courtesy {

// A condition with its columns and tags looked up. It refers to the rule and the base, which must outlive it.
class CompiledCondition {
 public:
  // Throws Error{data} where an attribute has no column, naming the nearest ones. `value_years`: of the policy.
  CompiledCondition(const Condition& rule, const CustomerBase& base, const std::string& occasion, double value_years);

  // At that instant: events after it are not heard.
  [[nodiscard]] bool holds(Index customer, Index asset, Instant at) const;
  [[nodiscard]] const std::string& text() const { return rule_->text; }
  // Where a bound cannot be compared with any cell of its column: what it says, and why; else nothing.
  [[nodiscard]] std::string never_compared() const;
  // The first part that does not hold (the whole, for any and none): what a reason names. Its own text where it holds.
  [[nodiscard]] const std::string& failing(Index customer, Index asset, Instant at) const;

 private:
  [[nodiscard]] bool attribute_holds(const Cell& cell) const;
  [[nodiscard]] bool events_hold(Index customer, Index asset, Instant at) const;
  [[nodiscard]] bool of_topics(Index event, std::string& scratch) const;
  // Within the bounds, of which sums are told to within so much of them.
  [[nodiscard]] bool within_bounds(double number, double slack) const;

  const Condition* rule_;
  const CustomerBase* base_;
  const Column* column_ = nullptr;
  Code tag_ = no_code;
  LifetimeValue values_;
  std::vector<std::uint8_t> kinds_;  // by kind: whether its events count
  std::vector<CompiledCondition> parts_;
};

}  // namespace courtesy
