#include <courtesy/plan/contact_days.h>

namespace courtesy {

bool ContactDays::has_room(std::uint32_t who, Day day) const {
  const auto count_from = [&](Day first) {
    const Day after = add_days(first, per_);
    int count = 0;
    for (std::uint32_t i = first_[who]; i != none; i = entries_[i].next) {
      if (entries_[i].day >= first && entries_[i].day < after) ++count;
    }
    return count;
  };
  if (most_ < 1 || count_from(day) >= most_) return false;
  // Of the other runs that the day is in, those that begin with an earlier contact are the fullest.
  for (std::uint32_t i = first_[who]; i != none; i = entries_[i].next) {
    const Day first = entries_[i].day;
    if (first < day && day < add_days(first, per_) && count_from(first) >= most_) return false;
  }
  return true;
}

void ContactDays::add(std::uint32_t who, Day day) {
  entries_.push_back({day, first_[who]});
  first_[who] = static_cast<std::uint32_t>(entries_.size() - 1);
}

}  // namespace courtesy
