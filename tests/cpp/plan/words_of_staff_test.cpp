// Events that stand for one reminder: what went out, and what staff decided of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

// Bought on 3 December; thanked on the 4th at ten.
Story thanks(const std::string& keys = "", const std::string& bought = "2026-12-03") {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + keys;
  story.happened("purchase", bought, {{"ref", ""}, {"due", ""}, {"channel", ""}, {"by", ""}, {"note", ""}});
  return story;
}

// The key of the thanks, whatever the window.
std::string key_of(Story story) {
  story.start = "2025-01-01T00:00Z";
  story.end = "2028-01-01T00:00Z";
  return story.key();
}

struct Word {
  const char* kind;
  const char* at;
  const char* due = "";
  const char* channel = "";
};

struct WordsCase {
  const char* what;
  std::vector<Word> words;
  const char* expected;
  const char* keys = "";
  const char* policy = "";
};

class WordsOfStaff : public testing::TestWithParam<WordsCase> {};

TEST_P(WordsOfStaff, AreHeardOfTheReminderThatTheyName) {
  Story story = thanks(GetParam().keys);
  story.policy = GetParam().policy;
  const std::string key = key_of(story);
  for (const Word& word : GetParam().words) {
    const bool names = std::string("visit consent withdrawal").find(word.kind) == std::string::npos;
    story.happened(word.kind, word.at, {{"ref", names ? key : ""}, {"due", word.due}, {"channel", word.channel}});
  }
  const std::string expected = GetParam().expected;
  EXPECT_EQ(story.lines(), expected.empty() ? Lines{} : Lines{"ada thanks/1 " + expected}) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Sent, WordsOfStaff,
                         testing::Values(WordsCase{"what went out is not planned again",
                                                   {{"contact", "2026-12-04T10:05Z", "", "email"}},
                                                   "2026-12-04T10:00:00Z - withheld sent"},
                                         WordsCase{"whenever it was recorded",
                                                   {{"contact", "2026-12-20"}},
                                                   "2026-12-04T10:00:00Z - withheld sent"},
                                         WordsCase{"whatever staff say besides",
                                                   {{"contact", "2026-12-04"}, {"skip", "2026-12-05"}},
                                                   "2026-12-04T10:00:00Z - withheld sent"}));

