// What a customer is worth to the shop.
#pragma once

#include <vector>

#include <courtesy/base/customer_base.h>

namespace courtesy {

// By customer: what the values of their `purchase` events add up to.
[[nodiscard]] std::vector<double> purchases_of(const CustomerBase& base);

}  // namespace courtesy
