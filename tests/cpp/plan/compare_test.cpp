#include <courtesy/plan/compare.h>
#include <courtesy/plan/compare_table.h>

#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Story;

const char* const thanks = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['email']\n";

// Ada, bob and cat bought something on the 1st, the 2nd and the 3rd of December.
Story shop(const std::string& occasion) {
  Story story;
  story.customers = {{"id", "tags"}, {{"ada", "club"}, {"bob", ""}, {"cat", ""}}};
  story.happened("purchase", "2026-12-01");
  story.happened("purchase", "2026-12-02", {{"customer", "bob"}});
  story.happened("purchase", "2026-12-03", {{"customer", "cat"}});
  story.occasion = occasion;
  return story;
}

Comparison compared(const Story& before, const Story& after) {
  return compare(std::make_shared<const Plan>(before.plan()), std::make_shared<const Plan>(after.plan()));
}

// "moved ada/thanks 2026-12-02T10:00:00Z -> 2026-12-03T10:00:00Z", "-" where a plan has no such row.
std::vector<std::string> changes(const Comparison& comparison) {
  const auto side = [](const Plan& plan, std::size_t row) {
    if (row == no_row) return std::string("-");
    const Reminder reminder = plan.row(row);
    std::string text = iso_text(reminder.due);
    if (reminder.state == State::withheld) text += " " + std::string(reason_name(reminder.reason));
    return text;
  };
  std::vector<std::string> out;
  for (const ChangedReminder& each : comparison.changes) {
    const Plan& plan = each.after == no_row ? *comparison.before : *comparison.after;
    const Reminder row = plan.row(each.after == no_row ? each.before : each.after);
    std::string line(change_name(each.change));
    line += " " + plan.base->customer_ids().text(row.customer) + "/" + plan.rules->occasions[row.occasion].name;
    line += " " + side(*comparison.before, each.before) + " -> " + side(*comparison.after, each.after);
    out.push_back(line);
  }
  return out;
}

