// What customers are worth, as a table for others.
#pragma once

#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/customer_base.h>

namespace courtesy {

// One row for each customer, the highest value first (of equal ones in the order of the customers' rows): customer,
// purchases, typical, per_year, own, referred, value.
[[nodiscard]] std::vector<OutColumn> value_table(const CustomerBase& base, double years);

}  // namespace courtesy
