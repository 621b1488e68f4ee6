// on = "broken": an apology for each promise that is broken, whether somebody says so or its time is over.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct Happened {
  const char* kind;
  const char* at;
  const char* due = "";
  const char* ref = "";
};

struct BreachCase {
  const char* what;
  std::vector<Happened> events;
  Lines expected;  // "2026-12-12T09:00:00Z due"
  const char* keys = "";
  const char* zone = "Europe/London";
};

Story sorry(const std::string& keys, const std::vector<Happened>& events, const char* zone = "Europe/London") {
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", zone}}};
  story.occasion = "name = 'sorry'\non = 'broken'\npurpose = 'recovery'\n" + keys;
  for (const Happened& each : events) story.happened(each.kind, each.at, {{"due", each.due}, {"ref", each.ref}});
  return story;
}

class Breach : public testing::TestWithParam<BreachCase> {};

TEST_P(Breach, IsApologisedFor) {
  const BreachCase& test = GetParam();
  Lines found;
  for (const std::string& line : sorry(test.keys, test.events, test.zone).lines()) {
    std::string text = line.substr(std::string("ada sorry/1 ").size());
    found.push_back(text.substr(0, text.find(' ')) + text.substr(text.rfind(' ')));
  }
  EXPECT_EQ(found, test.expected) << test.what;
}

const Happened made{"promise", "2026-12-01", "2026-12-11"};
const Happened by_three{"promise", "2026-12-01T09:00Z", "2026-12-11T15:00Z"};

INSTANTIATE_TEST_SUITE_P(
    Promises, Breach,
    testing::Values(
        BreachCase{"no word by the day", {made}, {"2026-12-12T09:00:00Z due"}},
        BreachCase{"kept early", {made, {"kept", "2026-12-05"}}, {}},
        BreachCase{"kept at the last hour", {made, {"kept", "2026-12-11T23:00Z"}}, {}},
        BreachCase{"kept late", {made, {"kept", "2026-12-13"}}, {"2026-12-12T09:00:00Z due"}},
        BreachCase{"said to be broken before", {made, {"broken", "2026-12-08"}}, {"2026-12-08T09:00:00Z due"}},
        BreachCase{"said to be broken later, it is no second one",
                   {made, {"broken", "2026-12-20"}},
                   {"2026-12-12T09:00:00Z due"}},
        BreachCase{"promised anew in time, for a day to come",
                   {made, {"renegotiated", "2026-12-10", "2026-12-18", "e1"}},
                   {"2026-12-19T09:00:00Z due"}},
        BreachCase{"promised anew and kept",
                   {made, {"renegotiated", "2026-12-10", "2026-12-18", "e1"}, {"kept", "2026-12-18", "", "e2"}},
                   {}},
        BreachCase{"promised anew when it was over",
                   {made, {"renegotiated", "2026-12-12", "2026-12-18", "e1"}},
                   {"2026-12-12T09:00:00Z due", "2026-12-19T09:00:00Z due"}},
        BreachCase{"nobody promised", {{"broken", "2026-12-08"}}, {"2026-12-08T09:00:00Z due"}},
        BreachCase{"nothing that is known",
                   {made, {"kept", "2026-12-05"}, {"broken", "2026-12-08"}},
                   {"2026-12-08T09:00:00Z due"}},
        BreachCase{"a promise without a day", {{"promise", "2026-12-01"}}, {}}));

INSTANTIATE_TEST_SUITE_P(
    Times, Breach,
    testing::Values(
        BreachCase{"a day later", {made}, {"2026-12-13T09:00:00Z due"}, "after = '1 day'"},
        BreachCase{"hours from midnight", {made}, {"2026-12-12T10:30:00Z due"}, "after = '630 minutes'"},
        BreachCase{"hours from the instant", {by_three}, {"2026-12-11T17:00:00Z due"}, "after = '2 hours'"},
        BreachCase{"hours from the word",
                   {made, {"broken", "2026-12-08T11:00Z"}},
                   {"2026-12-08T13:00:00Z due"},
                   "after = '2 hours'"},
        // At nine it may still be kept.
        BreachCase{"not before its time is over", {by_three}, {"2026-12-11T15:00:00Z due"}},
        BreachCase{"at its own time where that is later", {by_three}, {"2026-12-11T18:00:00Z due"}, "at = '18:00'"},
        BreachCase{"but for a warning before",
                   {by_three},
                   {"2026-12-10T09:00:00Z due"},
                   "steps = [{ before = '1 day', audience = 'staff' }]"},
        // The 11th in New York is over at five in the morning in London.
        BreachCase{"staff, on the shop's clock",
                   {made},
                   {"2026-12-12T05:00:00Z due"},
                   "audience = 'staff'\nat = '04:00'",
                   "America/New_York"},
        BreachCase{"again and again",
                   {made},
                   {"2026-12-12T09:00:00Z due", "2026-12-15T09:00:00Z due", "2026-12-18T09:00:00Z due"},
                   "repeat = '3 days'\ntimes = 3"}));

