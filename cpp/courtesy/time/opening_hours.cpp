#include <courtesy/time/opening_hours.h>

#include <algorithm>

#include <courtesy/error.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

// As for business days: who is closed for longer does not come back.
constexpr TimeOfDay whole_day{24 * 60};
constexpr int longest_closed = 731;
constexpr int farthest = 36'525;  // days of a century
// Longer than any offset from UTC, and than any change of one.
constexpr std::chrono::hours around{50};

// Sorts, and makes one of those that touch or overlap.
void put_in_order(std::vector<OpenTime>& times) {
  std::sort(times.begin(), times.end(), [](const OpenTime& a, const OpenTime& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i].from <= times[kept].to) {
      times[kept].to = std::max(times[kept].to, times[i].to);
    } else {
      times[++kept] = times[i];
    }
  }
  if (!times.empty()) times.resize(kept + 1);
}

// Where a century more would not fit into an Instant.
bool is_too_far(Instant at) {
  constexpr days room{2 * farthest};
  return at < Instant::min() + room || at > Instant::max() - room;
}

}  // namespace

OpeningHours::OpeningHours(OpeningTable table, Workdays calendar, std::shared_ptr<const Zone> zone)
    : table_(std::move(table)), calendar_(std::move(calendar)), zone_(std::move(zone)) {
  const auto open = [](const auto& stretches) { return !stretches.empty(); };
  if (std::none_of(table_.week.begin(), table_.week.end(), open)) {
    throw Error{ErrorKind::rule, "expected opening hours on at least one day of the week"};
  }
  const auto goes_on = [](const auto& stretches) { return !stretches.empty() && stretches.back().to > whole_day; };
  past_midnight_ = std::any_of(table_.week.begin(), table_.week.end(), goes_on) ||
                   std::any_of(table_.exceptions.begin(), table_.exceptions.end(),
                               [&](const auto& each) { return goes_on(each.second); });
}

const std::vector<OpenStretch>& OpeningHours::stretches(Day day) const {
  static const std::vector<OpenStretch> closed;
  const auto exception = table_.exceptions.find(day);
  if (exception != table_.exceptions.end()) return exception->second;
  return calendar_.is_holiday(day) ? closed : table_.week[iso_weekday(day) - 1];
}

bool OpeningHours::is_steady(Day day) const {
  const Instant as_utc{WallTime{day}.time_since_epoch()};
  return zone_->offset_at(as_utc - around) == zone_->offset_at(as_utc + days{2} + around);
}

std::vector<OpenTime> OpeningHours::on(Day day) const {
  std::vector<OpenTime> out;
  const auto& hours = stretches(day);
  if (hours.empty()) return out;
  const Instant as_utc{WallTime{day}.time_since_epoch()};
  std::vector<Transition> changes;
  if (!is_steady(day)) changes = zone_->transitions(as_utc - around, as_utc + days{2} + around);
  for (const OpenStretch& each : hours) {
    // As far as an offset holds, what the clock shows of the stretch.
    auto offset = zone_->offset_at(as_utc - around);
    Instant begin = as_utc - around;
    for (std::size_t n = 0; n <= changes.size(); ++n) {
      const Instant end = n < changes.size() ? Instant{changes[n].at} : as_utc + days{2} + around;
      const Instant from = std::max(begin, as_utc + each.from - offset);
      const Instant to = std::min(end, as_utc + each.to - offset);
      if (from < to) out.push_back({from, to});
      if (n == changes.size()) break;
      begin = end;
      offset = changes[n].after;
    }
  }
  put_in_order(out);
  return out;
}

std::vector<OpenTime> OpeningHours::between_midnights(Day day) const {
  const bool steady = is_steady(day);
  if (steady && !past_midnight_) return on(day);
  std::vector<OpenTime> out = on(day - days{1});
  const auto append = [&](std::vector<OpenTime> more) { out.insert(out.end(), more.begin(), more.end()); };
  append(on(day));
  // Where clocks go back over midnight, some of a day comes before the end of the one before it.
  if (!steady) append(on(day + days{1}));
  const Instant begin = zone_->to_utc(WallTime{day});
  const Instant end = zone_->to_utc(WallTime{day + days{1}});
  for (OpenTime& each : out) each = {std::max(each.from, begin), std::min(each.to, end)};
  std::erase_if(out, [](const OpenTime& each) { return each.from >= each.to; });
  put_in_order(out);
  return out;
}

template <typename Visit>
bool OpeningHours::forward(Instant at, Visit visit) const {
  if (is_too_far(at)) return false;
  const Day begin = day_of(zone_->to_local(at)) - days{1};
  Day opened = begin;
  for (Day day = begin; day - begin < days{farthest} && day - opened < days{longest_closed}; day += days{1}) {
    for (const OpenTime& each : between_midnights(day)) {
      opened = day;
      const Instant from = std::max(each.from, at);
      if (from >= each.to) continue;
      if (!visit(from, each.to)) return true;
      at = each.to;
    }
  }
  return false;
}

template <typename Visit>
bool OpeningHours::backward(Instant at, Visit visit) const {
  if (is_too_far(at)) return false;
  const Day begin = day_of(zone_->to_local(at)) + days{1};
  Day opened = begin;
  for (Day day = begin; begin - day < days{farthest} && opened - day < days{longest_closed}; day -= days{1}) {
    const auto times = between_midnights(day);
    for (auto each = times.rbegin(); each != times.rend(); ++each) {
      opened = day;
      const Instant to = std::min(each->to, at);
      if (to <= each->from) continue;
      if (!visit(each->from, to)) return true;
      at = each->from;
    }
  }
  return false;
}

bool OpeningHours::is_open(Instant at) const {
  const WallTime clock = zone_->to_local(at);
  const Day today = day_of(clock);
  for (const Day day : {today - days{1}, today}) {
    const auto in_day = clock - WallTime{day};
    for (const OpenStretch& each : stretches(day)) {
      if (each.from <= in_day && in_day < each.to) return true;
    }
  }
  return false;
}

std::optional<Instant> OpeningHours::next_open(Instant at) const { return add(at, microseconds{0}); }

std::optional<Instant> OpeningHours::next_close(Instant at) const {
  std::optional<Instant> close;
  forward(at, [&](Instant from, Instant to) {
    // Stretches that touch are one.
    if (close && from > *close) return false;
    close = to;
    return *close - at < days{2 * longest_closed};
  });
  return close;
}

std::optional<Instant> OpeningHours::add(Instant at, microseconds open_time) const {
  std::optional<Instant> found;
  const bool back = open_time < microseconds{0};
  microseconds left = back ? -open_time : open_time;
  const auto visit = [&](Instant from, Instant to) {
    if (left <= to - from) {
      found = back ? to - left : from + left;
      return false;
    }
    left -= to - from;
    return true;
  };
  if (back) {
    backward(at, visit);
  } else {
    forward(at, visit);
  }
  return found;
}

microseconds OpeningHours::between(Instant from, Instant to) const {
  if (to - from > days{farthest}) {
    throw Error{ErrorKind::time, "expected moments at most a century apart"};
  }
  microseconds sum{0};
  forward(from, [&](Instant open, Instant close) {
    if (open >= to) return false;
    sum += std::min(close, to) - open;
    return true;
  });
  return sum;
}

}  // namespace courtesy
