// Moments that recur: RFC 5545's rules with dates and rules beside them, answered for the years 1600 to 9999.
//
//   Recurrence fridays{{.rule = parse_rule("FREQ=MONTHLY;BYDAY=-1FR"), .start = Day{2026y / 1 / 1}}};
//   fridays.after(Day{2026y / 12 / 1});  // 2026-12-25
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <courtesy/time/recurrence_parts.h>

namespace courtesy {

class Recurrence {
 public:
  // What occurrences are: dates where the start is one, wall times, or, with a zone, instants.
  enum class Kind { day, wall, instant };

  // The parts come out checked: rules as checked() leaves them, dates sorted. Throws Error{rule} for parts that do not
  // go together, and for a start outside the years 1600 to 9999 or with a fraction of a second.
  explicit Recurrence(RecurrenceParts parts);

  [[nodiscard]] const RecurrenceParts& parts() const noexcept;
  [[nodiscard]] Kind kind() const noexcept;
  // Whether it is known from the start that there is no occurrence at all, as of every 30 February.
  [[nodiscard]] bool never() const noexcept;
  // Whether it goes on to the last year: no COUNT, no UNTIL.
  [[nodiscard]] bool endless() const noexcept;

  // Each question has a budget of steps; one that needs more, which only strange rules do, throws Error{time}.
  // A moment of another kind is read as the recurrence's: a date is its midnight, and with a zone a wall time is the
  // zone's; Error{time} where that cannot be (an instant, without a zone).

  // The first occurrence after the moment, or at it where `inclusive`.
  [[nodiscard]] std::optional<Moment> after(const Moment& moment, bool inclusive = false) const;
  // The last before the moment, or at it where `inclusive`.
  [[nodiscard]] std::optional<Moment> before(const Moment& moment, bool inclusive = false) const;
  // Those in [from, to). Throws Error{time} where they are more than most_between.
  static constexpr std::size_t most_between = 1'000'000;
  [[nodiscard]] std::vector<Moment> between(const Moment& from, const Moment& to) const;
  // The first `most`, or as many as there are.
  [[nodiscard]] std::vector<Moment> first(std::size_t most) const;
  // The first `most` after the moment.
  [[nodiscard]] std::vector<Moment> first_after(const Moment& moment, std::size_t most) const;
  // How many there are; nothing where it is endless.
  [[nodiscard]] std::optional<std::int64_t> count() const;

  // Cells of columns: microseconds since 1970, of the wall clock or of UTC, or days since 1970.
  static constexpr std::int64_t no_cell = std::numeric_limits<std::int64_t>::min();

  // Writes those in [from, to), in order, as many as fit, and says how many they were. The next ones are those from
  // after the last cell on.
  [[nodiscard]] std::size_t fill(const Moment& from, const Moment& to, std::span<std::int64_t> microseconds) const;
  // The same in days; throws Error{time} where kind() is another.
  [[nodiscard]] std::size_t fill(const Moment& from, const Moment& to, std::span<std::int32_t> days) const;
  // How many are in [from, to).
  [[nodiscard]] std::int64_t count(const Moment& from, const Moment& to) const;
  // after() for many moments, given and answered in microseconds; no_cell where there is none.
  void after(std::span<const std::int64_t> moments, bool inclusive, std::span<std::int64_t> out) const;

  friend bool operator==(const Recurrence& a, const Recurrence& b) { return a.parts() == b.parts(); }

 private:
  class Lines;
  std::shared_ptr<const Lines> lines_;
};

// For a rule that starts many times, such as at each customer's first purchase: the first occurrence after (or at) the
// moment for each start. Starts are wall times in microseconds, or days' midnights where `whole_days`; answers are as
// Recurrence::after() gives them.
void next_after(const RecurrenceRule& rule, std::span<const std::int64_t> starts, bool whole_days,
                const std::shared_ptr<const Zone>& zone, const Moment& moment, bool inclusive,
                std::span<std::int64_t> out);

}  // namespace courtesy
