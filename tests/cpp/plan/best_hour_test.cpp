// The hour at which a customer's replies come, as docs/decision.md smooths and weighs it.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct HourCase {
  const char* what;
  std::vector<const char*> replies;
  const char* expected;  // the due, and the reason
  const char* policy = "";
  const char* zone = "Europe/London";
  std::pair<const char*, const char*> quiet = {"", ""};
};

class BestHour : public testing::TestWithParam<HourCase> {};

TEST_P(BestHour, IsThatOfTheReplies) {
  const HourCase& test = GetParam();
  Story story;
  story.customers = {{"id", "zone", "quiet_from", "quiet_to"},
                     {{"ada", test.zone, test.quiet.first, test.quiet.second}}};
  story.policy = test.policy;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = 'best'";
  story.happened("purchase", "2026-12-03");
  for (const char* reply : test.replies) {
    const bool time = std::string(reply).size() == 5;
    // In winter London's clocks show UTC. Replies of one time are of several days.
    const std::string day = "2026-11-" + std::to_string(10 + story.events.rows.size());
    story.happened("reply", time ? day + "T" + reply + "Z" : reply);
  }
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-") + test.expected}) << test.what;
}

INSTANTIATE_TEST_SUITE_P(
    Replies, BestHour,
    testing::Values(
        HourCase{"nothing is known: the policy's", {}, "04T09:00:00Z email due"},
        // The sums of 18 and of 9: 2 × 1, 2 × 2.
        HourCase{"one reply decides nothing", {"18:20"}, "04T09:00:00Z email due"},
        HourCase{"of equals the policy's", {"18:20", "18:40"}, "04T09:00:00Z email due"},
        HourCase{"three are more", {"18:20", "18:40", "18:59"}, "04T18:00:00Z email due"},
        // 18: 2 × 1 + 2 + 2 = 6; 17 and 19: 2 × 2 + 1 = 5.
        HourCase{"neighbours count", {"17:10", "17:20", "18:30", "19:10", "19:20"}, "04T18:00:00Z email due"},
        HourCase{"across midnight", {"23:10", "23:20", "00:30", "01:10", "01:20"}, "04T00:00:00Z email due"},
        // 14 and 18: 6 each.
        HourCase{
            "of equals the earliest", {"18:10", "14:10", "18:20", "14:20", "18:30", "14:30"}, "04T14:00:00Z email due"},
        // 9: 2 × 2 + 1 = 5; 10: 2 × 1 + 2 = 4.
        HourCase{"the policy's minute in the policy's hour", {"10:10"}, "04T09:30:00Z email due", "at = '09:30'"},
        HourCase{
            "the hour's beginning in another", {"18:20", "18:40", "18:59"}, "04T18:00:00Z email due", "at = '09:30'"},
        HourCase{"dates say nothing of hours",
                 {"2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"},
                 "04T09:00:00Z email due"},
        // Half past eleven at night in London is half past six in New York, and six there is eleven in London.
        HourCase{
            "on the customer's clock", {"23:20", "23:30", "23:40"}, "04T23:00:00Z email due", "", "America/New_York"}));

INSTANTIATE_TEST_SUITE_P(
    QuietHours, BestHour,
    testing::Values(
        // 21 is quiet, and so is 20; 19 has no neighbour that counts more than the policy's 9.
        HourCase{"no quiet hour",
                 {"21:10", "21:20", "21:30"},
                 "04T09:00:00Z email due",
                 "quiet_hours = { from = '20:00', to = '08:00' }"},
        // 19 has five of its neighbour 20; 9: 2 × 2.
        HourCase{"but one beside it",
                 {"20:10", "20:20", "20:30", "20:40", "20:50"},
                 "04T19:00:00Z email due",
                 "quiet_hours = { from = '20:00', to = '08:00' }"},
        // 20 begins before the quiet does.
        HourCase{"one that begins before it",
                 {"20:10", "20:20", "20:25"},
                 "04T20:00:00Z email due",
                 "quiet_hours = { from = '20:30', to = '08:00' }"},
        // The customer's own rule out 9, 10 and 11; 8 has the reply and the policy's two for a neighbour.
        HourCase{"nor one of the customer's own",
                 {"09:10"},
                 "04T08:00:00Z email due",
                 "",
                 "Europe/London",
                 {"08:30", "12:00"}},
        // Of whom nothing is known the policy's is taken, and moved.
        HourCase{"nothing is known", {}, "04T12:00:00Z email moved", "", "Europe/London", {"08:30", "12:00"}},
        // Then quiet hours move it to their end.
        HourCase{"none is left: the policy's",
                 {"18:10", "18:20", "18:30"},
                 "04T23:59:00Z email moved",
                 "quiet_hours = { from = '00:00', to = '23:59' }"}));

TEST(BestHourOfStaff, IsThePolicys) {
  Story story;
  story.policy = "at = '11:15'";
  story.occasion = "name = 'ask'\non = 'purchase'\nafter = '1 day'\nat = 'best'\naudience = 'staff'";
  story.happened("purchase", "2026-12-03");
  for (const char* day : {"11", "12", "13", "14"}) story.happened("reply", std::string("2026-11-") + day + "T18:00Z");
  EXPECT_EQ(story.lines(), Lines{"ada ask/1 2026-12-04T11:15:00Z desk due"});
}

}  // namespace
}  // namespace courtesy
