#include <courtesy/plan/slots.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::year;

constexpr Day first_day{days{-135'140}};  // 1600-01-01
constexpr Day last_day{days{2'932'896}};  // 9999-12-31

std::optional<Day> in_range(Day day) {
  if (day < first_day || day > last_day) return std::nullopt;
  return day;
}

year year_of(Day day) { return calendar_date(day).year(); }

void yearly_slots(const Compiled& compiled, const Yearly& yearly, const CompiledStep& step, Day anchor,
                  std::vector<Slot>& out) {
  // The step is at most its offset away from the anniversary.
  const days reach = days{longest_days(step.rule->offset) + 1} + step.open_reach;
  const year from = std::max(year_of(step.earliest - reach), year_of(anchor) + std::chrono::years{1});
  const year to = year_of(step.latest + reach);
  for (year y = from; y <= to; ++y) {
    const int count = int{y} - int{year_of(anchor)};
    if (!yearly.milestones.empty() && !std::binary_search(yearly.milestones.begin(), yearly.milestones.end(), count)) {
      continue;
    }
    const auto due = anniversary(anchor, y, yearly.leap);
    if (!due) continue;
    if (const auto slot = slot_of(*due, int{y}, step, compiled.workdays)) out.push_back(*slot);
  }
}

void scheduled_slots(const Compiled& compiled, const Interval& interval, const CompiledStep& step, Day anchor,
                     std::vector<Slot>& out) {
  const int reach = longest_days(step.rule->offset) + 1 + static_cast<int>(step.open_reach.count());
  const int longest = std::max(1, longest_days(interval.every.time));
  // `longest` never underestimates an interval, so this number is at or before the first that matters.
  const auto skipped =
      (step.earliest - anchor).count() - reach - (interval.first ? longest_days(interval.first->time) : longest);
  auto number = static_cast<std::int32_t>(std::max<std::int64_t>(1, skipped / longest));
  for (;; ++number) {
    const auto due = scheduled_due(interval, anchor, number, compiled.workdays);
    if (!due || *due > step.latest + days{reach}) return;
    if (const auto slot = slot_of(*due, number, step, compiled.workdays)) out.push_back(*slot);
  }
}

void repeated_slots(const Compiled& compiled, const AfterEvent& after, const CompiledStep& step, Day anchor,
                    std::vector<Slot>& out) {
  const days reach =
      days{longest_days(step.rule->offset) + 2} + std::chrono::ceil<days>(step.rule->offset.time) + step.open_reach;
  // Each occurrence is at least a day after the one before it, so that the first that matters is found by halving.
  std::int64_t from = 0;
  std::int64_t to = std::max<std::int64_t>(0, (step.earliest - reach - anchor).count());
  while (from < to) {
    const std::int64_t middle = from + (to - from) / 2;
    const auto due = due_after(after, anchor, static_cast<std::int32_t>(middle), compiled.workdays);
    if (due && *due < step.earliest - reach) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  for (auto number = static_cast<std::int32_t>(from); !after.times || number < *after.times; ++number) {
    const auto due = due_after(after, anchor, number, compiled.workdays);
    if (!due || *due > step.latest + reach) return;
    if (const auto slot = slot_of(*due, number, step, compiled.workdays)) out.push_back(*slot);
  }
}

}  // namespace

std::optional<Day> shifted(Day day, const Span& span, bool back, const Workdays& workdays) {
  std::optional<Day> moved = in_range(back ? subtract_days(day, span) : add_days(day, span));
  if (moved && span.business_days != 0) {
    moved = workdays.add(*moved, back ? -span.business_days : span.business_days);
  }
  return moved ? in_range(*moved) : moved;
}

std::optional<Day> due_after(const AfterEvent& after, Day anchor, std::int32_t number, const Workdays& workdays) {
  const auto span = after.span_to(number);
  auto due = span ? shifted(anchor, *span, false, workdays) : std::nullopt;
  if (due) *due += std::chrono::floor<days>(span->time);
  return due;
}

std::optional<Slot> slot_of(Day due, std::int32_t number, const CompiledStep& step, const Workdays& workdays) {
  const auto scheduled = shifted(due, step.rule->offset, step.rule->before, workdays);
  if (!scheduled) return std::nullopt;
  // A time part moves the instant by as many days and one more at the most.
  const auto time_days =
      std::chrono::ceil<days>(step.rule->offset.time) + step.open_reach + days{step.from_instant ? 1 : 0};
  if (*scheduled + time_days < step.earliest || *scheduled - time_days > step.latest) return std::nullopt;
  return Slot{due, *scheduled, number};
}

std::optional<Day> scheduled_due(const Interval& interval, Day anchor, std::int32_t number, const Workdays& workdays) {
  const Span& first = interval.first ? interval.first->time : interval.every.time;
  const Span& every = interval.every.time;
  const std::int64_t later = number - 1;
  // Computed from the anchor in one step, so that a clamped month end does not drift.
  const std::int64_t months = first.months + later * every.months;
  const std::int64_t whole = first.days + later * every.days;
  const std::int64_t business = first.business_days + later * every.business_days;
  constexpr std::int64_t most = 4'000'000;
  if (months > most || whole > most || business > most) return std::nullopt;
  Span length;
  length.months = static_cast<int>(months);
  length.days = static_cast<int>(whole);
  length.business_days = static_cast<int>(business);
  return shifted(anchor, length, false, workdays);
}

void slots_of(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Day anchor,
              bool first, std::vector<Slot>& out) {
  const Anchor& rule = occasion.rule->anchor;
  if (const auto* yearly = std::get_if<Yearly>(&rule)) {
    yearly_slots(compiled, *yearly, step, anchor, out);
    return;
  }
  std::optional<Day> due;
  if (const auto* after = std::get_if<AfterEvent>(&rule)) {
    if (after->repeat) return repeated_slots(compiled, *after, step, anchor, out);
    due = due_after(*after, anchor, 0, compiled.workdays);
  } else if (const auto* lapse = std::get_if<Lapse>(&rule)) {
    due = shifted(anchor, lapse->span, false, compiled.workdays);
  } else {
    const auto& interval = std::get<Interval>(rule);
    if (interval.restart == Interval::Restart::scheduled) {
      if (first) scheduled_slots(compiled, interval, step, anchor, out);
      return;
    }
    const Interval::Length& length = first && interval.first ? *interval.first : interval.every;
    due = shifted(anchor, length.time, false, compiled.workdays);
  }
  if (!due) return;
  if (const auto slot = slot_of(*due, 0, step, compiled.workdays)) out.push_back(*slot);
}

SlotTable::SlotTable(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Day from,
                     Day to, bool first)
    : from_(from) {
  const auto count = static_cast<std::size_t>((to - from).count()) + 1;
  first_slot_.resize(count + 1);
  for (std::size_t i = 0; i < count; ++i) {
    slots_of(compiled, occasion, step, from + days{i}, first, slots_);
    first_slot_[i + 1] = static_cast<std::uint32_t>(slots_.size());
  }
}

}  // namespace courtesy