INSTANTIATE_TEST_SUITE_P(
    Ends, Breach,
    testing::Values(BreachCase{"settled after it",
                               {made, {"resolution", "2026-12-14"}},
                               {"2026-12-15T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"what was settled before it was something else",
                               {made, {"resolution", "2026-12-08"}},
                               {"2026-12-15T09:00:00Z due"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"on its very day, by its date",
                               {made, {"broken", "2026-12-08T11:00Z"}, {"resolution", "2026-12-08"}},
                               {"2026-12-11T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"the word that it was broken ends nothing",
                               {made, {"broken", "2026-12-08"}},
                               {"2026-12-11T09:00:00Z due"},
                               "after = '3 days'\nuntil = 'broken'"},
                    BreachCase{"by the name of the word",
                               {made, {"broken", "2026-12-08"}, {"resolution", "2026-12-09", "", "e2"}},
                               {"2026-12-11T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"by the name of the promise",
                               {made, {"broken", "2026-12-08", "", "e1"}, {"resolution", "2026-12-09", "", "e1"}},
                               {"2026-12-11T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"of one promise alone",
                               {made, {"promise", "2026-12-01", "2026-12-12"}, {"resolution", "2026-12-14", "", "e2"}},
                               {"2026-12-15T09:00:00Z due", "2026-12-16T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'resolution'"},
                    BreachCase{"kept after all",
                               {made, {"kept", "2026-12-14"}},
                               {"2026-12-15T09:00:00Z ended"},
                               "after = '3 days'\nuntil = 'kept'"}));

TEST(Breaches, StandBesideOtherKinds) {
  Story story = sorry("", {made, {"complaint", "2026-12-03"}});
  story.occasion = "name = 'sorry'\non = ['complaint', 'broken']\npurpose = 'recovery'";
  EXPECT_EQ(story.lines(),
            (Lines{"ada sorry/1 2026-12-03T09:00:00Z email due", "ada sorry/1 2026-12-12T09:00:00Z email due"}));
}

TEST(Breaches, SayWhatWasPromisedAndWhy) {
  struct Case {
    std::vector<Happened> events;
    const char* because;
    const char* day;
  };
  for (const Case& test :
       {Case{{made}, "due passed", "2026-12-12"}, Case{{made, {"broken", "2026-12-08"}}, "broken", "2026-12-08"}}) {
    const Plan plan = sorry("after = '1 day'", test.events).plan();
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_EQ(iso_text(plan.row(0).anchor), test.day);
    const Decision decision = explain(plan, plan.row(0));
    const Reason& reason = decision.reasons.front();
    EXPECT_EQ(reason.code, ReasonCode::breach);
    std::map<std::string, ReasonValue> data(reason.data.begin(), reason.data.end());
    EXPECT_EQ(std::get<std::string>(data["kind"]), "promise");
    EXPECT_EQ(std::get<std::string>(data["event"]), "e1");
    EXPECT_EQ(std::get<Day>(data["promised"]), *parse_date("2026-12-11"));
    EXPECT_EQ(std::get<std::string>(data["because"]), test.because);
    EXPECT_EQ(iso_text(std::get<Day>(data["day"])), test.day);
    EXPECT_EQ(std::get<std::string>(data["span"]), "1 day");
  }
}

TEST(Breaches, HaveOneKeyHoweverTheyAreKnown) {
  const std::string key = sorry("", {made}).key();
  EXPECT_EQ(sorry("", {made, {"broken", "2026-12-08"}}).key(), key);
  EXPECT_EQ(sorry("", {made, {"broken", "2026-12-20", "", "e1"}}).key(), key);
}

TEST(Breaches, AreNotMissedByWhyNot) {
  const Plan kept = sorry("", {made, {"kept", "2026-12-05"}}).plan();
  EXPECT_EQ(why_not(kept, 0, "sorry").front().reminder.reason, ReasonCode::no_event);
  const Plan later = sorry("", {{"promise", "2026-12-01", "2027-06-01"}}).plan();
  const Decision decision = why_not(later, 0, "sorry").front();
  EXPECT_EQ(decision.reminder.reason, ReasonCode::outside_window);
  EXPECT_EQ(std::get<Day>(decision.reasons.front().data.front().second), *parse_date("2027-06-02"));
}

TEST(Breaches, AreWarnedOfWhereNobodyPromises) {
  const auto warnings = [](const std::vector<Happened>& events) { return sorry("", events).plan().warnings; };
  EXPECT_EQ(warnings({made}), std::vector<std::string>{});
  EXPECT_EQ(warnings({{"visit", "2026-12-01"}}),
            std::vector<std::string>{"occasion 'sorry': on = 'broken', and no event is of that kind"});
  EXPECT_EQ(
      warnings({made, {"renegotiated", "2026-12-05", "", "e1"}}),
      std::vector<std::string>{"events, row 1, column 'due': a renegotiated says not what is promised in its place"});
}

struct HoldCase {
  const char* what;
  std::vector<Happened> events;
  const char* expected;
};

class HeldByABreach : public testing::TestWithParam<HoldCase> {};

// Bought on Monday 14 December and thanked on the 15th; the promise was for the 11th.
TEST_P(HeldByABreach, UntilItIsSettled) {
  Story story = sorry("", GetParam().events);
  story.policy = "holds = [{ after = ['complaint', 'broken'], until = 'resolution', cool_down = '2 days' }]";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  story.happened("purchase", "2026-12-14");
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-") + GetParam().expected}) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Holds, HeldByABreach,
    testing::Values(
        HoldCase{"kept", {made, {"kept", "2026-12-11"}}, "15T09:00:00Z email due"},
        HoldCase{"no word", {made}, "15T09:00:00Z email withheld on_hold"},
        HoldCase{"kept late is owed an apology", {made, {"kept", "2026-12-12"}}, "15T09:00:00Z email withheld on_hold"},
        HoldCase{"settled", {made, {"resolution", "2026-12-14"}}, "16T09:00:00Z email moved"},
        HoldCase{"settled by its name", {made, {"resolution", "2026-12-14", "", "e1"}}, "16T09:00:00Z email moved"},
        HoldCase{"settled before it", {made, {"resolution", "2026-12-10"}}, "15T09:00:00Z email withheld on_hold"},
        HoldCase{"another is settled",
                 {made, {"promise", "2026-12-01", "2026-12-05"}, {"resolution", "2026-12-14", "", "e2"}},
                 "15T09:00:00Z email withheld on_hold"},
        HoldCase{"said to be broken, and settled by the name of that",
                 {made, {"broken", "2026-12-08"}, {"resolution", "2026-12-14", "", "e2"}},
                 "16T09:00:00Z email moved"},
        HoldCase{"said to be broken when it was settled already",
                 {made, {"resolution", "2026-12-12"}, {"broken", "2026-12-14"}},
                 "15T09:00:00Z email due"},
        HoldCase{"nobody promised", {{"broken", "2026-12-08"}}, "15T09:00:00Z email withheld on_hold"},
        HoldCase{"not yet due", {{"promise", "2026-12-01", "2026-12-15"}}, "15T09:00:00Z email due"}));

TEST(HeldByABreach, NamesThePromise) {
  Story story = sorry("", {made});
  story.policy = "holds = [{ after = 'broken' }]";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  story.happened("purchase", "2026-12-14");
  const Plan plan = story.plan();
  const Reason reason = explain(plan, plan.row(0)).reasons.back();
  std::map<std::string, ReasonValue> data(reason.data.begin(), reason.data.end());
  EXPECT_EQ(std::get<std::string>(data["kind"]), "broken");
  EXPECT_EQ(std::get<std::string>(data["event"]), "e1");
  EXPECT_EQ(std::get<Day>(data["day"]), *parse_date("2026-12-12"));
}

}  // namespace
}  // namespace courtesy
