// Conditions on how many events there were, and on what their values add up to, within a period or ever.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct Happened {
  const char* kind;
  const char* at;
  const char* value = "";
  const char* unit = "";
  const char* asset = "";
  const char* topic = "";
};

struct ConditionCase {
  const char* what;
  const char* when;
  std::vector<Happened> events;
  bool holds;
  const char* zone = "Europe/London";
};

class EventCondition : public testing::TestWithParam<ConditionCase> {};

// A check of the car is due on 4 December at ten in the morning in London, of what happened before.
TEST_P(EventCondition, HoldsAtTheInstantAndOverThePeriod) {
  const ConditionCase& test = GetParam();
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", test.zone}}};
  story.assets = {{"id", "customer"}, {{"car", "ada"}, {"van", "ada"}}};
  story.occasion =
      std::string("name = 'check'\non = 'delivery'\nafter = '1 day'\nat = '10:00'\naudience = 'staff'\nwhen = ") +
      test.when;
  story.happened("delivery", "2026-12-03", {{"asset", "car"}, {"value", ""}, {"unit", ""}});
  for (const Happened& each : test.events) {
    story.happened(each.kind, each.at,
                   {{"value", each.value}, {"unit", each.unit}, {"asset", each.asset}, {"topic", each.topic}});
  }
  const std::string expected = test.holds ? "desk due" : "- withheld condition_failed";
  EXPECT_EQ(story.lines(), Lines{"ada check/1 2026-12-04T10:00:00Z " + expected}) << test.what;
}

INSTANTIATE_TEST_SUITE_P(
    Counts, EventCondition,
    testing::Values(
        ConditionCase{"none of none", "{ count = { kind = 'visit', max = 0 } }", {}, true},
        ConditionCase{"one of none", "{ count = { kind = 'visit', min = 1 } }", {}, false},
        ConditionCase{"both bounds are inclusive",
                      "{ count = { kind = 'visit', min = 2, max = 2 } }",
                      {{"visit", "2020-01-01"}, {"visit", "2026-12-01"}},
                      true},
        ConditionCase{"too many",
                      "{ count = { kind = 'visit', max = 1 } }",
                      {{"visit", "2020-01-01"}, {"visit", "2026-12-01"}},
                      false},
        ConditionCase{"several kinds",
                      "{ count = { kind = ['visit', 'call'], min = 2 } }",
                      {{"visit", "2020-01-01"}, {"call", "2026-12-01"}, {"letter", "2026-12-01"}},
                      true},
        ConditionCase{"of no other kind",
                      "{ count = { kind = ['visit', 'call'], min = 3 } }",
                      {{"visit", "2020-01-01"}, {"call", "2026-12-01"}, {"letter", "2026-12-01"}},
                      false},
        ConditionCase{"up to the very instant",
                      "{ count = { kind = 'visit', min = 1 } }",
                      {{"visit", "2026-12-04T10:00Z"}},
                      true},
        ConditionCase{
            "not a minute later", "{ count = { kind = 'visit', min = 1 } }", {{"visit", "2026-12-04T10:01Z"}}, false},
        // A date begins with the day.
        ConditionCase{"of the day itself", "{ count = { kind = 'visit', min = 1 } }", {{"visit", "2026-12-04"}}, true},
        // Ten days before the 4th is 24 November, which is no longer one of them.
        ConditionCase{"the first day of the period",
                      "{ count = { kind = 'visit', over = '10 days', min = 1 } }",
                      {{"visit", "2026-11-25"}},
                      true},
        ConditionCase{"the day before it",
                      "{ count = { kind = 'visit', over = '10 days', min = 1 } }",
                      {{"visit", "2026-11-24T23:59Z"}},
                      false},
        ConditionCase{"a month",
                      "{ count = { kind = 'visit', over = '1 month', min = 1 } }",
                      {{"visit", "2026-11-05T00:00Z"}},
                      true},
        ConditionCase{"more than a month",
                      "{ count = { kind = 'visit', over = '1 month', min = 1 } }",
                      {{"visit", "2026-11-04"}},
                      false},
        // Four in the morning of 25 November in London is the evening of the 24th in New York.
        ConditionCase{"days are the customer's",
                      "{ count = { kind = 'visit', over = '10 days', min = 1 } }",
                      {{"visit", "2026-11-25T04:00Z"}},
                      false,
                      "America/New_York"},
        ConditionCase{"of the asset",
                      "{ asset = { count = { kind = 'repair', min = 1 } } }",
                      {{"repair", "2026-12-01", "", "", "car"}},
                      true},
        ConditionCase{"of another asset",
                      "{ asset = { count = { kind = 'repair', min = 1 } } }",
                      {{"repair", "2026-12-01", "", "", "van"}},
                      false},
        ConditionCase{
            "of no asset", "{ asset = { count = { kind = 'repair', min = 1 } } }", {{"repair", "2026-12-01"}}, false},
        ConditionCase{"of the customer, whatever the asset",
                      "{ count = { kind = 'repair', min = 1 } }",
                      {{"repair", "2026-12-01", "", "", "van"}},
                      true},
        ConditionCase{"about a topic",
                      "{ count = { kind = 'feedback', topic = 'waiting', min = 1, max = 1 } }",
                      {{"feedback", "2026-12-01", "", "", "", "waiting"},
                       {"feedback", "2026-12-01", "", "", "", "coffee"},
                       {"feedback", "2026-12-01"}},
                      true},
        ConditionCase{"about one of several",
                      "{ count = { kind = 'feedback', topic = ['waiting', 'coffee'], min = 2, max = 2 } }",
                      {{"feedback", "2026-12-01", "", "", "", "waiting"},
                       {"feedback", "2026-12-01", "", "", "", "coffee"},
                       {"feedback", "2026-12-01", "", "", "", "music"}},
                      true},
        ConditionCase{"not", "{ not = { count = { kind = 'visit', min = 1 } } }", {}, true},
        ConditionCase{"one of several",
                      "{ any = [{ count = { kind = 'visit', min = 1 } }, { spend = { min = 5 } }] }",
                      {{"purchase", "2026-12-01", "5"}},
                      true}));

