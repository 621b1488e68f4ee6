#include <courtesy/time/walk.h>

#include <algorithm>
#include <string>

#include <courtesy/error.h>

namespace courtesy {

using std::chrono::seconds;

void Steps::give_up() {
  throw Error{ErrorKind::time, "this recurrence takes more than " + std::to_string(most) +
                                   " steps to answer (try a rule with fewer parts, a shorter window, or UNTIL in place "
                                   "of COUNT)"};
}

std::optional<Tick> Walk::next(Tick from, Tick to, Steps& steps) const {
  from = std::max(from, first_);
  to = std::min(to, end_);
  return from < to ? find(from, to, steps) : std::nullopt;
}

std::size_t Walk::fill(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const {
  from = std::max(from, first_);
  to = std::min(to, end_);
  return from < to && !out.empty() ? write(from, to, out, steps) : 0;
}

std::size_t Walk::fill_days(Tick from, Tick to, std::span<std::int32_t> out, Steps& steps) const {
  from = std::max(from, first_);
  to = std::min(to, end_);
  return from < to && !out.empty() ? write_days(from, to, out, steps) : 0;
}

std::int64_t Walk::count(Tick from, Tick to, Steps& steps) const {
  from = std::max(from, first_);
  to = std::min(to, end_);
  return from < to ? count_all(from, to, steps) : 0;
}

std::optional<Tick> Walk::nth(std::int64_t n, Steps& steps) const {
  return first_ < end_ ? find_nth(n, steps) : std::nullopt;
}

// Ever longer stretches back from the end until one has an occurrence, then halves of it.
std::optional<Tick> Walk::last(Tick from, Tick to, Steps& steps) const {
  from = std::max(from, first_);
  to = std::min(to, end_);
  if (from >= to) return std::nullopt;
  std::optional<Tick> found;
  Tick low = to;
  for (seconds stretch{3600}; !found && low > from; stretch *= 4) {
    const Tick high = low;
    low = to - from > stretch ? to - stretch : from;
    steps.take(4);
    found = find(low, high, steps);
    to = found ? high : to;
  }
  if (!found) return std::nullopt;
  while (true) {
    const Tick middle = *found + (to - *found + seconds{1}) / 2;
    if (middle >= to) return found;
    steps.take(4);
    if (const auto later = find(middle, to, steps)) {
      found = later;
    } else {
      to = middle;
    }
  }
}

std::size_t Walk::write(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const {
  auto take = [cell = out.begin()](Tick at) mutable { *cell++ = microseconds_cell(at); };
  return take_each([&](Tick at) { return next(at, to, steps); }, from, out.size(), steps, take);
}

std::size_t Walk::write_days(Tick from, Tick to, std::span<std::int32_t> out, Steps& steps) const {
  auto take = [cell = out.begin()](Tick at) mutable { *cell++ = day_cell(at); };
  return take_each([&](Tick at) { return next(at, to, steps); }, from, out.size(), steps, take);
}

std::int64_t Walk::count_all(Tick from, Tick to, Steps& steps) const {
  std::int64_t count = 0;
  while (from < to) {
    const auto found = find(from, to, steps);
    if (!found) break;
    ++count;
    from = *found + seconds{1};
  }
  return count;
}

std::optional<Tick> Walk::find_nth(std::int64_t n, Steps& steps) const {
  std::optional<Tick> found;
  Tick from = first_;
  for (; n > 0; --n) {
    found = next(from, end_, steps);
    if (!found) return std::nullopt;
    from = *found + seconds{1};
  }
  return found;
}

}  // namespace courtesy
