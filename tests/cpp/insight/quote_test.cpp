#include <courtesy/insight/quote.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace courtesy {
namespace {

std::vector<PromiseSpan> over(const std::vector<double>& days) {
  std::vector<PromiseSpan> waits;
  for (const double each : days) waits.push_back({each, true});
  return waits;
}

TEST(Quote, IsOneOfTheSpansWhereAllAreOver) {
  // (n + 1) × chance: of 9 with 0.9 the 9th, of 19 with 0.95 the 19th, of 4 with 0.5 the 3rd (2.5 rounded up).
  EXPECT_EQ(quote(over({9, 1, 2, 3, 4, 5, 6, 7, 8}), 0.9), 9);
  EXPECT_EQ(quote(over({10, 20, 30, 40}), 0.5), 30);
  EXPECT_EQ(quote(over({10, 20, 30}), 0.5), 20);
  std::vector<double> nineteen(19);
  for (std::size_t i = 0; i < nineteen.size(); ++i) nineteen[i] = static_cast<double>(i + 1);
  EXPECT_EQ(quote(over(nineteen), 0.95), 19);
  nineteen.pop_back();
  EXPECT_EQ(quote(over(nineteen), 0.95), std::nullopt);
  EXPECT_EQ(missing_for_quote(over(nineteen), 0.95), 1);
  EXPECT_EQ(quote({}, 0.5), std::nullopt);
  EXPECT_EQ(missing_for_quote({}, 0.5), 1);
  EXPECT_EQ(missing_for_quote({}, 0.95), 19);
  EXPECT_EQ(missing_for_quote(over({1}), 0.95), 18);
  EXPECT_EQ(missing_for_quote(over({1}), 0.5), 0);
}

TEST(Quote, TakesNoticeOfWhatIsNotOverYet) {
  // With the new one 5 of 5 last at first. Over after 1: 4/5 last longer. Open since 2. Over after 3: of 3 that are
  // seen so long (itself, the open one of 4 days, the new one) 2 last, 4/5 × 2/3 = 8/15.
  const std::vector<PromiseSpan> waits{{1, true}, {2, false}, {3, true}, {4, false}};
  EXPECT_EQ(quote(waits, 0.2), 1);
  EXPECT_EQ(quote(waits, 7.0 / 15), 3);
  EXPECT_EQ(quote(waits, 0.47), std::nullopt);
  // Open after as long as another took: it took longer. Of 3, then of 3: 2/3.
  EXPECT_EQ(quote({{5, false}, {5, true}}, 1.0 / 3), 5);
  EXPECT_EQ(quote({{5, false}, {5, true}}, 0.34), std::nullopt);
}

TEST(Quote, NeverCountsWhatNeverCame) {
  // Two of five are broken: with the new one half of six last for ever.
  const std::vector<PromiseSpan> waits{{1, true}, never, {2, true}, never, {3, true}};
  EXPECT_EQ(quote(waits, 0.5), 3);
  EXPECT_EQ(quote(waits, 0.51), std::nullopt);
  // With m more 3 of m + 6: 3/(m + 6) <= 0.1 from m = 24 on.
  EXPECT_EQ(missing_for_quote(waits, 0.9), 24);
}

TEST(Quote, SaysHowManyMoreItTakesWhereSomeAreOpen) {
  const std::vector<PromiseSpan> waits{{1, true}, {2, false}, {3, true}, {4, false}};
  for (const double chance : {0.6, 0.8, 0.95, 0.99}) {
    const std::int64_t more = missing_for_quote(waits, chance);
    ASSERT_GT(more, 0);
    std::vector<PromiseSpan> longer = waits;
    for (std::int64_t i = 1; i < more; ++i) longer.push_back({9, true});
    EXPECT_EQ(quote(longer, chance), std::nullopt) << chance;
    longer.push_back({9, true});
    EXPECT_TRUE(quote(longer, chance)) << chance;
  }
}

// The estimate step by step, over the distinct spans, each time counting anew.
std::optional<double> plain_quote(const std::vector<PromiseSpan>& waits, double chance) {
  std::vector<double> spans;
  for (const PromiseSpan& wait : waits) {
    if (wait.over) spans.push_back(wait.days);
  }
  std::sort(spans.begin(), spans.end());
  double lasts = 1;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (i > 0 && spans[i] == spans[i - 1]) continue;
    double at_risk = 1;
    double ended = 0;
    for (const PromiseSpan& wait : waits) {
      if (wait.days >= spans[i]) ++at_risk;
      if (wait.over && wait.days == spans[i]) ++ended;
    }
    lasts *= (at_risk - ended) / at_risk;
    if (1 - lasts >= chance - 1e-9) return spans[i];
  }
  return std::nullopt;
}

TEST(Quote, AgreesWithAPlainProductLimitEstimate) {
  std::mt19937 random(20261201);
  for (int round = 0; round < 2000; ++round) {
    std::vector<PromiseSpan> waits(random() % 60);
    for (PromiseSpan& wait : waits) {
      const auto kind = random() % 10;
      wait = kind == 0 ? never : PromiseSpan{static_cast<double>(random() % 20), kind > 3};
    }
    const double chance = 0.01 * static_cast<double>(1 + random() % 99);
    const auto expected = plain_quote(waits, chance);
    EXPECT_EQ(quote(waits, chance), expected) << round;
    EXPECT_EQ(missing_for_quote(waits, chance) == 0, expected.has_value()) << round;
  }
}

// Drawn shops: after n promises a quote is given, and the next promise is kept within it as often as is said.
TEST(Quote, IsKeptAsOftenAsItSays) {
  std::mt19937_64 random(7);
  const auto draw = [&] {
    // Long and short ones, as repairs are: nothing that a formula for one distribution would fit.
    const double one = -std::log1p(-std::generate_canonical<double, 53>(random));
    return random() % 4 == 0 ? 10 + 8 * one : 1 + 2 * one;
  };
  constexpr int shops = 20000;
  for (const auto& [promises, chance] : std::vector<std::pair<int, double>>{{9, 0.9}, {30, 0.8}, {50, 0.95}}) {
    int kept = 0;
    for (int shop = 0; shop < shops; ++shop) {
      std::vector<PromiseSpan> waits;
      for (int i = 0; i < promises; ++i) waits.push_back({draw(), true});
      if (draw() <= quote(waits, chance).value()) ++kept;
    }
    const double share = static_cast<double>(kept) / shops;
    // Three standard errors of what is drawn.
    EXPECT_GE(share, chance - 3 * std::sqrt(chance * (1 - chance) / shops)) << promises;
    EXPECT_LE(share, chance + 1.0 / (promises + 1) + 0.01) << promises << ": no longer than needed";
  }
}

TEST(Quantile, IsOneOfTheSpans) {
  const std::vector<double> spans{1, 2, 3, 4};
  EXPECT_EQ(quantile(spans, 0.5), 2);
  EXPECT_EQ(quantile(spans, 0.51), 3);
  EXPECT_EQ(quantile(spans, 0.9), 4);
  EXPECT_EQ(quantile(spans, 0), 1);
  EXPECT_EQ(quantile(spans, 1), 4);
  EXPECT_EQ(quantile({}, 0.5), std::nullopt);
}

}  // namespace
}  // namespace courtesy
