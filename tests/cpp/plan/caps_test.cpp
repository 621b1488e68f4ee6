// Gate 8: the most contacts that one customer, household or address gets in any run of days.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

// Thanked at ten on the day after each purchase.
Story thanks(const std::string& caps, const std::string& keys = "") {
  Story story;
  story.policy = "caps = [" + caps + "]";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + keys;
  return story;
}

struct CapCase {
  const char* what;
  const char* caps;
  std::vector<std::map<std::string, std::string>> contacts;
  const char* expected;  // of a purchase on 3 December, due on the 4th
  const char* keys = "";
};

class CapOfContacts : public testing::TestWithParam<CapCase> {};

TEST_P(CapOfContacts, CountsContactEvents) {
  Story story = thanks(GetParam().caps, GetParam().keys);
  for (const auto& cells : GetParam().contacts) story.happened("contact", cells.at("at"), cells);
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-") + GetParam().expected}) << GetParam().what;
}

using Cells = std::map<std::string, std::string>;
const Cells care_on_1st{{"at", "2026-12-01T11:00Z"}, {"channel", "email"}, {"note", "care"}};
const char* const one_a_week = "{ purposes = ['care'], most = 1, per = '7 days' }";
const char* const as_scheduled = "04T10:00:00Z email due";
// The run of seven days that begins on the 1st ends with the 7th.
const char* const on_the_8th = "08T10:00:00Z email deferred";

INSTANTIATE_TEST_SUITE_P(
    Contacts, CapOfContacts,
    testing::Values(
        CapCase{"none", one_a_week, {}, as_scheduled}, CapCase{"one", one_a_week, {care_on_1st}, on_the_8th},
        CapCase{"by a date", one_a_week, {{{"at", "2026-12-01"}, {"note", "care"}}}, on_the_8th},
        CapCase{"of another purpose", one_a_week, {{{"at", "2026-12-01"}, {"note", "service"}}}, as_scheduled},
        CapCase{"of a purpose that is not told", one_a_week, {{{"at", "2026-12-01"}}}, on_the_8th},
        CapCase{"on the desk", one_a_week, {{{"at", "2026-12-01"}, {"channel", "desk"}}}, as_scheduled},
        CapCase{"long ago", one_a_week, {{{"at", "2026-11-27"}, {"note", "care"}}}, as_scheduled},
        CapCase{"a day less long ago",
                one_a_week,
                {{{"at", "2026-11-28"}, {"note", "care"}}},
                "05T10:00:00Z email deferred"},
        CapCase{"room for another", "{ purposes = ['care'], most = 2, per = '7 days' }", {care_on_1st}, as_scheduled},
        CapCase{"of one of its purposes",
                "{ purposes = ['offer', 'care'], most = 1, per = '7 days' }",
                {{{"at", "2026-12-01"}, {"note", "offer"}}},
                on_the_8th},
        CapCase{"of none of the reminder's",
                "{ purposes = ['offer'], most = 1, per = '7 days' }",
                {{{"at", "2026-12-01"}, {"note", "offer"}}},
                as_scheduled},
        // What is known to come counts as well: the run of the 3rd to the 5th has two already, and the 6th is in none.
        CapCase{"on both sides",
                "{ purposes = ['care'], most = 2, per = '3 days' }",
                {{{"at", "2026-12-03"}, {"note", "care"}}, {{"at", "2026-12-05"}, {"note", "care"}}},
                "06T10:00:00Z email deferred"},
        CapCase{"the strictest cap",
                "{ purposes = ['care'], most = 1, per = '2 days' }, { purposes = ['care'], most = 1, per = '7 days' }",
                {care_on_1st},
                on_the_8th}));

INSTANTIATE_TEST_SUITE_P(Months, CapOfContacts,
                         testing::Values(
                             // A month that begins on 5 November ends with 4 December.
                             CapCase{"its last day",
                                     "{ purposes = ['care'], most = 1, per = '1 month' }",
                                     {{{"at", "2026-11-05"}, {"note", "care"}}},
                                     "05T10:00:00Z email deferred"},
                             CapCase{"the day after",
                                     "{ purposes = ['care'], most = 1, per = '1 month' }",
                                     {{{"at", "2026-11-04"}, {"note", "care"}}},
                                     as_scheduled}));

