// Deadlines: reminders before and after what an event promises, and before the stricter internal target.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Rows;
using testing_story::Story;

struct DeadlineCase {
  const char* what;
  const char* promised;  // when
  const char* due;
  const char* keys;
  const char* expected;  // the instant; empty for none
  const char* zone = "Europe/London";
};

class DeadlineDue : public testing::TestWithParam<DeadlineCase> {};

TEST_P(DeadlineDue, CountsFromTheDueOrTheTarget) {
  const DeadlineCase& test = GetParam();
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", test.zone}}};
  story.occasion = std::string("name = 'promise'\ndue = 'promise'\nat = '09:00'\n") + test.keys;
  story.start = "2026-10-01T00:00Z";
  story.end = "2027-05-01T00:00Z";
  story.happened("promise", test.promised, {{"due", test.due}});
  const Plan made = story.plan();
  ASSERT_EQ(made.size(), std::string(test.expected).empty() ? 0U : 1U) << test.what;
  if (made.size() == 0) return;
  EXPECT_EQ(iso_text(made.row(0).due), test.expected) << test.what;
  EXPECT_EQ(iso_text(made.row(0).anchor), std::string(test.due).substr(0, 10)) << "the anchor is what was promised";
}

// Nobody can be reminded of a promise that is not made yet.
INSTANTIATE_TEST_SUITE_P(
    TargetsThatLieBefore, DeadlineDue,
    testing::Values(DeadlineCase{"a target longer before than was promised", "2026-12-01", "2026-12-11",
                                 "target = { before = '30 days' }\naudience = 'staff'", "2026-12-01T09:00:00Z"},
                    DeadlineCase{"to the minute", "2026-12-01T10:20Z", "2026-12-03T12:00Z",
                                 "target = { before = '5 days' }\naudience = 'staff'\nafter = '1 hour'",
                                 "2026-12-01T11:20:00Z"},
                    DeadlineCase{"hours before a date's end", "2026-12-01T10:20Z", "2026-12-01",
                                 "target = { before = '20 hours' }\naudience = 'staff'\nafter = '1 hour'",
                                 "2026-12-01T11:20:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, DeadlineDue,
    testing::Values(
        DeadlineCase{"on the day", "2026-12-01", "2026-12-15", "", "2026-12-15T09:00:00Z"},
        DeadlineCase{"days before a date", "2026-12-01", "2026-12-15", "before = '2 days'", "2026-12-13T09:00:00Z"},
        DeadlineCase{"a month after it", "2026-12-01", "2026-12-15", "after = '1 month'", "2027-01-15T09:00:00Z"},
        DeadlineCase{"hours before a date's end", "2026-12-01", "2026-12-15", "before = '3 hours'",
                     "2026-12-15T21:00:00Z"},
        DeadlineCase{"hours after a date's end", "2026-12-01", "2026-12-15", "after = '90 minutes'",
                     "2026-12-16T01:30:00Z"},
        DeadlineCase{"hours before a date's end in New York", "2026-12-01", "2026-12-15", "before = '3 hours'",
                     "2026-12-16T02:00:00Z", "America/New_York"},
        // The day on which London's clocks go forward has 23 hours and ends at 23:00 UTC, …
        DeadlineCase{"before the end of a short day", "2027-03-01", "2027-03-28", "before = '23 hours'",
                     "2027-03-28T00:00:00Z"},
        // … and that on which they go back has 25, and begins at 23:00 UTC of the day before.
        DeadlineCase{"before the end of a long day", "2026-10-01", "2026-10-25", "before = '25 hours'",
                     "2026-10-24T23:00:00Z"},
        DeadlineCase{"none without a due", "2026-12-01", "", "", ""}));

INSTANTIATE_TEST_SUITE_P(
    Instants, DeadlineDue,
    testing::Values(DeadlineCase{"days before an instant count from its day", "2026-12-01", "2026-12-15T15:00Z",
                                 "before = '2 days'", "2026-12-13T09:00:00Z"},
                    DeadlineCase{"hours from the instant", "2026-12-01", "2026-12-15T15:00Z", "before = '3 hours'",
                                 "2026-12-15T12:00:00Z"},
                    // Noon in London before the clocks change is 13:00 on the wall a day of 24 hours later.
                    DeadlineCase{"hours over the change of the clocks", "2027-03-01", "2027-03-27T12:00Z",
                                 "after = '24 hours'", "2027-03-28T12:00:00Z"},
                    DeadlineCase{"days over the change of the clocks", "2027-03-01", "2027-03-27T12:00Z",
                                 "after = '1 day'", "2027-03-28T08:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Targets, DeadlineDue,
    testing::Values(
        // Ten days were promised: six of them, and the staff are asked on the 7th.
        DeadlineCase{"staff count from the target", "2026-12-01", "2026-12-11", "target = 0.6\naudience = 'staff'",
                     "2026-12-07T09:00:00Z"},
        DeadlineCase{"customers from the due", "2026-12-01", "2026-12-11", "target = 0.6", "2026-12-11T09:00:00Z"},
        DeadlineCase{"unless against says otherwise", "2026-12-01", "2026-12-11", "target = 0.6\nagainst = 'target'",
                     "2026-12-07T09:00:00Z"},
        DeadlineCase{"of staff too", "2026-12-01", "2026-12-11", "target = 0.6\naudience = 'staff'\nagainst = 'due'",
                     "2026-12-11T09:00:00Z"},
        DeadlineCase{"a step before it", "2026-12-01", "2026-12-11",
                     "target = 0.6\nsteps = [{ before = '1 day', audience = 'staff' }]", "2026-12-06T09:00:00Z"},
        // 0.6 of nine days is 5.4.
        DeadlineCase{"whole days, rounded down", "2026-12-01", "2026-12-10", "target = 0.6\naudience = 'staff'",
                     "2026-12-06T09:00:00Z"},
        // 0.29 × 100 is 28.999999999999996 in doubles, and 29 on paper.
        DeadlineCase{"a share that is whole but for the last bits", "2026-11-15", "2027-02-23",
                     "target = 0.29\naudience = 'staff'", "2026-12-14T09:00:00Z"},
        // A quarter of ten days after noon is midnight two and a half days later.
        DeadlineCase{"a share of instants", "2026-12-01T12:00Z", "2026-12-11T12:00Z",
                     "target = 0.25\nsteps = [{ after = '2 hours', audience = 'staff' }]", "2026-12-04T02:00:00Z"},
        // A quarter of ten seconds is 2.5.
        DeadlineCase{"to the second, rounded down", "2026-12-05T12:00:00Z", "2026-12-05T12:00:10Z",
                     "target = 0.25\nsteps = [{ after = '1 hour', audience = 'staff' }]", "2026-12-05T13:00:02Z"},
        DeadlineCase{"days before the due", "2026-12-01", "2026-12-15",
                     "target = { before = '4 days' }\naudience = 'staff'", "2026-12-11T09:00:00Z"},
        DeadlineCase{"hours before an instant", "2026-12-01", "2026-12-15T15:00Z",
                     "target = { before = '36 hours' }\nsteps = [{ before = '1 hour', audience = 'staff' }]",
                     "2026-12-14T02:00:00Z"},
        // 36 hours before the end of the 15th is noon of the 14th.
        DeadlineCase{"hours before a date's end", "2026-12-01", "2026-12-15",
                     "target = { before = '36 hours' }\nsteps = [{ before = '1 hour', audience = 'staff' }]",
                     "2026-12-14T11:00:00Z"},
        DeadlineCase{"of what was promised for the same day", "2026-12-05", "2026-12-05",
                     "target = 0.6\naudience = 'staff'", "2026-12-05T09:00:00Z"},
        DeadlineCase{"of what was promised for the past", "2026-12-05T12:00Z", "2026-12-04T12:00Z",
                     "target = 0.6\nsteps = [{ after = '1 hour', audience = 'staff' }]", "2026-12-04T13:00:00Z"}));

TEST(Deadline, OfACustomerElsewhereIsSaidToStaffInTheShopsZone) {
  // The 15th ends in New York at five in the morning in London; three hours before that is two.
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", "America/New_York"}}};
  story.occasion = "name = 'promise'\ndue = 'promise'\nsteps = [{ before = '3 hours', audience = 'staff' }]";
  story.happened("promise", "2026-12-01", {{"due", "2026-12-15"}});
  EXPECT_EQ(story.lines(), Lines{"ada promise/1 2026-12-16T02:00:00Z desk due"});
}

struct KeptCase {
  const char* what;
  const char* kind;
  const char* at;
  const char* ref;
  Lines expected;
};

class DeadlineKept : public testing::TestWithParam<KeptCase> {};

// Two promises, for the 15th and the 20th; what is said of them two days before.
TEST_P(DeadlineKept, EndsThePromiseThatItAnswers) {
  Story story;
  story.occasion = "name = 'promise'\ndue = 'promise'\nbefore = '2 days'";
  story.happened("promise", "2026-12-01", {{"id", "p1"}, {"due", "2026-12-15"}, {"ref", ""}});
  story.happened("promise", "2026-12-02", {{"id", "p2"}, {"due", "2026-12-20"}});
  story.happened(GetParam().kind, GetParam().at, {{"ref", GetParam().ref}});
  EXPECT_EQ(story.lines(), GetParam().expected) << GetParam().what;
}

const std::string first = "ada promise/1 2026-12-13T09:00:00Z ";
const std::string second = "ada promise/1 2026-12-18T09:00:00Z ";

INSTANTIATE_TEST_SUITE_P(
    Answers, DeadlineKept,
    testing::Values(
        KeptCase{"both, where it names none",
                 "kept",
                 "2026-12-10",
                 "",
                 {first + "- withheld ended", second + "- withheld ended"}},
        KeptCase{"the first alone", "kept", "2026-12-10", "p1", {first + "- withheld ended", second + "email due"}},
        KeptCase{"the second alone", "kept", "2026-12-10", "p2", {first + "email due", second + "- withheld ended"}},
        KeptCase{"both, where it names what is no promise",
                 "kept",
                 "2026-12-10",
                 "case 7",
                 {first + "- withheld ended", second + "- withheld ended"}},
        KeptCase{"a broken one is over too",
                 "broken",
                 "2026-12-10",
                 "p1",
                 {first + "- withheld ended", second + "email due"}},
        KeptCase{"not before it was promised", "kept", "2026-11-30", "", {first + "email due", second + "email due"}},
        KeptCase{"only what comes later", "kept", "2026-12-14", "", {first + "email due", second + "- withheld ended"}},
        KeptCase{
            "another kind ends nothing", "delivery", "2026-12-10", "p1", {first + "email due", second + "email due"}}));

TEST(Deadline, OfAnotherKindIsNotKept) {
  Story story;
  story.occasion = "name = 'guarantee'\ndue = 'guarantee'\nbefore = '2 days'";
  story.happened("guarantee", "2024-12-15", {{"due", "2026-12-15"}}).happened("kept", "2026-12-10");
  EXPECT_EQ(story.lines(), Lines{"ada guarantee/1 2026-12-13T09:00:00Z email due"});
}

TEST(Deadline, SaysWhyThereIsNone) {
  Story story;
  story.occasion = "name = 'promise'\ndue = 'promise'";
  story.happened("promise", "2026-12-01", {{"due", ""}});
  const Plan made = story.plan();
  EXPECT_EQ(made.size(), 0U);
  EXPECT_EQ(why_not(made, 0, "promise").at(0).reasons.back().code, ReasonCode::no_due);
}

}  // namespace
}  // namespace courtesy
