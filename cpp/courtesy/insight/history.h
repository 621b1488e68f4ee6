// What happened before a day, as the ground that further events are drawn from.
#pragma once

#include <vector>

#include <courtesy/base/customer_base.h>

namespace courtesy {

// An event that did not happen: it is like one that did, on another day and perhaps of another customer.
struct Outcome {
  Instant at;  // of one that has a date alone, the beginning of that day
  Day day;     // the customer's civil day
  bool has_date = false;
  Index customer = no_index;
  Index asset = no_index;
  Index like = no_index;  // its kind, unit, topic, channel and by are those of this event
  double value = 0;       // NaN: none
  std::optional<DueTime> due;
  Hash128 id;
  Index answers = no_index;           // the event of the base that it names in `ref`; no_index: none
  std::optional<Hash128> answers_id;  // the outcome that it names
};

// From 0 (Monday), of a day since 1970.
[[nodiscard]] inline std::size_t weekday_of(std::int32_t day) { return iso_weekday(Day{std::chrono::days{day}}) - 1; }

// A base all of whose events happened before `start`, which must outlive it.
class History {
 public:
  History(const CustomerBase& base, Instant start);

  [[nodiscard]] const CustomerBase& base() const noexcept { return base_; }
  [[nodiscard]] Instant start() const noexcept { return start_; }
  // Whether further events of the customer can be expected: not of those who are gone.
  [[nodiscard]] bool takes_part(Index customer) const;
  // The customer's last civil day that began before `start`: on later ones nothing has happened yet.
  [[nodiscard]] std::int32_t seen_through(Index customer) const { return seen_through_[base_.zone_of(customer)]; }
  [[nodiscard]] Index asset_of(Index event) const { return base_.asset_of_event(event); }
  [[nodiscard]] std::int32_t day_of_event(Index event) const { return base_.event_day()[event]; }
  [[nodiscard]] Code kind_of(Index event) const { return base_.event_kind()[event]; }
  // The customer's assets, in an order that does not depend on that of rows.
  [[nodiscard]] std::vector<Index> assets_of(Index customer) const;
  // The beginning of a civil day of the customer.
  [[nodiscard]] Instant begins(std::int32_t day, Index customer) const;

  // The same event on another day, at its time of day on the clock of the other customer: its due moves along. It has
  // no id and answers nothing; its asset is that of the event where it is the same customer's.
  [[nodiscard]] Outcome again(Index event, Index owner, Index customer, std::int32_t day) const;

 private:
  const CustomerBase& base_;
  Instant start_;
  std::vector<std::int32_t> seen_through_;   // by zone
  std::vector<Index> asset_begin_, assets_;  // by customer
};

}  // namespace courtesy
