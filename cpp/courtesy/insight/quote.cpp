#include <courtesy/insight/quote.h>

#include <algorithm>
#include <cmath>

namespace courtesy {
namespace {

// A product of many shares is off in its last bits.
constexpr double rounding = 1e-9;

// What is over comes before what was still lasting after as long.
void sort(std::vector<PromiseSpan>& waits) {
  std::sort(waits.begin(), waits.end(), [](const PromiseSpan& a, const PromiseSpan& b) {
    return a.days != b.days ? a.days < b.days : a.over && !b.over;
  });
}

// The share that lasts longer than all spans seen, if `more` are over after longer than all others.
double remaining(const std::vector<PromiseSpan>& sorted, std::int64_t more) {
  double share = 1;
  auto lasting = static_cast<double>(sorted.size()) + static_cast<double>(more) + 1;
  for (const PromiseSpan& wait : sorted) {
    if (wait.over) share *= 1 - 1 / lasting;
    if (std::isfinite(wait.days)) --lasting;
  }
  return share * (lasting - static_cast<double>(more)) / lasting;
}

}  // namespace

std::optional<double> quote(std::vector<PromiseSpan> waits, double chance) {
  sort(waits);
  double share = 1;
  auto lasting = static_cast<double>(waits.size()) + 1;
  for (const PromiseSpan& wait : waits) {
    // Of several that take as long each is one step; the product is the same as of all in one.
    if (wait.over) share *= 1 - 1 / lasting;
    if (wait.over && share <= 1 - chance + rounding) return wait.days;
    --lasting;
  }
  return std::nullopt;
}

std::int64_t missing_for_quote(std::vector<PromiseSpan> waits, double chance) {
  if (quote(waits, chance)) return 0;
  sort(waits);
  const auto enough = [&](std::int64_t more) { return remaining(waits, more) <= 1 - chance + rounding; };
  std::int64_t most = 1;
  while (!enough(most)) most *= 2;
  std::int64_t least = most / 2;  // not enough, or none
  while (least + 1 < most) {
    const std::int64_t middle = least + (most - least) / 2;
    (enough(middle) ? most : least) = middle;
  }
  return most;
}

std::optional<double> quantile(std::span<const double> sorted, double share) {
  if (sorted.empty()) return std::nullopt;
  const double place = std::ceil(share * static_cast<double>(sorted.size()) - rounding);
  const auto index = static_cast<std::size_t>(std::max(place, 1.0)) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

}  // namespace courtesy
