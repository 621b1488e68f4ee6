// Reminders that come again: on = "complaint", repeat = "3 days", times = 5.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Lines;
using testing_story::Story;

Story informed(const std::string& keys) {
  Story story;
  story.occasion = "name = 'inform'\non = 'complaint'\npurpose = 'recovery'\nat = '10:00'\n" + keys;
  story.start = "2026-12-01T00:00Z";
  story.end = "2027-01-01T00:00Z";
  return story;
}

// "2026-12-03", or with its time where that is not ten o'clock in London.
Lines days_of(const Story& story) {
  Lines out;
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Reminder row = made.row(i);
    std::string text = iso_text(row.due);
    if (text.substr(10) == "T10:00:00Z") text.resize(10);
    if (row.state == State::withheld) text += " " + std::string(reason_name(row.reason));
    out.push_back(text);
  }
  return out;
}

struct RepeatCase {
  const char* what;
  const char* complained;
  const char* keys;
  Lines expected;
  const char* start = "2026-12-01T00:00Z";
  const char* end = "2026-12-16T00:00Z";
};

class Repeats : public testing::TestWithParam<RepeatCase> {};

TEST_P(Repeats, ComeAgainAndAgain) {
  const RepeatCase& test = GetParam();
  Story story = informed(test.keys);
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  story.start = test.start;
  story.end = test.end;
  story.happened("complaint", test.complained);
  EXPECT_EQ(days_of(story), test.expected) << test.what;
}

