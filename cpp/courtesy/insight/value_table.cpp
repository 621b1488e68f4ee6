#include <courtesy/insight/value.h>
#include <courtesy/insight/value_table.h>

#include <courtesy/base/id_column.h>

#include <algorithm>
#include <numeric>

namespace courtesy {

std::vector<OutColumn> value_table(const CustomerBase& base, double years) {
  const CustomerValues values = customer_values(base, years);
  std::vector<Index> rows(base.customers());
  std::iota(rows.begin(), rows.end(), Index{0});
  std::stable_sort(rows.begin(), rows.end(), [&](Index a, Index b) { return values.value[a] > values.value[b]; });
  const auto taken = [&](const auto& cells) {
    std::decay_t<decltype(cells)> out;
    out.reserve(rows.size());
    for (const Index row : rows) out.push_back(cells[row]);
    return out;
  };
  std::vector<OutColumn> out;
  out.push_back(id_column("customer", base.customer_ids(), rows));
  out.push_back(OutColumn::integers("purchases", taken(values.purchases)));
  out.push_back(OutColumn::reals("typical", taken(values.typical)));
  out.push_back(OutColumn::reals("per_year", taken(values.per_year)));
  out.push_back(OutColumn::reals("own", taken(values.own)));
  out.push_back(OutColumn::reals("referred", taken(values.referred)));
  out.push_back(OutColumn::reals("value", taken(values.value)));
  return out;
}

}  // namespace courtesy
