#include <courtesy/plan/scan.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

using std::chrono::days;

// Rows are looked at in blocks, and candidates handed over in batches, of about this many.
constexpr std::size_t block = 4096;

class Batch {
 public:
  explicit Batch(const TakeCandidates& take) : take_(take) { candidates_.reserve(2 * block); }
  void add(const Candidate& candidate) { candidates_.push_back(candidate); }
  [[nodiscard]] std::vector<Candidate>& candidates() { return candidates_; }
  void flush_if_full() {
    if (candidates_.size() >= block) flush();
  }
  void flush() {
    if (!candidates_.empty()) take_(candidates_);
    candidates_.clear();
  }

 private:
  const TakeCandidates& take_;
  std::vector<Candidate> candidates_;
};

struct DayRange {
  Day from;
  Day to;
};

// A table over all days of the range pays only where there are rows enough to use it.
bool table_pays(DayRange range, std::size_t rows) {
  return static_cast<std::size_t>((range.to - range.from).count()) < rows / 2;
}

void scan_birthdays(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                    CustomerRange range, Batch& batch) {
  const CustomerBase& base = compiled.base;
  if (base.birthday().empty()) return;
  // The slots of each of the year's 366 dates are worked out once, for somebody born in 1600 and of any age.
  const Yearly& yearly = std::get<Yearly>(occasion.rule->anchor);
  Yearly any_age = yearly;
  any_age.milestones.clear();
  Occasion probe_rule = *occasion.rule;
  probe_rule.anchor = any_age;
  CompiledOccasion probe = occasion;
  probe.rule = &probe_rule;
  constexpr std::size_t keys_of_a_year = 512;
  std::vector<std::uint8_t> hit(keys_of_a_year);
  std::vector<std::vector<Slot>> slots(keys_of_a_year);
  const std::chrono::year leap{1600};
  for (Day day{leap / 1 / 1}; calendar_date(day).year() == leap; day += days{1}) {
    const auto date = calendar_date(day);
    const std::size_t key = unsigned{date.month()} << 5U | unsigned{date.day()};
    slots_of(compiled, probe, step, day, false, slots[key]);
    hit[key] = slots[key].empty() ? 0 : 1;
  }
  const auto keys = base.birthday_key();
  std::array<Index, block> hits;
  for (Index from = range.from; from < range.to; from += std::min<Index>(block, range.to - from)) {
    const Index to = from + std::min<Index>(block, range.to - from);
    std::size_t found = 0;
    // Without a branch: a row that is no hit is overwritten by the next one.
    for (Index c = from; c < to; ++c) {
      hits[found] = c;
      found += hit[keys[c]];
    }
    Candidate candidate;
    for (std::size_t i = 0; i < found; ++i) {
      candidate.customer = hits[i];
      candidate.anchor = Day{days{base.birthday()[hits[i]]}};
      const int born = int{calendar_date(candidate.anchor).year()};
      for (const Slot& slot : slots[keys[hits[i]]]) {
        const int age = slot.number - born;
        const auto& milestones = yearly.milestones;
        if (age < 1) continue;
        if (!milestones.empty() && !std::binary_search(milestones.begin(), milestones.end(), age)) continue;
        candidate.slot = slot;
        batch.add(candidate);
      }
    }
    batch.flush_if_full();
  }
}

// The part of a kind's events that belongs to a range of customers.
struct Part {
  const Index* events;
  const std::int32_t* days;
  std::size_t count;
};

Part part_of(const CustomerBase& base, Code kind, CustomerRange range) {
  const KindEvents& all = base.events_of(kind);
  const auto begin = all.events.begin();
  const auto from = std::lower_bound(begin, all.events.end(), base.event_begin()[range.from]) - begin;
  const auto to = std::lower_bound(begin, all.events.end(), base.event_begin()[range.to]) - begin;
  return {all.events.data() + from, all.days.data() + from, static_cast<std::size_t>(to - from)};
}

// Events come in the order of customers, so their customers are found by walking along.
class CustomerWalk {
 public:
  CustomerWalk(const CustomerBase& base, Index from) : begin_(base.event_begin()), customer_(from) {}
  Index of(Index event) {
    while (begin_[customer_ + 1] <= event) ++customer_;
    return customer_;
  }

