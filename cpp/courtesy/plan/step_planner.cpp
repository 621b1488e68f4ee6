#include <courtesy/plan/step_planner.h>

#include <algorithm>

namespace courtesy {
namespace {

KeySubject subject_of(const Candidate& candidate) {
  return {candidate.customer, candidate.asset, candidate.event, candidate.slot.number};
}

}  // namespace

PlannedRow row_of(const Reminder& reminder) {
  PlannedRow row;
  row.due = reminder.due;
  row.key = reminder.key;
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

StepPlanner::StepPlanner(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                         bool withheld)
    : gates_(compiled, occasion, step),
      keys_(compiled.base, occasion, step),
      gives_(step.gives),
      admitted_(step.admitted),
      withheld_(withheld) {}

void StepPlanner::plan(std::span<const Candidate> candidates, Found& found) {
  for (std::size_t from = 0; from < candidates.size(); from += block) {
    plan_block(candidates.subspan(from, std::min(block, candidates.size() - from)), found);
  }
}

void StepPlanner::plan_block(std::span<const Candidate> candidates, Found& found) {
  // Keys are made first where a decision may follow from the key, else for the rows that are kept.
  const bool keys_first = gates_.needs_keys();
  std::size_t asked = 0;
  if (keys_first) {
    for (const Candidate& candidate : candidates) {
      if (!gates_.may_concern(candidate)) continue;
      subjects_[asked] = subject_of(candidate);
      asked_[asked++] = &candidate;
    }
    keys_.make({subjects_.data(), asked}, {made_.data(), asked});
  } else {
    for (const Candidate& candidate : candidates) asked_[asked++] = &candidate;
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < asked; ++i) {
    Reminder& reminder = reminders_[count];
    reminder.key = keys_first ? made_[i] : Key{};
    if (gives_ && keys_first) {
      WentOut before;
      if (gates_.went_out(*asked_[i], reminder.key, before)) found.went_out.push_back(before);
    }
    if (!gates_.decide(*asked_[i], reminder.key, reminder)) continue;
    if (reminder.state == State::withheld && !withheld_) continue;
    kept_[count] = asked_[i];
    if (!keys_first) subjects_[count] = subject_of(*asked_[i]);
    ++count;
  }
  if (!keys_first) {
    keys_.make({subjects_.data(), count}, {made_.data(), count});
    for (std::size_t i = 0; i < count; ++i) reminders_[i].key = made_[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (admitted_ && reminders_[i].state == State::planned) {
      found.contenders.push_back({*kept_[i], reminders_[i]});
    } else {
      found.rows.add(row_of(reminders_[i]));
    }
  }
}

}  // namespace courtesy
