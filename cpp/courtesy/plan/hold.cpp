#include <courtesy/plan/hold.h>
#include <courtesy/plan/slots.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

// The first civil day after a hold; nothing where no event has ended it. An event ends it that answers what opened it,
// or the same as that, or names nothing; one that is given by its date may have happened at any time of its day.
std::optional<Day> end_of(const Compiled& compiled, const CompiledHold& hold, Index opener, Index customer) {
  const CustomerBase& base = compiled.base;
  if (hold.until.empty()) return std::nullopt;
  std::string scratch;
  const std::string own(base.event_id(opener, customer, scratch));
  const std::string answered(base.event_ref(opener, scratch));
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (hold.until[base.event_kind()[e]] == 0 || e == opener) continue;
    const bool same_day = base.event_day()[e] == base.event_day()[opener];
    if (e < opener && !(same_day && base.event_has_date(e) && !base.event_has_date(opener))) continue;
    const std::string_view ref = base.event_ref(e, scratch);
    if (!ref.empty() && ref != own && ref != answered) continue;
    const Day ended{days{base.event_day()[e]}};
    const auto cooled = shifted(ended, hold.rule->cool_down, false, compiled.workdays);
    // A cool-down that leaves the calendar lasts as long as there are days.
    return cooled ? std::max(ended + days{1}, *cooled) : Day{last_year / 12 / 31};
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
