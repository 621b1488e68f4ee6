#include <courtesy/insight/promise_history.h>

#include <gtest/gtest.h>

#include "../plan/story.h"
#include "../support/dates.h"

namespace courtesy {
namespace {

using testing_story::Story;

std::vector<PromiseSummary> asked(const Story& story, const PromiseQuestion& question = {}) {
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt, {});
  return promise_history(*base, question);
}

// "made 3: kept 1 (first 1), beaten 1 (first 1), late 1, broken 0, renegotiated 0, open 1, overdue 0"
std::string line(const PromiseSummary& of) {
  const auto number = [](std::int64_t count) { return std::to_string(count); };
  EXPECT_EQ(of.made, of.kept + of.late + of.broken + of.open) << of.group;
  return "made " + number(of.made) + ": kept " + number(of.kept) + " (first " + number(of.kept_first) + "), beaten " +
         number(of.beaten) + " (first " + number(of.beaten_first) + "), late " + number(of.late) + ", broken " +
         number(of.broken) + ", renegotiated " + number(of.renegotiated) + ", open " + number(of.open) + ", overdue " +
         number(of.overdue);
}

Story promised(const std::string& made = "2026-03-02", const std::string& due = "2026-03-12") {
  Story story;
  story.happened("promise", made, {{"id", "p"}, {"due", due}});
  return story;
}

struct End {
  std::string what;
  std::string kind, at;
  std::string expected;
};

class OnePromise : public testing::TestWithParam<End> {};

// Promised on Monday 2 March for Thursday 12 March.
TEST_P(OnePromise, EndsSo) {
  Story story = promised();
  story.happened(GetParam().kind, GetParam().at, {{"ref", "p"}});
  EXPECT_EQ(line(asked(story).front()), GetParam().expected) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Promises, OnePromise,
    testing::Values(
        End{"a day early", "kept", "2026-03-11",
            "made 1: kept 1 (first 1), beaten 1 (first 1), late 0, broken 0, renegotiated 0, open 0, overdue 0"},
        End{"on the day, in the evening", "kept", "2026-03-12T23:59Z",
            "made 1: kept 1 (first 1), beaten 0 (first 0), late 0, broken 0, renegotiated 0, open 0, overdue 0"},
        End{"a day late", "kept", "2026-03-13",
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 1, broken 0, renegotiated 0, open 0, overdue 0"},
        End{"broken", "broken", "2026-03-05",
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 0, broken 1, renegotiated 0, open 0, overdue 0"},
        End{"not yet due", "visit", "2026-03-12T23:59Z",
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 0, broken 0, renegotiated 0, open 1, overdue 0"},
        End{"past its due", "visit", "2026-03-13",
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 0, broken 0, renegotiated 0, open 1, overdue 1"}));

TEST(PromiseHistory, FollowsWhatIsAgreedAnewToItsEnd) {
  // Promised for the 12th, on the 10th for the 20th; kept on the 16th: late by the first, beaten by the last.
  Story story = promised();
  story.happened("renegotiated", "2026-03-10", {{"id", "r"}, {"ref", "p"}, {"due", "2026-03-20"}});
  story.happened("kept", "2026-03-16", {{"ref", "r"}});
  const PromiseSummary all = asked(story).front();
  EXPECT_EQ(line(all),
            "made 1: kept 1 (first 0), beaten 1 (first 0), late 0, broken 0, renegotiated 1, open 0, overdue 0");
  EXPECT_EQ(all.took, std::vector<double>{14}) << "from the first promise";
  // By 60 % of the ten days from the 10th on: by the 16th. By half of them: no more.
  EXPECT_EQ(asked(story, {.target = 0.6}).front().beaten, 1);
  EXPECT_EQ(asked(story, {.target = 0.5}).front().beaten, 0);
  // Until the 15th nobody knew; until the 9th nothing was agreed anew.
  EXPECT_EQ(line(asked(story, {.until = dates::instant("2026-03-15T00:00:00Z")}).front()),
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 0, broken 0, renegotiated 1, open 1, overdue 0");
  EXPECT_EQ(line(asked(story, {.until = dates::instant("2026-03-09T00:00:00Z")}).front()),
            "made 1: kept 0 (first 0), beaten 0 (first 0), late 0, broken 0, renegotiated 0, open 1, overdue 0");
  EXPECT_EQ(asked(story, {.until = dates::instant("2026-03-02T00:00:00Z")}).front().made, 0);
}

TEST(PromiseHistory, CountsHoursWherePromisesAreOfHours) {
  // Promised at 9:00 for 17:00; kept at 15:00: on the very day, so not on an earlier one, but by 80 % of 8 hours.
  Story story = promised("2026-03-02T09:00Z", "2026-03-02T17:00Z");
  story.happened("kept", "2026-03-02T15:00Z", {{"ref", "p"}});
  const PromiseSummary all = asked(story, {.chance = 0.5}).front();
  EXPECT_EQ(all.beaten, 0);
  EXPECT_EQ(asked(story, {.target = 0.8}).front().beaten, 1);
  EXPECT_EQ(asked(story, {.target = 0.7}).front().beaten, 0);
  EXPECT_EQ(all.took, std::vector<double>{0.25});
  EXPECT_EQ(all.quote, 0.25);
  Story late = promised("2026-03-02T09:00Z", "2026-03-02T17:00Z");
  late.happened("kept", "2026-03-03T05:00Z", {{"ref", "p"}});
  EXPECT_EQ(asked(late).front().lateness, std::vector<double>{0.5});
}

// Four promises of bicycles: three kept after 3, 5 and 9 days, the second of them a day late; one open for 7 days when
// the books end. One of calls, broken.
Story workshop() {
  Story story;
  const auto promise = [&](const std::string& id, const std::string& at, const std::string& due,
                           const std::string& topic) {
    story.happened("promise", at, {{"id", id}, {"due", due}, {"topic", topic}, {"by", "eve"}});
  };
  promise("a", "2026-03-02", "2026-03-06", "bicycle");
  promise("b", "2026-03-03", "2026-03-07", "bicycle");
  promise("c", "2026-03-04", "2026-03-14", "bicycle");
  promise("d", "2026-03-06", "2026-03-20", "bicycle");
  promise("e", "2026-03-05", "2026-03-06", "");
  story.happened("kept", "2026-03-05", {{"ref", "a"}}).happened("kept", "2026-03-08", {{"ref", "b"}});
  story.happened("broken", "2026-03-06", {{"ref", "e"}}).happened("kept", "2026-03-13", {{"ref", "c"}});
  return story;
}

TEST(PromiseHistory, GroupsByAColumnOfTheFirstEvent) {
  const auto groups = asked(workshop(), {.chance = 0.5});
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].group, "(all)");
  EXPECT_EQ(groups[0].made, 5);
  EXPECT_EQ(groups[1].group, "(none)");
  EXPECT_EQ(groups[1].broken, 1);
  EXPECT_EQ(groups[2].group, "bicycle");
  EXPECT_EQ(line(groups[2]),
            "made 4: kept 2 (first 2), beaten 2 (first 2), late 1, broken 0, renegotiated 0, open 1, overdue 0");
  EXPECT_EQ(groups[2].took, (std::vector<double>{3, 5, 9}));
  EXPECT_EQ(groups[2].lateness, std::vector<double>{1});
  const auto by = asked(workshop(), {.per = PromiseQuestion::Per::by});
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[1].group, "eve");
  EXPECT_EQ(asked(workshop(), {.per = PromiseQuestion::Per::customer})[1].group, "ada");
  EXPECT_EQ(asked(workshop(), {.per = PromiseQuestion::Per::channel})[1].group, "(none)");
  EXPECT_EQ(asked(workshop(), {.per = PromiseQuestion::Per::nothing}).size(), 1U);
}

TEST(PromiseHistory, QuotesWhatWillBeKept) {
  // Of 5 with the next one: 4/5 take longer than 3 days, 3/5 than 5; one is open after 7; of two half take longer than
  // 9: 3/10.
  const auto quoted = [](double chance) { return asked(workshop(), {.chance = chance})[2]; };
  EXPECT_EQ(quoted(0.2).quote, 3);
  EXPECT_EQ(quoted(0.4).quote, 5);
  EXPECT_EQ(quoted(0.7).quote, 9);
  EXPECT_EQ(quoted(0.71).quote, std::nullopt);
  EXPECT_EQ(quoted(0.7).missing, 0);
  EXPECT_GT(quoted(0.71).missing, 0);
  // The broken one of no topic: with it and the next one half of two last for ever, whatever comes.
  EXPECT_EQ(asked(workshop(), {.chance = 0.5})[1].missing, 2);
}

TEST(PromiseHistory, RoundsUpToWholeDaysWhereAnyIsOfDates) {
  Story story = promised("2026-03-02T09:00Z", "2026-03-03T17:00Z");
  story.happened("kept", "2026-03-03T15:00Z", {{"ref", "p"}});
  EXPECT_EQ(asked(story, {.chance = 0.3}).front().quote, 1.25);
  story.happened("promise", "2026-03-04", {{"id", "q"}, {"due", "2026-03-20"}});
  story.happened("kept", "2026-03-20", {{"ref", "q"}});
  EXPECT_EQ(asked(story, {.chance = 0.3}).front().quote, 2);
}

TEST(PromiseHistory, OfNoPromisesIsEmpty) {
  const auto groups = asked(Story{}, {.chance = 0.95});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].made, 0);
  EXPECT_EQ(groups[0].quote, std::nullopt);
  EXPECT_EQ(groups[0].missing, 19);
}

TEST(PromiseHistory, IsATableWithTheGroupFirst) {
  const Story story = workshop();
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt, {});
  EXPECT_EQ(promise_table(*base, {}).size(), 17U);
  EXPECT_EQ(promise_table(*base, {.per = PromiseQuestion::Per::nothing}).size(), 16U);
}

}  // namespace
}  // namespace courtesy
