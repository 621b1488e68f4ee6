// Gate 5: what happened makes reminders wait, until it is settled and a while longer.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

// Bought on Thursday 3 December; thanked on the 4th at ten.
Story thanks(const std::string& keys = "") {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + keys;
  story.happened("purchase", "2026-12-03", {{"ref", ""}});
  return story;
}

struct Said {
  const char* kind;
  const char* at;
  const char* id = "";
  const char* ref = "";
};

struct HoldCase {
  const char* what;
  std::vector<Said> events;
  const char* expected;
  const char* keys = "";
  const char* policy = "";
};

class Hold : public testing::TestWithParam<HoldCase> {};

TEST_P(Hold, LetsRemindersWait) {
  Story story = thanks(GetParam().keys);
  story.policy = GetParam().policy;
  for (const Said& each : GetParam().events) {
    std::map<std::string, std::string> cells{{"ref", each.ref}};
    if (!std::string(each.id).empty()) cells["id"] = each.id;
    story.happened(each.kind, each.at, cells);
  }
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-") + GetParam().expected}) << GetParam().what;
}

const char* const as_scheduled = "04T10:00:00Z email due";
const char* const with_no_end = "04T10:00:00Z email withheld on_hold";
const char* const on_the_tenth = "10T10:00:00Z email moved";

INSTANTIATE_TEST_SUITE_P(
    Open, Hold,
    testing::Values(
        HoldCase{"a complaint holds care", {{"complaint", "2026-12-02"}}, with_no_end},
        HoldCase{"from its instant on", {{"complaint", "2026-12-04T10:00Z"}}, with_no_end},
        HoldCase{"not before", {{"complaint", "2026-12-04T10:01Z"}}, as_scheduled},
        HoldCase{"an offer",
                 {{"complaint", "2026-12-02"}},
                 with_no_end,
                 "purpose = 'offer'",
                 "consent = { offer = 'not needed' }"},
        HoldCase{"not a service", {{"complaint", "2026-12-02"}}, as_scheduled, "purpose = 'service'"},
        HoldCase{"what is reopened is open", {{"reopened", "2026-12-02"}}, with_no_end},
        HoldCase{"nothing where the policy says so", {{"complaint", "2026-12-02"}}, as_scheduled, "", "holds = []"},
        HoldCase{"the kinds and purposes of the policy",
                 {{"dispute", "2026-12-02"}},
                 with_no_end,
                 "purpose = 'service'",
                 "holds = [{ after = 'dispute', purposes = ['service'] }]"},
        HoldCase{"no others",
                 {{"complaint", "2026-12-02"}},
                 as_scheduled,
                 "",
                 "holds = [{ after = 'dispute', until = 'settled' }]"}));

// Dates alone do not say which of two events of a day came first: what settles follows what it settles.
INSTANTIATE_TEST_SUITE_P(OnOneDay, Hold,
                         testing::Values(HoldCase{"settled on the day, whatever the ids",
                                                  {{"resolution", "2026-11-01", "a"}, {"complaint", "2026-11-01", "b"}},
                                                  as_scheduled},
                                         HoldCase{"and the other way round",
                                                  {{"resolution", "2026-11-01", "b"}, {"complaint", "2026-11-01", "a"}},
                                                  as_scheduled},
                                         HoldCase{"opened again on the day",
                                                  {{"complaint", "2026-11-01", "c"},
                                                   {"resolution", "2026-11-01", "b"},
                                                   {"reopened", "2026-11-01", "a"}},
                                                  with_no_end},
                                         HoldCase{"a complaint at an hour, settled some time that day",
                                                  {{"complaint", "2026-11-01T10:00Z"}, {"resolution", "2026-11-01"}},
                                                  as_scheduled},
                                         HoldCase{
                                             "not settled at an hour before it",
                                             {{"complaint", "2026-11-01T10:00Z"}, {"resolution", "2026-11-01T09:00Z"}},
                                             with_no_end},
                                         HoldCase{"a cool-down without end",
                                                  {{"complaint", "2026-11-01"}, {"resolution", "2026-11-02"}},
                                                  with_no_end,
                                                  "",
                                                  "holds = [{ cool_down = '8000 years' }]"}));

