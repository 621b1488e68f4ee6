// How long something takes to come, learnt from times at which it came and from times at which it has not come yet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/insight/draws.h>

namespace courtesy {

// One wait: it came after so many days, or so many days have passed without it.
struct Wait {
  std::int32_t days = 0;
  bool came = false;
  std::uint32_t what = 0;  // of which story, for who draws it
};

// Whoever has just waited long, and in vain, must not make waits look short: what has not come yet counts as one of the
// longer waits, each of them alike (Efron's redistribution to the right, which draws from the estimate of Kaplan and
// Meier 1958, doi 10.2307/2281868).
class Waits {
 public:
  void add(Wait wait) { waits_.push_back(wait); }
  // To be called once, after the last add(). `what` must not depend on the order in which waits were added.
  void sort();
  [[nodiscard]] bool any_came() const noexcept { return came_ > 0; }
  [[nodiscard]] std::size_t came() const noexcept { return came_; }
  [[nodiscard]] std::size_t size() const noexcept { return waits_.size(); }
  // Of what has waited longer than all but the longest tenth of those that came: how likely it is to come on a day.
  [[nodiscard]] double per_day_at_last() const noexcept { return per_day_at_last_; }
  [[nodiscard]] std::int32_t longest() const { return waits_.empty() ? 0 : waits_.back().days; }
  // The first of those that took longer.
  [[nodiscard]] std::size_t longer_than(std::int32_t days) const;
  [[nodiscard]] const Wait& operator[](std::size_t i) const { return waits_[i]; }

 private:
  std::vector<Wait> waits_;
  std::size_t came_ = 0;
  double per_day_at_last_ = 0;
};

// All waits of everybody count as much as so many of one's own.
inline constexpr double prior_waits = 2;

// A wait of more than `elapsed` days, drawn from one's own waits and those of everybody (in which one's own may be
// once more). Where it never comes: `came` is false, and `what` is of the last wait in vain that was drawn; nothing
// where nobody has waited longer than `elapsed`.
[[nodiscard]] std::optional<Wait> draw_wait(const Waits& own, const Waits& everybody, std::int32_t elapsed,
                                            Draws& draws);

// The same as a number of days. What would never come, since nobody has been known for long enough, comes as seldom as
// the longest waits end (the exponential tail of Brown, Hollander and Korwar 1974); nothing where none is that long.
[[nodiscard]] std::optional<std::int32_t> draw_days(const Waits& own, const Waits& everybody, std::int32_t elapsed,
                                                    Draws& draws);

}  // namespace courtesy
