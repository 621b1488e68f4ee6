#include <courtesy/plan/contact_days.h>

namespace courtesy {

bool ContactDays::has_room(std::uint32_t who, Day day) const {
  const auto count_until = [&](Day last) {
    const Day before = subtract_days(last, per_);
    int count = 0;
    for (std::uint32_t i = first_[who]; i != none; i = entries_[i].next) {
      if (entries_[i].day > before && entries_[i].day <= last) ++count;
    }
    return count;
  };
  if (most_ < 1 || count_until(day) >= most_) return false;
  // Of the other runs that the day is in, those that end with a later contact are the fullest.
  for (std::uint32_t i = first_[who]; i != none; i = entries_[i].next) {
    const Day last = entries_[i].day;
    if (last > day && day > subtract_days(last, per_) && count_until(last) >= most_) return false;
  }
  return true;
}

void ContactDays::add(std::uint32_t who, Day day) {
  entries_.push_back({day, first_[who]});
  first_[who] = static_cast<std::uint32_t>(entries_.size() - 1);
}

}  // namespace courtesy
