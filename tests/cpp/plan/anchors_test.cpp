// The three anchors of this version, each against dates worked out by hand.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

TEST(AfterEvent, FallsOnTheCivilDayAndTimeOfTheCustomersZone) {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  story.customers = {{"id", "zone"}, {{"ada", "America/New_York"}, {"bob", ""}}};
  // 03:00 UTC on the 5th is still the 4th in New York.
  story.events.rows = {{"e1", "ada", "purchase", "2026-12-05T03:00Z"}, {"e2", "bob", "purchase", "2026-12-05T03:00Z"}};
  EXPECT_EQ(story.lines(),
            (Lines{"ada thanks/1 2026-12-05T15:00:00Z email due", "bob thanks/1 2026-12-06T10:00:00Z email due"}));
}

TEST(AfterEvent, CountsMonthsFromTheAnchorAndClamps) {
  Story story;
  story.occasion = "name = 'check'\non = 'delivery'\nafter = '3 months'";
  story.start = "2026-11-01T00:00Z";
  story.events.rows = {{"e1", "ada", "delivery", "2026-08-31"}};
  EXPECT_EQ(story.lines(), (Lines{"ada check/1 2026-11-30T09:00:00Z email due"}));
}

TEST(AfterEvent, CountsHoursFromTheInstantAndAcrossTheEndOfSummerTime) {
  Story story;
  story.occasion = "name = 'sorry'\non = 'complaint'\nafter = '4 hours'\npurpose = 'recovery'";
  story.start = "2026-10-24T00:00Z";
  story.end = "2026-10-27T00:00Z";
  story.events.rows = {{"e1", "ada", "complaint", "2026-10-24T23:30Z"}};
  EXPECT_EQ(story.lines(), (Lines{"ada sorry/1 2026-10-25T03:30:00Z email due"}));
}

TEST(AfterEvent, CountsBusinessDays) {
  Story story;
  story.policy = "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-28'] }";
  story.occasion = "name = 'check'\non = 'delivery'\nafter = '3 business days'";
  // Thursday 24 Dec: Friday 25, (weekend, 28 Dec closed) Tuesday 29, Wednesday 30.
  story.events.rows = {{"e1", "ada", "delivery", "2026-12-24"}};
  EXPECT_EQ(story.lines(), (Lines{"ada check/1 2026-12-30T09:00:00Z email due"}));
}

TEST(AfterEvent, HasOneReminderForEachEvent) {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  story.events.rows = {{"e1", "ada", "purchase", "2026-12-04"}, {"e2", "ada", "purchase", "2026-12-05"}};
  EXPECT_EQ(story.lines().size(), 2U);
}

struct BirthdayCase {
  const char* birthday;
  const char* leap;
  const char* start;
  const char* end;
  Lines expected;
};

class Birthday : public testing::TestWithParam<BirthdayCase> {};

