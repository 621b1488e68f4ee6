// What ends the reminders of one event and not those of another: `ref` in an event of `until`.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct AnswerCase {
  const char* what;
  const char* ref;
  bool first_goes_on, second_goes_on;
};

class UntilWithRef : public testing::TestWithParam<AnswerCase> {};

// Two complaints, of 1 and 2 December; apologies on the 8th and 9th; a resolution on the 5th.
TEST_P(UntilWithRef, EndsTheRemindersOfTheEventThatItAnswers) {
  Story story;
  story.occasion = "name = 'sorry'\non = 'complaint'\nafter = '7 days'\npurpose = 'recovery'\nuntil = 'resolution'";
  story.happened("complaint", "2026-12-01", {{"id", "c1"}, {"ref", "order 5"}})
      .happened("complaint", "2026-12-02", {{"id", "c2"}})
      .happened("visit", "2026-12-02", {{"id", "v1"}})
      .happened("resolution", "2026-12-05", {{"ref", GetParam().ref}});
  const auto line = [](const char* day, bool goes_on) {
    return std::string("ada sorry/1 2026-12-0") + day + "T09:00:00Z " + (goes_on ? "email due" : "- withheld ended");
  };
  EXPECT_EQ(story.lines(), (Lines{line("8", GetParam().first_goes_on), line("9", GetParam().second_goes_on)}))
      << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Answers, UntilWithRef,
                         testing::Values(AnswerCase{"none is named", "", false, false},
                                         AnswerCase{"the first", "c1", false, true},
                                         AnswerCase{"the second", "c2", true, false},
                                         AnswerCase{"the case of the first", "order 5", false, true},
                                         // These name no complaint, and so no other one than this.
                                         AnswerCase{"an event of another kind", "v1", false, false},
                                         AnswerCase{"what is no event", "case 9", false, false}));

TEST(UntilRef, OfAnotherCustomersEventSpeaksOfNone) {
  Story story;
  story.customers.rows = {{"ada"}, {"bob"}};
  story.occasion = "name = 'sorry'\non = 'complaint'\nafter = '7 days'\nuntil = 'resolution'\npurpose = 'recovery'";
  story.happened("complaint", "2026-12-01", {{"id", "c1"}, {"customer", "bob"}})
      .happened("complaint", "2026-12-02", {{"id", "c2"}})
      .happened("resolution", "2026-12-05", {{"ref", "c1"}});
  EXPECT_EQ(story.lines(),
            (Lines{"bob sorry/1 2026-12-08T09:00:00Z email due", "ada sorry/1 2026-12-09T09:00:00Z - withheld ended"}));
}

TEST(UntilRef, MayBeANumber) {
  // Ids of events are whole numbers, and so are the cells of ref.
  using Numbers = std::vector<std::optional<std::int64_t>>;
  const auto base =
      build_base(TableBuilder("customers").integers("id", Numbers(1, 7)).build(),
                 TableBuilder("events")
                     .integers("id", Numbers{1, 2, 3})
                     .integers("customer", Numbers(3, 7))
                     .texts("kind", {{"complaint"}, {"complaint"}, {"resolution"}})
                     .dates("at", {parse_date("2026-12-01"), parse_date("2026-12-02"), parse_date("2026-12-05")})
                     .integers("ref", Numbers{std::nullopt, std::nullopt, 1})
                     .build(),
                 std::nullopt, {});
  const Plan made = plan(base,
                         rules_from_toml("[[occasion]]\nname = 'sorry'\non = 'complaint'\nafter = '7 days'\nuntil = "
                                         "'resolution'\npurpose = 'recovery'",
                                         "rules.toml"),
                         {testing_story::at("2026-12-01T00:00Z"), testing_story::at("2026-12-31T00:00Z")});
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made.row(0).reason, ReasonCode::ended);
  EXPECT_EQ(made.row(1).reason, ReasonCode::due);
}

}  // namespace
}  // namespace courtesy
