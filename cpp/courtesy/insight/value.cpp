#include <courtesy/insight/value.h>

#include <cmath>

namespace courtesy {

std::vector<double> purchases_of(const CustomerBase& base) {
  std::vector<double> values(base.customers());
  const Code purchase = base.kinds().find("purchase");
  if (purchase == no_code || base.event_value().empty()) return values;
  Index customer = 0;
  for (const Index event : base.events_of(purchase).events) {
    while (base.event_begin()[customer + 1] <= event) ++customer;
    if (!std::isnan(base.event_value()[event])) values[customer] += base.event_value()[event];
  }
  return values;
}

}  // namespace courtesy