// "thanks customer email: before 3, after 3, more 0, fewer 0, in 0, out 0, moved 0, same 3"
std::vector<std::string> counts(const Comparison& comparison) {
  std::vector<std::string> out;
  for (const ChangeCounts& row : comparison.counts) {
    const auto number = [](const char* name, std::int64_t count) {
      return std::string(", ") + name + " " + std::to_string(count);
    };
    out.push_back(row.occasion + " " + std::string(audience_name(row.audience)) + " " + row.channel + ": before " +
                  std::to_string(row.before) + number("after", row.after) + number("more", row.more) +
                  number("fewer", row.fewer) + number("in", row.rerouted_in) + number("out", row.rerouted_out) +
                  number("moved", row.moved) + number("same", row.same));
    EXPECT_EQ(row.before, row.fewer + row.rerouted_out + row.moved + row.same) << out.back();
    EXPECT_EQ(row.after, row.more + row.rerouted_in + row.moved + row.same) << out.back();
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Compare, FindsNothingBetweenAPlanAndItself) {
  const Comparison same = compared(shop(thanks), shop(thanks));
  EXPECT_EQ(changes(same), Lines{});
  EXPECT_EQ(counts(same), Lines{"thanks customer email: before 3, after 3, more 0, fewer 0, in 0, out 0, moved 0, "
                                "same 3"});
}

TEST(Compare, CountsWhatGoesOutInOnePlanAlone) {
  // With the condition only ada is thanked: the others are withheld. Bob's purchase is not known to the first plan.
  Story before = shop(thanks);
  before.events.rows.erase(before.events.rows.begin() + 1);
  const Story after = shop(std::string(thanks) + "when = { tags = ['club'] }\n");
  EXPECT_EQ(changes(compared(before, after)),
            Lines{"fewer cat/thanks 2026-12-04T10:00:00Z -> 2026-12-04T10:00:00Z condition_failed"});
  EXPECT_EQ(changes(compared(after, before)),
            Lines{"more cat/thanks 2026-12-04T10:00:00Z condition_failed -> 2026-12-04T10:00:00Z"});
  EXPECT_EQ(changes(compared(before, shop(thanks))), Lines{"more bob/thanks - -> 2026-12-03T10:00:00Z"});
  EXPECT_EQ(changes(compared(shop(thanks), before)), Lines{"fewer bob/thanks 2026-12-03T10:00:00Z -> -"});
}

TEST(Compare, TellsWhatMovesAndWhatTakesAnotherWay) {
  const Story before = shop(thanks);
  // Out of its quiet hours nothing is said before 11:00, and ada's goes by sms.
  Story later = shop(thanks);
  later.policy = "quiet_hours = { from = '20:00', to = '11:00' }";
  EXPECT_EQ(changes(compared(before, later)), (Lines{"moved ada/thanks 2026-12-02T10:00:00Z -> 2026-12-02T11:00:00Z",
                                                     "moved bob/thanks 2026-12-03T10:00:00Z -> 2026-12-03T11:00:00Z",
                                                     "moved cat/thanks 2026-12-04T10:00:00Z -> 2026-12-04T11:00:00Z"}));
  later.customers.header.emplace_back("channels");
  later.customers.rows[0].emplace_back("sms");
  later.customers.rows[1].emplace_back();
  later.customers.rows[2].emplace_back();
  later.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['email', 'sms']\n";
  const Comparison rerouted = compared(before, later);
  EXPECT_EQ(changes(rerouted)[0], "rerouted ada/thanks 2026-12-02T10:00:00Z -> 2026-12-02T11:00:00Z");
  EXPECT_EQ(counts(rerouted),
            (Lines{"thanks customer email: before 3, after 2, more 0, fewer 0, in 0, out 1, moved 2, same 0",
                   "thanks customer sms: before 0, after 1, more 0, fewer 0, in 1, out 0, moved 0, same 0"}));
}

TEST(Compare, TakesAnotherAudienceForAnotherWay) {
  const std::string by_call = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['call']\n";
  const Comparison comparison = compared(shop(by_call), shop(by_call + "audience = 'staff'\n"));
  EXPECT_EQ(counts(comparison),
            (Lines{"thanks customer call: before 3, after 0, more 0, fewer 0, in 0, out 3, moved 0, same 0",
                   "thanks staff call: before 0, after 3, more 0, fewer 0, in 3, out 0, moved 0, same 0"}));
}

TEST(Compare, TakesWhatAnotherContactSaysForSaid) {
  const std::string two = std::string(thanks) + "[[occasion]]\nname = 'care'\non = 'purchase'\nafter = '1 day'\n" +
                          "at = '10:00'\nchannels = ['email']\n";
  Story merging = shop(two);
  merging.policy = "merge = true";
  const std::vector<State> states = merging.plan().columns.state;
  ASSERT_EQ(std::count(states.begin(), states.end(), State::merged), 3);
  EXPECT_EQ(changes(compared(shop(two), merging)), Lines{});
}

TEST(Compare, NamesOccasionsOfBothRules) {
  const std::string wish = "name = 'wish'\non = 'purchase'\nafter = '2 days'\nat = '10:00'\nchannels = ['email']\n";
  EXPECT_EQ(counts(compared(shop(thanks), shop(wish))),
            (Lines{"wish customer email: before 0, after 3, more 3, fewer 0, in 0, out 0, moved 0, same 0",
                   "thanks customer email: before 3, after 0, more 0, fewer 3, in 0, out 0, moved 0, same 0"}));
}

TEST(Compare, RefusesPlansOfOtherWindows) {
  Story later = shop(thanks);
  later.end = "2027-01-01T00:00Z";
  try {
    (void)compared(shop(thanks), later);
    FAIL() << "other windows were compared";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::time);
    EXPECT_STREQ(error.what(),
                 "the plans are of different windows, 2026-12-01T00:00:00Z to 2026-12-31T00:00:00Z and "
                 "2026-12-01T00:00:00Z to 2027-01-01T00:00:00Z: plan both for the same one");
  }
}

TEST(Compare, RefusesPlansOfOtherShops) {
  Story other = shop(thanks);
  other.customers = {{"id", "tags"}, {{"dan", ""}}};
  other.events.rows.clear();
  EXPECT_THROW((void)compared(shop(thanks), other), Error);
  other.customers.rows.push_back({"cat", ""});
  EXPECT_EQ(changes(compared(shop(thanks), other)).size(), 3U) << "customers may come and go";
  other.customers.rows.clear();
  EXPECT_EQ(changes(compared(shop(thanks), other)).size(), 3U) << "nobody yet is no other shop";
}

TEST(CompareTable, HasIdsAsTextsWhereOnePlanHasTexts) {
  Story numbers = shop(thanks);
  numbers.customers = {{"id"}, {{"17"}}};
  numbers.events.rows.clear();
  numbers.happened("purchase", "2026-12-01", {{"customer", "17"}});
  Story before = numbers;
  before.events.rows.clear();
  const Comparison comparison = compared(before, numbers);
  ASSERT_EQ(comparison.changes.size(), 1U);
  EXPECT_EQ(changes_table(comparison).size(), 18U);
  EXPECT_EQ(counts_table(comparison).size(), 11U);
}

}  // namespace
}  // namespace courtesy
