// A walk over days that all have the same times.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include <courtesy/time/walk.h>

namespace courtesy {

// Days has these, each of them const:
//   std::optional<Day> next(Day from, Day to, Steps&)       the first in [from, to)
//   std::size_t put(Day from, Day to, std::size_t most, Put put, Steps&)
//                                                           calls put(place, day) for those in [from, to), and counts
//   std::int64_t count(Day from, Day to, Steps&)            how many are in [from, to)
//   std::optional<Day> nth(Day from, std::int64_t n, Steps&)  the nth from that day on, n from 0
template <typename Days>
class TimedDays final : public Walk {
 public:
  TimedDays(Tick start, Days days, std::vector<Tick> times)
      : Walk(start), days_(std::move(days)), times_(std::move(times)) {}

 protected:
  std::optional<Tick> find(Tick from, Tick to, Steps& steps) const override {
    steps.take(8);
    Day day = day_of(from);
    const Tick in_day = from - tick_of(day);
    auto time = std::lower_bound(times_.begin(), times_.end(), in_day);
    if (time == times_.end()) {
      day += std::chrono::days{1};
      time = times_.begin();
    }
    const auto found = days_.next(day, day_of(to - Tick{1}) + std::chrono::days{1}, steps);
    if (!found) return std::nullopt;
    const Tick at = tick_of(*found) + (*found == day ? *time : times_.front());
    return at < to ? std::optional{at} : std::nullopt;
  }

  std::size_t write(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const override {
    if (times_.size() != 1) return write_times(from, to, out, steps);
    const auto cells = out.data();
    const std::chrono::microseconds time = times_.front();
    return days_.put(
        day_reaching(from), day_reaching(to), out.size(),
        [cells, time](std::size_t place, Day day) {
          cells[place] = (std::chrono::microseconds{day.time_since_epoch()} + time).count();
        },
        steps);
  }

  std::size_t write_days(Tick from, Tick to, std::span<std::int32_t> out, Steps& steps) const override {
    const auto cells = out.data();
    return days_.put(
        day_reaching(from), day_reaching(to), out.size(),
        [cells](std::size_t place, Day day) {
          cells[place] = static_cast<std::int32_t>(day.time_since_epoch().count());
        },
        steps);
  }

  std::int64_t count_all(Tick from, Tick to, Steps& steps) const override {
    const Day first = day_of(from);
    const Day last = day_of(to - Tick{1});
    const auto all = static_cast<std::int64_t>(times_.size());
    std::int64_t count = days_.count(first, last + std::chrono::days{1}, steps) * all;
    if (days_.next(first, first + std::chrono::days{1}, steps)) count -= times_before(from - tick_of(first));
    if (days_.next(last, last + std::chrono::days{1}, steps)) count -= all - times_before(to - tick_of(last));
    return count;
  }

  std::optional<Tick> find_nth(std::int64_t n, Steps& steps) const override {
    const Day day = day_of(first());
    const auto all = static_cast<std::int64_t>(times_.size());
    std::int64_t place = n - 1;
    if (days_.next(day, day + std::chrono::days{1}, steps)) place += times_before(first() - tick_of(day));
    const auto found = days_.nth(day, place / all, steps);
    if (!found) return std::nullopt;
    const Tick at = tick_of(*found) + times_[static_cast<std::size_t>(place % all)];
    return at < end() ? std::optional{at} : std::nullopt;
  }

 private:
  std::size_t write_times(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const {
    std::size_t count = 0;
    for (Day day = day_of(from); count < out.size();) {
      const auto found = days_.next(day, day_of(to - Tick{1}) + std::chrono::days{1}, steps);
      if (!found) break;
      for (const Tick time : times_) {
        const Tick at = tick_of(*found) + time;
        if (at >= from && at < to && count < out.size()) out[count++] = std::chrono::microseconds{at}.count();
      }
      day = *found + std::chrono::days{1};
    }
    return count;
  }

  // The first day whose one time is at or after the tick.
  [[nodiscard]] Day day_reaching(Tick tick) const {
    return Day{std::chrono::ceil<std::chrono::days>(tick - times_.front())};
  }
  [[nodiscard]] std::int64_t times_before(Tick in_day) const {
    return std::lower_bound(times_.begin(), times_.end(), in_day) - times_.begin();
  }

  Days days_;
  std::vector<Tick> times_;
};

}  // namespace courtesy
