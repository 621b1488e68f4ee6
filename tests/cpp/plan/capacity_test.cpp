// Gate 10: the most calls that staff can make on a day of the shop.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

// Ada, Bob and Cat bought on 3 December for 10, 30 and 20; staff call them at ten on the 4th.
Story calls(const std::string& capacity, const std::string& keys = "") {
  Story story;
  story.customers.rows = {{"ada"}, {"bob"}, {"cat"}};
  story.policy = "capacity = [" + capacity + "]";
  story.occasion =
      "name = 'call'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\naudience = 'staff'\nchannels = ['call']\n" + keys;
  for (const auto& [customer, value] : {std::pair{"ada", "10"}, {"bob", "30"}, {"cat", "20"}}) {
    story.happened("purchase", "2026-12-03", {{"customer", customer}, {"value", value}});
  }
  return story;
}

Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

const char* const one_a_day = "{ channels = ['call'], most = 1 }";

TEST(Capacity, SpillsOverToTheNextDaysTheMostValuableFirst) {
  EXPECT_EQ(calls(one_a_day).lines(),
            (Lines{"bob call/1 2026-12-04T10:00:00Z call due", "cat call/1 2026-12-05T10:00:00Z call deferred",
                   "ada call/1 2026-12-06T10:00:00Z call deferred"}));
  EXPECT_EQ(sorted(calls("{ channels = ['call'], most = 2 }").lines()),
            (Lines{"ada call/1 2026-12-05T10:00:00Z call deferred", "bob call/1 2026-12-04T10:00:00Z call due",
                   "cat call/1 2026-12-04T10:00:00Z call due"}));
}

TEST(Capacity, LetsPriorityGoBeforeValue) {
  Story story = calls(one_a_day);
  story.occasion +=
      "[[occasion]]\nname = 'urgent'\non = 'complaint'\nafter = '1 day'\nat = '16:00'\n"
      "audience = 'staff'\nchannels = ['call']\npriority = 1\npurpose = 'recovery'";
  story.happened("complaint", "2026-12-03", {{"customer", "ada"}});
  // Ada's own complaint holds the call about her purchase.
  EXPECT_EQ(
      story.lines(),
      (Lines{"ada call/1 2026-12-04T10:00:00Z call withheld on_hold", "ada urgent/1 2026-12-04T16:00:00Z call due",
             "bob call/1 2026-12-05T10:00:00Z call deferred", "cat call/1 2026-12-06T10:00:00Z call deferred"}));
}

TEST(Capacity, WithholdsWhatFindsNoRoomWithinTheTolerance) {
  EXPECT_EQ(sorted(calls(one_a_day, "tolerance = '1 day'").lines()),
            (Lines{"ada call/1 2026-12-05T10:00:00Z call withheld over_capacity",
                   "bob call/1 2026-12-04T10:00:00Z call due", "cat call/1 2026-12-05T10:00:00Z call deferred"}));
}

TEST(Capacity, OfNoneIsNever) {
  EXPECT_EQ(sorted(calls("{ channels = ['call'], most = 0 }").lines()),
            (Lines{"ada call/1 2026-12-11T10:00:00Z call withheld over_capacity",
                   "bob call/1 2026-12-11T10:00:00Z call withheld over_capacity",
                   "cat call/1 2026-12-11T10:00:00Z call withheld over_capacity"}));
}

TEST(Capacity, IsOfItsChannels) {
  Story story = calls("{ channels = ['visit', 'letter'], most = 1 }");
  for (const std::string& line : story.lines())
    EXPECT_NE(line.find("2026-12-04T10:00:00Z call due"), std::string::npos);
}

TEST(Capacity, IsOfItsTeam) {
  const std::string team = "team = 'front'";
  // Of another team, of the reminders' own, and of the whole staff.
  EXPECT_EQ(calls("{ channels = ['call'], team = 'back', most = 1 }", team).lines().at(2).substr(11, 10), "2026-12-04");
  EXPECT_EQ(calls("{ channels = ['call'], team = 'front', most = 1 }", team).lines().at(2).substr(11, 10),
            "2026-12-06");
  EXPECT_EQ(calls(one_a_day, team).lines().at(2).substr(11, 10), "2026-12-06");
  // A narrow team within a large staff.
  EXPECT_EQ(calls("{ channels = ['call'], most = 9 }, { channels = ['call'], team = 'front', most = 1 }", team)
                .lines()
                .at(2)
                .substr(11, 10),
            "2026-12-06");
}

struct ContactCase {
  const char* what;
  const char* capacity;
  std::map<std::string, std::string> contact;
  bool counts;
};

class CapacityAndContacts : public testing::TestWithParam<ContactCase> {};

