// Rules by chance, all of them allowed.
#pragma once

#include <random>

#include <courtesy/time/recurrence_rule.h>

namespace courtesy {

class RandomRule {
 public:
  explicit RandomRule(std::uint64_t seed) : random_(seed) {}

  // Not a distribution of the standard library: they differ from one to the next.
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  bool once_in(int times) { return below(times) == 0; }

  RecurrenceRule make(Frequency first, Frequency last) {
    while (true) {
      const RecurrenceRule rule = any(first, last);
      if (!fault_of(rule)) return checked(rule);
    }
  }

 private:
  std::vector<int> some(int once, int first, int end, bool from_end) {
    std::vector<int> out;
    if (!once_in(once)) return out;
    for (int left = 1 + below(once_in(3) ? 6 : 2); left > 0; --left) {
      const int value = first + below(end - first);
      out.push_back(from_end && once_in(3) ? -value : value);
    }
    return out;
  }

  RecurrenceRule any(Frequency first, Frequency last) {
    RecurrenceRule rule;
    rule.frequency =
        static_cast<Frequency>(static_cast<int>(first) + below(static_cast<int>(last) - static_cast<int>(first) + 1));
    if (once_in(2)) rule.interval = 1 + below(once_in(4) ? 40 : 4);
    if (once_in(2)) rule.week_start = static_cast<unsigned>(1 + below(7));
    rule.months = some(4, 1, 13, false);
    if (rule.frequency == Frequency::yearly) rule.week_numbers = some(4, 1, 54, true);
    if (rule.frequency == Frequency::yearly || rule.frequency > Frequency::daily)
      rule.year_days = some(6, 1, 367, true);
    rule.month_days = some(4, 1, 32, true);
    if (rule.frequency <= Frequency::monthly && once_in(3)) rule.skip = once_in(2) ? Skip::forward : Skip::backward;
    // What SKIP means for days of the year, or of other years' weeks, no text says.
    if (!rule.week_numbers.empty() || !rule.year_days.empty()) rule.skip = Skip::omit;
    if (once_in(2)) {
      const bool ordinals = rule.frequency <= Frequency::monthly && rule.week_numbers.empty();
      for (int left = 1 + below(4); left > 0; --left) {
        RuleWeekday day{static_cast<unsigned>(1 + below(7)), 0};
        if (ordinals && once_in(2)) day.nth = (once_in(2) ? 1 : -1) * (1 + below(once_in(4) ? 53 : 5));
        rule.weekdays.push_back(day);
      }
    }
    rule.hours = some(5, 0, 24, false);
    rule.minutes = some(6, 0, 60, false);
    rule.seconds = some(8, 0, 61, false);
    rule.positions = some(4, 1, once_in(4) ? 30 : 5, true);
    return rule;
  }

  std::mt19937_64 random_;
};

}  // namespace courtesy