INSTANTIATE_TEST_SUITE_P(
    Sums, EventCondition,
    testing::Values(
        ConditionCase{
            "of purchases where no kind is named",
            "{ spend = { min = 30 } }",
            {{"purchase", "2026-12-01", "10"}, {"purchase", "2026-12-02", "20"}, {"visit", "2026-12-02", "9"}},
            true},
        ConditionCase{
            "not enough",
            "{ spend = { min = 30.01 } }",
            {{"purchase", "2026-12-01", "10"}, {"purchase", "2026-12-02", "20"}, {"visit", "2026-12-02", "9"}},
            false},
        ConditionCase{"of a kind",
                      "{ spend = { kind = 'visit', min = 9 } }",
                      {{"purchase", "2026-12-01", "1"}, {"visit", "2026-12-02", "9"}},
                      true},
        // In doubles 0.1 + 0.2 is 0.30000000000000004, and 0.7 + 0.1 is 0.7999999999999999.
        ConditionCase{"cents are not too much",
                      "{ spend = { max = 0.3 } }",
                      {{"purchase", "2026-12-01", "0.1"}, {"purchase", "2026-12-02", "0.2"}},
                      true},
        ConditionCase{"cents are not too little",
                      "{ spend = { min = 0.8 } }",
                      {{"purchase", "2026-12-01", "0.7"}, {"purchase", "2026-12-02", "0.1"}},
                      true},
        ConditionCase{
            "a cent is a cent", "{ spend = { max = 1000.00 } }", {{"purchase", "2026-12-01", "1000.01"}}, false},
        ConditionCase{"in a unit alone",
                      "{ spend = { min = 30, unit = 'EUR' } }",
                      {{"purchase", "2026-12-01", "29", "EUR"},
                       {"purchase", "2026-12-02", "20", "GBP"},
                       {"purchase", "2026-12-02", "20"}},
                      false},
        ConditionCase{
            "about a topic",
            "{ spend = { kind = 'feedback', topic = 'waiting', max = -1 } }",
            {{"feedback", "2026-12-01", "-1", "", "", "waiting"}, {"feedback", "2026-12-01", "5", "", "", "coffee"}},
            true},
        ConditionCase{"in any unit",
                      "{ spend = { min = 69 } }",
                      {{"purchase", "2026-12-01", "29", "EUR"},
                       {"purchase", "2026-12-02", "20", "GBP"},
                       {"purchase", "2026-12-02", "20"}},
                      true},
        ConditionCase{"what has no value adds nothing", "{ spend = { max = 0 } }", {{"purchase", "2026-12-01"}}, true},
        ConditionCase{"over a period",
                      "{ spend = { over = '365 days', min = 500 } }",
                      {{"purchase", "2025-12-04", "400"}, {"purchase", "2026-12-01", "100"}},
                      false},
        ConditionCase{"from its first day on",
                      "{ spend = { over = '365 days', min = 500 } }",
                      {{"purchase", "2025-12-05", "400"}, {"purchase", "2026-12-01", "100"}},
                      true},
        ConditionCase{"money back",
                      "{ spend = { max = 0 } }",
                      {{"purchase", "2026-12-01", "30"}, {"purchase", "2026-12-02", "-30"}},
                      true},
        ConditionCase{"for the asset",
                      "{ asset = { spend = { min = 30 } } }",
                      {{"purchase", "2026-12-01", "20", "", "car"}, {"purchase", "2026-12-02", "20", "", "van"}},
                      false}));

TEST(EventConditions, AreAskedAgainWhereAReminderIsMoved) {
  // Scheduled for Saturday 5 December and moved to Monday; on Sunday there was a visit too many.
  Story story;
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  story.occasion =
      "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nmove = 'next business day'\n"
      "when = { count = { kind = 'visit', max = 0 } }";
  story.happened("purchase", "2026-12-04").happened("visit", "2026-12-06");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T09:00:00Z email withheld condition_failed"});
}

TEST(EventConditions, OfNoAssetAreOfNoEvents) {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nwhen = { asset = { count = { kind = 'purchase', max = 5 } } }";
  story.happened("purchase", "2026-12-04");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T09:00:00Z email due"});
  story.occasion = "name = 'thanks'\non = 'purchase'\nwhen = { asset = { count = { kind = 'purchase', min = 1 } } }";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T09:00:00Z - withheld condition_failed"});
}

}  // namespace
}  // namespace courtesy
