// What a simulation says, as tables.
#pragma once

#include <string>
#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/engine/simulate.h>

namespace courtesy {

// The simulated events, by time: id, customer, asset, kind, at, value, unit, due, ref, channel, by, topic. Dates or
// instants where all are of one sort, else texts in ISO 8601, so that the table can be planned with as it is.
[[nodiscard]] std::vector<OutColumn> outcomes_table(const Simulation& simulation);

// What was said, by due: key, customer, asset, occasion, step, due, day (of the simulation), channel, audience, team,
// purpose, contact.
[[nodiscard]] std::vector<OutColumn> said_table(const Simulation& simulation);

// How much went out on a day by one way.
struct Load {
  Day day;
  Audience audience = Audience::customer;
  std::string team;  // empty: none is named
  std::string channel;
  std::int64_t contacts = 0;
  std::int64_t reminders = 0;  // said by these contacts
  friend auto operator<=>(const Load&, const Load&) = default;
};
[[nodiscard]] std::vector<Load> load_of(const Simulation& simulation);  // by day, audience, team, channel

// By customer: how many contacts reached them. The channel `desk` reaches nobody.
[[nodiscard]] std::vector<std::int64_t> messages_of(const Simulation& simulation);

// What became of an occasion's reminders.
struct Fate {
  std::int64_t contacts = 0;
  std::int64_t merged = 0;
  std::int64_t withheld = 0;
};
[[nodiscard]] std::vector<Fate> fates_of(const Simulation& simulation);  // by occasion of the rules

}  // namespace courtesy
