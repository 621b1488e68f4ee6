// Between gates 7 and 8: which gesture a reminder brings, and what the month's budget has room for.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::gestures_of;
using testing_story::Lines;
using testing_story::Story;
using Cells = std::map<std::string, std::string>;

const char* const three = "{ name = 'card', cost = 2 }, { name = 'wash', cost = 10 }, { name = 'flowers', cost = 25 }";

// Thanked at ten on the day after each visit; purchases say what a customer is worth.
Story thanks(const std::string& gestures, const std::string& policy = "", const std::string& keys = "") {
  Story story;
  story.customers = {{"id", "tier"}, {{"ada", "gold"}, {"bob", "silver"}, {"cid", ""}}};
  story.policy = policy;
  story.occasion =
      "name = 'thanks'\non = 'visit'\nafter = '1 day'\nat = '10:00'\ngestures = [" + gestures + "]\n" + keys;
  return story;
}

struct TurnCase {
  const char* what;
  std::vector<std::pair<const char*, const char*>> contacts;  // topic and time
  const char* expected;                                       // of a visit on 3 December 2026, due on the 4th
  const char* keys = "";
};

class TurnOfGestures : public testing::TestWithParam<TurnCase> {};

TEST_P(TurnOfGestures, GivesTheLeastFamiliar) {
  Story story = thanks(three, "", GetParam().keys);
  for (const auto& [topic, when] : GetParam().contacts) story.happened("contact", when, {{"topic", topic}});
  story.happened("visit", "2026-12-03");
  EXPECT_EQ(gestures_of(story.plan()), Lines{std::string("ada thanks 2026-12-04T10:00:00Z ") + GetParam().expected})
      << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Contacts, TurnOfGestures,
    testing::Values(
        TurnCase{"none before", {}, "card 2"}, TurnCase{"one before", {{"card", "2026-11-04"}}, "wash 10"},
        TurnCase{"three thank-you cards",
                 {{"card", "2026-01-04"}, {"card", "2026-02-04"}, {"card", "2026-03-04"}},
                 "wash 10"},
        TurnCase{"each once: the one longest ago",
                 {{"wash", "2026-01-04"}, {"card", "2026-02-04"}, {"flowers", "2026-03-04"}},
                 "wash 10"},
        TurnCase{"fewer times go before longer ago",
                 {{"card", "2026-01-04"}, {"card", "2026-02-04"}, {"wash", "2026-03-04"}, {"flowers", "2026-04-04"}},
                 "wash 10"},
        // Later than 4 December 2024 counts.
        TurnCase{"two years and a day ago",
                 {{"card", "2024-12-03"}, {"wash", "2026-03-04"}, {"flowers", "2026-04-04"}},
                 "card 2"},
        TurnCase{"two years ago, and therefore longer ago than the other",
                 {{"card", "2024-12-04"}, {"wash", "2024-12-05"}, {"flowers", "2026-04-04"}},
                 "card 2"},
        TurnCase{"only what is newer than the time of novelty is counted",
                 {{"card", "2026-11-01"}, {"card", "2026-11-02"}, {"wash", "2026-11-20"}, {"flowers", "2026-11-21"}},
                 "card 2",
                 "novelty = '14 days'"},
        TurnCase{"of old ones the one longest ago",
                 {{"wash", "2026-11-01"}, {"card", "2026-11-02"}, {"flowers", "2026-11-03"}},
                 "wash 10",
                 "novelty = '14 days'"},
        TurnCase{"one never received goes before old ones",
                 {{"card", "2026-11-01"}, {"flowers", "2026-11-03"}},
                 "wash 10",
                 "novelty = '14 days'"},
        TurnCase{"what comes after the due is not heard", {{"card", "2026-12-04T10:00:01Z"}}, "card 2"},
        TurnCase{"what comes at the due is", {{"card", "2026-12-04T10:00:00Z"}}, "wash 10"},
        TurnCase{"a topic that is no gesture", {{"cards", "2026-11-04"}}, "card 2"},
        TurnCase{"of two at one instant the later one in the order of events is the last",
                 {{"card", "2026-11-04"}, {"wash", "2026-11-04"}},
                 "flowers 25"}));

TEST(Gestures, TakeTurnsInOnePlan) {
  Story story = thanks(three);
  for (const char* day : {"2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"}) story.happened("visit", day);
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-12-02T10:00:00Z card 2",  //
                   "ada thanks 2026-12-09T10:00:00Z wash 10", "ada thanks 2026-12-16T10:00:00Z flowers 25",
                   "ada thanks 2026-12-23T10:00:00Z card 2"}));
}

