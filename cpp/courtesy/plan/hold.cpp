#include <courtesy/plan/hold.h>
#include <courtesy/plan/slots.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

// Whether an event ends what another opened: it answers it, or the same as it, or names nothing.
bool ends(const CustomerBase& base, Index event, Index opener, Index customer) {
  std::string ref_scratch, scratch;
  const std::string_view ref = base.event_ref(event, ref_scratch);
  return ref.empty() || ref == base.event_id(opener, customer, scratch) || ref == base.event_ref(opener, scratch);
}

// The first civil day after a hold; nothing where no event has ended it.
std::optional<Day> end_of(const Compiled& compiled, const CompiledHold& hold, Index opener, Index customer) {
  const CustomerBase& base = compiled.base;
  if (hold.until.empty()) return std::nullopt;
  for (Index e = opener + 1; e < base.event_begin()[customer + 1]; ++e) {
    if (hold.until[base.event_kind()[e]] == 0 || !ends(base, e, opener, customer)) continue;
    const Day ended{days{base.event_day()[e]}};
    const auto cooled = shifted(ended, hold.rule->cool_down, false, compiled.workdays);
    return std::max(ended + days{1}, cooled.value_or(ended));
  }
  return std::nullopt;
}

}  // namespace

std::optional<HeldBy> held_at(const Compiled& compiled, Purpose purpose, Index customer, Instant at) {
  if (!compiled.speaks(customer, Compiled::Speaks::of_holds)) return std::nullopt;
  const CustomerBase& base = compiled.base;
  const Day day = day_of(base.zones()[base.zone_of(customer)]->to_local(at));
  std::optional<HeldBy> found;
  for (const CompiledHold& hold : compiled.holds) {
    const auto& purposes = hold.rule->purposes;
    if (std::find(purposes.begin(), purposes.end(), purpose) == purposes.end()) continue;
    for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
      if (hold.after[base.event_kind()[e]] == 0) continue;
      if (base.event_at(e, customer) > at) break;
      const auto until = end_of(compiled, hold, e, customer);
      if (until && day >= *until) continue;
      if (!until) return HeldBy{e, std::nullopt};
      if (!found || *found->until < *until) found = HeldBy{e, until};
    }
  }
  return found;
}

}  // namespace courtesy
