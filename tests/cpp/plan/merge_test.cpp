// Gate 9: a customer's reminders of one day become one contact with several reasons.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct MergeCase {
  const char* what;
  const char* first;   // keys of what is due at nine
  const char* second;  // keys of what is due at ten
  bool merged;
  const char* policy = "merge = true";
};

class Merge : public testing::TestWithParam<MergeCase> {};

// Bought on 3 December; two occasions speak of it on the 4th.
TEST_P(Merge, MakesOneContactOfTwoReminders) {
  Story story;
  story.policy = GetParam().policy;
  story.occasion = std::string("name = 'nine'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\n") + GetParam().first +
                   "\n[[occasion]]\nname = 'ten'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + GetParam().second;
  story.happened("purchase", "2026-12-03", {{"note", ""}, {"channel", ""}});
  story.happened("consent", "2026-12-04T09:30Z", {{"note", "offer"}});
  const Lines lines = story.lines();
  ASSERT_EQ(lines.size(), 2U) << GetParam().what;
  const bool merged = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.starts_with("ada ten/1 2026-12-04T09:00:00Z ") && line.ends_with(" merged into nine/1");
  });
  const bool apart = lines[0].starts_with("ada nine/1 2026-12-04T09:00:00Z ") &&
                     lines[1].starts_with("ada ten/1 2026-12-04T10:00:00Z ") && lines[1].ends_with(" due");
  EXPECT_EQ(merged, GetParam().merged) << GetParam().what << ": " << lines[1];
  EXPECT_EQ(apart, !GetParam().merged) << GetParam().what << ": " << lines[1];
}

const char* const front = "audience = 'staff'\nchannels = ['call']\nteam = 'front'";
const char* const back = "audience = 'staff'\nchannels = ['call']\nteam = 'back'";

INSTANTIATE_TEST_SUITE_P(
    Reminders, Merge,
    testing::Values(
        MergeCase{"of one channel", "", "", true}, MergeCase{"not where the policy does not say so", "", "", false, ""},
        MergeCase{"of a channel that the policy names", "", "", true, "merge = ['letter', 'email']"},
        MergeCase{"not of another channel of the policy's", "", "", false, "merge = ['letter']"},
        MergeCase{"not of two channels", "channels = ['email']", "channels = ['sms']", false},
        MergeCase{"of two purposes", "purpose = 'service'", "purpose = 'care'", true},
        MergeCase{"nothing joins a recovery", "purpose = 'recovery'", "", false},
        MergeCase{"nor does a recovery join", "", "purpose = 'recovery'", false},
        MergeCase{"of one team", front, front, true}, MergeCase{"not of two teams", front, back, false},
        MergeCase{"not of staff and customer", "audience = 'staff'\nchannels = ['call']", "channels = ['call']", false},
        // Consent to offers was given at half past nine.
        MergeCase{"not where consent is missing at that instant", "", "purpose = 'offer'", false},
        MergeCase{"not before its condition holds", "", "when = { count = { kind = 'consent', min = 1 } }", false}));

// What is due at eight, and a more important one at nine.
Story important(const std::string& keys) {
  Story story;
  story.policy = "merge = true";
  story.occasion = "name = 'eight'\non = 'purchase'\nafter = '1 day'\nat = '08:00'\n" + keys +
                   "\n[[occasion]]\nname = 'nine'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\npriority = 5";
  story.happened("purchase", "2026-12-03", {{"note", ""}});
  return story;
}

TEST(Merging, IsIntoTheOneThatGoesFirst) {
  Lines lines = important("").lines();
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (Lines{"ada eight/1 2026-12-04T09:00:00Z email merged into nine/1",
                          "ada nine/1 2026-12-04T09:00:00Z email due"}));
}

TEST(Merging, IsNotPastWhatAReminderIsGoodFor) {
  EXPECT_EQ(important("expires = '59 minutes'").lines(),
            (Lines{"ada eight/1 2026-12-04T08:00:00Z email due", "ada nine/1 2026-12-04T09:00:00Z email due"}));
  Lines lines = important("expires = '60 minutes'").lines();
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (Lines{"ada eight/1 2026-12-04T09:00:00Z email merged into nine/1",
                          "ada nine/1 2026-12-04T09:00:00Z email due"}));
}

TEST(Merging, IsNotIntoAHoldOrPastAnEnd) {
  // A complaint at half past eight: nine o'clock's is a service, which it does not hold.
  Story story = important("");
  story.occasion += "\npurpose = 'service'";
  story.happened("complaint", "2026-12-04T08:30Z");
  EXPECT_EQ(story.lines(),
            (Lines{"ada eight/1 2026-12-04T08:00:00Z email due", "ada nine/1 2026-12-04T09:00:00Z email due"}));
  story = important("until = 'visit'");
  story.happened("visit", "2026-12-04T08:30Z");
  EXPECT_EQ(story.lines(),
            (Lines{"ada eight/1 2026-12-04T08:00:00Z email due", "ada nine/1 2026-12-04T09:00:00Z email due"}));
}

TEST(Merging, IsOfOneCustomerAndCivilDay) {
  Story story;
  story.policy = "merge = true";
  story.customers = {{"id", "zone"}, {{"ada", "America/New_York"}, {"bob", "America/New_York"}}};
  // Eleven at night of the 4th and one in the morning of the 5th in New York are one day in London.
  story.occasion =
      "name = 'late'\non = 'purchase'\nafter = '1 day'\nat = '23:00'\n[[occasion]]\n"
      "name = 'early'\non = 'purchase'\nafter = '2 days'\nat = '01:00'";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(),
            (Lines{"ada late/1 2026-12-05T04:00:00Z email due", "ada early/1 2026-12-05T06:00:00Z email due"}));
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  story.happened("purchase", "2026-12-03", {{"customer", "bob"}});
  for (const std::string& line : story.lines()) EXPECT_TRUE(line.ends_with(" due")) << line;
}