INSTANTIATE_TEST_SUITE_P(
    Spans, Repeats,
    testing::Values(RepeatCase{"every four days, the first at once",
                               "2026-12-01",
                               "repeat = '4 days'",
                               {"2026-12-01", "2026-12-05", "2026-12-09", "2026-12-13"}},
                    RepeatCase{"after a day",
                               "2026-12-01",
                               "after = '1 day'\nrepeat = '4 days'",
                               {"2026-12-02", "2026-12-06", "2026-12-10", "2026-12-14"}},
                    RepeatCase{"three times in all",
                               "2026-12-01",
                               "repeat = '4 days'\ntimes = 3",
                               {"2026-12-01", "2026-12-05", "2026-12-09"}},
                    RepeatCase{"once", "2026-12-01", "repeat = '4 days'\ntimes = 1", {"2026-12-01"}},
                    // Tuesday 1 December; the weekends do not count.
                    RepeatCase{"every three business days",
                               "2026-12-01",
                               "repeat = '3 business days'",
                               {"2026-12-01", "2026-12-04", "2026-12-09", "2026-12-14"}},
                    RepeatCase{"hours after the event, then days",
                               "2026-12-01T15:30Z",
                               "after = '2 hours'\nrepeat = '1 week'",
                               {"2026-12-01T17:30:00Z", "2026-12-08T17:30:00Z", "2026-12-15T17:30:00Z"}},
                    RepeatCase{"hours that pass midnight",
                               "2026-12-01T23:30Z",
                               "after = '2 hours'\nrepeat = '1 week'",
                               {"2026-12-02T01:30:00Z", "2026-12-09T01:30:00Z"}},
                    RepeatCase{"the window sees the middle of it",
                               "2026-12-01",
                               "repeat = '4 days'",
                               {"2027-03-03", "2027-03-07"},
                               "2027-03-01T00:00Z",
                               "2027-03-09T00:00Z"},
                    RepeatCase{"many years later",
                               "1990-12-01",
                               "repeat = '1 day'\nafter = '2 days'",
                               {"2026-12-01", "2026-12-02"},
                               "2026-12-01T00:00Z",
                               "2026-12-03T00:00Z"},
                    // 1000 times, the last of them 999 days later.
                    RepeatCase{"its last time, many years later",
                               "1990-12-01",
                               "repeat = '1 day'\ntimes = 1000",
                               {"1993-08-26T09:00:00Z"},
                               "1993-08-26T00:00Z",
                               "1993-09-26T00:00Z"},
                    RepeatCase{
                        "the last of the month stays the last",
                        "2026-08-31",
                        "repeat = '1 month'",
                        {"2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31T09:00:00Z"},
                        "2026-10-05T00:00Z",
                        "2027-04-01T00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Steps, Repeats,
    testing::Values(RepeatCase{"each occurrence has all steps",
                               "2026-12-01",
                               "repeat = '1 week'\nsteps = [{ after = '1 day' }, { before = '1 day' }]",
                               {"2026-12-02", "2026-12-07", "2026-12-09", "2026-12-14"}},
                    RepeatCase{"a step long before",
                               "2026-12-10",
                               "repeat = '30 days'\nsteps = [{ before = '20 days' }]",
                               {"2026-12-20"},
                               "2026-12-01T00:00Z",
                               "2026-12-31T00:00Z"},
                    RepeatCase{"a step a hundred hours later",
                               "2026-12-01",
                               "repeat = '1 week'\nsteps = [{ after = '100 hours' }]",
                               {"2026-12-05T04:00:00Z", "2026-12-12T04:00:00Z"}}));

TEST(Repeats, EndsWithWhatEndsIt) {
  // Told on the 1st, 4th and 7th; settled on the 8th. Of what would follow only the first is told.
  Story story = informed("repeat = '3 days'\nuntil = 'resolution'");
  story.happened("complaint", "2026-12-01").happened("resolution", "2026-12-08T09:00Z");
  EXPECT_EQ(days_of(story), (Lines{"2026-12-01", "2026-12-04", "2026-12-07", "2026-12-10 ended"}));
  story.start = "2027-02-01T00:00Z";
  story.end = "2027-03-01T00:00Z";
  EXPECT_EQ(days_of(story), Lines{});
}

TEST(Repeats, EndsOnTheDayOfAnOccurrence) {
  // The 10th is not over before the 10th, so the 13th has a row too.
  Story story = informed("repeat = '3 days'\nuntil = 'resolution'");
  story.happened("complaint", "2026-12-01").happened("resolution", "2026-12-10T11:00Z");
  EXPECT_EQ(days_of(story), (Lines{"2026-12-01", "2026-12-04", "2026-12-07", "2026-12-10", "2026-12-13 ended"}));
}

TEST(Repeats, IsTheSameForManyEventsAsForFew) {
  // So many events that a table of days is made: two a day.
  Story many = informed("repeat = '5 days'\ntimes = 3\nuntil = 'resolution'");
  for (int day = 1; day <= 9; ++day) {
    for (const char* time : {"T08:00Z", "T09:00Z"})
      many.happened("complaint", "2026-12-0" + std::to_string(day) + time);
  }
  many.happened("resolution", "2026-12-04T08:30Z", {{"ref", "e1"}});
  Lines expected;
  for (int day = 1; day <= 19; ++day) {
    const int numbers[] = {day, day - 5, day - 10};
    for (std::size_t number = 0; number < 3; ++number) {
      if (numbers[number] < 1 || numbers[number] > 9) continue;
      const std::string text = (day < 10 ? "2026-12-0" : "2026-12-") + std::to_string(day);
      const bool of_first = numbers[number] == 1;
      // The first complaint is settled on the 4th: its second time is ended, its third not worth a row.
      if (of_first && number == 1) {
        expected.insert(expected.end(), {text, text + " ended"});
      } else if (of_first && number == 2) {
        expected.push_back(text);
      } else {
        expected.insert(expected.end(), {text, text});
      }
    }
  }
  Lines found = days_of(many);
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);
}

TEST(Repeats, KeepsTheKeyOfTheFirstTime) {
  Story once = informed("");
  Story often = informed("repeat = '3 days'");
  once.happened("complaint", "2026-12-01");
  often.happened("complaint", "2026-12-01");
  const Plan made = often.plan();
  EXPECT_EQ(to_hex(made.row(0).key), once.key());
  EXPECT_NE(made.row(1).key, made.row(0).key);
  EXPECT_NE(made.row(2).key, made.row(1).key);
}

TEST(Repeats, IsHeardWhereStaffPutOneOff) {
  // The second time, on the 4th, waits until the 20th; it stays the second one.
  Story story = informed("repeat = '3 days'\ntimes = 2");
  story.happened("complaint", "2026-12-01", {{"ref", ""}, {"due", ""}});
  const std::string second = to_hex(story.plan().row(1).key);
  story.happened("snooze", "2026-12-02", {{"ref", second}, {"due", "2026-12-20"}});
  EXPECT_EQ(days_of(story), (Lines{"2026-12-01", "2026-12-20"}));
  story.start = "2026-12-15T00:00Z";
  EXPECT_EQ(days_of(story), Lines{"2026-12-20"});
}

TEST(Kinds, AreHeardAlike) {
  Story story;
  story.occasion = "name = 'sorry'\non = ['complaint', 'reopened']\nafter = '1 day'\npurpose = 'recovery'";
  story.happened("complaint", "2026-12-01", {{"asset", ""}})
      .happened("reopened", "2026-12-05", {{"asset", "car"}})
      .happened("visit", "2026-12-06");
  EXPECT_EQ(story.lines(),
            (Lines{"ada sorry/1 2026-12-02T09:00:00Z email due", "ada sorry/1 2026-12-06T09:00:00Z email due"}));
}

TEST(Kinds, KeepTheKeysOfOne) {
  Story one, two;
  one.occasion = "name = 'sorry'\non = 'complaint'";
  two.occasion = "name = 'sorry'\non = ['reopened', 'complaint']";
  one.happened("complaint", "2026-12-01");
  two.happened("complaint", "2026-12-01");
  EXPECT_EQ(one.key(), two.key());
}

// Complained on the 1st, settled on the 3rd, reopened on the 5th and settled on the 9th.
TEST(Kinds, OfACaseEndTogether) {
  Story story;
  story.occasion =
      "name = 'sorry'\non = ['complaint', 'reopened']\nafter = '6 days'\nuntil = 'resolution'\npurpose = 'recovery'";
  story.happened("complaint", "2026-12-01", {{"id", "c1"}, {"ref", ""}})
      .happened("complaint", "2026-12-01", {{"id", "c2"}})
      .happened("resolution", "2026-12-03", {{"ref", "c1"}})
      .happened("reopened", "2026-12-05", {{"id", "r1"}, {"ref", "c1"}});
  const Lines open{"ada sorry/1 2026-12-07T09:00:00Z - withheld ended", "ada sorry/1 2026-12-07T09:00:00Z email due",
                   "ada sorry/1 2026-12-11T09:00:00Z email due"};
  Lines found = story.lines();
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, open);
  // Whichever of them the second resolution names.
  for (const char* ref : {"c1", "r1"}) {
    Story settled = story;
    settled.happened("resolution", "2026-12-09", {{"ref", ref}});
    EXPECT_EQ(settled.lines()[2], "ada sorry/1 2026-12-11T09:00:00Z - withheld ended") << ref;
  }
  story.happened("resolution", "2026-12-09", {{"ref", "c2"}});
  EXPECT_EQ(story.lines()[2], open[2]);
}

