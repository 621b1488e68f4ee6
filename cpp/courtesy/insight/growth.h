// What meters will show.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <courtesy/insight/draws.h>
#include <courtesy/insight/history.h>

namespace courtesy {

// From one reading to the next a meter grows, day by day, as much as it did between two of its own readings, drawn so
// that longer spans between readings count more; where it has but one, as others of its unit did. Readings that
// contradict each other are taken as Meter (meter.h) takes them.
class Growth {
 public:
  explicit Growth(const History& history);
  // Gives the readings among the customer's outcomes, which are in order of time, the values that their meters show;
  // those of meters of which nothing can be said are taken out.
  void settle(Index customer, std::uint64_t seed, std::vector<Outcome>& outcomes) const;

 private:
  struct Slope {
    double per_day = 0;
    std::int32_t days = 0;
    friend auto operator<=>(const Slope&, const Slope&) = default;
  };
  struct Slopes {
    std::vector<Slope> slopes;
    std::int64_t days = 0;  // all together
    void add(Slope slope);
    [[nodiscard]] double draw(Draws& draws) const;
  };
  struct Gauge {
    std::int32_t day = 0;  // of the last reading
    double value = 0;
    bool whole = true;  // all readings are whole numbers
    Slopes slopes;
  };
  // The meter of an asset, or of the customer; by its unit.
  using Name = std::pair<Index, std::string>;
  [[nodiscard]] std::map<Name, Gauge> gauges_of(Index customer) const;

  const History& history_;
  Code reading_ = no_code;
  std::map<std::string, Slopes> fleet_;  // by unit
};

}  // namespace courtesy
