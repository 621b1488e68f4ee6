// The middle of some numbers, which wild ones among them hardly move.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace courtesy {

// The middle one (the mean of the two middle ones where their number is even) of numbers, which change their order;
// nothing of none.
[[nodiscard]] std::optional<double> median(std::span<std::int32_t> numbers);
[[nodiscard]] std::optional<double> median(std::span<double> numbers);

}  // namespace courtesy
