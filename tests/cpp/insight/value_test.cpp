#include <courtesy/insight/median.h>
#include <courtesy/insight/value.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Story;

std::shared_ptr<const CustomerBase> base_of(const Story& story) {
  return build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt, {});
}

TEST(Median, IsTheMiddleOfAmounts) {
  const auto of = [](std::vector<double> numbers) { return median(numbers); };
  EXPECT_EQ(of({}), std::nullopt);
  EXPECT_EQ(of({0.5}), 0.5);
  EXPECT_EQ(of({9, 1000, 10}), 10);
  EXPECT_EQ(of({4, 1, 2, 1000}), 3);
}

Story& bought(Story& story, const std::string& who, const std::string& when, const std::string& amount) {
  return story.happened("purchase", when, {{"customer", who}, {"value", amount}});
}

// Ada bought four times in the four years (1,461 days) from New Year 2022 on: once a year, for 100, 300, 100 and 200.
// Bob bought once, for 50. Cat bought twice on a day, and nobody knows for how much.
Story shop() {
  Story story;
  story.customers.rows = {{"ada"}, {"bob"}, {"cat"}, {"dan"}};
  bought(story, "ada", "2022-01-01", "100");
  bought(story, "ada", "2023-06-01", "300");
  bought(story, "ada", "2024-06-01", "100");
  bought(story, "ada", "2026-01-01", "200");
  bought(story, "bob", "2025-05-05", "50");
  bought(story, "cat", "2025-05-05", "");
  bought(story, "cat", "2025-05-05T12:00Z", "");
  return story;
}

TEST(LifetimeValue, IsTheTypicalPurchaseTimesHowOftenTimesTheYears) {
  const auto base = base_of(shop());
  const CustomerValues values = customer_values(*base, 3);
  EXPECT_EQ(values.purchases, (std::vector<std::int64_t>{4, 1, 2, 0}));
  EXPECT_EQ(values.typical, (std::vector<double>{150, 50, 0, 0}));
  EXPECT_EQ(values.per_year, (std::vector<double>{1, 1, 2, 0}));
  EXPECT_EQ(values.own, (std::vector<double>{450, 150, 0, 0}));
  EXPECT_EQ(values.referred, (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(values.value, values.own);
  EXPECT_EQ(customer_values(*base, 0.5).value, (std::vector<double>{75, 25, 0, 0}));
}

TEST(LifetimeValue, IsNotLedAstrayByOneLargePurchase) {
  Story story = shop();
  bought(story, "ada", "2024-12-24", "9000");
  // The middle of 100, 100, 200, 300, 9000; five purchases in four years.
  EXPECT_EQ(customer_values(*base_of(story), 3).own[0], 200 * 1.25 * 3);
}

TEST(LifetimeValue, HasHalfOfWhatThoseReferredAreWorthThemselves) {
  Story story = shop();
  const auto refers = [&](const std::string& who, const std::string& whom, const std::string& when) {
    story.happened("referral", when, {{"customer", who}, {"ref", whom}});
  };
  refers("dan", "ada", "2026-02-01");
  refers("dan", "bob", "2026-02-02");
  refers("dan", "bob", "2026-02-03");
  refers("dan", "dan", "2026-02-04");
  refers("dan", "eve", "2026-02-05");
  refers("dan", "", "2026-02-06");
  refers("ada", "bob", "2026-02-07");
  refers("bob", "dan", "2026-02-08");
  const CustomerValues values = customer_values(*base_of(story), 3);
  // Of Ada her own 450, not what she refers; of Bob 150, once.
  EXPECT_EQ(values.referred, (std::vector<double>{75, 0, 0, 300}));
  EXPECT_EQ(values.value, (std::vector<double>{525, 150, 0, 300}));
}

TEST(LifetimeValue, OfAnInstantKnowsWhatHappenedUpToIt) {
  Story story = shop();
  story.happened("referral", "2025-06-01", {{"customer", "ada"}, {"ref", "bob"}});
  const auto base = base_of(story);
  const LifetimeValue values(*base, 3);
  EXPECT_EQ(values.of(0, at("2021-12-31T00:00Z")), 0);
  EXPECT_EQ(values.of(0, at("2022-01-01T00:00Z")), 300);
  // The middle of 100 and 300, and twice within 516 days.
  EXPECT_DOUBLE_EQ(values.of(0, at("2023-06-01T00:00Z")), 200 * (2 / (516 / 365.25)) * 3);
  EXPECT_EQ(values.of(0, at("2026-01-01T00:00Z")), 525);
  EXPECT_EQ(values.of(0, std::nullopt), 525);
}

TEST(LifetimeValue, OfNoEventsIsNothing) {
  EXPECT_EQ(customer_values(*base_of(Story{}), 3).value, std::vector<double>{0});
}

}  // namespace
}  // namespace courtesy
