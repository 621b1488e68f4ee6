// The occurrences of one rule, as moments on a line: the wall clock's, or UTC's.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <courtesy/time/civil.h>

namespace courtesy {

// Whole seconds since 1970-01-01T00:00:00 on a line.
using Tick = std::chrono::seconds;

constexpr Tick tick_of(Day day) { return std::chrono::duration_cast<Tick>(day.time_since_epoch()); }
constexpr Day day_of(Tick tick) { return Day{std::chrono::floor<std::chrono::days>(tick)}; }

// A range of civil years that rules are answered for: [first_tick, end_tick).
inline constexpr Tick first_tick = tick_of(Day{first_year / 1 / 1});
inline constexpr Tick end_tick = tick_of(Day{(last_year + std::chrono::years{1}) / 1 / 1});

// How much work one question may cost, in steps of about 5 ns. No rule can make a question take longer, however it is
// written.
class Steps {
 public:
  static constexpr std::int64_t most = 1'000'000;

  // Throws Error{time} once more have been taken than are allowed.
  void take(std::int64_t steps = 1) {
    left_ -= steps;
    if (left_ < 0) give_up();
  }
  // What is found and given out was asked for, and may cost more.
  void allow_for_one_found() {
    if (gives_out_) left_ += 800;
  }
  // What is found is only counted.
  void give_nothing_out() { gives_out_ = false; }

 private:
  [[noreturn]] static void give_up();

  std::int64_t left_ = most;
  bool gives_out_ = true;
};

// Cells of columns.
constexpr std::int64_t microseconds_cell(Tick at) { return std::chrono::microseconds{at}.count(); }
constexpr std::int32_t day_cell(Tick at) { return static_cast<std::int32_t>(day_of(at).time_since_epoch().count()); }

// Takes what find(from) finds, each time from the second after the last one on: `most` of them, or as many as there
// are. Says how many they were.
template <typename Find, typename Take>
std::size_t take_each(Find find, Tick from, std::size_t most, Steps& steps, Take& take) {
  std::size_t count = 0;
  while (count < most) {
    const std::optional<Tick> found = find(from);
    if (!found) break;
    steps.allow_for_one_found();
    take(*found);
    ++count;
    from = *found + Tick{1};
  }
  return count;
}

class Walk {
 public:
  // No occurrence is before `first`.
  explicit Walk(Tick first) : first_(first) {}
  virtual ~Walk() = default;
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  [[nodiscard]] Tick first() const { return first_; }
  [[nodiscard]] Tick end() const { return end_; }
  // No occurrence is at or after it.
  void stop_before(Tick end) { end_ = std::min(end_, end); }

  // The first in [from, to).
  [[nodiscard]] std::optional<Tick> next(Tick from, Tick to, Steps& steps) const;
  // The last in [from, to).
  [[nodiscard]] std::optional<Tick> last(Tick from, Tick to, Steps& steps) const;
  // Writes those in [from, to) in order, as many as fit, in microseconds.
  [[nodiscard]] std::size_t fill(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const;
  // The same in days, for a walk at midnight.
  [[nodiscard]] std::size_t fill_days(Tick from, Tick to, std::span<std::int32_t> out, Steps& steps) const;
  // How many there are in [from, to).
  [[nodiscard]] std::int64_t count(Tick from, Tick to, Steps& steps) const;
  // The nth (from 1) of all, where there are as many.
  [[nodiscard]] std::optional<Tick> nth(std::int64_t n, Steps& steps) const;

 protected:
  // As above, with bounds that lie within the walk's own, and from < to.
  [[nodiscard]] virtual std::optional<Tick> find(Tick from, Tick to, Steps& steps) const = 0;
  [[nodiscard]] virtual std::size_t write(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const;
  [[nodiscard]] virtual std::size_t write_days(Tick from, Tick to, std::span<std::int32_t> out, Steps& steps) const;
  [[nodiscard]] virtual std::int64_t count_all(Tick from, Tick to, Steps& steps) const;
  [[nodiscard]] virtual std::optional<Tick> find_nth(std::int64_t n, Steps& steps) const;

 private:
  Tick first_;
  Tick end_ = end_tick;
};

}  // namespace courtesy
