// What is known of use from many: the errors of past forecasts, and the rates of alike assets.
#pragma once

#include <optional>
#include <vector>

namespace courtesy {

// Real use divided by forecast use: 1 in 10 cases lies below `low`, and 1 in 10 above `high`.
struct ErrorRange {
  double low;
  double high;
};

// From past errors, with 2/3 and 3/2 added, so that few errors say little. The quantiles are those at place p (n + 1)
// of n in order, which keep their promise for any distribution (Hyndman and Fan 1996, definition 6,
// doi 10.1080/00031305.1996.10473566).
[[nodiscard]] ErrorRange error_range(std::vector<double> errors);

// How fast the meters of alike assets run.
struct FleetRate {
  double per_day;  // the median
  ErrorRange errors;
};

// Fewer rates than these say nothing of a fleet.
inline constexpr std::size_t least_fleet = 3;

// From the rates of the assets, which are above zero; nothing where there are too few of them.
[[nodiscard]] std::optional<FleetRate> fleet_rate(std::vector<double> rates);

}  // namespace courtesy
