// Use of an asset over time, from the readings of its meter: which are believed, how fast it runs, when it passes a
// mark. docs/decision.md ("Meters") defines all of it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <courtesy/insight/believed.h>
#include <courtesy/insight/fleet.h>
#include <courtesy/time/civil.h>

namespace courtesy {

// What is known of a meter besides its readings.
struct MeterFacts {
  std::vector<Reading> replaced;    // by a new meter, on that day, which began with that value
  std::optional<double> plausible;  // the most use per day; nothing: what the rates make of it
  std::optional<FleetRate> fleet;
};

// A reading that is believed.
struct KeptReading {
  Day day;
  double value;        // as the meter showed it
  double total;        // cumulative use, over all meters that the asset has had
  bool begins;         // the first of a segment: of all, of a meter that was replaced, or of one that began anew
  bool replaced;       // the beginning of a new meter, as an event said
  double rate_so_far;  // the own rate by the readings up to this one; NaN: none
};

// When a meter passes a mark.
struct Passing {
  Day day;                    // the first day on which the mark is reached
  bool reached;               // known from the readings; else forecast
  bool by_fleet;              // the fleet's rate decides the day
  Day earliest;               // in 8 of 10 cases not before this day,
  std::optional<Day> latest;  // and not after this one; nothing: it may never come
};

// Whether all readings are surely believed, without a meter made of them: each is on a later day than the one before
// it, none is lower, and none rises faster than the lowest limit that there could be. Else it is not known.
[[nodiscard]] bool surely_believed(std::span<const Reading> readings, const MeterFacts& facts);

// The readings of one meter. Totals are cumulative use, which goes on where a meter is replaced.
class Meter {
 public:
  // The own rate is trusted where it was measured over so many days.
  static constexpr int least_measured = 28;
  // A reading speaks for so many days; then the fleet's rate counts.
  static constexpr int fresh_days = 365;

  // In any order, several on a day too.
  explicit Meter(std::vector<Reading> readings, MeterFacts facts = {});

  [[nodiscard]] bool empty() const noexcept { return kept_.empty(); }
  [[nodiscard]] const std::vector<KeptReading>& kept() const noexcept { return kept_; }
  // Readings that are not believed, and those at which the meter began anew with nobody saying so; in order.
  [[nodiscard]] const std::vector<Reading>& set_aside() const noexcept { return set_aside_; }
  [[nodiscard]] const std::vector<Reading>& resets() const noexcept { return resets_; }

  // Use per day by the own readings alone: the mean of two sums of use over time, in which the weight of a day halves
  // every 60 and every 365 days (exponential smoothing by time, Wright 1986, doi 10.1287/mnsc.32.4.499). Nothing where
  // no two readings are of one meter.
  [[nodiscard]] std::optional<double> own_rate() const noexcept { return own_rate_; }
  [[nodiscard]] int measured_days() const noexcept { return measured_days_; }
  // The own rate, or the fleet's where that is not trusted.
  [[nodiscard]] std::optional<double> rate_per_day() const noexcept { return rate_; }
  [[nodiscard]] bool runs_by_fleet() const noexcept { return by_fleet_; }

  // The total on a day: interpolated between readings, and outside them at the rate, never below zero.
  // Nothing without a reading, or outside one single reading whose rate is not known.
  [[nodiscard]] std::optional<double> total_on(Day day) const;
  // The total at a reading, where it agrees with the one that is kept of that day.
  [[nodiscard]] std::optional<double> total_of(const Reading& reading) const;
  // What the meter of that day shows at a total. There is a reading.
  [[nodiscard]] double shown(Day day, double total) const;

  // The first day, not before `from` (where the total was `total`), on which the total is `mark`.
  // A mark of exactly a reading's total is reached on its day. Nothing where it cannot be told or lies more than
  // 200 years ahead (a meter that stands still).
  [[nodiscard]] std::optional<Passing> reaches(double mark, Day from, double total) const;
  // The same without `earliest` and `latest`, which cost more.
  [[nodiscard]] std::optional<Passing> reaches_on(double mark, Day from, double total) const;

 private:
  void keep(std::vector<Reading> readings, const MeterFacts& facts);
  void measure();
  void add_up();
  // How many days after the last reading so much use will take, and the use of so many days.
  [[nodiscard]] double days_of(double use) const;
  [[nodiscard]] double use_of(double days) const;
  [[nodiscard]] double total_between(Day day) const;
  [[nodiscard]] const KeptReading& segment_on(Day day) const;
  [[nodiscard]] ErrorRange past_errors(int horizon) const;

  std::vector<KeptReading> kept_;
  std::vector<Reading> set_aside_, resets_;
  std::optional<FleetRate> fleet_;
  std::optional<double> own_rate_, rate_;
  int measured_days_ = 0;
  bool by_fleet_ = false;
};

}  // namespace courtesy