struct DateCase {
  const char* what;
  const char* ref;
  const char* expected;
};

class SettledByDate : public testing::TestWithParam<DateCase> {};

// A complaint of three o'clock, and its resolution by the date of that day: a reopening has none before it.
TEST_P(SettledByDate, FollowsTheFirstOfItsCase) {
  Story story;
  story.occasion =
      "name = 'sorry'\non = ['complaint', 'reopened']\nafter = '2 days'\nuntil = 'resolution'\npurpose = 'recovery'";
  story.happened("complaint", "2026-12-01T15:00Z", {{"ref", "K7"}})
      .happened("reopened", "2026-12-01T17:00Z", {{"ref", "e1"}})
      .happened("resolution", "2026-12-01", {{"ref", GetParam().ref}});
  std::map<Index, std::string> said;  // by event
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) said[made.row(i).event] = reason_name(made.row(i).reason);
  std::string found;
  for (const auto& [event, reason] : said) found += " " + reason;
  EXPECT_EQ(found, GetParam().expected) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Refs, SettledByDate,
                         testing::Values(DateCase{"none", "", " due due"}, DateCase{"by name", "e1", " ended due"},
                                         DateCase{"the case", "K7", " ended due"},
                                         DateCase{"the reopening by name", "e2", " ended ended"},
                                         DateCase{"another", "K8", " due due"}));

}  // namespace
}  // namespace courtesy
