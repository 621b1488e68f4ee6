// Reminders that staff scheduled for another time: they may belong to the window although their own days are far away.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include <courtesy/plan/overrides.h>
#include <courtesy/plan/scan.h>

namespace courtesy {

class FarSchedule {
 public:
  explicit FarSchedule(const Compiled& compiled);

  // Lets a step's scan look there too.
  void look(Scan& scan, std::uint32_t occasion, std::uint16_t step) const;
  [[nodiscard]] bool has(Index customer) const {
    return std::binary_search(customers_.begin(), customers_.end(), customer);
  }
  // The rules for the window that reaches far; nothing where staff scheduled nothing.
  [[nodiscard]] const std::optional<Compiled>& compiled() const { return wide_; }

 private:
  std::vector<Index> customers_;  // with such an event, or with a reminder that is about to go out; in order
  std::optional<Compiled> wide_;
};

}  // namespace courtesy
