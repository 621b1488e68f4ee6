// The plan: the table of reminders for a window, and what it was made from.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <courtesy/plan/reminder.h>
#include <courtesy/rules/rules.h>

namespace courtesy {

// A half-open range of instants.
struct Window {
  Instant start;
  Instant end;
};

// Columns of one length, ordered by due, then key.
struct PlanColumns {
  std::vector<Instant> due;
  std::vector<Key> key;
  std::vector<WallTime> local;
  std::vector<Instant> expires;
  std::vector<Day> anchor;
  std::vector<Index> customer, asset, event;
  std::vector<std::uint32_t> occasion;
  std::vector<std::uint16_t> step;
  std::vector<Code> zone, channel;
  std::vector<State> state;
  std::vector<ReasonCode> reason;

  void resize(std::size_t rows);
  void set(std::size_t i, const Reminder& row) {
    due[i] = row.due;
    key[i] = row.key;
    local[i] = row.local;
    expires[i] = row.expires;
    anchor[i] = row.anchor;
    customer[i] = row.customer;
    asset[i] = row.asset;
    event[i] = row.event;
    occasion[i] = row.occasion;
    step[i] = row.step;
    zone[i] = row.zone;
    channel[i] = row.channel;
    state[i] = row.state;
    reason[i] = row.reason;
  }
};

struct Plan {
  std::shared_ptr<const CustomerBase> base;
  std::shared_ptr<const Rules> rules;
  Window window;
  std::vector<std::string> channels;  // what the channel column's codes stand for
  PlanColumns columns;
  std::vector<std::string> warnings;  // ids only, no personal data

  [[nodiscard]] std::size_t size() const noexcept { return columns.due.size(); }
  [[nodiscard]] Reminder row(std::size_t i) const;
  [[nodiscard]] Plan take(const std::vector<std::size_t>& rows) const;  // in the order given
};

}  // namespace courtesy
