#include <courtesy/time/period_walk.h>

#include <algorithm>
#include <bit>
#include <utility>

#include <courtesy/time/calendar_masks.h>
#include <courtesy/time/set_positions.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::year;

// Periods are counted: weeks from the epoch's, months and years from the year 0 on.
class PeriodWalk final : public Walk {
 public:
  PeriodWalk(const RecurrenceRule& rule, Tick start, std::vector<Tick> times)
      : Walk(start),
        rule_(rule),
        times_(std::move(times)),
        masks_(rule),
        by_weeks_(!rule.week_numbers.empty()),
        spills_(!by_weeks_ && rule.frequency != Frequency::weekly && masks_.spills()),
        first_period_(period_of(day_of(start))) {
    if (masks_.empty() || never_so_many()) stop_before(start);
  }

 protected:
  std::optional<Tick> find(Tick from, Tick to, Steps& steps) const override {
    const days beside{spills_ ? 1 : 0};
    std::int64_t period = period_of(day_of(from) - beside);
    const std::int64_t past = std::max<std::int64_t>(period - first_period_, 0);
    period = first_period_ + (past + rule_.interval - 1) / rule_.interval * rule_.interval;
    // The calendar repeats after 400 years: what no period of them has, none has.
    for (int looked = 0; looked < periods_that_decide() && tick_of(start_of(period) - beside) < to; ++looked) {
      auto found = find_in(period, from, steps);
      // Only the next period can have an earlier one, moved to the day before it, or beside what was moved into it.
      if (found && spills_) {
        const auto next = find_in(period + rule_.interval, from, steps);
        if (next && *next < *found) found = next;
      }
      if (found) return *found < to ? found : std::nullopt;
      period += rule_.interval;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] int periods_that_decide() const {
    switch (rule_.frequency) {
      case Frequency::yearly:
        return 400 + 1;
      case Frequency::monthly:
        return 400 * 12 + 1;
      default:
        return 146'097 / 7 + 1;
    }
  }

  // Whether the positions lie beyond what any period has.
  [[nodiscard]] bool never_so_many() const {
    if (rule_.positions.empty()) return false;
    std::size_t most = 366;
    if (rule_.frequency == Frequency::monthly) most = 32;
    if (rule_.frequency == Frequency::weekly) most = rule_.weekdays.size();
    if (by_weeks_) most = rule_.week_numbers.size() * (rule_.weekdays.empty() ? 7 : rule_.weekdays.size());
    most *= times_.size();
    return std::all_of(rule_.positions.begin(), rule_.positions.end(),
                       [&](int position) { return static_cast<std::size_t>(std::abs(position)) > most; });
  }

  // The week around 4 January is the first of its year, whichever day weeks start on.
  [[nodiscard]] Day week_start(Day day) const { return day - days{(iso_weekday(day) + 7 - rule_.week_start) % 7}; }
  [[nodiscard]] Day first_week(std::int64_t of) const {
    return week_start(year_shape(year{static_cast<int>(of)}).first + days{3});
  }

  [[nodiscard]] std::int64_t period_of(Day day) const {
    if (rule_.frequency == Frequency::weekly) return (week_start(day) - week_start(Day{})).count() / 7;
    const auto date = calendar_date(day);
    const std::int64_t count = static_cast<int>(date.year());
    if (rule_.frequency == Frequency::monthly) return count * 12 + static_cast<unsigned>(date.month()) - 1;
    if (!by_weeks_) return count;
    if (day < first_week(count)) return count - 1;
    return day >= first_week(count + 1) ? count + 1 : count;
  }

  [[nodiscard]] Day start_of(std::int64_t period) const {
    if (rule_.frequency == Frequency::weekly) {
      const std::int64_t far = (day_of(end_tick) - Day{}).count();
      return week_start(Day{}) + days{7 * std::min(period, far)};
    }
    // Beyond the years that are answered for, any far day will do.
    const std::int64_t months =
        rule_.frequency == Frequency::monthly ? period : std::min<std::int64_t>(period, 20'000) * 12;
    if (months >= 20'000 * 12) return day_of(end_tick);
    if (by_weeks_) return first_week(period);
    const auto month = static_cast<unsigned>(months % 12);
    const YearShape shape = year_shape(year{static_cast<int>(months / 12)});
    return shape.first + days{days_before_month[shape.kind & 1U][month]};
  }

  [[nodiscard]] std::vector<Day> days_in(std::int64_t period) const {
    std::vector<Day> out;
    if (start_of(period) >= day_of(end_tick)) return out;
    if (by_weeks_) {
      add_weeks(out, period);
    } else if (rule_.frequency == Frequency::weekly) {
      for (int day = 0; day < 7; ++day) add_if_chosen(out, start_of(period) + days{day});
    } else if (rule_.frequency == Frequency::monthly) {
      add_month(out, period / 12, static_cast<unsigned>(period % 12));
    } else {
      for (unsigned month = 0; month < 12; ++month) add_month(out, period, month);
    }
    return out;
  }

  void add_if_chosen(std::vector<Day>& out, Day day) const {
    if (masks_.contains(day)) out.push_back(day);
  }

  void add_month(std::vector<Day>& out, std::int64_t of, unsigned month) const {
    const YearShape shape = year_shape(year{static_cast<int>(of)});
    const Day before = shape.first + days{days_before_month[shape.kind & 1U][month] - 1};
    for (std::uint64_t bits = masks_.days(shape.kind, month); bits != 0; bits &= bits - 1) {
      out.push_back(before + days{std::countr_zero(bits)});
    }
  }

  void add_weeks(std::vector<Day>& out, std::int64_t of) const {
    const Day first = first_week(of);
    const auto size = (first_week(of + 1) - first).count() / 7;
    for (const std::int64_t week : chosen_places(rule_.week_numbers, size)) {
      for (int day = 0; day < 7; ++day) add_if_chosen(out, first + days{7 * week + day});
    }
  }

  // The first of the period at or after `from`.
  [[nodiscard]] std::optional<Tick> find_in(std::int64_t period, Tick from, Steps& steps) const {
    const std::vector<Day> found = days_in(period);
    const auto each = static_cast<std::int64_t>(times_.size());
    const auto size = static_cast<std::int64_t>(found.size()) * each;
    const std::size_t parts = found.size() + rule_.positions.size() + 4 * rule_.week_numbers.size();
    steps.take(16 + static_cast<std::int64_t>(parts));
    const auto day = std::lower_bound(found.begin(), found.end(), day_of(from));
    std::int64_t place = (day - found.begin()) * each;
    if (day != found.end() && *day == day_of(from)) {
      place += std::lower_bound(times_.begin(), times_.end(), from - tick_of(*day)) - times_.begin();
    }
    if (!rule_.positions.empty()) {
      const auto chosen = chosen_places(rule_.positions, size);
      const auto at = std::lower_bound(chosen.begin(), chosen.end(), place);
      if (at == chosen.end()) return std::nullopt;
      place = *at;
    }
    if (place >= size) return std::nullopt;
    return tick_of(found[static_cast<std::size_t>(place / each)]) + times_[static_cast<std::size_t>(place % each)];
  }

  RecurrenceRule rule_;
  std::vector<Tick> times_;
  CalendarMasks masks_;
  bool by_weeks_;
  bool spills_;
  std::int64_t first_period_;
};

}  // namespace

std::unique_ptr<Walk> period_walk(const RecurrenceRule& rule, Tick start, std::vector<Tick> times) {
  return std::make_unique<PeriodWalk>(rule, start, std::move(times));
}

}  // namespace courtesy
