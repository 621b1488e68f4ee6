// Due days that were worked out from an event's whole history, kept for an occasion's other steps.
#pragma once

#include <optional>
#include <vector>

#include <courtesy/base/ids.h>
#include <courtesy/time/civil.h>

namespace courtesy {

// Of the latest events alone: the steps of an occasion look at the same block of customers one after the other.
class DueCache {
 public:
  // The day that due_of() gives for the event; asked once while it is remembered.
  template <typename DueOf>
  std::optional<Day> get(Index event, DueOf due_of) {
    constexpr std::size_t remembered = std::size_t{1} << 15;
    if (entries_.empty()) entries_.resize(remembered);
    Entry& entry = entries_[event % remembered];
    if (entry.event != event) entry = {event, due_of()};
    return entry.due;
  }

 private:
  struct Entry {
    Index event = no_index;
    std::optional<Day> due;
  };
  std::vector<Entry> entries_;
};

}  // namespace courtesy
