// Lapses: silence since an event, for a fixed time or for so many of the customer's usual gaps.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

Story come_back(const std::string& keys) {
  Story story;
  story.occasion = "name = 'come back'\n" + keys;
  return story;
}

TEST(Lapse, FallsDueSoLongAfterTheLastEvent) {
  // 5 November and 30 days: 5 December. A later visit takes its place.
  Story story = come_back("silent = '30 days'\nsince = 'purchase'");
  story.happened("purchase", "2026-11-05");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-05T09:00:00Z email due"});
  story.happened("purchase", "2026-11-20");
  EXPECT_EQ(story.lines(), (Lines{"ada come back/1 2026-12-05T09:00:00Z - withheld superseded",
                                  "ada come back/1 2026-12-20T09:00:00Z email due"}));
}

TEST(Lapse, IsNotEndedByWhoComesAfterIt) {
  // Silent until the reminder of 5 December at nine, there again a minute later.
  Story story = come_back("silent = '30 days'\nsince = 'purchase'");
  story.happened("purchase", "2026-11-05").happened("purchase", "2026-12-05T09:01Z");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-05T09:00:00Z email due"});
  story.events.rows.back()[3] = "2026-12-05T09:00Z";
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-05T09:00:00Z - withheld superseded"});
}

TEST(Lapse, HearsAllItsKindsAlikeWhateverTheAsset) {
  // The car was serviced on 5 November; a tyre for the van was bought on the 20th: whoever comes is not silent.
  Story story = come_back("silent = '30 days'\nsince = ['service', 'purchase']");
  story.happened("service", "2026-11-05", {{"asset", "car"}}).happened("purchase", "2026-11-20", {{"asset", "van"}});
  EXPECT_EQ(story.lines(), (Lines{"ada come back/1 2026-12-05T09:00:00Z - withheld superseded",
                                  "ada come back/1 2026-12-20T09:00:00Z email due"}));
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) EXPECT_EQ(made.row(i).asset, no_index);
}

TEST(Lapse, CountsFromTheCustomersCivilDay) {
  // Eight in the evening of 4 November in London is the 5th in Tokyo, where nine in the morning is midnight UTC.
  Story story = come_back("silent = '30 days'\nsince = 'purchase'");
  story.customers = {{"id", "zone"}, {{"ada", "Asia/Tokyo"}}};
  story.happened("purchase", "2026-11-04T20:00Z");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-05T00:00:00Z email due"});
}

TEST(Lapse, CountsBusinessDays) {
  // Friday 27 November: 30, 1, 2, 3, 4 December is the fifth.
  Story story = come_back("silent = '5 business days'\nsince = 'purchase'");
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  story.happened("purchase", "2026-11-27");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-04T09:00:00Z email due"});
}

TEST(Lapse, IsEndedByWhatUntilNames) {
  Story story = come_back("silent = '30 days'\nsince = 'purchase'\nuntil = 'booking'");
  story.happened("purchase", "2026-11-05").happened("booking", "2026-12-01");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-05T09:00:00Z - withheld ended"});
}

struct CadenceCase {
  const char* what;
  const char* keys;
  std::vector<std::pair<const char*, const char*>> visits;  // customer and day
  Lines expected;
};

class LapseByCadence : public testing::TestWithParam<CadenceCase> {};

