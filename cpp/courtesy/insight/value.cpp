#include <courtesy/insight/median.h>
#include <courtesy/insight/value.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>

namespace courtesy {

LifetimeValue::LifetimeValue(const CustomerBase& base, double years)
    : base_(&base), years_(years), purchase_(base.kinds().find("purchase")), referral_(base.kinds().find("referral")) {}

// Calls take(event) for each of the customer's events of a kind, in their order.
template <typename Take>
void LifetimeValue::each_event(Code kind, Index customer, std::optional<Instant> up_to, Take take) const {
  if (kind == no_code) return;
  for (Index e = base_->event_begin()[customer]; e < base_->event_begin()[customer + 1]; ++e) {
    if (base_->event_kind()[e] == kind && (!up_to || base_->event_at(e, customer) <= *up_to)) take(e);
  }
}

OwnValue LifetimeValue::own(Index customer, std::optional<Instant> up_to) const {
  // Asked for each customer: room for values is made once for each thread.
  static thread_local std::vector<double> values;
  values.clear();
  OwnValue out;
  std::int32_t first = 0;
  std::int32_t last = 0;
  each_event(purchase_, customer, up_to, [&](Index event) {
    last = base_->event_day()[event];
    if (out.purchases++ == 0) first = last;
    if (!base_->event_value().empty() && !std::isnan(base_->event_value()[event])) {
      values.push_back(base_->event_value()[event]);
    }
  });
  if (out.purchases == 0) return out;
  constexpr double days_of_a_year = 365.25;
  out.typical = median(values).value_or(0);
  out.per_year = static_cast<double>(out.purchases) / std::max(1.0, (last - first) / days_of_a_year);
  out.own = out.typical * out.per_year * years_;
  return out;
}

double LifetimeValue::referred(Index customer, std::optional<Instant> up_to) const {
  double sum = 0;
  std::unordered_set<Index> known{customer};
  std::string scratch;
  each_event(referral_, customer, up_to, [&](Index event) {
    const std::string_view ref = base_->event_ref(event, scratch);
    const Index other = ref.empty() ? no_index : base_->customer_ids().find(ref);
    if (other != no_index && known.insert(other).second) sum += own(other, up_to).own;
  });
  return sum / 2;
}

double LifetimeValue::of(Index customer, std::optional<Instant> up_to) const {
  const double part = own(customer, up_to).own;
  return referral_ == no_code ? part : part + referred(customer, up_to);
}

CustomerValues customer_values(const CustomerBase& base, double years) {
  const std::size_t customers = base.customers();
  CustomerValues out;
  out.purchases.resize(customers);
  for (auto* column : {&out.typical, &out.per_year, &out.own, &out.referred, &out.value}) column->resize(customers);
  const LifetimeValue values(base, years);
  // Those without such events, who are many, are not looked at.
  const auto each_with = [&](const char* name, auto take) {
    const Code kind = base.kinds().find(name);
    if (kind == no_code) return;
    Index customer = 0;
    Index told = no_index;
    for (const Index event : base.events_of(kind).events) {
      while (base.event_begin()[customer + 1] <= event) ++customer;
      if (customer != told) take(customer);
      told = customer;
    }
  };
  each_with("purchase", [&](Index customer) {
    const OwnValue own = values.own(customer, std::nullopt);
    out.purchases[customer] = own.purchases;
    out.typical[customer] = own.typical;
    out.per_year[customer] = own.per_year;
    out.own[customer] = out.value[customer] = own.own;
  });
  each_with("referral", [&](Index customer) {
    out.referred[customer] = values.referred(customer, std::nullopt);
    out.value[customer] = out.own[customer] + out.referred[customer];
  });
  return out;
}

}  // namespace courtesy
