// When a store came to live by a rule: nothing that was scheduled before is due.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Lines;
using testing_story::Story;

// Ada has bought on 3 December and is thanked on the 4th at ten.
struct ActivationCase {
  const char* what;
  const char* active_from;
  const char* expected;
  std::string keys = {};
  std::vector<std::pair<std::string, std::string>> words = {};  // of staff: their kind, and when or until when
  std::string policy = {};
};

class Activation : public testing::TestWithParam<ActivationCase> {};

TEST_P(Activation, IsAskedOfWhatWasScheduled) {
  const ActivationCase& c = GetParam();
  Story story;
  story.policy = c.policy;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + c.keys;
  story.happened("purchase", "2026-12-03", {{"ref", ""}, {"due", ""}});
  const std::string key = story.key();
  for (const auto& [kind, when] : c.words) {
    story.happened(kind, kind == "snooze" ? "2026-12-01" : when, {{"ref", key}, {"due", kind == "snooze" ? when : ""}});
  }
  Plan before = story.plan();
  auto rules = std::make_shared<Rules>(*before.rules);
  rules->occasions[0].active_from = at(c.active_from);
  const Plan made = plan(before.base, rules, before.window);
  ASSERT_EQ(made.size(), 1U) << c.what;
  const Reminder row = made.row(0);
  EXPECT_EQ(iso_text(row.due) + " " + std::string(reason_name(row.reason)), c.expected) << c.what;
  const Decision told = explain(made, row);
  EXPECT_EQ(told.reminder.reason, row.reason) << c.what;
  EXPECT_EQ(told.reasons.back().code, row.reason) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    OfAStore, Activation,
    testing::Values(
        ActivationCase{"long ago", "2020-01-01T00:00Z", "2026-12-04T10:00:00Z due"},
        ActivationCase{"at that very instant", "2026-12-04T10:00Z", "2026-12-04T10:00:00Z due"},
        ActivationCase{"a second later", "2026-12-04T10:00:01Z", "2026-12-04T10:00:00Z not_active"},
        ActivationCase{"after it was bought, before it is due", "2026-12-04T09:00Z", "2026-12-04T10:00:00Z due"},
        ActivationCase{"what is moved past it was scheduled before",
                       "2026-12-04T12:00Z",
                       "2026-12-04T10:00:00Z not_active",
                       "move = 'next business day'",
                       {},
                       "business_days = { holidays = ['2026-12-04'] }"},
        ActivationCase{"a snooze past it makes it no younger",
                       "2026-12-04T12:00Z",
                       "2026-12-08T10:00:00Z not_active",
                       "",
                       {{"snooze", "2026-12-08"}}},
        ActivationCase{"but what staff send at once is sent",
                       "2026-12-04T12:00Z",
                       "2026-12-05T07:00:00Z send_now",
                       "",
                       {{"send_now", "2026-12-05T07:00Z"}}},
        ActivationCase{"and the rule's own day", "2026-12-01T00:00Z", "2026-12-04T10:00:00Z not_active",
                       "not_before = '2026-12-05'"},
        ActivationCase{"both", "2026-12-06T00:00Z", "2026-12-04T10:00:00Z not_active", "not_before = '2026-12-05'"}));

TEST(ActivationIsTold, ByTheLaterOfItsTwoDays) {
  struct Case {
    const char* keys;
    const char* active_from;
    Lines data;
  };
  for (const Case& c : std::vector<Case>{
           {"", "2026-12-06T08:30Z", {"day", "local"}},
           {"not_before = '2026-12-05'", "2026-12-06T08:30Z", {"day", "local"}},
           {"not_before = '2026-12-07'", "2026-12-06T08:30Z", {"day"}},
       }) {
    Story story;
    story.occasion = std::string("name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n") + c.keys;
    story.happened("purchase", "2026-12-03");
    const Plan before = story.plan();
    auto rules = std::make_shared<Rules>(*before.rules);
    rules->occasions[0].active_from = at(c.active_from);
    const Plan made = plan(before.base, rules, before.window);
    const Reason last = explain(made, made.row(0)).reasons.back();
    Lines names;
    for (const auto& [name, value] : last.data) names.emplace_back(name);
    EXPECT_EQ(names, c.data);
    if (names.size() == 2) {
      EXPECT_EQ(iso_text(std::get<WallTime>(last.data[1].second)), "2026-12-06T08:30:00");
    }
  }
}

}  // namespace
}  // namespace courtesy
