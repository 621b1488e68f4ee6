// What a customer is worth to the shop: what is usually spent, how often, and whom the customer brought.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/base/customer_base.h>

namespace courtesy {

// What a customer's own purchases are worth over some years.
struct OwnValue {
  std::int64_t purchases = 0;  // how many there were
  double typical = 0;          // the median of their values; 0 where none has one
  double per_year = 0;         // purchases ÷ the years from the first to the last, which count as one at least
  double own = 0;              // typical × per_year × years
};

// Lifetime value: the own part, and half of the own part of every customer referred. A `referral` names in `ref` whom;
// nobody is referred twice by the same customer, or by themselves.
class LifetimeValue {
 public:
  // `years`: what is expected of a customer is looked ahead for so long.
  LifetimeValue(const CustomerBase& base, double years);

  // Of what happened up to an instant; without one, of all that is known.
  [[nodiscard]] double of(Index customer, std::optional<Instant> up_to) const;
  [[nodiscard]] OwnValue own(Index customer, std::optional<Instant> up_to) const;
  // What customers referred add: half of the sum of their own parts, in the order of the referrals.
  [[nodiscard]] double referred(Index customer, std::optional<Instant> up_to) const;

 private:
  template <typename Take>
  void each_event(Code kind, Index customer, std::optional<Instant> up_to, Take take) const;

  const CustomerBase* base_;
  double years_;
  Code purchase_, referral_;
};

// The same of all customers, of all that is known: each vector by customer.
struct CustomerValues {
  std::vector<std::int64_t> purchases;
  std::vector<double> typical, per_year, own, referred, value;
};
[[nodiscard]] CustomerValues customer_values(const CustomerBase& base, double years);

}  // namespace courtesy
