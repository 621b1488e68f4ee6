#include <courtesy/plan/event_scan.h>

#include <algorithm>
#include <array>

namespace courtesy {

using std::chrono::days;

EventScan::EventScan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Code kind,
                     CustomerRange range, DueCache* cache)
    : compiled_(compiled),
      occasion_(occasion),
      step_(step),
      base_(compiled.base),
      kind_(base_.events_of(kind)),
      cache_(cache),
      keep_(keep_of(occasion)),
      repetition_(compiled, occasion),
      customer_(range.from) {
  const auto place_of = [&](Index customer) {
    const auto found = std::lower_bound(kind_.events.begin(), kind_.events.end(), base_.event_begin()[customer]);
    return static_cast<std::size_t>(found - kind_.events.begin());
  };
  begin_ = next_ = place_of(range.from);
  end_ = place_of(range.to);
  make_tables();
}

EventScan::Keep EventScan::keep_of(const CompiledOccasion& occasion) {
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly == nullptr || yearly->of == Yearly::Of::each) return Keep::all;
  return yearly->of == Yearly::Of::first ? Keep::first_of_customer : Keep::last_of_customer;
}

void EventScan::make_tables() {
  const auto* interval = std::get_if<Interval>(&occasion_.rule->anchor);
  const auto* lapse = std::get_if<Lapse>(&occasion_.rule->anchor);
  repeats_ = std::holds_alternative<AfterEvent>(occasion_.rule->anchor);
  has_asset_ = lapse == nullptr && !base_.event_asset().empty();
  // What a day leads to depends on more than the day.
  const bool by_event = (interval != nullptr && (interval->every.use || (interval->first && interval->first->use))) ||
                        (lapse != nullptr && lapse->cadence) ||
                        std::holds_alternative<Deadline>(occasion_.rule->anchor) || occasion_.hears_breaches;
  const auto range = std::int64_t{kind_.last_day} - kind_.first_day;
  // A table over all days pays only where there are rows enough to use it.
  if (by_event || range >= static_cast<std::int64_t>((end_ - begin_) / 2)) return;
  const Day from{days{kind_.first_day}};
  const Day to{days{kind_.last_day}};
  later_.emplace(compiled_, occasion_, step_, from, to, false);
  if (interval != nullptr && (interval->first || interval->restart == Interval::Restart::scheduled)) {
    first_.emplace(compiled_, occasion_, step_, from, to, true);
  }
  std::vector<std::uint8_t> wanted;
  for (Day day = from; day <= to; day += days{1}) {
    wanted.push_back(later_->has(day) || (first_ && first_->has(day)) ? 1 : 0);
  }
  filter_ = RowFilter(kind_.first_day, std::move(wanted));
}

void EventScan::scan(CustomerRange block, CandidateBatch& batch) {
  const std::size_t end = end_of(block.to);
  if (later_) {
    scan_with_tables(end, block.to, batch);
  } else {
    scan_one_by_one(end, block.to, batch);
  }
  next_ = end;
  customer_ = block.to;
}

// The place of the first event that belongs to that customer or a later one: found in steps that double, since it is
// not far from the last one.
std::size_t EventScan::end_of(Index customer) const {
  const Index first_event = base_.event_begin()[customer];
  std::size_t from = next_;
  std::size_t step = 1;
  while (from + step < end_ && kind_.events[from + step] < first_event) {
    from += step;
    step *= 2;
  }
  const auto begin = kind_.events.begin();
  const auto to = begin + static_cast<std::ptrdiff_t>(std::min(from + step, end_));
  return static_cast<std::size_t>(std::lower_bound(begin + static_cast<std::ptrdiff_t>(from), to, first_event) - begin);
}

// Whose event it is; customers before customer_ and from `end` on are out of the question. The next customers that
// begin at or before it are counted many at a time: their number is none that a processor foresees.
Index EventScan::customer_of(Index event, Index end) {
  constexpr Index many = 16;
  const Index* const first_events = base_.event_begin().data();
  while (customer_ + many < end) {
    Index passed = 0;
    for (Index i = 1; i <= many; ++i) passed += first_events[customer_ + i] <= event ? 1 : 0;
    customer_ += passed;
    if (passed < many) return customer_;
  }
  while (customer_ + 1 < end && first_events[customer_ + 1] <= event) ++customer_;
  return customer_;
}

bool EventScan::kept(std::size_t row, Index customer) const {
  switch (keep_) {
    case Keep::all:
      return true;
    case Keep::first_of_customer:
      return row == begin_ || kind_.events[row - 1] < base_.event_begin()[customer];
    case Keep::last_of_customer:
      return row + 1 == end_ || kind_.events[row + 1] >= base_.event_begin()[customer + 1];
  }
  return true;
}

void EventScan::scan_one_by_one(std::size_t end, Index last_customer, CandidateBatch& batch) {
  for (std::size_t row = next_; row < end; ++row) {
    const Index event = kind_.events[row];
    const Index customer = customer_of(event, last_customer);
    if (kept(row, customer)) {
      candidates_of(compiled_, occasion_, step_, customer, event, batch.candidates(), cache_, repetition_);
    }
    batch.flush_if_full();
  }
}

void EventScan::scan_with_tables(std::size_t end, Index last_customer, CandidateBatch& batch) {
  if (filter_.empty()) return;
  std::array<std::uint32_t, RowFilter::most_rows> rows;
  for (std::size_t from = next_; from < end;) {
    const std::size_t count = std::min(RowFilter::most_rows, end - from);
    const std::size_t found = filter_.find(std::span(kind_.days).subspan(from, count), rows.data());
    for (std::size_t i = 0; i < found; ++i) {
      const std::size_t row = from + rows[i];
      const Index customer = customer_of(kind_.events[row], last_customer);
      if (kept(row, customer)) add(row, customer, batch);
    }
    batch.flush_if_full();
    from += count;
  }
}

void EventScan::add(std::size_t row, Index customer, CandidateBatch& batch) {
  Candidate candidate;
  candidate.customer = customer;
  candidate.event = kind_.events[row];
  if (has_asset_) candidate.asset = base_.event_asset()[candidate.event];
  candidate.anchor = Day{days{kind_.days[row]}};
  const bool first = first_ && is_first_since(compiled_, occasion_, customer, candidate.event);
  for (const Slot& slot : (first ? *first_ : *later_).of(candidate.anchor)) {
    candidate.slot = slot;
    if (repeats_ && slot.number > 0 && repetition_.over_before(candidate)) continue;
    batch.add(candidate);
  }
}

}  // namespace courtesy
