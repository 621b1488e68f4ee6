#include <courtesy/insight/meter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace courtesy {
namespace {

using std::chrono::days;

// Rounding in sums of rates must not push a mark that is met exactly to the next day.
constexpr double day_tolerance = 1e-6;
constexpr double longest_forecast = 200 * 365.25;
constexpr std::array half_lives{60.0, 365.0};
constexpr std::size_t most_errors = 60;
constexpr double most_times_typical = 10;
constexpr int least_days_typical = 30;

double days_between(Day from, Day to) { return static_cast<double>((to - from).count()); }

Day after(Day day, double wait) {
  return day + days{static_cast<std::int64_t>(std::ceil(std::max(0.0, wait) - day_tolerance))};
}

// In order, and of each day the highest.
void put_in_order(std::vector<Reading>& readings) {
  std::sort(readings.begin(), readings.end(),
            [](const Reading& a, const Reading& b) { return a.day != b.day ? a.day < b.day : a.value > b.value; });
  const auto same_day = [](const Reading& a, const Reading& b) { return a.day == b.day; };
  readings.erase(std::unique(readings.begin(), readings.end(), same_day), readings.end());
}

// The readings of each meter that the asset had; those of all but the first begin with where the new meter began.
std::vector<std::vector<Reading>> parts_of(std::vector<Reading> readings, std::vector<Reading> replaced) {
  put_in_order(readings);
  put_in_order(replaced);
  std::vector<std::vector<Reading>> parts(1);
  auto next = replaced.begin();
  for (const Reading& reading : readings) {
    for (; next != replaced.end() && next->day < reading.day; ++next) parts.push_back({*next});
    parts.back().push_back(reading);
  }
  for (; next != replaced.end(); ++next) parts.push_back({*next});
  return parts;
}

Plausible plausible_of(const std::vector<std::vector<Reading>>& parts, const MeterFacts& facts) {
  if (facts.plausible) return {*facts.plausible, 1};
  std::vector<double> slopes;
  for (const auto& part : parts) add_rising_slopes(part, slopes);
  constexpr std::size_t enough = 3;
  double typical = std::numeric_limits<double>::infinity();
  if (facts.fleet) {
    typical = facts.fleet->per_day;
    if (slopes.size() >= enough) typical = std::max(typical, typical_rate(slopes));
  } else if (!slopes.empty()) {
    typical = typical_rate(slopes);
  }
  return {most_times_typical * typical, least_days_typical};
}

}  // namespace

// What is typical is no less than the fleet's rate, or without one than the slowest rise. Limits and readings are
// compared as `believed` compares them, so that both agree to the last bit.
bool surely_believed(std::span<const Reading> readings, const MeterFacts& facts) {
  if (!facts.replaced.empty()) return false;
  const bool by_own = !facts.plausible && !facts.fleet;
  double least_typical = facts.fleet ? facts.fleet->per_day : std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const double gap = days_between(readings[i - 1].day, readings[i].day);
    if (gap <= 0) return false;
    const double use = readings[i].value - readings[i - 1].value;
    if (by_own && use > 0) least_typical = std::min(least_typical, use / gap);
  }
  const Plausible least = facts.plausible ? Plausible{*facts.plausible, 1}
                                          : Plausible{most_times_typical * least_typical, least_days_typical};
  const auto contradict = [&](const Reading& a, const Reading& b) { return least.contradict(a, b); };
  return std::adjacent_find(readings.begin(), readings.end(), contradict) == readings.end();
}

Meter::Meter(std::vector<Reading> readings, MeterFacts facts) : fleet_(facts.fleet) {
  keep(std::move(readings), facts);
  measure();
  by_fleet_ = fleet_ && measured_days_ < least_measured;
  rate_ = by_fleet_ ? fleet_->per_day : own_rate_;
  add_up();
}

void Meter::keep(std::vector<Reading> readings, const MeterFacts& facts) {
  const auto parts = parts_of(std::move(readings), facts.replaced);
  const Plausible plausible = plausible_of(parts, facts);
  for (std::size_t number = 0; number < parts.size(); ++number) {
    const auto& part = parts[number];
    if (part.empty()) continue;
    const Believed found = believed(part, plausible);
    auto kept = found.kept.begin();
    auto reset = found.resets.begin();
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (kept == found.kept.end() || *kept != i) {
        set_aside_.push_back(part[i]);
        continue;
      }
      const bool anew = reset != found.resets.end() && *reset == i;
      if (anew) {
        resets_.push_back(part[i]);
        ++reset;
      }
      kept_.push_back({part[i].day, part[i].value, 0, anew || kept == found.kept.begin(), number > 0 && i == 0,
                       std::numeric_limits<double>::quiet_NaN()});
      ++kept;
    }
  }
}

// Sums of weights are carried on from reading to reading, so that each has the rate that was known then.
void Meter::measure() {
  std::array<double, half_lives.size()> use{}, time{};
  for (std::size_t i = 1; i < kept_.size(); ++i) {
    const double gap = days_between(kept_[i - 1].day, kept_[i].day);
    for (std::size_t h = 0; h < half_lives.size(); ++h) {
      const double fade = std::exp2(-gap / half_lives[h]);
      use[h] *= fade;
      time[h] *= fade;
      if (kept_[i].begins) continue;
      use[h] += kept_[i].value - kept_[i - 1].value;
      time[h] += gap;
    }
    if (!kept_[i].begins) measured_days_ += static_cast<int>(gap);
    // Of what was measured centuries ago no weight may be left.
    if (time[0] > 0 && time[1] > 0) kept_[i].rate_so_far = (use[0] / time[0] + use[1] / time[1]) / 2;
  }
  if (!kept_.empty() && !std::isnan(kept_.back().rate_so_far)) own_rate_ = kept_.back().rate_so_far;
}

