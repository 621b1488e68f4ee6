// Introductions: which of the customers who agreed to it get to know each other, or a club, on the dates of an rrule.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <courtesy/insight/similarity.h>
#include <courtesy/plan/compiled.h>

namespace courtesy {

// Whom a customer is introduced to.
struct Partner {
  Index customer = no_index;  // no_index: the club
};

// Of all occasions of a plan with a `match`. The occurrences around the window are paired at once, one after the other;
// others, which staff have brought near, when they are asked for.
class Introductions {
 public:
  // Throws Error{data} where a column that shall be shared is absent.
  explicit Introductions(const Compiled& compiled);
  ~Introductions();

  // On the occasion's occurrence of that day; nothing where nobody was found for the customer.
  [[nodiscard]] std::optional<Partner> of(std::uint32_t occasion, Day occurrence, Index customer) const;
  // The partner's id, or the club's name.
  [[nodiscard]] std::string name(std::uint32_t occasion, Partner partner) const;
  // What they have in common: "classic, MX-5, same postcode".
  [[nodiscard]] std::string shared(std::uint32_t occasion, Index customer, Partner partner) const;

 private:
  class OfOccasion;
  const Compiled& compiled_;
  std::map<std::uint32_t, std::unique_ptr<OfOccasion>> occasions_;
};

// Whether any occasion introduces customers.
[[nodiscard]] bool introduces(const Rules& rules);

}  // namespace courtesy