TEST(Gestures, AreForThoseOfWhomTheirConditionHolds) {
  Story story = thanks("{ name = 'wine', cost = 30, when = { tier = 'gold' } }, { name = 'card', cost = 2 }");
  story.happened("visit", "2026-12-03").happened("visit", "2026-12-03", {{"customer", "bob"}});
  // Bob's card is the only one he may have, and the second time it would be the last one again.
  story.happened("visit", "2026-12-10").happened("visit", "2026-12-11", {{"customer", "bob"}});
  EXPECT_EQ(gestures_of(story.plan({.withheld = true})).size(), 4U);
  const Plan plan = story.plan();
  const auto lines = gestures_of(plan);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "ada thanks 2026-12-04T10:00:00Z wine 30"), 1);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "bob thanks 2026-12-04T10:00:00Z card 2"), 1);
  EXPECT_EQ(lines[2], "ada thanks 2026-12-11T10:00:00Z card 2");
  EXPECT_EQ(lines[3], "bob thanks 2026-12-12T10:00:00Z (not_granted)");
  EXPECT_EQ(std::get<std::string>(explain(plan, plan.row(3)).reasons.back().data[0].second), "repeated");
}

TEST(Gestures, MayBeTheSameAgainWhereThereIsNoOther) {
  Story story = thanks("{ name = 'card', cost = 2 }");
  story.happened("visit", "2026-12-03").happened("visit", "2026-12-10");
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-12-04T10:00:00Z card 2", "ada thanks 2026-12-11T10:00:00Z card 2"}));
}

TEST(Gestures, AreNotGrantedWhereNoConditionHolds) {
  Story story = thanks("{ name = 'wine', cost = 30, when = { tier = 'gold' } }");
  story.happened("visit", "2026-12-03", {{"customer", "bob"}});
  const Plan plan = story.plan();
  EXPECT_EQ(gestures_of(plan), Lines{"bob thanks 2026-12-04T10:00:00Z (not_granted)"});
  const Decision told = explain(plan, plan.row(0));
  EXPECT_EQ(told.reminder.state, State::withheld);
  EXPECT_EQ(std::get<std::string>(told.reasons.back().data[0].second), "condition");
  EXPECT_EQ(story.plan({.withheld = false}).size(), 0U);
}

TEST(Gestures, TellWhatWasHadBefore) {
  Story story = thanks("{ name = 'card', cost = 2 }");
  story.happened("contact", "2024-06-01", {{"topic", "card"}}).happened("contact", "2025-06-01", {{"topic", "card"}});
  story.happened("contact", "2026-06-01", {{"topic", "card"}}).happened("visit", "2026-12-03");
  const Plan plan = story.plan();
  const std::vector<Reason> reasons = explain(plan, plan.row(0)).reasons;
  const Reason& reason = reasons[reasons.size() - 2];
  ASSERT_EQ(reason.code, ReasonCode::gesture);
  EXPECT_EQ(std::get<std::string>(reason.data[0].second), "card");
  EXPECT_EQ(std::get<double>(reason.data[1].second), 2);
  EXPECT_EQ(std::get<std::int64_t>(reason.data[2].second), 2);
  EXPECT_EQ(std::get<Day>(reason.data[3].second), *parse_date("2026-06-01"));
}

TEST(Gestures, StayWithWhatIsDeferred) {
  Story story = thanks(three, "caps = [{ purposes = ['care'], most = 1, per = '3 days' }]");
  story.happened("visit", "2026-12-03").happened("visit", "2026-12-04");
  // The second is due on the 5th, and has room on the 7th.
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-12-04T10:00:00Z card 2", "ada thanks 2026-12-07T10:00:00Z wash 10"}));
  EXPECT_EQ(story.lines().back(), "ada thanks/1 2026-12-07T10:00:00Z email deferred");
}

