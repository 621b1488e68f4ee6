#include <courtesy/time/clock_walk.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <courtesy/time/calendar_masks.h>
#include <courtesy/time/set_positions.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Tick whole_day = days{1};
// Longer than any change of a zone's offset.
constexpr Tick reach_of_changes = hours{26};

Tick rest(Tick tick, Tick of) { return (tick % of + of) % of; }

Tick length_of(Frequency frequency) {
  if (frequency == Frequency::hourly) return hours{1};
  return frequency == Frequency::minutely ? Tick{minutes{1}} : seconds{1};
}

bool allows(const std::vector<int>& values, std::int64_t value) {
  return values.empty() || std::binary_search(values.begin(), values.end(), static_cast<int>(value));
}

std::vector<int> listed_or_all(const std::vector<int>& values, int end) {
  if (!values.empty()) return values;
  std::vector<int> all(static_cast<std::size_t>(end));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

// A unit is the hour, minute or second that the rule counts in. Units lie at equal distances of elapsed time from the
// one of the start, and a clock's hour is a unit's but where an offset changed by less than an hour.
class ClockWalk final : public Walk {
 public:
  ClockWalk(const RecurrenceRule& rule, Tick start, std::shared_ptr<const Zone> zone)
      : Walk(start),
        rule_(rule),
        zone_(std::move(zone)),
        days_(rule),
        any_day_(rule.months.empty() && rule.year_days.empty() && rule.month_days.empty() && rule.weekdays.empty()),
        unit_(length_of(rule.frequency)),
        step_(unit_ * rule.interval),
        start_in_unit_(rest(start + offset(start), unit_)),
        first_unit_(start - start_in_unit_) {
    make_in_unit();
    make_of_day();
    // Finding a time of day goes by halves.
    steps_of_a_unit_ = 8 + static_cast<int>(std::bit_width(of_day_.size()));
    if (in_unit_.empty() || (!any_day_ && days_.empty()) || never_at_such_times()) stop_before(start);
  }

 protected:
  std::optional<Tick> find(Tick from, Tick to, Steps& steps) const override {
    Tick unit = unit_after(from - unit_);
    while (unit < to) {
      steps.take(steps_of_a_unit_);
      const Tick before = offset(unit);
      const bool steady = !zone_ || offset(unit + unit_ - seconds{1}) == before;
      if (steady) {
        const Tick clock = unit + before;
        const auto allowed = next_allowed(clock - rest(clock, unit_));
        if (!allowed) return std::nullopt;
        if (*allowed >= clock + unit_) {
          unit = std::max(unit + step_, unit_after(reached(unit, before, *allowed) - unit_));
          continue;
        }
      }
      if (const auto found = find_in(unit, from, steady, steps)) return *found < to ? found : std::nullopt;
      unit += step_;
    }
    return std::nullopt;
  }

  std::size_t write(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const override {
    if (filtered()) return Walk::write(from, to, out, steps);
    const auto each = static_cast<std::int64_t>(in_unit_.size());
    const std::int64_t begin = place_of(from);
    const std::size_t count = std::min(out.size(), static_cast<std::size_t>(place_of(to) - begin));
    Tick unit = first_unit_ + begin / each * step_;
    auto in_unit = static_cast<std::size_t>(begin % each);
    for (std::size_t i = 0; i < count; ++i) {
      out[i] = microseconds_cell(unit + in_unit_[in_unit]);
      if (++in_unit == in_unit_.size()) {
        in_unit = 0;
        unit += step_;
      }
    }
    return count;
  }

  std::int64_t count_all(Tick from, Tick to, Steps& steps) const override {
    if (filtered()) return Walk::count_all(from, to, steps);
    return place_of(to) - place_of(from);
  }

  std::optional<Tick> find_nth(std::int64_t n, Steps& steps) const override {
    const auto each = static_cast<std::int64_t>(in_unit_.size());
    if (n / each > (end() - first_unit_) / step_ + 1) return std::nullopt;
    if (filtered()) return Walk::find_nth(n, steps);
    const std::int64_t place = place_of(first()) + n - 1;
    const Tick at = first_unit_ + place / each * step_ + in_unit_[static_cast<std::size_t>(place % each)];
    return at < end() ? std::optional{at} : std::nullopt;
  }

 private:
  [[nodiscard]] Tick offset(Tick at) const { return zone_ ? zone_->offset_at(Instant{at}) : Tick{0}; }

  // Whether anything is read off the clock, so that units differ.
  [[nodiscard]] bool filtered() const {
    return !any_day_ || !of_day_.empty() || (zone_ && (!rule_.minutes.empty() || !rule_.seconds.empty()));
  }

  // Of all occurrences of a rule that is not filtered, counted from 0, the first at or after the tick.
  [[nodiscard]] std::int64_t place_of(Tick tick) const {
    const Tick since = std::max(tick - first_unit_, Tick{0});
    const std::int64_t units = since / step_;
    const auto in_unit = std::lower_bound(in_unit_.begin(), in_unit_.end(), since - units * step_);
    return units * static_cast<std::int64_t>(in_unit_.size()) + (in_unit - in_unit_.begin());
  }

  // The first unit that starts after the tick.
  [[nodiscard]] Tick unit_after(Tick tick) const {
    if (tick < first_unit_) return first_unit_;
    return first_unit_ + ((tick - first_unit_) / step_ + 1) * step_;
  }

  // What a unit has where its hour is also the clock's.
  void make_in_unit() {
    const int minute = static_cast<int>(start_in_unit_ / minutes{1});
    const int second = static_cast<int>(start_in_unit_ % minutes{1} / seconds{1});
    const bool hourly = rule_.frequency == Frequency::hourly;
    const bool secondly = rule_.frequency == Frequency::secondly;
    const std::vector<int> each_minute = hourly && !rule_.minutes.empty() ? rule_.minutes : std::vector{minute};
    const std::vector<int> each_second = !secondly && !rule_.seconds.empty() ? rule_.seconds : std::vector{second};
    for (const int m : each_minute) {
      for (const int s : each_second) in_unit_.push_back(minutes{m} + seconds{s});
    }
    if (!rule_.positions.empty()) in_unit_ = chosen(in_unit_);
  }

  // Where BYHOUR, and the parts down to the unit, let units start in a day.
  void make_of_day() {
    const bool minutely = rule_.frequency >= Frequency::minutely;
    const bool secondly = rule_.frequency == Frequency::secondly;
    const bool limited =
        !rule_.hours.empty() || (minutely && !rule_.minutes.empty()) || (secondly && !rule_.seconds.empty());
    if (!limited) return;
    for (const int h : listed_or_all(rule_.hours, 24)) {
      for (const int m : minutely ? listed_or_all(rule_.minutes, 60) : std::vector{0}) {
        for (const int s : secondly ? listed_or_all(rule_.seconds, 60) : std::vector{0}) {
          of_day_.push_back(hours{h} + minutes{m} + seconds{s});
        }
      }
    }
  }

  [[nodiscard]] std::vector<Tick> chosen(const std::vector<Tick>& of) const {
    std::vector<Tick> out;
    for (const std::int64_t place : chosen_places(rule_.positions, static_cast<std::int64_t>(of.size()))) {
      out.push_back(of[static_cast<std::size_t>(place)]);
    }
    return out;
  }

  // Whether the units keep missing the times of the week that are allowed, such as BYHOUR=9 of every 24th hour from 10.
  [[nodiscard]] bool never_at_such_times() const {
    if (of_day_.empty() && rule_.weekdays.empty()) return false;
    const Tick week = days{7};
    const Tick common{std::gcd(step_.count(), week.count())};
    std::vector<Tick> offsets{offset(first_unit_)};
    if (zone_) {
      const Instant start{first_unit_};
      for (const Transition& change : zone_->transitions(start, start + days{36'525})) offsets.push_back(change.after);
      std::sort(offsets.begin(), offsets.end());
      offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
    }
    for (const Tick shift : offsets) {
      const Tick clock = first_unit_ + shift;
      if (rest(clock, unit_) != Tick{0}) return false;
      for (unsigned weekday = 1; weekday <= 7; ++weekday) {
        if (!allows_weekday(weekday)) continue;
        // The epoch was a Thursday.
        const Tick in_day = rest(clock - days{weekday + 3}, common);
        if (of_day_.empty() && in_day < whole_day) return false;
        if (std::any_of(of_day_.begin(), of_day_.end(),
                        [&](Tick at) { return rest(at - in_day, common) == Tick{0}; })) {
          return false;
        }
      }
    }
    return true;
  }

  [[nodiscard]] bool allows_weekday(unsigned weekday) const {
    return rule_.weekdays.empty() || std::any_of(rule_.weekdays.begin(), rule_.weekdays.end(),
                                                 [&](const RuleWeekday& day) { return day.weekday == weekday; });
  }

  // The first time of the clock from this one on at which a unit may start.
  [[nodiscard]] std::optional<Tick> next_allowed(Tick clock) const {
    if (any_day_ && of_day_.empty()) return clock;
    Day day = day_of(clock);
    if (any_day_ || days_.contains(day)) {
      if (of_day_.empty()) return clock;
      const auto time = std::lower_bound(of_day_.begin(), of_day_.end(), clock - tick_of(day));
      if (time != of_day_.end()) return tick_of(day) + *time;
    }
    day += days{1};
    if (!any_day_) {
      if (day >= day_of(end_tick)) return std::nullopt;
      const auto next = days_.next(day);
      if (!next) return std::nullopt;
      day = *next;
    }
    return tick_of(day) + (of_day_.empty() ? Tick{0} : of_day_.front());
  }

  // When, going on from `at` with that offset, the clock comes to `clock`, or earlier: at a change of the offset.
  [[nodiscard]] Tick reached(Tick at, Tick before, Tick clock) const {
    const Tick there = clock - before;
    if (!zone_) return there;
    const Tick near = std::min(at + reach_of_changes, there);
    const Tick far = std::max(at, there - reach_of_changes);
    if (offset(near) == before && offset(far) == before && offset(there) == before) return there;
    const auto changes = zone_->transitions(Instant{at + seconds{1}}, Instant{near + seconds{1}});
    if (!changes.empty()) return std::min(there, Tick{changes.front().at.time_since_epoch()});
    return near == there ? there : far;
  }

  // The unit's first occurrence at or after `from`.
  [[nodiscard]] std::optional<Tick> find_in(Tick unit, Tick from, bool steady, Steps& steps) const {
    if (steady && rest(unit + offset(unit), unit_) == Tick{0}) {
      const auto at = std::lower_bound(in_unit_.begin(), in_unit_.end(), from - unit);
      return at == in_unit_.end() ? std::nullopt : std::optional{unit + *at};
    }
    std::vector<Tick> all;
    const auto add = [&](Tick in_unit) {
      if (happens(unit + in_unit, in_unit)) all.push_back(unit + in_unit);
    };
    if (starts_minutes(unit)) {
      const std::vector<int> own{static_cast<int>(start_in_unit_ % minutes{1} / seconds{1})};
      const std::vector<int>& each_second = rule_.seconds.empty() ? own : rule_.seconds;
      steps.take((unit_ / minutes{1} + 1) * static_cast<std::int64_t>(each_second.size()) * 4);
      for (Tick minute{0}; minute < unit_; minute += minutes{1}) {
        for (const int second : each_second) add(minute + seconds{second});
      }
    } else {
      steps.take(4 * unit_.count());
      for (Tick in_unit{0}; in_unit < unit_; in_unit += seconds{1}) add(in_unit);
    }
    if (!rule_.positions.empty()) all = chosen(all);
    const auto at = std::lower_bound(all.begin(), all.end(), from);
    return at == all.end() ? std::nullopt : std::optional{*at};
  }

  // Whether all through a unit of minutes the clock's begin as its own do: no offset of today has seconds.
  [[nodiscard]] bool starts_minutes(Tick unit) const {
    const auto whole = [](Tick tick) { return rest(tick, minutes{1}) == Tick{0}; };
    return unit_ >= minutes{1} && whole(unit) && whole(offset(unit)) && whole(offset(unit + unit_ - seconds{1}));
  }

  // Whether a moment of a unit is an occurrence but for BYSETPOS: parts that are written are read off the clock, and
  // those that are not go by the time elapsed in the unit.
  [[nodiscard]] bool happens(Tick at, Tick in_unit) const {
    const Tick clock = at + offset(at);
    const Day day = day_of(clock);
    const Tick in_day = clock - tick_of(day);
    const bool hourly = rule_.frequency == Frequency::hourly;
    if (hourly && rule_.minutes.empty() && in_unit / minutes{1} != start_in_unit_ / minutes{1}) return false;
    if (rule_.seconds.empty() && in_unit % minutes{1} != start_in_unit_ % minutes{1}) return false;
    return allows(rule_.hours, in_day / hours{1}) && allows(rule_.minutes, in_day / minutes{1} % 60) &&
           allows(rule_.seconds, in_day / seconds{1} % 60) && (any_day_ || days_.contains(day));
  }

  RecurrenceRule rule_;
  std::shared_ptr<const Zone> zone_;
  CalendarMasks days_;
  bool any_day_;
  Tick unit_;
  Tick step_;           // from a unit to the next
  Tick start_in_unit_;  // how far into its unit the start is
  Tick first_unit_;     // when that starts
  std::vector<Tick> in_unit_;
  std::vector<Tick> of_day_;  // empty: at all times
  std::int64_t steps_of_a_unit_ = 0;
};

}  // namespace

std::unique_ptr<Walk> clock_walk(const RecurrenceRule& rule, Tick start, std::shared_ptr<const Zone> zone) {
  return std::make_unique<ClockWalk>(rule, start, std::move(zone));
}

}  // namespace courtesy