TEST_P(LapseByCadence, WaitsForSoManyUsualGaps) {
  Story story = come_back(std::string("since = 'visit'\nsilent = ") + GetParam().keys);
  story.customers = {{"id", "tier"},
                     {{"ada", "gold"}, {"bob", "gold"}, {"cat", "silver"}, {"dan", "silver"}, {"eve", ""}}};
  for (const auto& [customer, day] : GetParam().visits) story.happened("visit", day, {{"customer", customer}});
  Lines lines = story.lines();
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, GetParam().expected) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Gaps, LapseByCadence,
    testing::Values(
        // Gaps of 10 and 20 days: 15 of bob's own, 15 of everybody's. Twice that after 1 November is 1 December.
        CadenceCase{"the customer's own",
                    "{ cadence = 2 }",
                    {{"bob", "2026-10-02"}, {"bob", "2026-10-12"}, {"bob", "2026-11-01"}},
                    {"bob come back/1 2026-12-01T09:00:00Z email due"}},
        // Ada came once: nothing is known of her but everybody's 15 days.
        CadenceCase{"everybody's, of who came once",
                    "{ cadence = 1 }",
                    {{"bob", "2026-08-02"}, {"bob", "2026-08-12"}, {"bob", "2026-09-01"}, {"ada", "2026-11-25"}},
                    {"ada come back/1 2026-12-10T09:00:00Z email due"}},
        // Ada's one gap of 30 days, everybody's of 10, 10 and 30: (1 × 30 + 2 × 10) / 3 = 16 2/3, so on the 17th day.
        CadenceCase{"drawn to everybody's, and rounded up",
                    "{ cadence = 1 }",
                    {{"bob", "2026-08-02"},
                     {"bob", "2026-08-12"},
                     {"bob", "2026-08-22"},
                     {"ada", "2026-10-26"},
                     {"ada", "2026-11-25"}},
                    {"ada come back/1 2026-12-12T09:00:00Z email due"}},
        // Two visits on one day are one; a gap of none would halve the usual one.
        CadenceCase{"of days, not of visits",
                    "{ cadence = 1 }",
                    {{"ada", "2026-11-05"}, {"ada", "2026-11-25"}, {"ada", "2026-11-25"}},
                    {"ada come back/1 2026-12-15T09:00:00Z - withheld superseded",
                     "ada come back/1 2026-12-15T09:00:00Z email due"}},
        // 1.2 × 15 is 18, whatever the last bits of 1.2 are.
        CadenceCase{"of a whole number that is one but for the last bits",
                    "{ cadence = 1.2 }",
                    {{"bob", "2026-08-02"}, {"bob", "2026-08-17"}, {"ada", "2026-11-25"}},
                    {"ada come back/1 2026-12-13T09:00:00Z email due"}},
        // Gold comes every 10 days, silver every 40; those without a tier came once each, so nothing is known of them.
        CadenceCase{
            "of the segment",
            "{ cadence = 1, segment = 'tier' }",
            {{"bob", "2026-09-01"},
             {"bob", "2026-09-11"},
             {"cat", "2026-08-01"},
             {"cat", "2026-09-10"},
             {"ada", "2026-11-25"},
             {"dan", "2026-11-01"},
             {"eve", "2026-11-25"}},
            {"ada come back/1 2026-12-05T09:00:00Z email due", "dan come back/1 2026-12-11T09:00:00Z email due"}},
        CadenceCase{"of nobody", "{ cadence = 1 }", {{"ada", "2026-11-25"}, {"bob", "2026-11-25"}}, {}}));

TEST(LapseOfCadence, CountsOwnGapsUpToItsAnchor) {
  // Bob comes every 10 days. When ada had come once nothing else was known of her: twice 10 days after 20 November is
  // 10 December. Her gap of 25 days, which ended on the 15th, is not heard of her first visit.
  Story story = come_back("since = 'visit'\nsilent = { cadence = 2 }");
  story.customers.rows = {{"ada"}, {"bob"}};
  for (const char* day : {"2026-08-02", "2026-08-12", "2026-08-22"})
    story.happened("visit", day, {{"customer", "bob"}});
  story.happened("visit", "2026-11-20").happened("visit", "2026-12-15");
  EXPECT_EQ(story.lines(), Lines{"ada come back/1 2026-12-10T09:00:00Z email due"});
}

TEST(LapseOfCadence, SaysWhyThereIsNone) {
  Story story = come_back("since = 'visit'\nsilent = { cadence = 1 }");
  story.happened("visit", "2026-11-25");
  const Plan made = story.plan();
  EXPECT_EQ(why_not(made, 0, "come back").at(0).reasons.back().code, ReasonCode::no_cadence);
}

TEST(LapseOfCadence, OfASegmentWithoutAColumnIsAnError) {
  Story story = come_back("since = 'visit'\nsilent = { cadence = 1, segment = 'teir' }");
  story.customers = {{"id", "tier"}, {{"ada", "gold"}}};
  try {
    (void)story.plan();
    FAIL() << "it planned";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'tier'"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace courtesy
