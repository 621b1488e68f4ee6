// What a customer is worth, and the goodwill that was shown: who goes first where calls are scarce.
#include <gtest/gtest.h>

#include <courtesy/plan/goodwill.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Lines;
using testing_story::Story;

// Ada, Bob and Cat had their service on 3 December; staff call them on the 4th, one a day.
Story calls(const std::string& keys = "") {
  Story story;
  story.customers.rows = {{"ada"}, {"bob"}, {"cat"}};
  story.policy = "holds = []\ncapacity = [{ channels = ['call'], most = 1 }]";
  story.occasion =
      "name = 'ask'\non = 'service'\nafter = '1 day'\nat = '10:00'\naudience = 'staff'\nchannels = ['call']\n" + keys;
  for (const char* customer : {"ada", "bob", "cat"}) story.happened("service", "2026-12-03", {{"customer", customer}});
  return story;
}

// The customers in the order of their days.
std::string order(const Story& story) {
  std::string out;
  for (const std::string& line : story.lines()) out += (out.empty() ? "" : " ") + line.substr(0, 3);
  return out;
}

TEST(Goodwill, GoesBeforeValueAndBothBeforeTheRest) {
  Story story = calls();
  story.happened("purchase", "2026-01-10", {{"customer", "ada"}, {"value", "900"}});
  story.happened("purchase", "2026-01-10", {{"customer", "bob"}, {"value", "100"}});
  EXPECT_EQ(order(story), "ada bob cat");
  story.happened("feedback", "2026-11-30", {{"customer", "cat"}, {"value", "-1"}});
  EXPECT_EQ(order(story), "cat ada bob");
  // Who complains is heard, and does not overtake.
  story.happened("complaint", "2026-12-02", {{"customer", "bob"}});
  story.happened("reopened", "2026-12-02", {{"customer", "bob"}});
  EXPECT_EQ(order(story), "cat ada bob");
  story.happened("referral", "2026-12-02", {{"customer", "bob"}, {"ref", "dan"}});
  story.happened("paid", "2026-12-02", {{"customer", "bob"}});
  EXPECT_EQ(order(story), "bob cat ada");
}

TEST(Goodwill, OfWhoWasBroughtIsTheValueOfWhoBroughtThem) {
  Story story = calls();
  story.policy += "\ngoodwill = []";
  story.happened("purchase", "2026-01-10", {{"customer", "ada"}, {"value", "100"}});
  story.happened("purchase", "2026-01-10", {{"customer", "bob"}, {"value", "60"}});
  EXPECT_EQ(order(story), "ada bob cat");
  // Half of Ada's 300 beside Bob's 180.
  story.happened("referral", "2026-02-10", {{"customer", "bob"}, {"ref", "ada"}});
  EXPECT_EQ(order(story), "bob ada cat");
}

struct PointCase {
  const char* what;
  std::map<std::string, std::string> cells;  // of an event `paid` of ada's
  int points;
};

class GoodwillPoints : public testing::TestWithParam<PointCase> {};

TEST_P(GoodwillPoints, AreAPointForEachKindOfTheLastYear) {
  Story story = calls("priority = 5");
  story.happened("paid", "2026-11-01", GetParam().cells);
  const Plan plan = story.plan();
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Reminder row = plan.row(i);
    const int priority = priority_of(*plan.compiled, row.occasion, row.customer, row.due);
    EXPECT_EQ(priority, row.customer == 0 ? 5 + GetParam().points : 5) << GetParam().what;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Payments, GoodwillPoints,
    testing::Values(PointCase{"without a due day", {}, 1},
                    PointCase{"at the reminder's instant", {{"at", "2026-12-04T10:00Z"}}, 1},
                    PointCase{"after it", {{"at", "2026-12-04T10:01Z"}}, 0},
                    PointCase{"364 days before it", {{"at", "2025-12-05T00:00Z"}}, 1},
                    PointCase{"365 days before it", {{"at", "2025-12-04T23:59Z"}}, 0},
                    PointCase{"on the due date", {{"at", "2026-11-01T23:59Z"}, {"due", "2026-11-01"}}, 1},
                    PointCase{"the day after", {{"at", "2026-11-02T00:00Z"}, {"due", "2026-11-01"}}, 0},
                    PointCase{"by its date", {{"at", "2026-11-01"}, {"due", "2026-11-01"}}, 1},
                    PointCase{"at the due instant", {{"at", "2026-11-01T12:00Z"}, {"due", "2026-11-01T12:00Z"}}, 1},
                    PointCase{"a second later", {{"at", "2026-11-01T12:00:01Z"}, {"due", "2026-11-01T12:00Z"}}, 0},
                    PointCase{"of another kind", {{"kind", "referral"}}, 1},
                    PointCase{"of another kind that was due", {{"kind", "referral"}, {"due", "2026-10-01"}}, 1},
                    PointCase{"a complaint", {{"kind", "complaint"}}, 0},
                    PointCase{"a purchase", {{"kind", "purchase"}}, 0}));

TEST(Goodwill, CountsEachKindOnceAndOnlyThoseOfThePolicy) {
  Story story = calls();
  for (const char* day : {"2026-11-01", "2026-11-02"}) {
    story.happened("paid", day).happened("referral", day).happened("helped", day);
  }
  const auto points = [&] {
    const Plan plan = story.plan();
    const std::uint64_t kinds = goodwill_at(*plan.compiled, 0, at("2026-12-04T10:00Z"));
    return goodwill_names(*plan.compiled, kinds);
  };
  EXPECT_EQ(points(), "paid, referral");
  story.policy += "\ngoodwill = ['helped', 'paid', 'never']";
  EXPECT_EQ(points(), "helped, paid");
  story.policy.replace(story.policy.find("['helped'"), std::string::npos, "[]");
  EXPECT_EQ(points(), "");
}

TEST(LifetimeValueCondition, HearsWhatHappenedUpToTheReminder) {
  Story story = calls("when = { lifetime_value = { min = 300 } }");
  story.policy = "holds = []";
  story.happened("purchase", "2026-01-10", {{"customer", "ada"}, {"value", "100"}});
  story.happened("purchase", "2026-01-10", {{"customer", "bob"}, {"value", "99.99"}});
  story.happened("purchase", "2026-12-05", {{"customer", "cat"}, {"value", "900"}});
  const auto sorted = [&] {
    Lines lines = story.lines();
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const std::string withheld = " ask/1 2026-12-04T10:00:00Z - withheld condition_failed";
  const std::string due = " ask/1 2026-12-04T10:00:00Z call due";
  EXPECT_EQ(sorted(), (Lines{"ada" + due, "bob" + withheld, "cat" + withheld}));
  // 99.99 a year, for four years.
  story.policy += "\nvalue_years = 4";
  EXPECT_EQ(sorted(), (Lines{"ada" + due, "bob" + due, "cat" + withheld}));
}

}  // namespace
}  // namespace courtesy
