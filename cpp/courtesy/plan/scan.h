// Finds the candidates of a step among many customers by reading one or two dense columns.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <courtesy/plan/birthday_scan.h>
#include <courtesy/plan/event_scan.h>

namespace courtesy {

// One step's scan. What follows from the rules and the window alone is worked out once.
class Scan {
 public:
  // Blocks of `range` are scanned one after the other, from its start on. `cache`: shared by the occasion's steps.
  Scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
       DueCache* cache = nullptr);
  // Of the same step, compiled for a window that reaches far: some customers' candidates are looked for there as well.
  void look_far(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                std::span<const Index> customers);

  // Hands over the candidates of the block's customers that could end in the window, of each kind of event ordered by
  // customer and then by event.
  void scan(CustomerRange block, const TakeCandidates& take);

 private:
  std::optional<BirthdayScan> birthdays_;
  std::vector<Slot> everybodys_;  // of dates that recur
  std::vector<EventScan> kinds_;
  struct Far {
    const Compiled& compiled;
    const CompiledOccasion& occasion;
    const CompiledStep& step;
    std::span<const Index> customers;
  };
  std::optional<Far> far_;
};

}  // namespace courtesy
