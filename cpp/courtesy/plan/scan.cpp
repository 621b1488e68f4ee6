#include <courtesy/plan/scan.h>

namespace courtesy {

Scan::Scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range) {
  if (std::holds_alternative<Recurring>(occasion.rule->anchor)) {
    everybodys_ = recurring_slots(compiled, occasion, step);
    return;
  }
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly != nullptr && yearly->birthday) {
    if (!compiled.base.birthday().empty()) birthdays_.emplace(compiled, occasion, step);
    return;
  }
  if (occasion.kind != no_code) kinds_.emplace_back(compiled, occasion, step, occasion.kind, range);
  for (const Code kind : occasion.since) {
    if (kind != no_code) kinds_.emplace_back(compiled, occasion, step, kind, range);
  }
}

void Scan::scan(CustomerRange block, const TakeCandidates& take) {
  CandidateBatch batch(take);
  for (Index customer = block.from; customer < block.to && !everybodys_.empty(); ++customer) {
    for (const Slot& slot : everybodys_) batch.add({.customer = customer, .anchor = slot.due, .slot = slot});
    batch.flush_if_full();
  }
  if (birthdays_) birthdays_->scan(block, batch);
  for (EventScan& kind : kinds_) kind.scan(block, batch);
  batch.flush();
}

}  // namespace courtesy
