#include <courtesy/insight/cases.h>

namespace courtesy {

Cases::Cases(const CustomerBase& base, Index customer, const KindFlags& kinds) {
  if (base.events() == 0 || kinds.empty()) return;
  std::string ref_scratch, scratch;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (kinds[base.event_kind()[e]] == 0) continue;
    const std::string_view ref = base.event_ref(e, ref_scratch);
    const std::string_view id = base.event_id(e, customer, scratch);
    std::string name(ref.empty() ? id : of_ref(ref));
    first_.try_emplace(name, e);
    by_id_.try_emplace(std::string(id), std::move(name));
  }
}

std::string_view Cases::of_ref(std::string_view ref) const {
  const auto found = by_id_.find(ref);
  return found == by_id_.end() ? ref : found->second;
}

Index Cases::first_of(std::string_view name) const {
  const auto found = first_.find(name);
  return found == first_.end() ? no_index : found->second;
}

}  // namespace courtesy
