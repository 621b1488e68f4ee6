#include <courtesy/insight/meter.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace courtesy {
namespace {

// Rounding in sums of rates must not push a mark that is met exactly to the next day.
constexpr double day_tolerance = 1e-6;
constexpr double longest_forecast = 200 * 365.25;

std::optional<double> theil_sen(const Reading* readings, std::size_t count) {
  if (count == 2) {
    return (readings[1].value - readings[0].value) / static_cast<double>((readings[1].day - readings[0].day).count());
  }
  std::vector<double> slopes;
  slopes.reserve(count * (count - 1) / 2);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const auto days = static_cast<double>((readings[j].day - readings[i].day).count());
      slopes.push_back((readings[j].value - readings[i].value) / days);
    }
  }
  if (slopes.empty()) return std::nullopt;
  const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  if (slopes.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(slopes.begin(), middle)) / 2;
}

// The longest subsequence that does not fall; of two as long the one that rises least, and then the earlier. Best ends
// are looked up by the rank of their value in a tree of maxima (Fenwick 1994), so that many readings cost little more.
std::vector<Reading> longest_rise(const std::vector<Reading>& readings) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  struct End {
    std::size_t length = 0;
    double first = 0;  // the value that it began with
    std::size_t before = none;
  };
  std::vector<double> values;
  for (const Reading& reading : readings) values.push_back(reading.value);
  std::sort(values.begin(), values.end());
  std::vector<End> ends(readings.size());
  const auto better = [&](std::size_t a, std::size_t b) {
    if (b == none || a == none) return b == none;
    return ends[a].length != ends[b].length ? ends[a].length > ends[b].length : ends[a].first > ends[b].first;
  };
  std::vector<std::size_t> tree(values.size() + 1, none);
  std::size_t best = none;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto rank = static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), readings[i].value) -
                                               values.begin() + 1);
    std::size_t before = none;
    for (std::size_t at = rank; at > 0; at &= at - 1) {
      if (tree[at] != none && better(tree[at], before)) before = tree[at];
    }
    ends[i] =
        before == none ? End{1, readings[i].value, none} : End{ends[before].length + 1, ends[before].first, before};
    for (std::size_t at = rank; at < tree.size(); at += at & (~at + 1)) {
      if (better(i, tree[at])) tree[at] = i;
    }
    const auto rise = [&](std::size_t end) { return readings[end].value - ends[end].first; };
    if (best == none || ends[i].length > ends[best].length ||
        (ends[i].length == ends[best].length && rise(i) < rise(best))) {
      best = i;
    }
  }
  std::vector<Reading> kept;
  for (std::size_t at = best; at != none; at = ends[at].before) kept.push_back(readings[at]);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

}  // namespace

Meter::Meter(std::vector<Reading> readings) : readings_(std::move(readings)) {
  std::sort(readings_.begin(), readings_.end(),
            [](const Reading& a, const Reading& b) { return a.day != b.day ? a.day < b.day : a.value > b.value; });
  const auto same_day = [](const Reading& a, const Reading& b) { return a.day == b.day; };
  readings_.erase(std::unique(readings_.begin(), readings_.end(), same_day), readings_.end());
  const auto falls = [](const Reading& a, const Reading& b) { return b.value < a.value; };
  if (std::adjacent_find(readings_.begin(), readings_.end(), falls) != readings_.end()) {
    readings_ = longest_rise(readings_);
  }
  const std::size_t count = std::min(readings_.size(), rate_readings);
  if (count >= 2) rate_ = theil_sen(readings_.data() + (readings_.size() - count), count);
}

bool Meter::believes(const Reading& reading) const {
  const auto at = std::lower_bound(readings_.begin(), readings_.end(), reading.day,
                                   [](const Reading& other, Day day) { return other.day < day; });
  return (at == readings_.begin() || (at - 1)->value <= reading.value) &&
         (at == readings_.end() || reading.value <= at->value);
}

std::optional<double> Meter::value_on(Day day) const {
  if (readings_.empty()) return std::nullopt;
  const auto after = std::lower_bound(readings_.begin(), readings_.end(), day,
                                      [](const Reading& reading, Day d) { return reading.day < d; });
  if (after != readings_.end() && after->day == day) return after->value;
  if (after == readings_.begin() || after == readings_.end()) {
    if (!rate_) return std::nullopt;
    const Reading& near = after == readings_.begin() ? readings_.front() : readings_.back();
    const double value = near.value + *rate_ * static_cast<double>((day - near.day).count());
    return std::max(0.0, value);
  }
  const Reading& before = *(after - 1);
  const double share =
      static_cast<double>((day - before.day).count()) / static_cast<double>((after->day - before.day).count());
  return before.value + share * (after->value - before.value);
}

std::optional<Passing> Meter::reaches(double mark, Day from, double value) const {
  Reading last{from, value};
  if (value >= mark) return Passing{from, true};
  for (const Reading& reading : readings_) {
    if (reading.day <= from || reading.value < last.value) continue;
    if (reading.value >= mark) {
      const double share = (mark - last.value) / (reading.value - last.value);
      const auto days = static_cast<double>((reading.day - last.day).count());
      const double wait = std::ceil(share * days - day_tolerance);
      return Passing{last.day + std::chrono::days{static_cast<int>(wait)}, true};
    }
    last = reading;
  }
  if (!rate_ || *rate_ <= 0) return std::nullopt;
  const double wait = std::ceil((mark - last.value) / *rate_ - day_tolerance);
  if (!(wait <= longest_forecast)) return std::nullopt;
  return Passing{last.day + std::chrono::days{static_cast<int>(wait)}, false};
}

}  // namespace courtesy
