// Goodwill: that a customer paid on time, referred somebody, or said what was good and bad raises a reminder's
// priority.
#pragma once

#include <cstdint>
#include <string>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// Which of the policy's kinds of goodwill a customer has shown within the year up to an instant, a bit each.
[[nodiscard]] std::uint64_t goodwill_at(const Compiled& compiled, Index customer, Instant at);
// Their names: "paid, referral".
[[nodiscard]] std::string goodwill_names(const Compiled& compiled, std::uint64_t kinds);

// The occasion's priority and a point for each kind of goodwill, at the reminder's due.
[[nodiscard]] int priority_of(const Compiled& compiled, std::uint32_t occasion, Index customer, Instant due);

}  // namespace courtesy
