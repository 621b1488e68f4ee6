// Reminders that staff scheduled for another time: they may belong to the window although their own days are far away.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include <courtesy/plan/scan.h>

namespace courtesy {

class FarSchedule {
 public:
  // A snooze, or a send_now, is heard where the reminder was scheduled at most so long before or after the window.
  static constexpr std::chrono::days reach{400};

  explicit FarSchedule(const Compiled& compiled);

  // Lets a step's scan look there too.
  void look(Scan& scan, std::uint32_t occasion, std::uint16_t step) const;
  [[nodiscard]] bool has(Index customer) const {
    return std::binary_search(customers_.begin(), customers_.end(), customer);
  }
  // The rules for the window that reaches far; nothing where staff scheduled nothing.
  [[nodiscard]] const std::optional<Compiled>& compiled() const { return wide_; }

 private:
  std::vector<Index> customers_;  // with such an event, in order
  std::optional<Compiled> wide_;
};

}  // namespace courtesy
