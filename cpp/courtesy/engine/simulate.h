// A shop's year before it comes: the planner, day by day, among events drawn from the shop's own history.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <courtesy/base/base_builder.h>
#include <courtesy/insight/outcomes.h>
#include <courtesy/plan/planner.h>

namespace courtesy {

struct SimulateOptions {
  Day start;     // the first day, in the shop's zone
  int days = 0;  // 1 or more
  std::uint64_t seed = 0;
  unsigned threads = 1;
  // Told after each day how many are done; may throw to end it.
  std::function<void(int)> progress;
};

// A reminder that went out, or was said by the one that did.
struct Said {
  Instant due;
  Key key;
  Key contact;  // the key of the one whose contact said it: its own, but where it was merged
  Index customer = no_index;
  Index asset = no_index;
  std::uint32_t occasion = 0;
  std::uint16_t step = 0;
  std::int32_t day = 0;       // of the simulation, from 0
  std::uint16_t channel = 0;  // of Simulation::channels
};

// Makes of each day of the window one plan and carries it out:
//
//   outcomes of the day ──► events ──► plan of the day ──► what went out ──► contacts ─┐
//                             ▲                                                        │ known from the next day on
//                             └────────────────────────────────────────────────────────┘
//
// A day is planned at its end, with all that had happened by then: so it is what a shop would see that plans without
// ceasing, since the gates ask at each instant for what had happened before it.
struct Simulation {
  std::shared_ptr<const CustomerBase> base;  // of what happened before the start; what it was read from lives in `rows`
  std::shared_ptr<const EventRows> rows;
  std::shared_ptr<const Rules> rules;
  Day start;
  int days = 0;
  std::vector<std::string> channels;
  std::vector<Said> said;          // by due, then key
  std::vector<EventRow> outcomes;  // by time
  bool integer_ids = false;        // of the outcomes, and
  bool integer_assets = false;     // of assets: as they were given
  // (occasion, reason): how many reminders were withheld for it, but for those that had gone out before.
  std::map<std::pair<std::uint32_t, ReasonCode>, std::int64_t> withheld;
  std::size_t left_out = 0;  // events at or after the start
  std::vector<std::string> warnings;
};

// Throws what build_base and plan throw.
[[nodiscard]] Simulation simulate(const Table& customers, const std::optional<Table>& events,
                                  const std::optional<Table>& assets, const BuildOptions& build,
                                  std::shared_ptr<const Rules> rules, const SimulateOptions& options);

}  // namespace courtesy
