// The meters of the assets that an interval by use is about.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/insight/meter.h>
#include <courtesy/rules/occasion.h>

namespace courtesy {

// The use part of an interval, worked out from an asset's readings.
struct UseForecast {
  std::optional<Day> due;              // the first day on which the meter reaches `threshold`
  bool reached = false;                // it already has
  bool by_fleet = false;               // the rate of alike assets decides the day
  Day earliest;                        // in 8 of 10 cases not before this day,
  std::optional<Day> latest;           // and not after this one
  double threshold = 0;                // as the meter shows it
  std::optional<double> anchor_value;  // as the meter of then showed it
  double reading_value = 0;            // of the last reading
  std::optional<Day> reading_day;
  std::optional<double> rate_per_day;
  std::size_t readings = 0;
};

// What is odd about the readings of all assets: how many, and the first event of the sort (the earliest, then that of
// the lowest id).
struct MeterNotes {
  struct Note {
    std::size_t count = 0;
    Index first = no_index;
  };
  Note set_aside;                     // readings that are not believed
  Note began_anew;                    // readings at which a meter began anew, and no event said so
  std::map<std::string, Note> units;  // readings in another unit of the same sort, by that unit
};

class Meters {
 public:
  // `since`: the interval's kinds as the base's. `others`: names of meters that other occasions ask for.
  Meters(const CustomerBase& base, const Interval& interval, std::vector<Code> since, std::vector<std::string> others);

  // Whether an event's value is a reading of the meter: it carries its name or unit, or is a `reading` that carries
  // none.
  [[nodiscard]] bool reads(Index event) const;
  // When the meter has run so much use since the event. `with_range`: with earliest and latest.
  [[nodiscard]] UseForecast forecast(Index customer, Index event, double use, bool with_range) const;
  // Worked out when it is asked for.
  [[nodiscard]] MeterNotes notes() const;

 private:
  // The events of one asset (no_index: of the customer) that are about its meter.
  struct Found {
    std::vector<Index> readings, replaced;
  };
  [[nodiscard]] bool has_value(Index event) const;
  [[nodiscard]] bool carries(Index event) const;
  [[nodiscard]] bool replaces(Index event) const;
  void readings_of(const Found& found, std::vector<Reading>& readings) const;
  [[nodiscard]] MeterFacts facts_of(const Found& found, std::optional<FleetRate> fleet) const;
  [[nodiscard]] std::string_view kind_of(Index asset) const;
  [[nodiscard]] std::optional<FleetRate> fleet_of(Index asset) const;
  // Calls take(asset, found) for each asset that has a reading, and unread(event) for each `reading` that is of another
  // meter or unit.
  template <typename Take, typename Unread>
  void each(Take take, Unread unread) const;
  void find_fleets();
  void note(MeterNotes::Note& note, Index event) const;
  void note_readings(const std::vector<Reading>& readings, const Found& found, MeterNotes::Note& note) const;
  [[nodiscard]] bool same_sort(std::string_view unit) const;

  const CustomerBase* base_;
  const Interval* interval_;
  std::vector<Code> since_;
  std::vector<std::string> others_;
  Code reading_kind_, replaced_kind_;
  const Column* asset_kind_;
  std::map<std::string, FleetRate, std::less<>> fleets_;
};

}  // namespace courtesy