TEST(Merging, IsNotOfWhatStaffSendNow) {
  // Sent at half past eight; what is due at nine is not joined to it.
  Story story = important("");
  Story alone = story;
  alone.occasion = "name = 'eight'\non = 'purchase'\nafter = '1 day'";
  story.happened("send_now", "2026-12-04T08:30Z", {{"ref", alone.key()}});
  EXPECT_EQ(story.lines(),
            (Lines{"ada eight/1 2026-12-04T08:30:00Z email send_now", "ada nine/1 2026-12-04T09:00:00Z email due"}));
}

TEST(Merging, CountsOnceForEachCap) {
  // One contact a day, and it says two things; the third is for the next day.
  Story story;
  story.policy = "merge = ['email']\ncaps = [{ purposes = ['care'], most = 1, per = '1 day' }]";
  story.occasion =
      "name = 'nine'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\n[[occasion]]\nname = 'ten'\n"
      "on = 'purchase'\nafter = '1 day'\nat = '10:00'\n[[occasion]]\nname = 'letter'\non = 'purchase'\n"
      "after = '1 day'\nat = '11:00'\nchannels = ['letter']";
  story.happened("purchase", "2026-12-03");
  Lines lines = story.lines();
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines,
            (Lines{"ada letter/1 2026-12-05T11:00:00Z letter deferred", "ada nine/1 2026-12-04T09:00:00Z email due",
                   "ada ten/1 2026-12-04T09:00:00Z email merged into nine/1"}));
}

TEST(Merging, NeedsRoomInACapThatTheContactDoesNotCountForYet) {
  // The week's service contact was on the 1st: what is due at ten cannot be said on the 4th, not even beside another.
  Story story;
  story.policy = "merge = true\ncaps = [{ purposes = ['service'], most = 1, per = '7 days' }]";
  story.occasion =
      "name = 'nine'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\n[[occasion]]\nname = 'ten'\n"
      "on = 'purchase'\nafter = '1 day'\nat = '10:00'\npurpose = 'service'";
  story.happened("purchase", "2026-12-03").happened("contact", "2026-12-01", {{"note", "service"}});
  EXPECT_EQ(story.lines(),
            (Lines{"ada nine/1 2026-12-04T09:00:00Z email due", "ada ten/1 2026-12-08T10:00:00Z email deferred"}));
}

TEST(Merging, CountsForTheCapsOfAllItsParts) {
  // What was said at nine of care and service is the week's only service contact.
  Story story;
  story.policy = "merge = true\ncaps = [{ purposes = ['service'], most = 1, per = '7 days' }]";
  story.occasion =
      "name = 'nine'\non = 'purchase'\nafter = '1 day'\nat = '09:00'\n[[occasion]]\nname = 'ten'\n"
      "on = 'purchase'\nafter = '1 day'\nat = '10:00'\npurpose = 'service'\n[[occasion]]\nname = 'next'\n"
      "on = 'purchase'\nafter = '2 days'\nat = '10:00'\npurpose = 'service'";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines().at(2), "ada next/1 2026-12-11T10:00:00Z email deferred");
}

struct PartsCase {
  const char* what;
  std::vector<std::map<std::string, std::string>> contacts;
  bool one;
  const char* merge = "true";
};

class MergedContacts : public testing::TestWithParam<PartsCase> {};

// Two contacts a week are allowed; two contact events leave room for one more only where they are one contact.
TEST_P(MergedContacts, AreOneWhereMergingWouldHaveMadeThemOne) {
  Story story;
  story.policy = std::string("merge = ") + GetParam().merge +
                 "\ncaps = [{ purposes = ['care', 'service', 'recovery'], most = 2, per = '7 days' }]";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  for (const auto& cells : GetParam().contacts) story.happened("contact", cells.at("at"), cells);
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{GetParam().one ? "ada thanks/1 2026-12-04T09:00:00Z email due"
                                                : "ada thanks/1 2026-12-08T09:00:00Z email deferred"})
      << GetParam().what;
}

std::map<std::string, std::string> contact(const char* when, const char* note, const char* channel = "email",
                                           const char* by = "") {
  return {{"at", when}, {"note", note}, {"channel", channel}, {"by", by}};
}

INSTANTIATE_TEST_SUITE_P(
    Parts, MergedContacts,
    testing::Values(
        PartsCase{"one instant, channel and team",
                  {contact("2026-12-01T09:00Z", "care"), contact("2026-12-01T09:00Z", "service")},
                  true},
        PartsCase{"two instants", {contact("2026-12-01T09:00Z", "care"), contact("2026-12-01T09:01Z", "care")}, false},
        PartsCase{
            "two channels", {contact("2026-12-01T09:00Z", "care"), contact("2026-12-01T09:00Z", "care", "sms")}, false},
        PartsCase{"two teams",
                  {contact("2026-12-01T09:00Z", "care", "call", "front"),
                   contact("2026-12-01T09:00Z", "care", "call", "back")},
                  false},
        PartsCase{"no purpose is told", {contact("2026-12-01T09:00Z", ""), contact("2026-12-01T09:00Z", "care")}, true},
        PartsCase{"one is a recovery",
                  {contact("2026-12-01T09:00Z", "recovery"), contact("2026-12-01T09:00Z", "care")},
                  false},
        PartsCase{"a channel that does not merge",
                  {contact("2026-12-01T09:00Z", "care"), contact("2026-12-01T09:00Z", "service")},
                  false,
                  "['letter']"}));

}  // namespace
}  // namespace courtesy
