#include <courtesy/plan/goodwill.h>

#include <bit>

namespace courtesy {
namespace {

// Who pays something that has a due day shows goodwill by being on time. A due date lasts its whole day.
bool on_time(const CustomerBase& base, Index customer, Index event) {
  const auto due = base.event_due(event);
  if (!due) return true;
  if (due->instant) return base.event_at(event, customer) <= *due->instant;
  return base.event_day()[event] <= due->day.time_since_epoch().count();
}

}  // namespace

std::uint64_t goodwill_at(const Compiled& compiled, Index customer, Instant at) {
  if (!compiled.speaks(customer, Compiled::Speaks::of_goodwill)) return 0;
  constexpr std::int64_t year = 365;
  const CustomerBase& base = compiled.base;
  const Day today = day_of(base.zones()[base.zone_of(customer)]->to_local(at));
  const std::int64_t after = today.time_since_epoch().count() - year;
  std::uint64_t found = 0;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (base.event_day()[e] <= after || base.event_at(e, customer) > at) continue;
    for (std::size_t i = 0; i < compiled.goodwill.size(); ++i) {
      if (compiled.goodwill[i] != base.event_kind()[e]) continue;
      const bool counts = compiled.rules.policy.goodwill[i] != "paid" || on_time(base, customer, e);
      if (counts) found |= std::uint64_t{1} << i;
    }
  }
  return found;
}

std::string goodwill_names(const Compiled& compiled, std::uint64_t kinds) {
  std::string out;
  for (std::size_t i = 0; i < compiled.goodwill.size(); ++i) {
    if ((kinds >> i & 1U) != 0) out += (out.empty() ? "" : ", ") + compiled.rules.policy.goodwill[i];
  }
  return out;
}

int priority_of(const Compiled& compiled, std::uint32_t occasion, Index customer, Instant due) {
  return compiled.rules.occasions[occasion].priority + std::popcount(goodwill_at(compiled, customer, due));
}

}  // namespace courtesy
