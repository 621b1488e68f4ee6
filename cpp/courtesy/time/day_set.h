// A set of civil days as a bitmap from its first to its last: one load tells whether a day is in it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

class DaySet {
 public:
  DaySet() = default;
  explicit DaySet(const std::vector<Day>& days) {
    if (days.empty()) return;
    const auto [first, last] = std::minmax_element(days.begin(), days.end());
    first_ = *first;
    bits_.resize(static_cast<std::size_t>((*last - first_).count()) / width + 1);
    for (const Day day : days) {
      const auto place = static_cast<std::uint64_t>((day - first_).count());
      bits_[place / width] |= std::uint64_t{1} << place % width;
    }
  }

  [[nodiscard]] bool empty() const noexcept { return bits_.empty(); }
  [[nodiscard]] bool has(Day day) const noexcept {
    // Days before the first are past the end as well.
    const auto place = static_cast<std::uint64_t>((day - first_).count());
    return place / width < bits_.size() && (bits_[place / width] >> place % width & 1U) != 0;
  }

 private:
  static constexpr std::uint64_t width = 64;

  Day first_{};
  std::vector<std::uint64_t> bits_;
};

}  // namespace courtesy
