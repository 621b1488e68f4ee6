#include <courtesy/insight/cadence.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::Story;

TEST(Median, IsTheMiddleOrBetweenTheTwoMiddleOnes) {
  const auto of = [](std::vector<std::int32_t> numbers) { return median(numbers); };
  EXPECT_EQ(of({}), std::nullopt);
  EXPECT_EQ(of({7}), 7);
  EXPECT_EQ(of({9, 4}), 6.5);
  EXPECT_EQ(of({30, 10, 20}), 20);
  EXPECT_EQ(of({40, 10, 30, 20}), 25);
  EXPECT_EQ(of({5, 5, 5, 90}), 5);
}

std::shared_ptr<const CustomerBase> base_of(const Story& story) {
  return build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt, {});
}

std::vector<std::uint8_t> visits(const CustomerBase& base) {
  std::vector<std::uint8_t> kinds(base.kinds().size());
  kinds[base.kinds().find("visit")] = 1;
  return kinds;
}

// Gaps of ada 10 and 20 days, of bob 40, of cat none.
Story books() {
  Story story;
  story.customers = {{"id", "tier"}, {{"ada", "gold"}, {"bob", "silver"}, {"cat", "gold"}, {"dan", ""}}};
  story.happened("visit", "2026-01-01").happened("call", "2026-01-05").happened("visit", "2026-01-11");
  story.happened("visit", "2026-01-11T15:00Z").happened("visit", "2026-01-31");
  story.happened("visit", "2026-02-01", {{"customer", "bob"}}).happened("visit", "2026-03-13", {{"customer", "bob"}});
  story.happened("visit", "2026-02-01", {{"customer", "cat"}}).happened("visit", "2026-02-01", {{"customer", "dan"}});
  return story;
}

TEST(Cadence, DrawsACustomersGapToThatOfAll) {
  const auto base = base_of(books());
  const Cadence cadence(*base, visits(*base), nullptr);
  const Index ada = base->event_begin()[0];
  // All gaps: 10, 20, 40; so 20 days for who came once.
  EXPECT_EQ(cadence.usual(0, ada)->days, 20);
  EXPECT_EQ(cadence.usual(0, ada)->own_gaps, 0U);
  // Up to the second visit, whose day's second event adds none: (1 × 10 + 2 × 20) / 3.
  EXPECT_DOUBLE_EQ(cadence.usual(0, ada + 2)->days, 50.0 / 3);
  EXPECT_DOUBLE_EQ(cadence.usual(0, ada + 3)->days, 50.0 / 3);
  // (2 × 15 + 2 × 20) / 4.
  EXPECT_DOUBLE_EQ(cadence.usual(0, ada + 4)->days, 17.5);
  EXPECT_EQ(cadence.usual(0, ada + 4)->own_gaps, 2U);
  // (1 × 40 + 2 × 20) / 3.
  EXPECT_DOUBLE_EQ(cadence.usual(1, base->event_begin()[2] - 1)->days, 80.0 / 3);
}

TEST(Cadence, KnowsTheGapsOfASegment) {
  const auto base = base_of(books());
  const Cadence cadence(*base, visits(*base), base->customer_table().find("tier"));
  EXPECT_EQ(cadence.usual(1, base->event_begin()[1])->days, 40);
  EXPECT_EQ(cadence.usual(2, base->event_begin()[2])->days, 15) << "of ada, who is gold too";
  EXPECT_FALSE(cadence.usual(3, base->event_begin()[3])) << "nobody without a tier came twice";
  EXPECT_EQ(cadence.segment_of(1), "silver");
}

}  // namespace
}  // namespace courtesy