INSTANTIATE_TEST_SUITE_P(
    Skipped, WordsOfStaff,
    testing::Values(
        WordsCase{"withheld", {{"skip", "2026-12-01"}}, "2026-12-04T10:00:00Z - withheld skipped"},
        WordsCase{"whenever it was recorded", {{"skip", "2026-12-20"}}, "2026-12-04T10:00:00Z - withheld skipped"},
        WordsCase{"before what ended it",
                  {{"skip", "2026-12-01"}, {"visit", "2026-12-03T08:00Z"}},
                  "2026-12-04T10:00:00Z - withheld skipped",
                  "until = 'visit'"},
        WordsCase{"the last word counts",
                  {{"skip", "2026-12-01"}, {"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z email send_now"},
        WordsCase{"and the other way round",
                  {{"send_now", "2026-12-02T07:00Z"}, {"skip", "2026-12-02T08:00Z"}},
                  "2026-12-04T10:00:00Z - withheld skipped"},
        WordsCase{"not active yet comes first",
                  {{"skip", "2026-12-01"}},
                  "2026-12-04T10:00:00Z - withheld not_active",
                  "not_before = '2026-12-05'"}));

INSTANTIATE_TEST_SUITE_P(
    Snoozed, WordsOfStaff,
    testing::Values(
        WordsCase{"to a date, at its own time of day",
                  {{"snooze", "2026-12-01", "2026-12-08"}},
                  "2026-12-08T10:00:00Z email due"},
        WordsCase{"to an instant", {{"snooze", "2026-12-01", "2026-12-08T15:30Z"}}, "2026-12-08T15:30:00Z email due"},
        WordsCase{"never earlier", {{"snooze", "2026-12-01", "2026-12-02"}}, "2026-12-04T10:00:00Z email due"},
        WordsCase{
            "nor an hour earlier", {{"snooze", "2026-12-01", "2026-12-04T09:00Z"}}, "2026-12-04T10:00:00Z email due"},
        WordsCase{"to nowhere", {{"snooze", "2026-12-01"}}, "2026-12-04T10:00:00Z email due"},
        WordsCase{"the last word counts",
                  {{"snooze", "2026-12-01", "2026-12-20"}, {"snooze", "2026-12-02", "2026-12-06"}},
                  "2026-12-06T10:00:00Z email due"},
        WordsCase{"and is skipped",
                  {{"snooze", "2026-12-01", "2026-12-20"}, {"skip", "2026-12-02"}},
                  "2026-12-04T10:00:00Z - withheld skipped"},
        WordsCase{"out of the window", {{"snooze", "2026-12-01", "2027-01-10"}}, ""},
        // Three days after the 4th, as if it had not been put off.
        WordsCase{"it expires no later",
                  {{"snooze", "2026-12-01", "2026-12-08"}},
                  "2026-12-08T10:00:00Z email withheld expired",
                  "expires = '3 days'"},
        WordsCase{"nor earlier",
                  {{"snooze", "2026-12-01", "2026-12-07"}},
                  "2026-12-07T10:00:00Z email due",
                  "expires = '3 days'"},
        WordsCase{"the gates hear what has happened by then",
                  {{"snooze", "2026-12-01", "2026-12-08"}, {"visit", "2026-12-07"}},
                  "2026-12-08T10:00:00Z - withheld ended",
                  "until = 'visit'"},
        // Eight days later is beyond the tolerance of a move, and a snooze is none.
        WordsCase{"as long as staff like",
                  {{"snooze", "2026-12-01", "2026-12-28"}},
                  "2026-12-28T10:00:00Z email due",
                  "tolerance = '1 day'"},
        WordsCase{"to a night, which ends at eight",
                  {{"snooze", "2026-12-01", "2026-12-08T22:00Z"}},
                  "2026-12-09T08:00:00Z email moved",
                  "",
                  "quiet_hours = { from = '20:00', to = '08:00' }"}));

INSTANTIATE_TEST_SUITE_P(
    SentNow, WordsOfStaff,
    testing::Values(
        WordsCase{"at that instant", {{"send_now", "2026-12-02T07:00Z"}}, "2026-12-02T07:00:00Z email send_now"},
        WordsCase{"on that day, at its own time", {{"send_now", "2026-12-02"}}, "2026-12-02T10:00:00Z email send_now"},
        WordsCase{"later too",
                  {{"send_now", "2026-12-10T23:30Z"}},
                  "2026-12-10T23:30:00Z email send_now",
                  "expires = '1 day'",
                  "quiet_hours = { from = '20:00', to = '08:00' }"},
        WordsCase{"past its end",
                  {{"visit", "2026-12-03T08:00Z"}, {"send_now", "2026-12-06T08:00Z"}},
                  "2026-12-06T08:00:00Z email send_now",
                  "until = 'visit'"},
        WordsCase{"past its condition",
                  {{"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z email send_now",
                  "when = { count = { kind = 'visit', min = 1 } }"},
        WordsCase{"before it is active",
                  {{"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z email send_now",
                  "not_before = '2027-06-01'"},
        WordsCase{"not without consent",
                  {{"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z - withheld no_consent",
                  "purpose = 'offer'"},
        WordsCase{"not after it was withdrawn",
                  {{"withdrawal", "2026-12-01"}, {"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z - withheld consent_withdrawn"},
        WordsCase{"but before",
                  {{"withdrawal", "2026-12-03"}, {"send_now", "2026-12-02T07:00Z"}},
                  "2026-12-02T07:00:00Z email send_now"},
        WordsCase{"out of the window", {{"send_now", "2026-11-20T07:00Z"}}, ""}));

INSTANTIATE_TEST_SUITE_P(
    Channel, WordsOfStaff,
    testing::Values(WordsCase{"before all others",
                              {{"use_channel", "2026-12-01", "", "letter"}},
                              "2026-12-04T10:00:00Z letter due"},
                    WordsCase{"whatever the step names",
                              {{"use_channel", "2026-12-01", "", "letter"}},
                              "2026-12-04T10:00:00Z letter due",
                              "channels = ['email', 'sms']"},
                    WordsCase{"the last word counts",
                              {{"use_channel", "2026-12-01", "", "letter"}, {"use_channel", "2026-12-02", "", "call"}},
                              "2026-12-04T10:00:00Z call due"},
                    WordsCase{"beside a snooze",
                              {{"use_channel", "2026-12-01", "", "letter"}, {"snooze", "2026-12-02", "2026-12-08"}},
                              "2026-12-08T10:00:00Z letter due"},
                    WordsCase{"and of what is sent now",
                              {{"send_now", "2026-12-02T07:00Z"}, {"use_channel", "2026-12-02T08:00Z", "", "letter"}},
                              "2026-12-02T07:00:00Z letter send_now"},
                    WordsCase{"not one that was withdrawn",
                              {{"withdrawal", "2026-12-01", "", "letter"}, {"use_channel", "2026-12-02", "", "letter"}},
                              "2026-12-04T10:00:00Z email due"}));

TEST(WordOfStaff, OfAnotherReminderAreNotHeard) {
  Story story = thanks();
  std::string key = key_of(story);
  key.front() = key.front() == '0' ? '1' : '0';
  story.happened("skip", "2026-12-01", {{"ref", key}}).happened("skip", "2026-12-01");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z email due"});
}

TEST(WordOfStaff, OfAnotherCustomersReminderAreNotHeard) {
  Story story = thanks();
  story.customers.rows.push_back({"bob"});
  story.happened("skip", "2026-12-01", {{"ref", key_of(story)}, {"customer", "bob"}});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z email due"});
}

TEST(WordOfStaff, StandInTheReasons) {
  Story story = thanks();
  story.happened("skip", "2026-12-01", {{"ref", key_of(story)}, {"by", "Grace"}, {"note", "spoke to her"}});
  const Plan made = story.plan();
  const Reason last = explain(made, made.row(0)).reasons.back();
  ASSERT_EQ(last.code, ReasonCode::skipped);
  const auto said = [&](const char* name) {
    const auto found =
        std::find_if(last.data.begin(), last.data.end(), [&](const auto& each) { return each.first == name; });
    return found == last.data.end() ? "nothing" : std::get<std::string>(found->second);
  };
  EXPECT_EQ(said("by"), "Grace");
  EXPECT_EQ(said("note"), "spoke to her");
}

TEST(Snooze, CarriesAReminderIntoAnotherMonthsWindow) {
  Story story = thanks();
  story.happened("snooze", "2026-12-01", {{"ref", key_of(story)}, {"due", "2027-02-10"}});
  EXPECT_EQ(story.lines(), Lines{});
  story.start = "2027-02-01T00:00Z";
  story.end = "2027-03-01T00:00Z";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2027-02-10T10:00:00Z email due"});
  // What is due there is no business of the day before.
  story.end = "2027-02-10T10:00Z";
  EXPECT_EQ(story.lines(), Lines{});
}

TEST(Snooze, IsHeardOfWhatWasScheduledAtMost400DaysBefore) {
  // 400 days before 1 December 2026 is 27 October 2025.
  for (const auto& [bought, heard] : {std::pair{"2025-10-26", true}, {"2025-10-25", false}}) {
    Story story = thanks("", bought);
    story.happened("snooze", "2025-10-20", {{"ref", key_of(story)}, {"due", "2026-12-05"}});
    EXPECT_EQ(story.lines(), heard ? Lines{"ada thanks/1 2026-12-05T10:00:00Z email due"} : Lines{}) << bought;
  }
}

TEST(SendNow, IsHeardOfWhatIsScheduledAtMost400DaysLater) {
  // 400 days after 31 December 2026 is 4 February 2028.
  for (const auto& [bought, heard] : {std::pair{"2028-02-02", true}, {"2028-02-03", false}}) {
    Story story = thanks("", bought);
    Story wide = story;
    wide.end = "2029-01-01T00:00Z";
    story.happened("send_now", "2026-12-05T11:00Z", {{"ref", wide.key()}});
    EXPECT_EQ(story.lines(), heard ? Lines{"ada thanks/1 2026-12-05T11:00:00Z email send_now"} : Lines{}) << bought;
  }
}

TEST(SendNow, IsNotForWhoIsNotToBeContacted) {
  for (const std::string status : {"closed", "deceased", "do_not_contact"}) {
    Story story = thanks();
    story.customers = {{"id", "status"}, {{"ada", status}}};
    story.happened("send_now", "2026-12-02T07:00Z", {{"ref", key_of(story)}});
    EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-02T07:00:00Z - withheld " + status});
  }
}

TEST(SendNow, OnADayIsOnTheRecipientsClock) {
  Story story = thanks();
  story.customers = {{"id", "zone"}, {{"ada", "Asia/Tokyo"}}};
  story.happened("send_now", "2026-12-02", {{"ref", key_of(story)}});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-02T01:00:00Z email send_now"});
}

TEST(WordOfStaff, OnADayKeepsTheTimeOfDayToTheSecond) {
  // A quarter of ten seconds is two; an hour later is two seconds past one.
  Story story;
  story.occasion =
      "name = 'promise'\ndue = 'promise'\ntarget = 0.25\nsteps = [{ after = '1 hour', audience = 'staff' }]";
  story.happened("promise", "2026-12-05T12:00:00Z", {{"due", "2026-12-05T12:00:10Z"}, {"ref", ""}});
  const std::string key = story.key();
  story.happened("snooze", "2026-12-05", {{"ref", key}, {"due", "2026-12-08"}});
  EXPECT_EQ(story.lines(), Lines{"ada promise/1 2026-12-08T13:00:02Z desk due"});
  story.happened("send_now", "2026-12-06", {{"ref", key}});
  EXPECT_EQ(story.lines(), Lines{"ada promise/1 2026-12-06T13:00:02Z desk send_now"});
}

TEST(UseChannel, ThatDoesNotReachTheCustomerIsPassedOver) {
  Story story = thanks();
  story.customers = {{"id", "phone"}, {{"ada", ""}}};
  story.happened("use_channel", "2026-12-01", {{"ref", key_of(story)}, {"channel", "call"}});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z email due"});
}

}  // namespace
}  // namespace courtesy
