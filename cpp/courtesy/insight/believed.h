// Which readings of a meter are believed, and where it began anew.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

struct Reading {
  Day day;
  double value;
};

// How much a meter may rise.
struct Plausible {
  double per_day = std::numeric_limits<double>::infinity();
  int least_days = 1;  // no two readings are taken to lie nearer to each other

  // Whether the later one is lower, or higher than can be.
  [[nodiscard]] bool contradict(const Reading& earlier, const Reading& later) const;
};

// The slopes from each reading to the next that rise, added to `slopes`.
void add_rising_slopes(std::span<const Reading> readings, std::vector<double>& slopes);

// The rate that a quarter of the slopes are above: a wild one among four does not move it. `slopes` change their order,
// and there is at least one.
[[nodiscard]] double typical_rate(std::vector<double>& slopes);

struct Believed {
  std::vector<std::size_t> kept;    // in order; at least one
  std::vector<std::size_t> resets;  // of the kept, those at which the meter began anew and nobody said so
};

// Of readings in order of time, one a day, those that explain the most, where one that is set aside costs 1 and a reset
// 2. From a reset on there are at least three up to the next. docs/decision.md ("Meters") says which of equals is
// taken. At least one reading.
[[nodiscard]] Believed believed(std::span<const Reading> readings, const Plausible& plausible);

}  // namespace courtesy
