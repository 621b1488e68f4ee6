#include <courtesy/insight/meter.h>

#include <algorithm>
#include <cmath>

namespace courtesy {
namespace {

// Rounding in sums of rates must not push a mark that is met exactly to the next day.
constexpr double day_tolerance = 1e-6;
constexpr double longest_forecast = 200 * 365.25;

std::optional<double> theil_sen(const Reading* readings, std::size_t count) {
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

}  // namespace

Meter::Meter(std::vector<Reading> readings) {
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) { return a.day < b.day; });
  for (const Reading& reading : readings) {
    if (!readings_.empty() && reading.value < readings_.back().value) continue;
    if (!readings_.empty() && readings_.back().day == reading.day) {
      readings_.back() = reading;
    } else {
      readings_.push_back(reading);
    }
  }
  const std::size_t count = std::min(readings_.size(), rate_readings);
  if (count >= 2) rate_ = theil_sen(readings_.data() + (readings_.size() - count), count);
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
