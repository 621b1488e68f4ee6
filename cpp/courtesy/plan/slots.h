// From an anchor's civil day to the days on which its steps are scheduled: calendar arithmetic alone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// One occurrence of an anchor: the day it falls due, the day the step is scheduled for, and its number
// (the year of an anniversary, the number of a scheduled interval, else 0).
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

  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }
  // Whether that day (within the range) has a slot: 0 or 1, to be added up without a branch.
  [[nodiscard]] std::uint32_t hit(std::int32_t day) const {
    return hit_[static_cast<std::uint32_t>(day - first_cell_)];
  }
  [[nodiscard]] const Slot* begin(Day anchor) const { return slots_.data() + first_slot_[position(anchor)]; }
  [[nodiscard]] const Slot* end(Day anchor) const { return slots_.data() + first_slot_[position(anchor) + 1]; }

 private:
  [[nodiscard]] std::size_t position(Day anchor) const { return static_cast<std::size_t>((anchor - from_).count()); }
  Day from_;
  std::int32_t first_cell_;  // `from_` as a column's cell
  std::vector<std::uint8_t> hit_;
  std::vector<std::uint32_t> first_slot_;
  std::vector<Slot> slots_;
};

}  // namespace courtesy