TEST_P(Birthday, FallsOnItsCivilDate) {
  Story story;
  story.occasion =
      std::string("name = 'birthday'\nyearly = 'birthday'\nat = '09:00'\nleap = '") + GetParam().leap + "'";
  story.customers = {{"id", "birthday", "zone"}, {{"ada", GetParam().birthday, "Asia/Tokyo"}}};
  story.start = GetParam().start;
  story.end = GetParam().end;
  EXPECT_EQ(story.lines(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Dates, Birthday,
    testing::Values(BirthdayCase{"1980-12-05",
                                 "feb28",
                                 "2026-12-01T00:00Z",
                                 "2026-12-31T00:00Z",
                                 {"ada birthday/1 2026-12-05T00:00:00Z email due"}},
                    BirthdayCase{"1980-11-30", "feb28", "2026-12-01T00:00Z", "2026-12-31T00:00Z", {}},
                    // A window over the turn of the year, and the day of birth itself is no anniversary.
                    BirthdayCase{"1980-01-02",
                                 "feb28",
                                 "2026-12-01T00:00Z",
                                 "2027-01-31T00:00Z",
                                 {"ada birthday/1 2027-01-02T00:00:00Z email due"}},
                    BirthdayCase{"2026-12-05", "feb28", "2026-12-01T00:00Z", "2026-12-31T00:00Z", {}},
                    BirthdayCase{"1992-02-29",
                                 "feb28",
                                 "2027-02-01T00:00Z",
                                 "2027-03-31T00:00Z",
                                 {"ada birthday/1 2027-02-28T00:00:00Z email due"}},
                    BirthdayCase{"1992-02-29",
                                 "mar1",
                                 "2027-02-01T00:00Z",
                                 "2027-03-31T00:00Z",
                                 {"ada birthday/1 2027-03-01T00:00:00Z email due"}},
                    BirthdayCase{"1992-02-29", "skip", "2027-02-01T00:00Z", "2027-03-31T00:00Z", {}},
                    BirthdayCase{"1992-02-29",
                                 "skip",
                                 "2028-02-01T00:00Z",
                                 "2028-03-31T00:00Z",
                                 {"ada birthday/1 2028-02-29T00:00:00Z email due"}},
                    // Several in a long window, each its own.
                    BirthdayCase{"1980-06-01",
                                 "feb28",
                                 "2026-01-01T00:00Z",
                                 "2028-01-01T00:00Z",
                                 {"ada birthday/1 2026-06-01T00:00:00Z email due",
                                  "ada birthday/1 2027-06-01T00:00:00Z email due"}}));

TEST(Anniversary, IsOfTheFirstTheLastOrEachEvent) {
  Story story;
  story.events.rows = {{"e1", "ada", "purchase", "2020-12-03"},
                       {"e2", "ada", "purchase", "2023-12-10"},
                       {"e3", "ada", "purchase", "2026-12-20"}};
  const std::string rule = "name = 'year'\nyearly = 'purchase'\nof = ";
  story.occasion = rule + "'first'";
  EXPECT_EQ(story.lines(), (Lines{"ada year/1 2026-12-03T09:00:00Z email due"}));
  story.occasion = rule + "'last'";
  EXPECT_EQ(story.lines(), Lines{});
  story.occasion = rule + "'each'";
  EXPECT_EQ(story.lines(),
            (Lines{"ada year/1 2026-12-03T09:00:00Z email due", "ada year/1 2026-12-10T09:00:00Z email due"}));
}

TEST(Anniversary, OfMilestonesLeavesTheOtherYearsOut) {
  Story story;
  story.occasion = "name = 'year'\nyearly = 'purchase'\nmilestones = [1, 5]";
  story.customers = {{"id"}, {{"one"}, {"two"}, {"five"}}};
  story.events.rows = {{"e1", "one", "purchase", "2025-12-03"},
                       {"e2", "two", "purchase", "2024-12-03"},
                       {"e3", "five", "purchase", "2021-12-03"}};
  const Lines lines = story.lines();
  ASSERT_EQ(lines.size(), 2U);
  for (const std::string& line : lines) EXPECT_EQ(line.find("two"), std::string::npos);
}

// --- intervals

Story garage() {
  Story story;
  story.events.header = {"id", "customer", "kind", "at", "asset", "value", "unit"};
  story.occasion =
      "name = 'service'\nevery = { months = 6, km = 10000 }\nsince = ['service', 'delivery']\nmeter = 'km'";
  return story;
}

TEST(Interval, CountsFromTheLastServiceByTime) {
  Story story = garage();
  story.events.rows = {{"e1", "ada", "service", "2026-06-10", "car", "", ""}};
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-12-10T09:00:00Z email due"}));
}

TEST(Interval, CountsADeliveryOnlyWhileThereIsNoService) {
  Story story = garage();
  story.events.rows = {{"e1", "ada", "delivery", "2026-06-12", "car", "", ""}};
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-12-12T09:00:00Z email due"}));
  story.events.rows.push_back({"e2", "ada", "service", "2026-06-20", "car", "", ""});
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-12-12T09:00:00Z - withheld superseded",
                                  "ada service/1 2026-12-20T09:00:00Z email due"}));
}

TEST(Interval, KeepsAssetsApart) {
  Story story = garage();
  story.events.rows = {{"e1", "ada", "service", "2026-06-10", "car", "", ""},
                       {"e2", "ada", "service", "2026-06-12", "van", "", ""}};
  EXPECT_EQ(story.lines().size(), 2U);
}

