// Gate 7 for staff, who keep the shop's opening hours, and what quiet hours release at their end.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct OpeningCase {
  const char* what;
  const char* at;
  const char* expected;
  const char* keys = "";
  const char* policy = "";
};

class OpeningHoursOfStaff : public testing::TestWithParam<OpeningCase> {};

// Bought on Thursday 3 December; staff are asked on Friday the 4th.
TEST_P(OpeningHoursOfStaff, AreWaitedFor) {
  Story story;
  story.policy = std::string("opening_hours = { mon-fri = '09:00-12:00, 13:00-17:00', 2026-12-08 = 'closed' }\n") +
                 GetParam().policy;
  story.occasion = std::string("name = 'ask'\non = 'purchase'\nafter = '1 day'\naudience = 'staff'\nat = '") +
                   GetParam().at + "'\n" + GetParam().keys;
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{std::string("ada ask/1 2026-12-") + GetParam().expected}) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Days, OpeningHoursOfStaff,
    testing::Values(OpeningCase{"open", "09:00", "04T09:00:00Z desk due"},
                    OpeningCase{"early", "07:30", "04T09:00:00Z desk moved"},
                    OpeningCase{"at noon they close", "12:00", "04T13:00:00Z desk moved"},
                    OpeningCase{"the last minute", "16:59", "04T16:59:00Z desk due"},
                    OpeningCase{"in the evening, after which comes a weekend", "17:00", "07T09:00:00Z desk moved"},
                    OpeningCase{"a holiday", "17:00", "09T09:00:00Z desk moved", "",
                                "business_days = { holidays = ['2026-12-07'] }"},
                    OpeningCase{"not where nothing moves", "19:00", "04T19:00:00Z desk due", "move = 'none'"},
                    // Monday is three days later.
                    OpeningCase{"not beyond the tolerance", "17:00", "04T17:00:00Z desk withheld no_slot",
                                "tolerance = '2 days'"},
                    OpeningCase{"as far as it", "17:00", "07T09:00:00Z desk moved", "tolerance = '3 days'"},
                    OpeningCase{"not past what it is good for", "17:00", "07T09:00:00Z desk withheld expired",
                                "expires = '2 days'"},
                    // Friday is closed. On Thursday six in the evening is too late, and the first opening is at nine; …
                    OpeningCase{"of the day before", "18:00", "03T09:00:00Z desk moved",
                                "move = 'previous business day'", "business_days = { holidays = ['2026-12-04'] }"},
                    // … four in the afternoon is not.
                    OpeningCase{"of the day before, at its own time", "16:00", "03T16:00:00Z desk moved",
                                "move = 'previous business day'", "business_days = { holidays = ['2026-12-04'] }"},
                    OpeningCase{"of the day after a closed one", "18:00", "07T09:00:00Z desk moved", "",
                                "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-04'] }"}));

TEST(OpeningHours, AreNotTheCustomers) {
  Story story;
  story.policy = "opening_hours = { mon-fri = '09:00-17:00' }";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '19:00'";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T19:00:00Z email due"});
}

TEST(OpeningHours, AreOnTheShopsClock) {
  // Whoever the customer is: nine in the morning in London.
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", "America/New_York"}}};
  story.policy = "opening_hours = { mon-fri = '09:00-17:00' }";
  story.occasion = "name = 'ask'\non = 'purchase'\nafter = '1 day'\nat = '06:00'\naudience = 'staff'";
  story.happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada ask/1 2026-12-04T09:00:00Z desk moved"});
}

TEST(QuietHoursEnd, WhereTheClocksSkipItIsWhereTheyGoOn) {
  // New York's clocks go from 02:00 to 03:00 on 8 March 2026, and 02:30 is not shown. Backward it would be 01:30, in
  // the quiet hours; forward it is 03:30, half past seven UTC.
  Story story;
  story.shop = "zone = 'America/New_York'";
  story.policy = "gap = 'backward'\nquiet_hours = { from = '22:15', to = '02:30' }";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '01:30'";
  story.start = "2026-03-01T00:00Z";
  story.end = "2026-04-01T00:00Z";
  story.happened("purchase", "2026-03-07");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-03-08T07:30:00Z email moved"});
}

// Scheduled for ten at night on 4 December: released at eight the next morning, and so many minutes after.
Story at_night(const std::string& keys = "", const std::string& policy = "spread = '2 hours'") {
  Story story;
  story.policy = "quiet_hours = { from = '20:00', to = '08:00' }\n" + policy;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '22:00'\n" + keys;
  story.happened("purchase", "2026-12-03");
  return story;
}

// What the page says of a key: its last 16 hexadecimal digits, as a number, and what is left over of the minutes.
std::chrono::minutes left_over(const std::string& key, unsigned long long minutes) {
  return std::chrono::minutes{std::stoull(key.substr(16), nullptr, 16) % minutes};
}

TEST(Spread, ReleasesWhatQuietHoursPutOffByTheKey) {
  for (const auto& [spread, minutes] : {std::pair{"2 hours", 120ULL}, {"45 minutes", 45ULL}, {"1 minute", 1ULL}}) {
    Story story = at_night("", std::string("spread = '") + spread + "'");
    story.customers.rows = {{"ada"}, {"bob"}, {"cat"}};
    story.happened("purchase", "2026-12-03", {{"customer", "bob"}})
        .happened("purchase", "2026-12-03", {{"customer", "cat"}});
    const Plan made = story.plan();
    ASSERT_EQ(made.size(), 3U);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const auto after = left_over(to_hex(made.row(i).key), minutes);
      EXPECT_EQ(made.row(i).due, testing_story::at("2026-12-05T08:00Z") + after) << spread;
      EXPECT_EQ(made.row(i).reason, ReasonCode::moved);
    }
  }
}

TEST(Spread, LeavesAloneWhatQuietHoursDid) {
  Story story = at_night();
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '19:00'";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T19:00:00Z email due"});
}

TEST(Spread, IsNotPastWhatAReminderIsGoodFor) {
  // Good until eight: then at eight. Good until ten: then when its key says.
  Story story = at_night("expires = '10 hours'");
  const auto after = left_over(story.key(), 120);
  ASSERT_GT(after.count(), 0);
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-05T08:00:00Z email moved"});
  story = at_night("expires = '12 hours'");
  EXPECT_EQ(story.plan().row(0).due, testing_story::at("2026-12-05T08:00Z") + after);
}

TEST(Spread, IsNotIntoTheCustomersOwnQuietHours) {
  Story story = at_night();
  ASSERT_GT(left_over(story.key(), 120).count(), 0);
  story.customers = {{"id", "quiet_from", "quiet_to"}, {{"ada", "08:01", "12:00"}}};
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-05T08:00:00Z email moved"});
}

}  // namespace
}  // namespace courtesy