TEST(Gestures, OfEarlierMonthsWereReceivedWhenTheyWentOut) {
  // The card is due on 11 November and refused until the 15th, the wash goes out on the 12th: the card came last.
  Story story =
      thanks("{ name = 'card' }, { name = 'wash' }", "caps = [{ purposes = ['care'], most = 1, per = '6 days' }]");
  story.occasion +=
      "\n[[occasion]]\nname = 'parts'\non = 'parts'\nat = '10:00'\npurpose = 'service'\n"
      "gestures = [{ name = 'card' }, { name = 'wash' }]";
  story.start = "2026-11-01T00:00Z";
  story.happened("contact", "2026-11-09", {{"channel", "email"}, {"note", "care"}});
  story.happened("visit", "2026-11-10").happened("parts", "2026-11-12").happened("visit", "2026-12-20");
  const Lines whole{"ada parts 2026-11-12T10:00:00Z wash 0", "ada thanks 2026-11-15T10:00:00Z card 0",
                    "ada thanks 2026-12-21T10:00:00Z wash 0"};
  EXPECT_EQ(gestures_of(story.plan()), whole);
  // The same where the plan begins so late that it looks at December alone.
  Story first = story;
  first.end = "2026-12-19T00:00Z";
  Story later = story;
  later.went_out(first.plan());
  later.start = "2026-12-19T00:00Z";
  EXPECT_EQ(gestures_of(later.plan()), Lines{whole.back()});
  // In the same month what counts is when they fell due: a parts of the 20th follows a wash.
  story.happened("parts", "2026-11-20");
  EXPECT_EQ(gestures_of(story.plan())[2], "ada parts 2026-11-20T10:00:00Z card 0");
}

TEST(Gestures, ThatWereCappedInAnEarlierMonthWereNotReceived) {
  const std::string once = "caps = [{ purposes = ['care'], most = 1, per = '9 days' }]";
  Story story = thanks("{ name = 'card' }, { name = 'wash' }", once, "tolerance = '0 days'");
  story.start = "2026-11-01T00:00Z";
  story.happened("visit", "2026-11-10").happened("visit", "2026-11-11").happened("visit", "2026-12-10");
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-11-11T10:00:00Z card 0", "ada thanks 2026-11-12T10:00:00Z (wash 0)",
                   "ada thanks 2026-12-11T10:00:00Z wash 0"}));
}

TEST(Gestures, ComeWithWhatStaffSendAtOnce) {
  Story story = thanks(three);
  story.happened("visit", "2026-12-20");
  const std::string key = story.key();
  story.happened("send_now", "2026-12-05T12:00Z", {{"ref", key}});
  EXPECT_EQ(gestures_of(story.plan()), Lines{"ada thanks 2026-12-05T12:00:00Z card 2"});
  Story broke = thanks(three, "budgets = [{ most = 1 }]");
  broke.happened("visit", "2026-12-20").happened("send_now", "2026-12-05T12:00Z", {{"ref", key}});
  EXPECT_EQ(gestures_of(broke.plan()), Lines{"ada thanks 2026-12-05T12:00:00Z send_now"});
}

// --- budgets

TEST(Budget, GoesToTheMoreValuable) {
  // Ada has bought for 100, Bob for 300, Cid for nothing: 6 pays for three cards at most.
  Story story = thanks("{ name = 'card', cost = 2.5 }", "budgets = [{ most = 6 }]");
  story.happened("purchase", "2026-05-01", {{"value", "100"}});
  story.happened("purchase", "2026-05-01", {{"customer", "bob"}, {"value", "300"}});
  story.happened("visit", "2026-12-01", {{"customer", "cid"}}).happened("visit", "2026-12-03");
  story.happened("visit", "2026-12-20", {{"customer", "bob"}});
  const Plan plan = story.plan();
  EXPECT_EQ(gestures_of(plan),
            (Lines{"cid thanks 2026-12-02T10:00:00Z (over_budget)", "ada thanks 2026-12-04T10:00:00Z card 2.5",
                   "bob thanks 2026-12-21T10:00:00Z card 2.5"}));
  const Reason last = explain(plan, plan.row(0)).reasons.back();
  EXPECT_EQ(last.code, ReasonCode::over_budget);
  EXPECT_EQ(std::get<Day>(last.data[0].second), *parse_date("2026-12-01"));
  EXPECT_EQ(std::get<double>(last.data[1].second), 6);
}

TEST(Budget, LooksAtWholeMonthsHoweverShortTheWindow) {
  Story story = thanks("{ name = 'card', cost = 2.5 }", "budgets = [{ most = 2.5 }]");
  story.happened("purchase", "2026-05-01", {{"customer", "bob"}, {"value", "300"}});
  story.happened("visit", "2026-12-01").happened("visit", "2026-12-20", {{"customer", "bob"}});
  story.end = "2026-12-08T00:00Z";
  EXPECT_EQ(gestures_of(story.plan()), Lines{"ada thanks 2026-12-02T10:00:00Z (over_budget)"});
  story.start = "2026-12-15T00:00Z";
  story.end = "2026-12-31T00:00Z";
  EXPECT_EQ(gestures_of(story.plan()), Lines{"bob thanks 2026-12-21T10:00:00Z card 2.5"});
}