// 50 km a day: 4 January 3,000 km; the mark of 13,000 km is 200 days after the service of 1 June at 3,000 km.
Story with_readings(const std::string& whichever) {
  Story story = garage();
  story.occasion += "\nwhichever = '" + whichever + "'";
  story.start = "2026-11-01T00:00Z";
  story.events.rows = {{"e1", "ada", "service", "2026-06-01", "car", "3000", "km"},
                       {"r1", "ada", "reading", "2026-06-11", "car", "3500", "km"},
                       {"r2", "ada", "reading", "2026-06-21", "car", "4000", "km"},
                       {"r3", "ada", "reading", "2026-07-01", "car", "4500", "km"}};
  return story;
}

TEST(Interval, ByTimeAndUseIsDueAtTheFirst) {
  // By time 1 December, by use 18 December.
  EXPECT_EQ(with_readings("first").lines(), (Lines{"ada service/1 2026-12-01T09:00:00Z email due"}));
}

TEST(Interval, ByTimeAndUseIsDueAtTheLater) {
  EXPECT_EQ(with_readings("later").lines(), (Lines{"ada service/1 2026-12-18T09:00:00Z email due"}));
}

TEST(Interval, IsDueOnTheDayOnWhichTheMarkIsMetExactly) {
  Story story = with_readings("first");
  story.events.rows.push_back({"r4", "ada", "reading", "2026-11-20", "car", "13000", "km"});
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-11-20T09:00:00Z email due"}));
}

TEST(Interval, KeepsItsKeyWhenTheForecastMoves) {
  Story story = with_readings("later");
  const Key before = story.plan().row(0).key;
  story.events.rows.push_back({"r4", "ada", "reading", "2026-07-11", "car", "5100", "km"});
  const Plan after = story.plan();
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after.row(0).key, before);
  EXPECT_NE(after.row(0).due, testing_story::at("2026-12-18T09:00Z"));
}

TEST(Interval, MayBeginWithAnother) {
  Story story;
  story.occasion = "name = 'service'\nevery = '6 months'\nfirst = '3 months'\nsince = ['service', 'delivery']";
  story.events.rows = {{"e1", "ada", "delivery", "2026-09-10"}};
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-12-10T09:00:00Z email due"}));
  story.events.rows = {{"e0", "ada", "delivery", "2026-01-10"}, {"e1", "ada", "service", "2026-06-10"}};
  EXPECT_EQ(story.lines(), (Lines{"ada service/1 2026-12-10T09:00:00Z email due"}));
}

TEST(Interval, OnAScheduleKeepsItsDate) {
  Story story;
  story.occasion = "name = 'mot'\nevery = '1 year'\nsince = 'inspection'\nrestart = 'scheduled'";
  story.events.rows = {{"e1", "ada", "inspection", "2024-12-10"}};
  EXPECT_EQ(story.lines(), (Lines{"ada mot/1 2026-12-10T09:00:00Z email due"}));
  // Three weeks late in 2025: the next one keeps its day.
  story.events.rows.push_back({"e2", "ada", "inspection", "2025-12-31"});
  EXPECT_EQ(story.lines(), (Lines{"ada mot/1 2026-12-10T09:00:00Z email due"}));
  // A month early in 2026: this one is done.
  story.events.rows.push_back({"e3", "ada", "inspection", "2026-11-10"});
  EXPECT_EQ(story.lines(), (Lines{"ada mot/1 2026-12-10T09:00:00Z - withheld superseded"}));
}

TEST(Interval, HasStepsBeforeAndAfterItsDay) {
  Story story = garage();
  story.occasion =
      "name = 'service'\nevery = '6 months'\nsince = 'service'\nsteps = [{ before = '1 week', at = '10:00' }, "
      "{ after = '10 days', audience = 'staff', channels = ['call'] }]";
  story.events.rows = {{"e1", "ada", "service", "2026-06-10", "", "", ""}};
  EXPECT_EQ(story.lines(),
            (Lines{"ada service/1 2026-12-03T10:00:00Z email due", "ada service/2 2026-12-20T09:00:00Z call due"}));
}

}  // namespace
}  // namespace courtesy
