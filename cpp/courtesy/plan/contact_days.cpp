#include <courtesy/plan/contact_days.h>

#include <algorithm>

namespace courtesy {

bool ContactDays::has_room(std::uint32_t who, Day day) const {
  if (most_ < 1) return false;
  if (place_[who] == none) return true;
  const auto& days = days_[place_[who]];
  const auto before = [](const Contacts& contacts, Day wanted) { return contacts.day < wanted; };
  // Of the runs that the day is in, those that begin with it or with an earlier contact are the fullest; the first of
  // them is found going back. Both ends of a run only go forward.
  const auto own = std::lower_bound(days.begin(), days.end(), day, before);
  auto first = own;
  while (first != days.begin() && add_days((first - 1)->day, per_) > day) --first;
  auto end = first;
  int count = 0;
  for (;; ++first) {
    const Day begins = first == own ? day : first->day;
    const Day ends = add_days(begins, per_);
    for (; end != days.end() && end->day < ends; ++end) count += end->count;
    if (count >= most_) return false;
    if (first == own) return true;
    count -= first->count;
  }
}

void ContactDays::add(std::uint32_t who, Day day) {
  if (place_[who] == none) {
    place_[who] = static_cast<std::uint32_t>(days_.size());
    days_.emplace_back();
  }
  auto& days = days_[place_[who]];
  const auto at = std::lower_bound(days.begin(), days.end(), day,
                                   [](const Contacts& contacts, Day wanted) { return contacts.day < wanted; });
  if (at != days.end() && at->day == day) {
    ++at->count;
  } else {
    days.insert(at, {day, 1});
  }
}

}  // namespace courtesy