INSTANTIATE_TEST_SUITE_P(
    Refused, CapOfContacts,
    testing::Values(
        // The 5th and the 6th are refused too, and the 7th is out of reach.
        CapCase{"beyond the tolerance",
                one_a_week,
                {care_on_1st},
                "06T10:00:00Z email withheld capped",
                "tolerance = '2 days'"},
        CapCase{"beyond what it is good for",
                one_a_week,
                {care_on_1st},
                "07T10:00:00Z email withheld capped",
                "expires = '3 days'"},
        CapCase{"good for just so long", one_a_week, {care_on_1st}, on_the_8th, "expires = '4 days'"},
        CapCase{
            "not at all", one_a_week, {care_on_1st}, "04T10:00:00Z email withheld capped", "tolerance = '0 days'"}));

TEST(Cap, CountsWhatIsPlanned) {
  // Due on the 4th and the 6th; the run of the 4th ends with the 10th.
  Story story = thanks(one_a_week);
  story.happened("purchase", "2026-12-03").happened("purchase", "2026-12-05");
  EXPECT_EQ(story.lines(),
            (Lines{"ada thanks/1 2026-12-04T10:00:00Z email due", "ada thanks/1 2026-12-11T10:00:00Z email deferred"}));
}

TEST(Cap, DoesNotCountWhatIsDueBeforeTheWindow) {
  // What was due on 30 November has gone out, and a contact tells of it, or it has not.
  Story story = thanks(one_a_week);
  story.happened("purchase", "2026-11-29").happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z email due"});
}

TEST(Cap, GoesByTheCustomersCivilDays) {
  // Half past eleven at night on the 4th and half past midnight on the 5th in New York: one UTC day, two civil ones.
  Story story = thanks("{ purposes = ['care'], most = 1, per = '1 day' }");
  story.customers = {{"id", "zone"}, {{"ada", "America/New_York"}}};
  story.occasion =
      "name = 'late'\non = 'purchase'\nafter = '1 day'\nat = '23:30'\n[[occasion]]\n"
      "name = 'early'\non = 'purchase'\nafter = '2 days'\nat = '00:30'";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(),
            (Lines{"ada late/1 2026-12-05T04:30:00Z email due", "ada early/1 2026-12-05T05:30:00Z email due"}));
  story.policy = "caps = [{ purposes = ['care'], most = 1, per = '2 days' }]";
  EXPECT_EQ(story.lines(),
            (Lines{"ada late/1 2026-12-05T04:30:00Z email due", "ada early/1 2026-12-06T05:30:00Z email deferred"}));
}

TEST(Cap, NeitherCountsNorRefusesTheDesk) {
  // Staff are reminded on their desk, which reaches no customer; a call does.
  Story story = thanks(one_a_week);
  story.occasion =
      "name = 'ask'\non = 'purchase'\nafter = '1 day'\naudience = 'staff'\n"
      "steps = [{ at = '10:00' }, { at = '11:00', channels = ['call'] }]";
  story.happened("contact", "2026-11-29", {{"note", "care"}}).happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(),
            (Lines{"ada ask/1 2026-12-04T10:00:00Z desk due", "ada ask/2 2026-12-06T11:00:00Z call deferred"}));
}

TEST(Cap, CountsWhatWasMeantForTheDeskAndGoesOutByAnotherChannel) {
  Story story = thanks(one_a_week);
  story.policy += "\nchannels = ['desk']";
  story.customers = {{"id", "channels"}, {{"ada", "email"}}};
  story.happened("purchase", "2026-12-03").happened("purchase", "2026-12-03");
  const Plan made = story.plan();
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(iso_text(made.row(0).due), "2026-12-04T10:00:00Z");
  EXPECT_EQ(iso_text(made.row(1).due), "2026-12-11T10:00:00Z") << "deferred by seven days";
}

