// Scans the column of birthdays, packed as month and day.
#pragma once

#include <vector>

#include <courtesy/plan/candidate_batch.h>
#include <courtesy/plan/row_filter.h>

namespace courtesy {

class BirthdayScan {
 public:
  // For a base with birthdays and an occasion on them.
  BirthdayScan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step);

  void scan(CustomerRange block, CandidateBatch& batch) const;

 private:
  void add(Index customer, CandidateBatch& batch) const;

  const CustomerBase& base_;
  const std::vector<int>& milestones_;
  // By packed month and day: the slots of somebody of any age.
  std::vector<std::vector<Slot>> slots_;
  RowFilter filter_;
};

}  // namespace courtesy