INSTANTIATE_TEST_SUITE_P(
    Resolved, Hold,
    testing::Values(
        // The 3rd and seven days: the 10th is the first day on which it is free.
        HoldCase{
            "a week after it is resolved", {{"complaint", "2026-12-01"}, {"resolution", "2026-12-03"}}, on_the_tenth},
        // The 12th is eight days after the 4th.
        HoldCase{
            "but not beyond the tolerance", {{"complaint", "2026-12-01"}, {"resolution", "2026-12-05"}}, with_no_end},
        HoldCase{"unless there is more",
                 {{"complaint", "2026-12-01"}, {"resolution", "2026-12-05"}},
                 "12T10:00:00Z email moved",
                 "tolerance = '8 days'"},
        HoldCase{"nor past its expiry",
                 {{"complaint", "2026-12-01"}, {"resolution", "2026-12-03"}},
                 with_no_end,
                 "expires = '5 days'"},
        HoldCase{"at its expiry",
                 {{"complaint", "2026-12-01"}, {"resolution", "2026-12-03"}},
                 on_the_tenth,
                 "expires = '6 days'"},
        HoldCase{"long ago", {{"complaint", "2026-11-01"}, {"resolution", "2026-11-27"}}, as_scheduled},
        HoldCase{"not quite so long ago",
                 {{"complaint", "2026-11-01"}, {"resolution", "2026-11-28"}},
                 "05T10:00:00Z email moved"},
        HoldCase{"not before it was made", {{"resolution", "2026-12-01"}, {"complaint", "2026-12-02"}}, with_no_end},
        HoldCase{"once it is known, though it lies ahead",
                 {{"complaint", "2026-12-02"}, {"resolution", "2026-12-04T11:00Z"}},
                 "11T10:00:00Z email moved"},
        HoldCase{"a day at least",
                 {{"complaint", "2026-12-02"}, {"resolution", "2026-12-04T08:00Z"}},
                 "05T10:00:00Z email moved",
                 "",
                 "holds = [{ after = 'complaint', cool_down = '0 days' }]"},
        // Friday the 4th, Monday, and free on Tuesday the 8th.
        HoldCase{"business days",
                 {{"complaint", "2026-12-02"}, {"resolution", "2026-12-04T08:00Z"}},
                 "08T10:00:00Z email moved",
                 "",
                 "business_days = { weekend = ['sat', 'sun'] }\nholds = [{ after = 'complaint', cool_down = '2 "
                 "business days' }]"},
        HoldCase{"where it names the complaint",
                 {{"complaint", "2026-12-01", "c1"}, {"resolution", "2026-12-03", "", "c1"}},
                 on_the_tenth},
        HoldCase{"or what the complaint was about",
                 {{"complaint", "2026-12-01", "c1", "order 5"}, {"resolution", "2026-12-03", "", "order 5"}},
                 on_the_tenth},
        HoldCase{
            "or nothing", {{"complaint", "2026-12-01", "c1", "order 5"}, {"resolution", "2026-12-03"}}, on_the_tenth},
        HoldCase{"not where it names another",
                 {{"complaint", "2026-12-01", "c1", "order 5"}, {"resolution", "2026-12-03", "", "order 6"}},
                 with_no_end}));

