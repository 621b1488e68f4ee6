#include <courtesy/insight/median.h>

#include <algorithm>
#include <cstddef>

namespace courtesy {
namespace {

template <typename Number>
std::optional<double> middle_of(std::span<Number> numbers) {
  if (numbers.empty()) return std::nullopt;
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  if (numbers.size() % 2 == 1) return *middle;
  return (static_cast<double>(*middle) + *std::max_element(numbers.begin(), middle)) / 2;
}

}  // namespace

std::optional<double> median(std::span<std::int32_t> numbers) { return middle_of(numbers); }

std::optional<double> median(std::span<double> numbers) { return middle_of(numbers); }

}  // namespace courtesy