TEST(Budget, GivesWayToTheNextGestureThatFits) {
  Story story = thanks("{ name = 'flowers', cost = 25 }, { name = 'card', cost = 2 }", "budgets = [{ most = 30 }]");
  story.happened("visit", "2026-12-01").happened("visit", "2026-12-02", {{"customer", "bob"}});
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-12-02T10:00:00Z flowers 25", "bob thanks 2026-12-03T10:00:00Z card 2"}));
}

struct SpentCase {
  const char* what;
  Cells contact;
  const char* expected;  // of a visit on 3 December 2026, where the card of 2 would take all of the budget
};

class SpentBudget : public testing::TestWithParam<SpentCase> {};

TEST_P(SpentBudget, CountsContacts) {
  Story story = thanks("{ name = 'card', cost = 2 }", "budgets = [{ most = 2, occasions = ['thanks'] }]");
  story.occasion += "\n[[occasion]]\nname = 'other'\non = 'other'\ngestures = [{ name = 'wash', cost = 1 }]";
  Cells cells = GetParam().contact;
  cells.emplace("customer", "bob");
  cells.emplace("topic", "card");
  cells.emplace("value", "1");
  story.happened("contact", cells.at("at"), cells).happened("visit", "2026-12-03");
  EXPECT_EQ(gestures_of(story.plan()), Lines{std::string("ada thanks 2026-12-04T10:00:00Z ") + GetParam().expected})
      << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Contacts, SpentBudget,
    testing::Values(SpentCase{"of the month", {{"at", "2026-12-01"}}, "(over_budget)"},
                    SpentCase{"later in the month", {{"at", "2026-12-31"}}, "(over_budget)"},
                    SpentCase{"of the month before", {{"at", "2026-11-30"}}, "card 2"},
                    SpentCase{"of the month after", {{"at", "2027-01-01"}}, "card 2"},
                    SpentCase{"of an instant in the shop's month", {{"at", "2026-12-31T23:59Z"}}, "(over_budget)"},
                    SpentCase{"of another gesture", {{"at", "2026-12-01"}, {"topic", "wash"}}, "card 2"},
                    SpentCase{"of no gesture", {{"at", "2026-12-01"}, {"topic", "late"}}, "card 2"},
                    SpentCase{"for nothing", {{"at", "2026-12-01"}, {"value", ""}}, "card 2"}));

TEST(Budget, IsOfTheShopsMonth) {
  // Half past midnight of 1 December in Auckland is still November in London.
  Story story = thanks("{ name = 'card', cost = 2 }", "budgets = [{ most = 2 }]", "");
  story.customers = {{"id", "zone"}, {{"ada", "Pacific/Auckland"}, {"bob", "Europe/London"}}};
  story.start = "2026-11-25T00:00Z";
  story.happened("visit", "2026-11-30").happened("visit", "2026-11-30", {{"customer", "bob"}});
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada thanks 2026-11-30T21:00:00Z card 2", "bob thanks 2026-12-01T10:00:00Z card 2"}));
}

TEST(Budget, KeepsTheShareOfWhatWentOut) {
  Story story = thanks("{ name = 'card', cost = 2 }, { name = 'wash', cost = 3 }", "budgets = [{ most = 7 }]");
  for (const char* day : {"2026-12-01", "2026-12-05", "2026-12-15"}) {
    story.happened("visit", day).happened("visit", day, {{"customer", "bob"}});
  }
  const Lines whole = gestures_of(story.plan());
  Story first = story;
  first.end = "2026-12-12T00:00Z";
  const Plan early = first.plan();
  Story second = story;
  second.went_out(early);
  second.start = first.end;
  Lines halves = gestures_of(early);
  for (const std::string& line : gestures_of(second.plan())) halves.push_back(line);
  EXPECT_EQ(halves, whole);
  EXPECT_EQ(whole.size(), 6U);
}

