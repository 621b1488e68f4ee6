#include <courtesy/time/zoned_walk.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
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
    steps.take(8);
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
    std::array<std::int64_t, 256> cells;
    std::size_t count = 0;
    for (Tick clock = clock_from(from);;) {
      // One more than there is room for tells that there is nothing more to do.
      const std::size_t most = std::min(clocks.size(), out.size() - count + 1);
      const std::size_t found = wall_->fill(clock, to + reach_of_changes, std::span(clocks).first(most), steps);
      if (found == 0) return count;
      const auto walls = std::span<const std::int64_t>(clocks).first(found);
      const auto instants = std::span(cells).first(found);
      const bool in_order = to_instants(walls, instants) && (count == 0 || instants.front() > out[count - 1]);
      const bool done =
          in_order ? put_all(instants, from, to, out, count) : put_each(walls, instants, from, to, out, count);
      if (done) return count;
      clock = tick_of_cell(walls.back()) + seconds{1};
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
      steps.take(8);
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
      steps.take(static_cast<std::int64_t>(found) + 1);
      count += static_cast<std::int64_t>(found);
      from = tick_of_cell(cells[found - 1]) + seconds{1};
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
      steps.take(8);
      found = wall_->next(*found + seconds{1}, clock_end, steps);
    }
    return found;
  }

  static Tick tick_of_cell(std::int64_t cell) { return std::chrono::floor<seconds>(microseconds{cell}); }

  // Whether they come in the order of their wall times, and before those of all later wall times.
  [[nodiscard]] bool to_instants(std::span<const std::int64_t> walls, std::span<std::int64_t> out) const {
    bool ascending = true;
    std::int64_t previous = std::numeric_limits<std::int64_t>::min();
    for (std::size_t i = 0; i < walls.size(); ++i) {
      const std::int64_t at = zone_->to_utc(WallTime{microseconds{walls[i]}}).time_since_epoch().count();
      ascending &= at > previous;
      previous = at;
      out[i] = at;
    }
    return ascending && !in_gap(tick_of_cell(walls.back()), tick_of_cell(previous));
  }

  // Appends those in [from, to) that there is room for; whether no later ones are needed.
  static bool put_all(std::span<const std::int64_t> instants, Tick from, Tick to, std::span<std::int64_t> out,
                      std::size_t& count) {
    const auto begin = std::lower_bound(instants.begin(), instants.end(), microseconds_cell(from));
    const auto end = std::lower_bound(begin, instants.end(), microseconds_cell(to));
    const auto size = std::min(static_cast<std::size_t>(end - begin), out.size() - count);
    std::copy_n(begin, size, out.begin() + static_cast<std::ptrdiff_t>(count));
    count += size;
    return begin + static_cast<std::ptrdiff_t>(size) != instants.end();
  }

  // The same around a gap, where they are not in order.
  [[nodiscard]] bool put_each(std::span<const std::int64_t> walls, std::span<const std::int64_t> instants, Tick from,
                              Tick to, std::span<std::int64_t> out, std::size_t& count) const {
    for (std::size_t i = 0; i < walls.size(); ++i) {
      const Tick at = tick_of_cell(instants[i]);
      if (at < from) continue;
      const bool too_late = at >= to || (count == out.size() && instants[i] > out[count - 1]);
      if (!too_late) {
        count = put_in_order(out, count, instants[i]);
      } else if (!in_gap(tick_of_cell(walls[i]), at)) {
        return true;
      }
    }
    return false;
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
