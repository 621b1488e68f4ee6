// From an anchor's civil day to the days on which its steps are scheduled: calendar arithmetic alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// One occurrence of an anchor: the day it falls due, the day the step is scheduled for, and its number
// (the year of an anniversary, the number of a scheduled interval, how often it was repeated, else 0).
struct Slot {
  Day due;
  Day scheduled;
  std::int32_t number = 0;
};

// A day plus (or minus) a span's months, days and business days; its time of day is left to the caller.
// Nothing where the business calendar has no such day, or the years 1600 to 9999 are left.
[[nodiscard]] std::optional<Day> shifted(Day day, const Span& span, bool back, const Workdays& workdays);

// The slot of a due day, or nothing where the step's day lies outside what can end in the window.
[[nodiscard]] std::optional<Slot> slot_of(Day due, std::int32_t number, const CompiledStep& step,
                                          const Workdays& workdays);

// The day on which an occurrence after an event falls due, from number 0 on; of hours, whole days of them alone.
[[nodiscard]] std::optional<Day> due_after(const AfterEvent& after, Day anchor, std::int32_t number,
                                           const Workdays& workdays);

// Appends the slots that an anchor on `anchor` has around the window. For an interval this is the part that the
// calendar decides; `first` says whether it is the subject's first interval.
void slots_of(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Day anchor,
              bool first, std::vector<Slot>& out);

// The scheduled due day of interval `number` (from 1) after the first anchor.
[[nodiscard]] std::optional<Day> scheduled_due(const Interval& interval, Day anchor, std::int32_t number,
                                               const Workdays& workdays);

// The slots of every anchor day in a range, so that scanning a column of days takes one look-up a row.
class SlotTable {
 public:
  SlotTable(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Day from, Day to,
            bool first);

  // The slots of a day of the range.
  [[nodiscard]] std::span<const Slot> of(Day anchor) const {
    const auto i = static_cast<std::size_t>((anchor - from_).count());
    return std::span(slots_).subspan(first_slot_[i], first_slot_[i + 1] - first_slot_[i]);
  }
  [[nodiscard]] bool has(Day anchor) const { return !of(anchor).empty(); }

 private:
  Day from_;
  std::vector<std::uint32_t> first_slot_;
  std::vector<Slot> slots_;
};

}  // namespace courtesy
