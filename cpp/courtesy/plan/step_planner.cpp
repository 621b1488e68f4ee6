#include <courtesy/plan/step_planner.h>

#include <algorithm>

namespace courtesy {
namespace {

PlannedRow row_of(const Reminder& reminder, Key key) {
  PlannedRow row;
  row.due = reminder.due;
  row.key = key;
  row.expires = reminder.expires;
  row.customer = reminder.customer;
  row.asset = reminder.asset;
  row.event = reminder.event;
  row.anchor = static_cast<std::int32_t>(reminder.anchor.time_since_epoch().count());
  row.occasion = reminder.occasion;
  const auto offset = reminder.local.time_since_epoch() - reminder.due.time_since_epoch();
  row.offset = static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::seconds>(offset).count());
  row.step = reminder.step;
  row.zone = reminder.zone;
  row.channel = reminder.channel;
  row.state = reminder.state;
  row.reason = reminder.reason;
  return row;
}

}  // namespace

StepPlanner::StepPlanner(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                         bool withheld)
    : gates_(compiled, occasion, step), keys_(compiled.base, occasion, step), withheld_(withheld) {}

void StepPlanner::plan(std::span<const Candidate> candidates, PlannedRows& rows) {
  for (std::size_t from = 0; from < candidates.size(); from += block) {
    plan_block(candidates.subspan(from, std::min(block, candidates.size() - from)), rows);
  }
}

void StepPlanner::plan_block(std::span<const Candidate> candidates, PlannedRows& rows) {
  std::size_t count = 0;
  for (const Candidate& candidate : candidates) {
    Reminder& reminder = reminders_[count];
    if (!gates_.decide(candidate, reminder)) continue;
    if (reminder.state == State::withheld && !withheld_) continue;
    subjects_[count++] = {candidate.customer, candidate.asset, candidate.event, candidate.slot.number};
  }
  keys_.make({subjects_.data(), count}, {made_.data(), count});
  for (std::size_t i = 0; i < count; ++i) rows.add(row_of(reminders_[i], made_[i]));
}

}  // namespace courtesy
