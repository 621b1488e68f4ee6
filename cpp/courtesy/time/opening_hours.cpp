#include <courtesy/time/opening_hours.h>

#include <algorithm>

#include <courtesy/error.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

// As for business days: who is closed for longer does not come back.
constexpr int longest_closed = 731;
constexpr int farthest = 36'525;  // days of a century

}  // namespace

OpeningHours::OpeningHours(OpeningTable table, Workdays calendar, std::shared_ptr<const Zone> zone)
    : table_(std::move(table)), calendar_(std::move(calendar)), zone_(std::move(zone)) {
  const auto open = [](const auto& stretches) { return !stretches.empty(); };
  if (std::none_of(table_.week.begin(), table_.week.end(), open)) {
    throw Error{ErrorKind::rule, "expected opening hours on at least one day of the week"};
  }
}

const std::vector<OpenStretch>& OpeningHours::stretches(Day day) const {
  static const std::vector<OpenStretch> closed;
  const auto exception = table_.exceptions.find(day);
  if (exception != table_.exceptions.end()) return exception->second;
  return calendar_.is_holiday(day) ? closed : table_.week[iso_weekday(day) - 1];
}

std::vector<OpenTime> OpeningHours::on(Day day) const {
  std::vector<OpenTime> out;
  for (const OpenStretch& each : stretches(day)) {
    // An opening in a gap is its end, and so is a closing; of a time shown twice a closing is the second.
    const Instant from = zone_->to_utc(WallTime{day} + each.from, Gap::forward, Overlap::first);
    const Instant to = zone_->to_utc(WallTime{day} + each.to, Gap::forward, Overlap::second);
    if (from < to) out.push_back({from, to});
  }
  return out;
}

template <typename Visit>
bool OpeningHours::forward(Instant at, Visit visit) const {
  const Day begin = day_of(zone_->to_local(at)) - days{1};
  Day opened = begin;
  for (Day day = begin; day - begin < days{farthest} && day - opened < days{longest_closed}; day += days{1}) {
    for (const OpenTime& each : on(day)) {
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
  const Day begin = day_of(zone_->to_local(at));
  Day opened = begin;
  for (Day day = begin; begin - day < days{farthest} && opened - day < days{longest_closed}; day -= days{1}) {
    const auto times = on(day);
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
  const Day today = day_of(zone_->to_local(at));
  for (const Day day : {today - days{1}, today}) {
    for (const OpenTime& each : on(day)) {
      if (each.from <= at && at < each.to) return true;
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
