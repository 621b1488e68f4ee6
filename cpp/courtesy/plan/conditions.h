// Gate 1: conditions on the attributes and tags of customers and assets, and on what happened to them.
#pragma once

#include <string>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/rules/occasion.h>

namespace courtesy {

// A condition with its columns and tags looked up. It refers to the rule and the base, which must outlive it.
class CompiledCondition {
 public:
  // Throws Error{data} where an attribute has no column, naming the nearest ones.
  CompiledCondition(const Condition& rule, const CustomerBase& base, const std::string& occasion);

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

  const Condition* rule_;
  const CustomerBase* base_;
  const Column* column_ = nullptr;
  Code tag_ = no_code;
  std::vector<std::uint8_t> kinds_;  // by kind: whether its events count
  std::vector<CompiledCondition> parts_;
};

}  // namespace courtesy
