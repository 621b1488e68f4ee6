#include <courtesy/insight/waits.h>

#include <algorithm>
#include <cmath>

namespace courtesy {

void Waits::sort() {
  std::sort(waits_.begin(), waits_.end(), [](const Wait& a, const Wait& b) {
    if (a.days != b.days) return a.days < b.days;
    // What came on a day came before anybody stopped waiting on it.
    return a.came != b.came ? a.came : a.what < b.what;
  });
  std::vector<std::int32_t> came;
  for (const Wait& wait : waits_) {
    if (wait.came) came.push_back(wait.days);
  }
  came_ = came.size();
  if (came.empty()) return;
  const std::int32_t since = came[(came.size() * 9 + 9) / 10 - 1];
  std::size_t later = 0;
  double waited = 0;
  for (std::size_t i = longer_than(since); i < waits_.size(); ++i) {
    later += waits_[i].came ? 1 : 0;
    waited += waits_[i].days - since;
  }
  if (later > 0) per_day_at_last_ = static_cast<double>(later) / waited;
}

std::size_t Waits::longer_than(std::int32_t days) const {
  const auto first = std::upper_bound(waits_.begin(), waits_.end(), days,
                                      [](std::int32_t elapsed, const Wait& wait) { return elapsed < wait.days; });
  return static_cast<std::size_t>(first - waits_.begin());
}

std::optional<Wait> draw_wait(const Waits& own, const Waits& everybody, std::int32_t elapsed, Draws& draws) {
  const double weight = everybody.size() == 0 ? 0 : prior_waits / static_cast<double>(everybody.size());
  std::size_t own_from = own.longer_than(elapsed);
  std::size_t all_from = everybody.longer_than(elapsed);
  std::optional<Wait> drawn;
  for (;;) {
    const auto own_left = static_cast<double>(own.size() - own_from);
    const std::size_t all_left = everybody.size() - all_from;
    const double sum = own_left + weight * static_cast<double>(all_left);
    if (sum <= 0) {
      if (drawn) drawn->came = false;
      return drawn;
    }
    const double at = draws.share() * sum;
    std::size_t place = 0;
    if (at < own_left) {
      place = own_from + static_cast<std::size_t>(at);
      drawn = own[place];
    } else {
      place = all_from + std::min(all_left - 1, static_cast<std::size_t>((at - own_left) / weight));
      drawn = everybody[place];
    }
    if (drawn->came) return drawn;
    own_from = own.longer_than(drawn->days);
    all_from = everybody.longer_than(drawn->days);
  }
}

std::optional<std::int32_t> draw_days(const Waits& own, const Waits& everybody, std::int32_t elapsed, Draws& draws) {
  const auto drawn = draw_wait(own, everybody, elapsed, draws);
  if (drawn && drawn->came) return drawn->days;
  const double per_day = everybody.per_day_at_last();
  if (per_day <= 0) return std::nullopt;
  const std::int32_t known = std::max({elapsed, everybody.longest(), own.longest()});
  if (per_day >= 1) return known + 1;
  // As many days in vain as it takes; nobody waits for centuries.
  constexpr double longest = 400.0 * 366;
  const double in_vain = std::log1p(-draws.share()) / std::log1p(-per_day);
  return known + 1 + static_cast<std::int32_t>(std::min(in_vain, longest));
}

}  // namespace courtesy
