// Use of an asset over time, from the readings of its meter: interpolated between them, forecast after them.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

struct Reading {
  Day day;
  double value;
};

// When a meter passes a mark.
struct Passing {
  Day day;       // the first day on which the mark is reached
  bool reached;  // known from the readings; else forecast
};

// The readings of one meter, in order of time. Of several on one day the highest counts. A meter does not run
// backwards: where readings contradict each other, the most that agree are believed (the longest sequence that does not
// fall; of two as long the one that rises least, and then the earlier), and the others are set aside. One reading typed
// too high or too low is forgotten so, and a replaced meter counts once it has more readings than the old one.
class Meter {
 public:
  // How many of the latest readings the rate is taken from.
  static constexpr std::size_t rate_readings = 24;

  explicit Meter(std::vector<Reading> readings);

  [[nodiscard]] bool empty() const noexcept { return readings_.empty(); }
  [[nodiscard]] const std::vector<Reading>& readings() const noexcept { return readings_; }

  // Whether a reading agrees with those that are believed.
  [[nodiscard]] bool believes(const Reading& reading) const;

  // Use per day: the median of the slopes between every two of the latest readings (Theil 1950; Sen 1968,
  // doi 10.1080/01621459.1968.10480934), which up to 29 % of wild readings cannot move. Nothing where there are
  // fewer than two readings.
  [[nodiscard]] std::optional<double> rate_per_day() const noexcept { return rate_; }

  // The value on a day: interpolated between readings, and outside them at the rate, never below zero.
  // Nothing without a reading, or outside one single reading.
  [[nodiscard]] std::optional<double> value_on(Day day) const;

  // The first day, not before `from` (where the meter stood at `value`), on which the meter reaches `mark`.
  // A mark of exactly a reading's value is reached on its day. Nothing where it cannot be told or lies more than
  // 200 years ahead (a meter that stands still).
  [[nodiscard]] std::optional<Passing> reaches(double mark, Day from, double value) const;

 private:
  std::vector<Reading> readings_;
  std::optional<double> rate_;
};

}  // namespace courtesy
