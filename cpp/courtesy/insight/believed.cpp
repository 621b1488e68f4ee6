#include <courtesy/insight/believed.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace courtesy {
namespace {

// Keeps the work within bounds where somebody's readings are nothing but noise.
constexpr std::size_t most_set_aside_in_a_row = 99;
constexpr std::uint32_t cost_of_reset = 2;

// How many readings the last segment has: those of the first may be few, the others are 3 or more in the end.
enum State : std::uint8_t { first_segment, one, two, three_or_more, states };

// The best way to keep a reading as the last so far, in a state.
struct Way {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t cost = none;
  std::uint32_t resets = 0;
  std::uint32_t first = 0;      // reading that is kept
  std::uint32_t before = none;  // reading kept before this one
  State state_before = first_segment;

  [[nodiscard]] bool possible() const { return cost != none; }
  // Of as costly ways the one with more resets sets fewer aside.
  [[nodiscard]] int compare(const Way& other) const {
    if (cost != other.cost) return cost < other.cost ? -1 : 1;
    if (resets != other.resets) return resets > other.resets ? -1 : 1;
    if (first != other.first) return first < other.first ? -1 : 1;
    return 0;
  }
};

class Search {
 public:
  Search(std::span<const Reading> readings, const Plausible& plausible)
      : readings_(readings), plausible_(plausible), ways_(readings.size()) {}

  Believed best() {
    for (std::size_t at = 0; at < readings_.size(); ++at) find_ways(at);
    std::size_t last = 0;
    State state = first_segment;
    const Way* least = nullptr;
    Way found;
    for (std::size_t at = 0; at < readings_.size(); ++at) {
      for (const State each : {first_segment, three_or_more}) {
        Way way = ways_[at][each];
        if (!way.possible()) continue;
        way.cost += static_cast<std::uint32_t>(readings_.size() - 1 - at);
        if (least != nullptr && !better_end(way, at, found, last)) continue;
        found = way;
        least = &found;
        last = at;
        state = each;
      }
    }
    return path(last, state);
  }

 private:
  void find_ways(std::size_t at) {
    ways_[at][first_segment] = {.cost = static_cast<std::uint32_t>(at), .first = static_cast<std::uint32_t>(at)};
    // From the latest to the earliest, so that of equals the earliest stays.
    const std::size_t from = at > most_set_aside_in_a_row + 1 ? at - most_set_aside_in_a_row - 1 : 0;
    for (std::size_t before = at; before-- > from;) {
      const auto between = static_cast<std::uint32_t>(at - before - 1);
      if (plausible_.contradict(readings_[before], readings_[at])) {
        step(at, one, before, first_segment, between + cost_of_reset, 1);
        step(at, one, before, three_or_more, between + cost_of_reset, 1);
      } else {
        step(at, first_segment, before, first_segment, between, 0);
        step(at, two, before, one, between, 0);
        step(at, three_or_more, before, two, between, 0);
        step(at, three_or_more, before, three_or_more, between, 0);
      }
    }
  }

  void step(std::size_t at, State state, std::size_t before, State state_before, std::uint32_t cost,
            std::uint32_t resets) {
    const Way& from = ways_[before][state_before];
    if (!from.possible()) return;
    const Way way{from.cost + cost, from.resets + resets, from.first, static_cast<std::uint32_t>(before), state_before};
    Way& known = ways_[at][state];
    const int order = known.possible() ? way.compare(known) : -1;
    if (order < 0 || (order == 0 && earlier(way, known))) known = way;
  }

  // Whether the last reading kept before is the earlier, or else the one before that, and so on.
  [[nodiscard]] bool earlier(Way way, Way other) const {
    constexpr int looked_at = 1'000;
    for (int i = 0; i < looked_at && way.before != Way::none && other.before != Way::none; ++i) {
      if (way.before != other.before) return way.before < other.before;
      if (way.state_before == other.state_before) return false;
      way = ways_[way.before][way.state_before];
      other = ways_[other.before][other.state_before];
    }
    return false;
  }

  [[nodiscard]] bool better_end(const Way& way, std::size_t at, const Way& other, std::size_t other_at) const {
    const int order = way.compare(other);
    if (order != 0) return order < 0;
    if (readings_[at].value != readings_[other_at].value) return readings_[at].value < readings_[other_at].value;
    return at == other_at && earlier(way, other);
  }

  [[nodiscard]] Believed path(std::size_t last, State state) const {
    Believed result;
    auto at = static_cast<std::uint32_t>(last);
    while (at != Way::none) {
      result.kept.push_back(at);
      if (state == one) result.resets.push_back(at);
      const Way& way = ways_[at][state];
      state = way.state_before;
      at = way.before;
    }
    std::reverse(result.kept.begin(), result.kept.end());
    std::reverse(result.resets.begin(), result.resets.end());
    return result;
  }

  std::span<const Reading> readings_;
  const Plausible& plausible_;
  std::vector<std::array<Way, states>> ways_;
};

}  // namespace

bool Plausible::contradict(const Reading& earlier, const Reading& later) const {
  if (later.value < earlier.value) return true;
  const auto days = std::max(static_cast<double>((later.day - earlier.day).count()), static_cast<double>(least_days));
  // As much as may be is plausible, whatever the last bits say.
  return later.value - earlier.value > per_day * days * (1 + 1e-9);
}

void add_rising_slopes(std::span<const Reading> readings, std::vector<double>& slopes) {
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const double use = readings[i].value - readings[i - 1].value;
    if (use > 0) slopes.push_back(use / static_cast<double>((readings[i].day - readings[i - 1].day).count()));
  }
}

double typical_rate(std::vector<double>& slopes) {
  const auto place = slopes.begin() + static_cast<std::ptrdiff_t>(3 * (slopes.size() - 1) / 4);
  std::nth_element(slopes.begin(), place, slopes.end());
  return *place;
}

Believed believed(std::span<const Reading> readings, const Plausible& plausible) {
  const auto contradict = [&](const Reading& a, const Reading& b) { return plausible.contradict(a, b); };
  if (std::adjacent_find(readings.begin(), readings.end(), contradict) != readings.end()) {
    return Search(readings, plausible).best();
  }
  Believed all;
  all.kept.resize(readings.size());
  std::iota(all.kept.begin(), all.kept.end(), std::size_t{0});
  return all;
}

}  // namespace courtesy
