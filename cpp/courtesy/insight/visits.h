// What customers do again and again: purchases, services, bookings, readings, each kind at its own pace.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include <courtesy/insight/history.h>
#include <courtesy/insight/waits.h>

namespace courtesy {

// Events of one kind (and, where the kind comes back to the same assets, of one asset) follow each other at gaps that
// are drawn from the customer's own and everybody's (waits.h). Each is one that the customer had before, with whatever
// came along with it: readings of the same asset on the same day, and events of a kind that hardly ever comes without
// the other. What never came back to anybody does not come back here. Kinds that answer others, that stand for what the
// shop did, or that say what may be done are no visits.
class Visits {
 public:
  explicit Visits(const History& history);
  // Appends what a customer does from the history's end until `end`, each event with its id.
  void draw(Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const;

 private:
  struct Visit {
    std::int32_t day = 0;
    std::vector<Index> events;
  };
  struct Stream {
    Code kind = no_code;
    Index asset = no_index;
    std::vector<Visit> visits;
    [[nodiscard]] Waits gaps(std::int32_t seen_through) const;
  };

  void find_companions();
  void find_what_comes_back_to_assets();
  [[nodiscard]] std::vector<Stream> streams_of(Index customer) const;
  // The event of the same day that this one comes along with; no_index where it comes by itself.
  [[nodiscard]] Index leader_of(Index event, Index day_begin, Index day_end) const;
  // Calls take(begin, end) for the customer's events of each civil day.
  template <typename Take>
  void each_day(Index customer, Take take) const;

  const History& history_;
  std::vector<std::uint8_t> repeats_;   // by kind: whether its events are visits
  std::vector<Code> companion_of_;      // by kind: with which kind it comes along; no_code: with none
  std::vector<std::uint8_t> by_asset_;  // by kind: whether each asset has its own pace
  Code reading_ = no_code;
  std::vector<Waits> gaps_;                            // by kind, of everybody
  std::vector<std::array<std::uint8_t, 7>> weekdays_;  // by kind, from Monday: whether it ever fell on one
};

}  // namespace courtesy