 private:
  std::span<const Index> begin_;
  Index customer_;
};

enum class Keep : std::uint8_t { all, first_of_customer, last_of_customer };

Keep keep_of(const CompiledOccasion& occasion) {
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly == nullptr || yearly->of == Yearly::Of::each) return Keep::all;
  return yearly->of == Yearly::Of::first ? Keep::first_of_customer : Keep::last_of_customer;
}

bool kept(Keep keep, const Part& part, std::size_t i, const CustomerBase& base, Index customer) {
  switch (keep) {
    case Keep::all:
      return true;
    case Keep::first_of_customer:
      return i == 0 || part.events[i - 1] < base.event_begin()[customer];
    case Keep::last_of_customer:
      return i + 1 == part.count || part.events[i + 1] >= base.event_begin()[customer + 1];
  }
  return true;
}

void scan_kind(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Code kind,
               CustomerRange range, Batch& batch) {
  const CustomerBase& base = compiled.base;
  const Part part = part_of(base, kind, range);
  if (part.count == 0) return;
  const Keep keep = keep_of(occasion);
  CustomerWalk walk(base, range.from);
  const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
  const bool by_use = interval != nullptr && (interval->every.use || (interval->first && interval->first->use));
  const KindEvents& all = base.events_of(kind);
  const DayRange span{Day{days{all.first_day}}, Day{days{all.last_day}}};
  if (by_use || !table_pays(span, part.count)) {
    for (std::size_t i = 0; i < part.count; ++i) {
      const Index customer = walk.of(part.events[i]);
      if (kept(keep, part, i, base, customer)) {
        candidates_of(compiled, occasion, step, customer, part.events[i], batch.candidates());
      }
      batch.flush_if_full();
    }
    return;
  }

  const SlotTable later(compiled, occasion, step, span.from, span.to, false);
  const bool first_differs =
      interval != nullptr && (interval->first || interval->restart == Interval::Restart::scheduled);
  std::optional<SlotTable> first;
  if (first_differs) first.emplace(compiled, occasion, step, span.from, span.to, true);
  if (later.empty() && (!first || first->empty())) return;
  const auto assets = base.event_asset();
  std::array<std::uint32_t, block> hits;
  for (std::size_t from = 0; from < part.count; from += block) {
    const std::size_t to = std::min(part.count, from + block);
    std::size_t found = 0;
    // Without a branch: a row that is no hit is overwritten by the next one.
    if (first) {
      for (std::size_t i = from; i < to; ++i) {
        hits[found] = static_cast<std::uint32_t>(i);
        found += later.hit(part.days[i]) | first->hit(part.days[i]);
      }
    } else {
      for (std::size_t i = from; i < to; ++i) {
        hits[found] = static_cast<std::uint32_t>(i);
        found += later.hit(part.days[i]);
      }
    }
    Candidate candidate;
    for (std::size_t h = 0; h < found; ++h) {
      const std::size_t i = hits[h];
      const Index event = part.events[i];
      candidate.customer = walk.of(event);
      if (!kept(keep, part, i, base, candidate.customer)) continue;
      candidate.event = event;
      candidate.asset = assets.empty() ? no_index : assets[event];
      candidate.anchor = Day{days{part.days[i]}};
      const bool use_first = first && is_first_since(compiled, occasion, candidate.customer, event);
      const SlotTable& table = use_first ? *first : later;
      for (const Slot* slot = table.begin(candidate.anchor); slot != table.end(candidate.anchor); ++slot) {
        candidate.slot = *slot;
        batch.add(candidate);
      }
    }
    batch.flush_if_full();
  }
}

}  // namespace

void scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
          const TakeCandidates& take) {
  Batch batch(take);
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  if (yearly != nullptr && yearly->birthday) {
    scan_birthdays(compiled, occasion, step, range, batch);
  } else {
    if (occasion.kind != no_code) scan_kind(compiled, occasion, step, occasion.kind, range, batch);
    for (const Code kind : occasion.since) {
      if (kind != no_code) scan_kind(compiled, occasion, step, kind, range, batch);
    }
  }
  batch.flush();
}

}  // namespace courtesy
