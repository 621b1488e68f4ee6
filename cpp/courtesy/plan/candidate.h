// A candidate: an occurrence of an occasion's step for one customer, before any gate.
#pragma once

#include <optional>
#include <vector>

#include <courtesy/plan/due_cache.h>
#include <courtesy/plan/slots.h>

namespace courtesy {

struct Candidate {
  Index customer = no_index;
  Index asset = no_index;
  Index event = no_index;  // the anchoring event; no_index for a birthday
  Day anchor;  // the civil date of the event (of a breach), the birthday, or what a deadline's event promised
  Slot slot;
  bool far = false;  // found because staff may have scheduled it for another time
};

// When an interval that starts with this event falls due: by time, by use, and what decides.
struct IntervalDue {
  const Interval::Length* length = nullptr;
  std::optional<Day> by_time;
  std::optional<UseForecast> by_use;
  std::optional<Day> due;  // nothing where it cannot be told
  bool use_decides = false;
};

// When silence since an event has lasted for so many of the customer's usual gaps; nothing where that is not known.
[[nodiscard]] std::optional<Day> lapse_by_cadence(const CompiledOccasion& occasion, const Lapse& lapse, Index customer,
                                                  Index event, Day anchor);

// The civil day of an anchoring event: of a promise that is broken, that of its breach; nothing where the event makes
// nothing due.
[[nodiscard]] std::optional<Day> anchor_day(const Compiled& compiled, const CompiledOccasion& occasion, Index event);

// An event's rank among the `since` kinds of an interval or a lapse (0 is preferred), or -1.
[[nodiscard]] int since_rank(const CompiledOccasion& occasion, Code kind);

// Whether no event of the `since` kinds came before it for the same customer and asset.
[[nodiscard]] bool is_first_since(const Compiled& compiled, const CompiledOccasion& occasion, Index customer,
                                  Index event);

// `with_range`: with the days between which use may reach the mark, which cost more.
[[nodiscard]] IntervalDue interval_due(const Compiled& compiled, const CompiledOccasion& occasion, Index customer,
                                       Index event, bool with_range = false);

class Repetition;

// The candidates of one event (or birthday, event == no_index) for one step. `out` is appended to. `cache`: of the
// occasion, where its steps are asked one after the other, else null. `repetition`: of the occasion.
void candidates_of(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Index customer,
                   Index event, std::vector<Candidate>& out, DueCache* cache, Repetition& repetition);

// The slots of a recurrence's dates, the same for every customer; their numbers are the dates' days since 1970.
[[nodiscard]] std::vector<Slot> recurring_slots(const Compiled& compiled, const CompiledOccasion& occasion,
                                                const CompiledStep& step);

// All candidates of one customer for one step, in the order of their events.
void candidates_of_customer(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                            Index customer, std::vector<Candidate>& out);

}  // namespace courtesy