TEST(Cap, CountsManyDaysOfAHouseholdQuickly) {
  Story story = thanks("{ purposes = ['care'], most = 2001, per = '365 days', scope = 'household' }");
  story.customers = {{"id", "household"}, {{"ada", "h"}, {"bob", "h"}}};
  for (int i = 0; i < 2000; ++i) {
    const std::string day = iso_text(Day{std::chrono::year{2026} / 1 / 1} + std::chrono::days{i % 330});
    story.happened("contact", day, {{"customer", "bob"}, {"channel", "email"}});
  }
  for (int i = 0; i < 3; ++i) story.happened("purchase", "2026-12-03");
  std::vector<ReasonCode> reasons;
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) reasons.push_back(made.row(i).reason);
  // One is the 2,001st of the year. No run of 365 days lets the others in within a week.
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), ReasonCode::due), 1);
}

TEST(Cap, LetsTheHigherPriorityGoFirst) {
  Story story = thanks("{ purposes = ['care'], most = 1, per = '1 day' }");
  story.occasion =
      "name = 'early'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\n[[occasion]]\n"
      "name = 'important'\non = 'purchase'\nafter = '1 day'\nat = '15:00'\npriority = 5";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), (Lines{"ada important/1 2026-12-04T15:00:00Z email due",
                                  "ada early/1 2026-12-05T09:00:00Z email deferred"}));
}

TEST(Cap, NeverRefusesWhatStaffSendNowAndCountsIt) {
  Story story = thanks(one_a_week);
  story.happened("purchase", "2026-12-03", {{"note", ""}, {"ref", ""}});
  const std::string key = story.key();
  story.happened("contact", "2026-12-04", {{"note", "care"}}).happened("send_now", "2026-12-05T12:00Z", {{"ref", key}});
  // Sent on the 5th although there was a contact on the 4th. The next one is due on the 11th and waits for the 12th.
  story.happened("purchase", "2026-12-10");
  EXPECT_EQ(story.lines(), (Lines{"ada thanks/1 2026-12-05T12:00:00Z email send_now",
                                  "ada thanks/1 2026-12-12T10:00:00Z email deferred"}));
}

class CapByScope : public testing::TestWithParam<const char*> {};

TEST_P(CapByScope, CountsTogetherWhoSharesACell) {
  // Ada and Bob share one; the cells of Cat and Dan are empty, and they share nothing. Bob is worth more to the shop.
  const std::string scope = GetParam();
  Story story = thanks("{ purposes = ['care'], most = 1, per = '7 days', scope = '" + scope + "' }");
  story.customers = {{"id", scope}, {{"ada", "one"}, {"bob", "one"}, {"cat", ""}, {"dan", ""}, {"eve", "two"}}};
  for (const char* customer : {"ada", "bob", "cat", "dan", "eve"}) {
    story.happened("purchase", "2026-12-03",
                   {{"customer", customer}, {"value", std::string(customer) == "bob" ? "30" : "20"}});
  }
  Lines lines = story.lines();
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines,
            (Lines{"ada thanks/1 2026-12-11T10:00:00Z email deferred", "bob thanks/1 2026-12-04T10:00:00Z email due",
                   "cat thanks/1 2026-12-04T10:00:00Z email due", "dan thanks/1 2026-12-04T10:00:00Z email due",
                   "eve thanks/1 2026-12-04T10:00:00Z email due"}));
}

TEST_P(CapByScope, CountsAContactWithAnotherOfThem) {
  const std::string scope = GetParam();
  Story story = thanks("{ purposes = ['care'], most = 1, per = '7 days', scope = '" + scope + "' }");
  story.customers = {{"id", scope}, {{"ada", "one"}, {"bob", "one"}}};
  story.happened("contact", "2026-12-01", {{"customer", "bob"}, {"note", "care"}}).happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-08T10:00:00Z email deferred"});
}

INSTANTIATE_TEST_SUITE_P(Columns, CapByScope, testing::Values("household", "address"));

TEST(Cap, OfAHouseholdWithoutAColumnIsOfTheCustomer) {
  Story story = thanks("{ purposes = ['care'], most = 1, per = '7 days', scope = 'household' }");
  story.customers.rows = {{"ada"}, {"bob"}};
  story.happened("contact", "2026-12-01", {{"customer", "bob"}, {"note", "care"}}).happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z email due"});
}

}  // namespace
}  // namespace courtesy
