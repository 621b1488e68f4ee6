#include <courtesy/plan/birthday_scan.h>

#include <algorithm>
#include <array>

namespace courtesy {

using std::chrono::days;

BirthdayScan::BirthdayScan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step)
    : base_(compiled.base), milestones_(std::get<Yearly>(occasion.rule->anchor).milestones) {
  // The slots of each of the year's 366 dates are worked out once, for somebody born in 1600 and of any age.
  Yearly any_age = std::get<Yearly>(occasion.rule->anchor);
  any_age.milestones.clear();
  Occasion probe_rule = *occasion.rule;
  probe_rule.anchor = any_age;
  CompiledOccasion probe = occasion;
  probe.rule = &probe_rule;
  constexpr std::size_t keys_of_a_year = 512;
  slots_.resize(keys_of_a_year);
  std::vector<std::uint8_t> wanted(keys_of_a_year);
  const std::chrono::year leap{1600};
  for (Day day{leap / 1 / 1}; calendar_date(day).year() == leap; day += days{1}) {
    const auto date = calendar_date(day);
    const std::size_t key = unsigned{date.month()} << 5U | unsigned{date.day()};
    slots_of(compiled, probe, step, day, false, slots_[key]);
    wanted[key] = slots_[key].empty() ? 0 : 1;
  }
  filter_ = RowFilter(0, std::move(wanted));
}

void BirthdayScan::scan(CustomerRange block, CandidateBatch& batch) const {
  if (filter_.empty()) return;
  std::array<std::uint32_t, RowFilter::most_rows> rows;
  for (Index from = block.from; from < block.to;) {
    const Index count = std::min<Index>(RowFilter::most_rows, block.to - from);
    const std::size_t found = filter_.find(base_.birthday_key().subspan(from, count), rows.data());
    for (std::size_t i = 0; i < found; ++i) add(from + rows[i], batch);
    batch.flush_if_full();
    from += count;
  }
}

void BirthdayScan::add(Index customer, CandidateBatch& batch) const {
  Candidate candidate;
  candidate.customer = customer;
  candidate.anchor = Day{days{base_.birthday()[customer]}};
  const int born = int{calendar_date(candidate.anchor).year()};
  for (const Slot& slot : slots_[base_.birthday_key()[customer]]) {
    const int age = slot.number - born;
    if (age < 1) continue;
    if (!milestones_.empty() && !std::binary_search(milestones_.begin(), milestones_.end(), age)) continue;
    candidate.slot = slot;
    batch.add(candidate);
  }
}

}  // namespace courtesy
