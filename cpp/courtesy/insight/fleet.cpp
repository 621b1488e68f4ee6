#include <courtesy/insight/fleet.h>
#include <courtesy/insight/median.h>

#include <algorithm>
#include <cmath>

namespace courtesy {

ErrorRange error_range(std::vector<double> errors) {
  errors.insert(errors.end(), {2.0 / 3, 3.0 / 2});
  std::sort(errors.begin(), errors.end());
  const auto n = static_cast<double>(errors.size());
  const auto at = [&](double part) {
    const double place = std::clamp(part * (n + 1), 1.0, n);
    const double below = std::floor(place);
    const auto index = static_cast<std::size_t>(below) - 1;
    const double next = errors[std::min(index + 1, errors.size() - 1)];
    return errors[index] + (place - below) * (next - errors[index]);
  };
  return {at(0.1), at(0.9)};
}

std::optional<FleetRate> fleet_rate(std::vector<double> rates) {
  if (rates.size() < least_fleet) return std::nullopt;
  const double middle = *median(rates);
  for (double& rate : rates) rate /= middle;
  return FleetRate{middle, error_range(std::move(rates))};
}

}  // namespace courtesy