TEST(Budget, CountsWhatWasDeferredIntoTheNextMonthInItsOwn) {
  // Due on 30 November, and deferred to 2 December by a contact of 28 November: December's budget is untouched.
  Story story = thanks("{ name = 'card', cost = 2 }",
                       "budgets = [{ most = 2 }]\n"
                       "caps = [{ purposes = ['care'], most = 1, per = '4 days' }]");
  story.start = "2026-11-29T00:00Z";
  story.happened("contact", "2026-11-28", {{"channel", "email"}, {"note", "care"}});
  story.happened("visit", "2026-11-29").happened("visit", "2026-12-14", {{"customer", "bob"}});
  const Lines expected{"ada thanks 2026-12-02T10:00:00Z card 2", "bob thanks 2026-12-15T10:00:00Z card 2"};
  EXPECT_EQ(gestures_of(story.plan()), expected);
  Story later = story;
  Story first = story;
  first.end = "2026-12-10T00:00Z";
  later.went_out(first.plan());
  later.start = first.end;
  EXPECT_EQ(gestures_of(later.plan()), Lines{expected.back()});
}

// --- compensation

const char* const by_tier =
    "compensation = [{ topic = ['late', 'broken'], when = { tier = 'gold' }, name = 'voucher', cost = 50 },"
    "{ topic = 'late', name = 'wash', cost = 10, message = 'sorry-wash' },"
    "{ when = { tier = 'gold' }, name = 'flowers', cost = 20 }]\nbudgets = [{ most = 0 }]";

Story sorry() {
  Story story = thanks(three, by_tier);
  story.occasion =
      "name = 'sorry'\non = 'complaint'\nafter = '1 day'\nat = '10:00'\npurpose = 'recovery'\nmessage = 'sorry'\n"
      "gestures = 'compensation'";
  return story;
}

struct OwedCase {
  const char* customer;
  const char* topic;
  const char* expected;
};

class OwedCompensation : public testing::TestWithParam<OwedCase> {};

TEST_P(OwedCompensation, IsTheFirstThatHolds) {
  Story story = sorry();
  story.happened("complaint", "2026-12-03", {{"customer", GetParam().customer}, {"topic", GetParam().topic}});
  EXPECT_EQ(gestures_of(story.plan()),
            Lines{std::string(GetParam().customer) + " sorry 2026-12-04T10:00:00Z " + GetParam().expected});
}

INSTANTIATE_TEST_SUITE_P(TiersAndTopics, OwedCompensation,
                         testing::Values(OwedCase{"ada", "late", "voucher 50"}, OwedCase{"ada", "broken", "voucher 50"},
                                         OwedCase{"ada", "rude", "flowers 20"}, OwedCase{"ada", "", "flowers 20"},
                                         OwedCase{"bob", "late", "wash 10"}, OwedCase{"bob", "broken", "(not_granted)"},
                                         OwedCase{"bob", "", "(not_granted)"}));

TEST(Compensation, KnowsTheTopicOfTheEventThatIsAnswered) {
  Story story = sorry();
  story.occasion.replace(story.occasion.find("on = 'complaint'"), 16, "on = 'reopened'");
  story.happened("complaint", "2026-11-20", {{"customer", "bob"}, {"topic", "late"}});
  story.happened("reopened", "2026-12-03", {{"customer", "bob"}, {"ref", "e1"}});
  EXPECT_EQ(gestures_of(story.plan()), Lines{"bob sorry 2026-12-04T10:00:00Z wash 10"});
}

TEST(Compensation, KnowsTheTopicOfTheShopsOwnCase) {
  Story story = sorry();
  story.occasion.replace(story.occasion.find("on = 'complaint'"), 16, "on = 'reopened'");
  story.happened("complaint", "2026-11-20", {{"customer", "bob"}, {"topic", "late"}, {"ref", "case 7"}});
  story.happened("reopened", "2026-12-03", {{"customer", "bob"}, {"ref", "case 7"}});
  story.happened("reopened", "2026-12-04", {{"customer", "bob"}, {"ref", "case 8"}});
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"bob sorry 2026-12-04T10:00:00Z wash 10", "bob sorry 2026-12-05T10:00:00Z (not_granted)"}));
}

TEST(Compensation, IsOwedAgainAndAgain) {
  Story story = sorry();
  story.happened("complaint", "2026-12-03", {{"topic", "late"}})
      .happened("complaint", "2026-12-04", {{"topic", "late"}});
  EXPECT_EQ(gestures_of(story.plan()),
            (Lines{"ada sorry 2026-12-04T10:00:00Z voucher 50", "ada sorry 2026-12-05T10:00:00Z voucher 50"}));
}

}  // namespace
}  // namespace courtesy