void Meter::add_up() {
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    KeptReading& reading = kept_[i];
    if (i == 0) {
      reading.total = reading.value;
      continue;
    }
    const KeptReading& before = kept_[i - 1];
    const double use =
        reading.begins ? rate_.value_or(0) * days_between(before.day, reading.day) : reading.value - before.value;
    reading.total = before.total + use;
  }
}

double Meter::days_of(double use) const {
  if (!by_fleet_ && fleet_) {
    const double first = *rate_ * fresh_days;
    if (use > first) return fresh_days + (use - first) / fleet_->per_day;
  }
  return *rate_ > 0 ? use / *rate_ : std::numeric_limits<double>::infinity();
}

double Meter::use_of(double wait) const {
  if (by_fleet_ || !fleet_ || wait <= fresh_days) return *rate_ * wait;
  return *rate_ * fresh_days + fleet_->per_day * (wait - fresh_days);
}

// Between the first and the last reading.
double Meter::total_between(Day day) const {
  const auto later = std::lower_bound(kept_.begin(), kept_.end(), day,
                                      [](const KeptReading& reading, Day d) { return reading.day < d; });
  if (later->day == day) return later->total;
  const KeptReading& before = *(later - 1);
  const double share = days_between(before.day, day) / days_between(before.day, later->day);
  return before.total + share * (later->total - before.total);
}

std::optional<double> Meter::total_on(Day day) const {
  if (kept_.empty()) return std::nullopt;
  if (day >= kept_.front().day && day <= kept_.back().day) return total_between(day);
  if (!rate_) return std::nullopt;
  if (day > kept_.back().day) return kept_.back().total + use_of(days_between(kept_.back().day, day));
  return std::max(0.0, kept_.front().total - *rate_ * days_between(day, kept_.front().day));
}

std::optional<double> Meter::total_of(const Reading& reading) const {
  const auto at = std::lower_bound(kept_.begin(), kept_.end(), reading.day,
                                   [](const KeptReading& kept, Day day) { return kept.day < day; });
  if (at == kept_.end() || at->day != reading.day || at->replaced || reading.value > at->value) return std::nullopt;
  if (!at->begins && reading.value < (at - 1)->value) return std::nullopt;
  return at->total - (at->value - reading.value);
}

// The first reading of that day, for on the day of a new meter the old one still counts; else the last one before.
const KeptReading& Meter::segment_on(Day day) const {
  const auto at =
      std::lower_bound(kept_.begin(), kept_.end(), day, [](const KeptReading& kept, Day d) { return kept.day < d; });
  if (at == kept_.begin()) return *at;
  return at != kept_.end() && at->day == day && !at->replaced ? *at : *(at - 1);
}

double Meter::shown(Day day, double total) const {
  const KeptReading& reading = segment_on(day);
  return reading.value + (total - reading.total);
}

std::optional<Passing> Meter::reaches_on(double mark, Day from, double total) const {
  const auto known = [](Day day) { return Passing{day, true, false, day, day}; };
  if (total >= mark) return known(from);
  Day day = from;
  for (const KeptReading& reading : kept_) {
    if (reading.day < from || reading.total < total) continue;
    if (reading.total >= mark) {
      const double share = (mark - total) / (reading.total - total);
      return known(after(day, share * days_between(day, reading.day)));
    }
    day = reading.day;
    total = reading.total;
  }
  if (!rate_ || kept_.empty()) return std::nullopt;
  const double wait = days_of(mark - kept_.back().total);
  if (!(wait <= longest_forecast)) return std::nullopt;
  const Day reached = after(kept_.back().day, wait);
  const bool stale = fleet_ && reached > kept_.back().day + days{fresh_days};
  const Day at = std::max(from, reached);
  return Passing{at, false, by_fleet_ || stale, at, at};
}

std::optional<Passing> Meter::reaches(double mark, Day from, double total) const {
  std::optional<Passing> passing = reaches_on(mark, from, total);
  if (!passing || passing->reached) return passing;
  const KeptReading& last = kept_.back();
  const double use = mark - last.total;
  const auto horizon = static_cast<int>((passing->day - last.day).count());
  const ErrorRange errors = passing->by_fleet ? fleet_->errors : past_errors(horizon);
  if (errors.high > 0) {
    passing->earliest = std::clamp(after(last.day, days_of(use / errors.high)), from, passing->day);
  }
  passing->latest.reset();
  const double slow = errors.low > 0 ? days_of(use / errors.low) : std::numeric_limits<double>::infinity();
  if (slow <= longest_forecast) passing->latest = std::max(passing->day, after(last.day, slow));
  return passing;
}

// What the rate known at earlier readings would have said of as many days ahead.
ErrorRange Meter::past_errors(int horizon) const {
  const auto whole = static_cast<int>((kept_.back().day - kept_.front().day).count());
  const int ahead = std::max(1, std::min(horizon, whole / 2));
  std::vector<double> errors;
  for (std::size_t i = kept_.size(); i-- > 0 && errors.size() < most_errors;) {
    const KeptReading& then = kept_[i];
    const Day to = then.day + days{ahead};
    if (to > kept_.back().day || !(then.rate_so_far > 0)) continue;
    errors.push_back((total_between(to) - then.total) / (then.rate_so_far * ahead));
  }
  return error_range(std::move(errors));
}

}  // namespace courtesy
