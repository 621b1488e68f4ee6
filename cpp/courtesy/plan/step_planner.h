// From the candidates of one step to rows of the plan: decided, kept where they fall into the window, and with keys.
#pragma once

#include <array>
#include <span>

#include <courtesy/plan/contender.h>
#include <courtesy/plan/gates.h>
#include <courtesy/plan/key.h>
#include <courtesy/plan/order.h>

namespace courtesy {

[[nodiscard]] PlannedRow row_of(const Reminder& reminder);

// What became of candidates: rows of the plan, and those that compete with others first.
struct Found {
  PlannedRows rows;
  Contenders contenders;
  std::vector<WentOut> went_out;  // of steps that bring something
};

class StepPlanner {
 public:
  // `withheld`: also the candidates that a gate stopped.
  StepPlanner(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, bool withheld);

  // Appends in the order of the candidates.
  void plan(std::span<const Candidate> candidates, Found& found);

 private:
  static constexpr std::size_t block = 128;
  void plan_block(std::span<const Candidate> candidates, Found& found);

  Gatekeeper gates_;
  KeyMaker keys_;
  bool gives_;
  bool admitted_;
  bool withheld_;
  std::array<Reminder, block> reminders_;
  std::array<const Candidate*, block> asked_, kept_;
  std::array<KeySubject, block> subjects_;
  std::array<Key, block> made_;
};

}  // namespace courtesy