INSTANTIATE_TEST_SUITE_P(
    Several, Hold,
    testing::Values(
        HoldCase{"each waits for its own end",
                 {{"complaint", "2026-12-01", "c1"},
                  {"complaint", "2026-12-02", "c2"},
                  {"resolution", "2026-12-03", "", "c1"}},
                 with_no_end},
        HoldCase{"one that names none ends all",
                 {{"complaint", "2026-12-01", "c1"}, {"complaint", "2026-12-02", "c2"}, {"resolution", "2026-12-03"}},
                 on_the_tenth},
        HoldCase{"the last one to end",
                 {{"complaint", "2026-12-01", "c1"},
                  {"complaint", "2026-12-01", "c2"},
                  {"resolution", "2026-12-02", "", "c2"},
                  {"resolution", "2026-12-03", "", "c1"}},
                 on_the_tenth},
        // Free on the 10th, were it not open again since the 5th.
        HoldCase{"reopened",
                 {{"complaint", "2026-12-01"}, {"resolution", "2026-12-03"}, {"reopened", "2026-12-05"}},
                 with_no_end},
        // The first resolution ends the complaint, the second what was reopened: the 6th and seven days.
        HoldCase{"and resolved again",
                 {{"complaint", "2026-12-01"},
                  {"resolution", "2026-12-02"},
                  {"reopened", "2026-12-05"},
                  {"resolution", "2026-12-06"}},
                 "13T10:00:00Z email moved",
                 "tolerance = '14 days'"},
        // The complaint's ends with the 4th, the dispute's with the 6th.
        HoldCase{"holds of the policy",
                 {{"complaint", "2026-12-01"},
                  {"dispute", "2026-12-02"},
                  {"resolution", "2026-12-03"},
                  {"settled", "2026-12-03"}},
                 "07T10:00:00Z email moved",
                 "",
                 "holds = [{ after = 'complaint', cool_down = '2 days' }, { after = 'dispute', until = 'settled', "
                 "cool_down = '4 days' }]"}));

// Free on Saturday the 5th: resolved on the 4th, and a day.
const std::string a_day =
    "holds = [{ after = 'complaint', cool_down = '1 day' }]\nbusiness_days = { weekend = ['sat', 'sun'] }";

TEST(Holding, IsLeftForwardWhateverTheMove) {
  for (const std::string move : {"next business day", "previous business day", "modified preceding"}) {
    Story story = thanks("move = '" + move + "'");
    story.policy = a_day;
    story.happened("complaint", "2026-12-02").happened("resolution", "2026-12-04T08:00Z");
    EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T10:00:00Z email moved"}) << move;
  }
}

TEST(Holding, MayBeginAfterAMove) {
  // Scheduled for Saturday the 5th, moved to Monday the 7th; the complaint of Sunday is resolved on the 8th.
  Story story;
  story.policy = a_day;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nmove = 'next business day'";
  story.happened("purchase", "2026-12-04").happened("complaint", "2026-12-06").happened("resolution", "2026-12-08");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-09T10:00:00Z email moved"});
}

TEST(Holding, IsLeftThroughTheOtherGates) {
  // Free on the 10th; consent was withdrawn on the 8th.
  Story story = thanks("purpose = 'care'");
  story.happened("complaint", "2026-12-01").happened("resolution", "2026-12-03").happened("withdrawal", "2026-12-08");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-10T10:00:00Z email withheld consent_withdrawn"});
}

TEST(Holding, OfWhatIsSaidToStaffIsOnTheCustomersDays) {
  // Auckland is 13 hours ahead. Resolved at one in the morning of the 4th there, free there on the 6th: which begins at
  // eleven in the morning of the 5th in London. What is scheduled at two in the afternoon goes out on the 5th.
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", "Pacific/Auckland"}}};
  story.policy = "holds = [{ after = 'complaint', cool_down = '2 days' }]";
  story.occasion = "name = 'ask'\non = 'purchase'\nafter = '1 day'\naudience = 'staff'\nat = '14:00'";
  story.happened("purchase", "2026-12-03")
      .happened("complaint", "2026-12-03")
      .happened("resolution", "2026-12-03T12:00Z");
  EXPECT_EQ(story.lines(), Lines{"ada ask/1 2026-12-05T14:00:00Z desk moved"});
  // At ten it is still the 5th there.
  story.occasion = "name = 'ask'\non = 'purchase'\nafter = '1 day'\naudience = 'staff'\nat = '10:00'";
  EXPECT_EQ(story.lines(), Lines{"ada ask/1 2026-12-06T10:00:00Z desk moved"});
}

TEST(Holding, ReachesIntoTheWindow) {
  // Scheduled in November, free in December.
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  story.happened("purchase", "2026-11-27").happened("complaint", "2026-11-20").happened("resolution", "2026-11-25");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-02T10:00:00Z email moved"});
  story.start = "2026-11-01T00:00Z";
  story.end = "2026-12-01T00:00Z";
  EXPECT_EQ(story.lines(), Lines{});
}

}  // namespace
}  // namespace courtesy
