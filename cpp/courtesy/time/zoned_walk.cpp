#include <courtesy/time/zoned_walk.h>

#include <algorithm>
#include <array>
#include <utility>

namespace courtesy {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

// Longer than any offset, and than any change of one.
constexpr Tick reach_of_changes = hours{26};

// Wall times come to instants in order, but for those in a gap: they move past the ones right after it.
class ZonedWalk final : public Walk {
 public:
  ZonedWalk(std::unique_ptr<Walk> wall, std::shared_ptr<const Zone> zone)
      : Walk(wall->first() - reach_of_changes), wall_(std::move(wall)), zone_(std::move(zone)) {}

 protected:
  std::optional<Tick> find(Tick from, Tick to, Steps& steps) const override {
    const Tick clock_end = to + reach_of_changes;
    auto clock = not_before(from, clock_from(from), clock_end, steps);
    if (!clock) return std::nullopt;
    Tick found = instant(*clock);
    if (in_gap(*clock, found)) {
      const auto after_gap = not_before(from, gap_end(*clock), clock_end, steps);
      if (after_gap) found = std::min(found, instant(*after_gap));
    }
    return found < to ? std::optional{found} : std::nullopt;
  }

  std::size_t write(Tick from, Tick to, std::span<std::int64_t> out, Steps& steps) const override {
    std::array<std::int64_t, 256> clocks;
    std::size_t count = 0;
    for (Tick clock = clock_from(from);;) {
      const std::size_t found = wall_->fill(clock, to + reach_of_changes, clocks, steps);
      if (found == 0) return count;
      for (std::size_t i = 0; i < found; ++i) {
        clock = std::chrono::floor<seconds>(microseconds{clocks[i]});
        const Tick at = instant(clock);
        if (at < from) continue;
        const std::int64_t cell = microseconds{at}.count();
        const bool too_late = at >= to || (count == out.size() && cell > out[count - 1]);
        if (!too_late) {
          count = put_in_order(out, count, cell);
        } else if (!in_gap(clock, at)) {
          return count;
        }
      }
      clock += seconds{1};
    }
  }

  // Away from transitions the wall's occurrences and the instants are one for one, but for those of a gap that fall
  // together with one after it.
  std::int64_t count_all(Tick from, Tick to, Steps& steps) const override {
    const auto begin = away_from_transitions(from, to);
    const auto end = begin ? away_from_transitions(to - 2 * longest_way, to) : std::nullopt;
    if (!end || *end <= *begin) return count_one_by_one(from, to, steps);
    const auto clock = [&](Tick at) { return at + zone_->offset_at(Instant{at}); };
    std::int64_t count = wall_->count(clock(*begin), clock(*end), steps);
    for (const Transition& each : zone_->transitions(Instant{*begin}, Instant{*end})) {
      count -= fallen_together(each, steps);
    }
    return count_one_by_one(from, *begin, steps) + count + count_one_by_one(*end, to, steps);
  }

 private:
  // How far to look for a moment without a transition near it: some years have several in a month.
  static constexpr Tick longest_way = hours{24 * 60};

  // The first moment, a few days apart, around which the zone's offset does not change.
  [[nodiscard]] std::optional<Tick> away_from_transitions(Tick at, Tick to) const {
    for (const Tick last = std::min(at + longest_way, to); at < last; at += reach_of_changes) {
      const Instant near_begin{at - 2 * reach_of_changes};
      const Instant near_end{at + 2 * reach_of_changes};
      if (zone_->transitions(near_begin, near_end).empty()) return at;
    }
    return std::nullopt;
  }

  // The wall's occurrences in a gap whose instants are those of occurrences after it.
  [[nodiscard]] std::int64_t fallen_together(const Transition& change, Steps& steps) const {
    const Tick begin = change.at.time_since_epoch() + change.before;
    const Tick end = change.at.time_since_epoch() + change.after;
    std::int64_t count = 0;
    for (auto clock = wall_->next(begin, end, steps); clock; clock = wall_->next(*clock + seconds{1}, end, steps)) {
      steps.take();
      const Tick moved = *clock + (end - begin);
      if (wall_->next(moved, moved + seconds{1}, steps)) ++count;
    }
    return count;
  }

  [[nodiscard]] std::int64_t count_one_by_one(Tick from, Tick to, Steps& steps) const {
    std::array<std::int64_t, 256> cells;
    std::int64_t count = 0;
    while (from < to) {
      const std::size_t found = write(from, to, cells, steps);
      if (found == 0) break;
      steps.take(static_cast<std::int64_t>(found) / 8 + 1);
      count += static_cast<std::int64_t>(found);
      from = std::chrono::floor<seconds>(microseconds{cells[found - 1]}) + seconds{1};
    }
    return count;
  }

  [[nodiscard]] Tick instant(Tick clock) const {
    return std::chrono::floor<seconds>(zone_->to_utc(WallTime{clock}).time_since_epoch());
  }
  [[nodiscard]] bool in_gap(Tick clock, Tick at) const { return at + zone_->offset_at(Instant{at}) != clock; }
  [[nodiscard]] Tick gap_end(Tick clock) const {
    const WallLookup gap = zone_->lookup(WallTime{clock});
    return gap.transition.time_since_epoch() + gap.after;
  }

  // The first wall time that may come to this instant or a later one: earlier than the clock's where a gap was near.
  [[nodiscard]] Tick clock_from(Tick at) const {
    const Tick now = zone_->offset_at(Instant{at});
    const Tick before = zone_->offset_at(Instant{at - reach_of_changes});
    return at + std::min(now, before);
  }

  // The first wall time from `clock` on that comes to `at` or later.
  [[nodiscard]] std::optional<Tick> not_before(Tick at, Tick clock, Tick clock_end, Steps& steps) const {
    auto found = wall_->next(clock, clock_end, steps);
    while (found && instant(*found) < at) {
      steps.take();
      found = wall_->next(*found + seconds{1}, clock_end, steps);
    }
    return found;
  }

  // A full span loses its last for one that is earlier.
  static std::size_t put_in_order(std::span<std::int64_t> out, std::size_t count, std::int64_t cell) {
    std::size_t place = count;
    while (place > 0 && out[place - 1] > cell) --place;
    if (place > 0 && out[place - 1] == cell) return count;
    const std::size_t kept = std::min(count, out.size() - 1);
    std::move_backward(out.begin() + static_cast<std::ptrdiff_t>(place),
                       out.begin() + static_cast<std::ptrdiff_t>(kept),
                       out.begin() + static_cast<std::ptrdiff_t>(kept) + 1);
    out[place] = cell;
    return kept + 1;
  }

  std::unique_ptr<Walk> wall_;
  std::shared_ptr<const Zone> zone_;
};

}  // namespace

std::unique_ptr<Walk> zoned_walk(std::unique_ptr<Walk> wall, std::shared_ptr<const Zone> zone) {
  return std::make_unique<ZonedWalk>(std::move(wall), std::move(zone));
}

}  // namespace courtesy
