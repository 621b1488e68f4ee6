#include <courtesy/insight/believed.h>

#include <gtest/gtest.h>

namespace courtesy {
namespace {

using std::chrono::days;

constexpr Day day0{days{20'000}};  // 2024-10-04
constexpr double any = std::numeric_limits<double>::infinity();

// Ten days apart.
std::vector<Reading> every_ten_days(const std::vector<double>& values) {
  std::vector<Reading> readings;
  for (const double value : values) readings.push_back({day0 + days{10 * static_cast<int>(readings.size())}, value});
  return readings;
}

struct Case {
  const char* what;
  std::vector<double> given;
  std::vector<std::size_t> kept;
  std::vector<std::size_t> resets;
  double per_day = any;
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.what; }

class BelievedReadings : public testing::TestWithParam<Case> {};

TEST_P(BelievedReadings, ExplainTheMost) {
  const Believed found = believed(every_ten_days(GetParam().given), {GetParam().per_day, 1});
  EXPECT_EQ(found.kept, GetParam().kept);
  EXPECT_EQ(found.resets, GetParam().resets);
}

INSTANTIATE_TEST_SUITE_P(
    Meters, BelievedReadings,
    testing::Values(
        Case{"one", {7}, {0}, {}}, Case{"a meter that stands still", {500, 500, 500}, {0, 1, 2}, {}},
        Case{"one typed far too high", {1'000, 99'999, 2'000, 3'000}, {0, 2, 3}, {}},
        Case{"the first typed far too high", {99'999, 1'000, 2'000}, {1, 2}, {}},
        Case{"too high with as many after it: the lower end", {1'000, 99'999, 2'000}, {0, 2}, {}},
        Case{"one typed too low", {1'000, 2'000, 30, 3'000}, {0, 1, 3}, {}},
        Case{"the last one typed too low", {1'000, 2'000, 3'000, 300}, {0, 1, 2}, {}},
        Case{"two that contradict each other: the earlier", {1'000, 90}, {0}, {}},
        Case{"slightly too low: the earlier", {51'000, 52'000, 51'900, 53'000}, {0, 1, 3}, {}},
        Case{"a meter that began anew, twice read", {50'000, 51'000, 100, 200}, {0, 1}, {}},
        Case{"a meter that began anew, read three times", {50'000, 51'000, 100, 200, 300}, {0, 1, 2, 3, 4}, {2}},
        Case{"against one reading of old, it was that one", {50'000, 100, 200, 300}, {1, 2, 3}, {}},
        Case{"rolled back", {50'000, 51'000, 52'000, 40'000, 41'000, 42'000}, {0, 1, 2, 3, 4, 5}, {3}},
        Case{"three typed wrong, and then right again",
             {1'000, 2'000, 3'000, 400, 500, 600, 7'000, 8'000},
             {0, 1, 2, 6, 7},
             {},
             200},
        Case{"it began anew, and then one was typed wrong", {5'000, 6'000, 10, 20, 9'000, 30}, {0, 1, 2, 3, 5}, {2}},
        Case{"too high to be, and the last", {1'000, 2'000, 3'000, 50'000}, {0, 1, 2}, {}, 200},
        Case{"as high as can be", {1'000, 2'000, 4'000}, {0, 1, 2}, {}, 200},
        Case{"a used meter that shows more", {1'000, 2'000, 90'000, 91'000, 92'000}, {0, 1, 2, 3, 4}, {2}, 200}));

// All ways to keep some, in words as plain as those of docs/decision.md.
struct Way {
  std::size_t cost, aside, first;
  double last_value;
  std::vector<std::size_t> kept_backwards;
  std::vector<std::size_t> resets;

  [[nodiscard]] auto order() const { return std::tie(cost, aside, first, last_value, kept_backwards); }
};

Believed by_trying_all(const std::vector<Reading>& readings, const Plausible& plausible) {
  std::optional<Way> best;
  for (unsigned chosen = 1; chosen < 1U << readings.size(); ++chosen) {
    std::vector<std::size_t> kept, resets;
    std::size_t in_segment = 0;
    bool allowed = true;
    for (std::size_t i = 0; i < readings.size(); ++i) {
      if ((chosen >> i & 1U) == 0) continue;
      ++in_segment;
      if (!kept.empty() && plausible.contradict(readings[kept.back()], readings[i])) {
        allowed = allowed && (resets.empty() || in_segment > 3);
        resets.push_back(i);
        in_segment = 1;
      }
      kept.push_back(i);
    }
    if (!allowed || (!resets.empty() && in_segment < 3)) continue;
    const std::size_t aside = readings.size() - kept.size();
    Way way{aside + 2 * resets.size(), aside, kept.front(), readings[kept.back()].value, {}, resets};
    way.kept_backwards.assign(kept.rbegin(), kept.rend());
    if (!best || way.order() < best->order()) best = way;
  }
  return {{best->kept_backwards.rbegin(), best->kept_backwards.rend()}, best->resets};
}

TEST(Believed, AreThoseThatTryingAllWaysFinds) {
  unsigned state = 1;
  const auto drawn = [&](unsigned below) {
    state = state * 1'664'525U + 1'013'904'223U;
    return (state >> 16U) % below;
  };
  for (int round = 0; round < 3'000; ++round) {
    std::vector<Reading> readings;
    Day day = day0;
    const unsigned count = 1 + drawn(11);
    for (unsigned i = 0; i < count; ++i) {
      day += days{1 + drawn(3)};
      readings.push_back({day, static_cast<double>(drawn(round % 2 == 0 ? 6 : 30))});
    }
    const Plausible plausible{round % 3 == 0 ? any : 1.0 + drawn(6), 1 + static_cast<int>(drawn(2))};
    const Believed found = believed(readings, plausible);
    const Believed expected = by_trying_all(readings, plausible);
    ASSERT_EQ(found.kept, expected.kept) << "round " << round;
    ASSERT_EQ(found.resets, expected.resets) << "round " << round;
  }
}

TEST(Believed, OfManyReadingsThatAreNoiseIsFoundSoon) {
  std::vector<double> values;
  for (int i = 0; i < 20'000; ++i) values.push_back(static_cast<double>((i * 7'919) % 10'007));
  EXPECT_FALSE(believed(every_ten_days(values), {}).kept.empty());
}

TEST(TypicalRate, HasAQuarterOfTheSlopesAboveIt) {
  struct Rate {
    std::vector<double> slopes;
    double typical;
  };
  const std::vector<Rate> cases = {{{5}, 5}, {{9, 1}, 1}, {{1, 2, 99}, 2}, {{4, 99, 2, 3, 1}, 4}};
  for (Rate test : cases) EXPECT_EQ(typical_rate(test.slopes), test.typical);
}

TEST(TypicalRate, LooksAtWhatRises) {
  std::vector<double> slopes;
  add_rising_slopes(every_ten_days({100, 200, 150, 150, 190}), slopes);
  EXPECT_EQ(slopes, (std::vector<double>{10, 4}));
}

}  // namespace
}  // namespace courtesy