TEST_P(CapacityAndContacts, CountsTheCallsThatWereMade) {
  Story story = calls(GetParam().capacity, "team = 'front'");
  story.customers.rows = {{"ada"}, {"eve"}};
  story.events.rows.resize(1);
  story.happened("contact", GetParam().contact.at("at"), GetParam().contact);
  EXPECT_EQ(story.lines(), Lines{GetParam().counts ? "ada call/1 2026-12-05T10:00:00Z call deferred"
                                                   : "ada call/1 2026-12-04T10:00:00Z call due"})
      << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Calls, CapacityAndContacts,
    testing::Values(
        ContactCase{
            "on that day", one_a_day, {{"at", "2026-12-04T08:00Z"}, {"channel", "call"}, {"customer", "eve"}}, true},
        ContactCase{"by its date", one_a_day, {{"at", "2026-12-04"}, {"channel", "call"}, {"customer", "eve"}}, true},
        ContactCase{"on another day",
                    one_a_day,
                    {{"at", "2026-12-03T23:59Z"}, {"channel", "call"}, {"customer", "eve"}},
                    false},
        ContactCase{
            "by another channel", one_a_day, {{"at", "2026-12-04"}, {"channel", "sms"}, {"customer", "eve"}}, false},
        ContactCase{"by the team",
                    "{ channels = ['call'], team = 'front', most = 1 }",
                    {{"at", "2026-12-04"}, {"channel", "call"}, {"by", "front"}, {"customer", "eve"}},
                    true},
        ContactCase{"by another team",
                    "{ channels = ['call'], team = 'front', most = 1 }",
                    {{"at", "2026-12-04"}, {"channel", "call"}, {"by", "back"}, {"customer", "eve"}},
                    false},
        ContactCase{"by nobody in particular",
                    "{ channels = ['call'], team = 'front', most = 1 }",
                    {{"at", "2026-12-04"}, {"channel", "call"}, {"customer", "eve"}},
                    false},
        ContactCase{"by anybody, where no team is named",
                    one_a_day,
                    {{"at", "2026-12-04"}, {"channel", "call"}, {"by", "back"}, {"customer", "eve"}},
                    true}));

TEST(Capacity, IsOfADayOfTheShop) {
  // Five in the afternoon of the 4th in Los Angeles is one in the morning of the 5th in London; so it is the shop's 5th
  // that has no room for the call at five in the afternoon of the 5th in Tokyo, eight in the morning in London.
  Story story = calls(one_a_day);
  story.customers = {{"id", "zone"}, {{"ada", "America/Los_Angeles"}, {"bob", "Asia/Tokyo"}, {"cat", ""}}};
  story.occasion = "name = 'call'\non = 'delivery'\nafter = '1 day'\nat = '17:00'\nchannels = ['call']";
  story.happened("delivery", "2026-12-03", {{"customer", "ada"}})
      .happened("delivery", "2026-12-04", {{"customer", "bob"}});
  EXPECT_EQ(story.lines(),
            (Lines{"ada call/1 2026-12-05T01:00:00Z call due", "bob call/1 2026-12-06T08:00:00Z call deferred"}));
}

TEST(Capacity, NeverRefusesWhatStaffSendNowAndCountsIt) {
  Story story = calls(one_a_day);
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made.base->customer_ids().text(made.row(i).customer) == "bob") continue;
    story.happened(
        "send_now", "2026-12-04T09:00Z",
        {{"customer", made.base->customer_ids().text(made.row(i).customer)}, {"ref", to_hex(made.row(i).key)}});
  }
  EXPECT_EQ(sorted(story.lines()),
            (Lines{"ada call/1 2026-12-04T09:00:00Z call send_now", "bob call/1 2026-12-05T10:00:00Z call deferred",
                   "cat call/1 2026-12-04T09:00:00Z call send_now"}));
}

TEST(Capacity, CountsAMergedContactOnce) {
  // Two reasons for one call to Bob; then there is room for one more.
  Story story = calls("{ channels = ['call'], most = 2 }");
  story.policy += "\nmerge = ['call']";
  story.occasion +=
      "[[occasion]]\nname = 'ask'\non = 'purchase'\nafter = '1 day'\nat = '11:00'\naudience = 'staff'\n"
      "channels = ['call']";
  EXPECT_EQ(
      sorted(story.lines()),
      (Lines{"ada ask/1 2026-12-05T10:00:00Z call merged into call/1", "ada call/1 2026-12-05T10:00:00Z call deferred",
             "bob ask/1 2026-12-04T10:00:00Z call merged into call/1", "bob call/1 2026-12-04T10:00:00Z call due",
             "cat ask/1 2026-12-04T10:00:00Z call merged into call/1", "cat call/1 2026-12-04T10:00:00Z call due"}));
}

}  // namespace
}  // namespace courtesy
