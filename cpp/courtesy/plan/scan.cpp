#include <courtesy/plan/scan.h>

#include <algorithm>

namespace courtesy {

Scan::Scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
           DueCache* cache) {
  if (std::holds_alternative<Recurring>(occasion.rule->anchor)) {
    everybodys_ = recurring_slots(compiled, occasion, step);
    return;
  }
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly != nullptr && yearly->birthday) {
    if (!compiled.base.birthday().empty()) birthdays_.emplace(compiled, occasion, step);
    return;
  }
  for (const Code kind : occasion.kinds) kinds_.emplace_back(compiled, occasion, step, kind, range, cache);
  for (const Code kind : occasion.since) {
    if (kind != no_code) kinds_.emplace_back(compiled, occasion, step, kind, range, cache);
  }
}

void Scan::look_far(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                    std::span<const Index> customers) {
  far_.emplace(Far{compiled, occasion, step, customers});
}

void Scan::scan(CustomerRange block, const TakeCandidates& take) {
  CandidateBatch batch(take);
  for (Index customer = block.from; customer < block.to && !everybodys_.empty(); ++customer) {
    for (const Slot& slot : everybodys_) batch.add({.customer = customer, .anchor = slot.due, .slot = slot});
    batch.flush_if_full();
  }
  if (birthdays_) birthdays_->scan(block, batch);
  for (EventScan& kind : kinds_) kind.scan(block, batch);
  if (far_) {
    const auto first = std::lower_bound(far_->customers.begin(), far_->customers.end(), block.from);
    for (auto customer = first; customer != far_->customers.end() && *customer < block.to; ++customer) {
      std::vector<Candidate>& candidates = batch.candidates();
      const std::size_t before = candidates.size();
      candidates_of_customer(far_->compiled, far_->occasion, far_->step, *customer, candidates);
      for (std::size_t i = before; i < candidates.size(); ++i) candidates[i].far = true;
      batch.flush_if_full();
    }
  }
  batch.flush();
}

}  // namespace courtesy
