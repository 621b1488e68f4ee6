#include <courtesy/time/workdays.h>

#include <algorithm>
#include <array>

#include <courtesy/error.h>
#include <courtesy/make_set.h>

namespace courtesy {
namespace {

using std::chrono::days;

// A business that is closed for longer is not coming back to its customers: no day to move to.
constexpr int farthest = 731;

constexpr unsigned whole_week = 0b1111'1110U;

// A Monday: weeks counted from it run from Monday to Sunday.
constexpr Day first_monday{days{-3}};

// The days of a week that are no weekend, numbered in order over all weeks.
class WeekCount {
 public:
  explicit WeekCount(unsigned weekend_mask) {
    for (unsigned weekday = 1; weekday <= 7; ++weekday) {
      if ((weekend_mask >> weekday & 1U) == 0) working_[open_++] = static_cast<int>(weekday) - 1;
      up_to_[weekday - 1] = open_;
    }
  }

  // How many such days there are from the first Monday up to this day, itself included (negative before it).
  [[nodiscard]] std::int64_t number(Day day) const {
    const std::int64_t n = (day - first_monday).count();
    const std::int64_t week = floor_divide(n, 7);
    return week * static_cast<std::int64_t>(open_) +
           static_cast<std::int64_t>(up_to_[static_cast<std::size_t>(n - week * 7)]);
  }

  // The day of that number: the first one for which number(day) == n.
  [[nodiscard]] Day day(std::int64_t n) const {
    const auto open = static_cast<std::int64_t>(open_);
    const std::int64_t week = floor_divide(n - 1, open);
    return first_monday + days{week * 7 + working_[static_cast<std::size_t>(n - 1 - week * open)]};
  }

 private:
  static std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

  std::array<int, 7> working_{};        // 0 = Monday
  std::array<std::size_t, 7> up_to_{};  // working days from Monday to this weekday
  std::size_t open_ = 0;                // working days of a week
};

void check_day(Day day) {
  if (day >= Day{first_year / 1 / 1} && day <= Day{last_year / 12 / 31}) return;
  throw Error{ErrorKind::rule, "expected holidays and worked days in the years 1600 to 9999"};
}

}  // namespace

Workdays::Workdays(const std::vector<unsigned>& weekend, std::vector<Day> holidays, std::vector<Day> worked) {
  for (const unsigned weekday : weekend) {
    if (weekday < 1 || weekday > 7) {
      throw Error{ErrorKind::rule,
                  "expected weekdays from 1 (Monday) to 7 (Sunday) in the weekend, found " + std::to_string(weekday)};
    }
    weekend_mask_ |= 1U << weekday;
  }
  if (weekend_mask_ == whole_week) {
    throw Error{ErrorKind::rule,
                "expected at least one business day a week, found a weekend of all seven days (leave one out)"};
  }
  for (const Day day : holidays) check_day(day);
  for (const Day day : worked) check_day(day);
  make_set(holidays);
  make_set(worked);
  std::erase_if(holidays, [&](Day day) { return std::binary_search(worked.begin(), worked.end(), day); });
  std::copy_if(holidays.begin(), holidays.end(), std::back_inserter(closures_),
               [this](Day day) { return !is_weekend(day); });
  std::copy_if(worked.begin(), worked.end(), std::back_inserter(extras_), [this](Day day) { return is_weekend(day); });
  holidays_ = DaySet(holidays);
  worked_ = DaySet(worked);

  const WeekCount weeks{weekend_mask_};
  // The longest stretch between two business days, or around each run of closures on neighbouring working days.
  for (std::int64_t n = 1; n <= 7; ++n) {
    longest_closed_ = std::max(longest_closed_, static_cast<int>((weeks.day(n + 1) - weeks.day(n)).count()) - 1);
  }
  for (std::size_t first = 0; first < closures_.size();) {
    std::size_t last = first;
    while (last + 1 < closures_.size() && weeks.number(closures_[last + 1]) == weeks.number(closures_[last]) + 1)
      ++last;
    const Day opens = weeks.day(weeks.number(closures_[last]) + 1);
    const Day closed = weeks.day(weeks.number(closures_[first]) - 1);
    longest_closed_ = std::max(longest_closed_, static_cast<int>((opens - closed).count()) - 1);
    first = last + 1;
  }
}

std::optional<Day> Workdays::rolled(Day day, Roll roll) const {
  if (roll == Roll::none || is_business_day(day)) return day;
  if (roll != Roll::modified_following && roll != Roll::modified_preceding) return straight(day, roll);
  const bool forward = roll == Roll::modified_following;
  const auto moved = straight(day, forward ? Roll::next : Roll::previous);
  const auto month = [](Day each) { return calendar_date(each).year() / calendar_date(each).month(); };
  return moved && month(*moved) == month(day) ? moved : straight(day, forward ? Roll::previous : Roll::next);
}

std::optional<Day> Workdays::straight(Day day, Roll roll) const {
  for (days far{1}; far.count() <= farthest; ++far) {
    if (roll != Roll::previous && is_business_day(day + far)) return day + far;
    if (roll != Roll::next && is_business_day(day - far)) return day - far;
  }
  return std::nullopt;
}

std::optional<Day> Workdays::add(Day day, int count) const {
  if (count == 0) return rolled(day, Roll::next);
  if (longest_closed_ >= farthest || !extras_.empty()) return walk(day, count);
  const WeekCount weeks{weekend_mask_};
  if (count > 0) {
    std::int64_t n = weeks.number(day) + count;
    for (auto closure = std::upper_bound(closures_.begin(), closures_.end(), day);
         closure != closures_.end() && *closure <= weeks.day(n); ++closure) {
      ++n;
    }
    return weeks.day(n);
  }
  std::int64_t n = weeks.number(day - days{1}) + 1 + count;
  for (auto closure = std::lower_bound(closures_.begin(), closures_.end(), day);
       closure != closures_.begin() && *std::prev(closure) >= weeks.day(n); --closure) {
    --n;
  }
  return weeks.day(n);
}

std::optional<Day> Workdays::walk(Day day, int count) const {
  const days step{count > 0 ? 1 : -1};
  std::optional<Day> at = day;
  for (std::int64_t left = std::abs(std::int64_t{count}); at && left > 0; --left) {
    at = rolled(*at + step, count > 0 ? Roll::next : Roll::previous);
  }
  return at;
}

std::int64_t Workdays::count(Day from, Day to) const {
  if (to <= from) return 0;
  const auto among = [&](const std::vector<Day>& sorted) {
    return std::lower_bound(sorted.begin(), sorted.end(), to) - std::lower_bound(sorted.begin(), sorted.end(), from);
  };
  const WeekCount weeks{weekend_mask_};
  return weeks.number(to - days{1}) - weeks.number(from - days{1}) - among(closures_) + among(extras_);
}

}  // namespace courtesy
