// Days at equal distances: every nth day, or some weekdays of every nth week.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/time/calendar_masks.h>
#include <courtesy/time/walk.h>

namespace courtesy {

class DayStride {
 public:
  // A period starts at `base` and each `length` days after it, and has the days `offsets` after its start, in order.
  DayStride(Day base, std::int64_t length, std::vector<int> offsets)
      : base_(base), length_(length), offsets_(std::move(offsets)) {}

  [[nodiscard]] std::optional<Day> next(Day from, Day to, Steps& steps) const {
    (void)steps;
    const Day found = at(place_of(from));
    return found < to ? std::optional{found} : std::nullopt;
  }

  template <typename Put>
  std::size_t put(Day from, Day to, std::size_t most, Put put, Steps& steps) const {
    const auto count = std::min(most, static_cast<std::size_t>(this->count(from, to, steps)));
    std::size_t place = 0;
    std::int64_t source = place_of(from);
    if (offsets_.size() == 1) {
      const Day first = at(source);
      for (; place < count; ++place) put(place, first + length_ * std::chrono::days{place});
      return count;
    }
    const auto each = static_cast<std::int64_t>(offsets_.size());
    for (; place < count && source % each != 0; ++place) put(place, at(source++));
    Day period = base_ + source / each * std::chrono::days{length_};
    const std::size_t whole = offsets_.size();
    for (; count - place >= whole; period += std::chrono::days{length_}) {
      for (std::size_t i = 0; i < whole; ++i) put(place + i, period + std::chrono::days{offsets_[i]});
      place += whole;
    }
    for (std::size_t i = 0; place < count; ++i, ++place) put(place, period + std::chrono::days{offsets_[i]});
    return count;
  }

  [[nodiscard]] std::int64_t count(Day from, Day to, Steps& steps) const {
    (void)steps;
    return from < to ? place_of(to) - place_of(from) : 0;
  }

  [[nodiscard]] std::optional<Day> nth(Day from, std::int64_t n, Steps& steps) const {
    (void)steps;
    const std::int64_t place = place_of(from) + n;
    // Before a far place is multiplied out: it could be out of all bounds.
    const auto periods = place / static_cast<std::int64_t>(offsets_.size());
    if (periods > (day_of(end_tick) - base_).count() / length_) return std::nullopt;
    return at(place);
  }

 private:
  // Of all days, counted from 0, the first that is at or after this one.
  [[nodiscard]] std::int64_t place_of(Day day) const {
    const std::int64_t since = (day - base_).count();
    if (since <= 0) return 0;
    const std::int64_t period = since / length_;
    const std::int64_t rest = since - period * length_;
    std::int64_t place = period * static_cast<std::int64_t>(offsets_.size());
    for (const int offset : offsets_) place += offset < rest ? 1 : 0;
    return place;
  }

  [[nodiscard]] Day at(std::int64_t place) const {
    const auto each = static_cast<std::int64_t>(offsets_.size());
    return base_ + place / each * std::chrono::days{length_} +
           std::chrono::days{offsets_[static_cast<std::size_t>(place % each)]};
  }

  Day base_;
  std::int64_t length_;
  std::vector<int> offsets_;
};

// Those of a stride's days that the calendar allows.
class FilteredStride {
 public:
  FilteredStride(DayStride stride, CalendarMasks allowed) : stride_(std::move(stride)), allowed_(allowed) {}

  [[nodiscard]] std::optional<Day> next(Day from, Day to, Steps& steps) const {
    while (true) {
      const auto found = stride_.next(from, to, steps);
      if (!found || allowed_.contains(*found)) return found;
      steps.take(4);
      const auto allowed = allowed_.next(*found);
      if (!allowed) return std::nullopt;
      from = *allowed;
    }
  }

  template <typename Put>
  std::size_t put(Day from, Day to, std::size_t most, Put put, Steps& steps) const {
    std::size_t place = 0;
    for (; place < most; ++place) {
      const auto found = next(from, to, steps);
      if (!found) break;
      put(place, *found);
      from = *found + std::chrono::days{1};
    }
    return place;
  }

  [[nodiscard]] std::int64_t count(Day from, Day to, Steps& steps) const {
    std::int64_t count = 0;
    while (const auto found = next(from, to, steps)) {
      steps.take(8);
      ++count;
      from = *found + std::chrono::days{1};
    }
    return count;
  }

  [[nodiscard]] std::optional<Day> nth(Day from, std::int64_t n, Steps& steps) const {
    while (const auto found = next(from, day_of(end_tick), steps)) {
      if (n-- == 0) return found;
      steps.take(8);
      from = *found + std::chrono::days{1};
    }
    return std::nullopt;
  }

 private:
  DayStride stride_;
  CalendarMasks allowed_;
};

}  // namespace courtesy
