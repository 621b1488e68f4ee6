// What a cap or the capacity refused is asked again on later days, as everything stands then; and a window that is
// planned in two halves, with what went out of the first, is planned as in one.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct DeferralCase {
  const char* what;
  std::vector<std::map<std::string, std::string>> events;
  const char* expected;
  const char* keys = "";
  const char* policy = "";
};

class Deferral : public testing::TestWithParam<DeferralCase> {};

// Due on Friday 4 December at ten; the week's contact was on Sunday 29 November, so the next may be on the 6th.
TEST_P(Deferral, PassesTheGatesOfItsDay) {
  Story story;
  story.policy = std::string("caps = [{ purposes = ['care'], most = 1, per = '7 days' }]\n") + GetParam().policy;
  story.occasion = std::string("name = 'thanks'\non = 'purchase'\nafter = '1 day'\n") + GetParam().keys;
  if (story.occasion.find("\nat = ") == std::string::npos) story.occasion += "\nat = '10:00'";
  story.happened("contact", "2026-11-29", {{"note", "care"}}).happened("purchase", "2026-12-03");
  for (const auto& cells : GetParam().events) story.happened(cells.at("kind"), cells.at("at"), cells);
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-") + GetParam().expected}) << GetParam().what;
}

const char* const weekend = "business_days = { weekend = ['sat', 'sun'] }";

INSTANTIATE_TEST_SUITE_P(
    Days, Deferral,
    testing::Values(
        DeferralCase{"the first that has room", {}, "06T10:00:00Z email deferred"},
        DeferralCase{"no closed day", {}, "07T10:00:00Z email deferred", "move = 'next business day'", weekend},
        DeferralCase{
            "forward, whatever the move", {}, "07T10:00:00Z email deferred", "move = 'previous business day'", weekend},
        // Quiet hours put it off to eight on the 5th, which is refused; ten at night of the 6th is for eight on the
        // 7th.
        DeferralCase{"at the scheduled time, and out of quiet hours",
                     {},
                     "07T08:00:00Z email deferred",
                     "at = '22:00'",
                     "quiet_hours = { from = '20:00', to = '08:00' }"},
        DeferralCase{"consent withdrawn between",
                     {{{"kind", "withdrawal"}, {"at", "2026-12-05T12:00Z"}}},
                     "06T10:00:00Z email withheld consent_withdrawn"},
        // Refused on the 4th, it is asked on the 5th.
        DeferralCase{"at the first day on which it is asked",
                     {{{"kind", "withdrawal"}, {"at", "2026-12-04T12:00Z"}}},
                     "05T10:00:00Z email withheld consent_withdrawn"},
        DeferralCase{"another channel",
                     {{{"kind", "withdrawal"}, {"at", "2026-12-05"}, {"channel", "email"}}},
                     "06T10:00:00Z letter deferred",
                     "channels = ['email', 'letter']"},
        DeferralCase{"ended between",
                     {{{"kind", "visit"}, {"at", "2026-12-05"}}},
                     "05T10:00:00Z email withheld ended",
                     "until = 'visit'"},
        DeferralCase{"a condition that holds no more",
                     {{{"kind", "visit"}, {"at", "2026-12-06T10:00Z"}}},
                     "06T10:00:00Z email withheld condition_failed",
                     "when = { count = { kind = 'visit', max = 0 } }"},
        DeferralCase{"ended after it",
                     {{{"kind", "visit"}, {"at", "2026-12-06T10:01Z"}}},
                     "06T10:00:00Z email deferred",
                     "until = 'visit'"},
        DeferralCase{"a complaint between",
                     {{{"kind", "complaint"}, {"at", "2026-12-05"}}},
                     "05T10:00:00Z email withheld on_hold"},
        DeferralCase{"and its end",
                     {{{"kind", "complaint"}, {"at", "2026-12-05"}}, {{"kind", "resolution"}, {"at", "2026-12-06"}}},
                     "08T10:00:00Z email deferred",
                     "",
                     "holds = [{ after = 'complaint', cool_down = '2 days' }]"}));

TEST(Deferred, InTheRecipientsZoneToAnotherDayOfTheCustomer) {
  // Staff in London call Ada in Auckland at two in the afternoon: three in the morning of the next day there. The
  // week's contact was on her 29 November, so the call of her 5 December waits for her 6th: the shop's 5th.
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", "Pacific/Auckland"}}};
  story.policy = "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]";
  story.occasion =
      "name = 'call'\non = 'purchase'\nafter = '1 day'\nat = '14:00'\naudience = 'staff'\nchannels = ['call']";
  story.happened("contact", "2026-11-29", {{"note", "care"}}).happened("purchase", "2026-12-03");
  EXPECT_EQ(story.lines(), Lines{"ada call/1 2026-12-05T14:00:00Z call deferred"});
}

TEST(Deferred, OutOfTheWindowIsInTheNextOne) {
  Story story;
  story.policy = "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  story.happened("contact", "2026-12-28", {{"note", "care"}}).happened("purchase", "2026-12-29");
  EXPECT_EQ(story.lines(), Lines{});
  story.start = "2026-12-31T00:00Z";
  story.end = "2027-01-31T00:00Z";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2027-01-04T10:00:00Z email deferred"});
}

// A month of a small shop: customers who share homes, calls that are few, quiet hours, a complaint and its end.
Story busy_shop() {
  Story story;
  story.customers = {
      {"id", "household", "zone"},
      {{"ada", "h1", ""}, {"bob", "h1", "America/New_York"}, {"cat", "", "Asia/Tokyo"}, {"dan", "", ""}}};
  story.policy =
      "quiet_hours = { from = '20:00', to = '08:00' }\nspread = '2 hours'\nmerge = ['email', 'call']\n"
      "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-25'] }\n"
      "caps = [{ purposes = ['care'], most = 2, per = '7 days', scope = 'household' },\n"
      "  { purposes = ['care', 'service'], most = 3, per = '10 days' }]\n"
      "capacity = [{ channels = ['call'], team = 'front', most = 1 }]";
  story.occasion =
      "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '21:30'\ntolerance = '20 days'\n[[occasion]]\n"
      "name = 'check'\non = 'purchase'\nafter = '3 business days'\npurpose = 'service'\nsteps = [{ at = '10:00' }, "
      "{ after = '1 day', at = '11:00', audience = 'staff', team = 'front', channels = ['call'] }]\n[[occasion]]\n"
      "name = 'come back'\nsilent = '6 days'\nsince = 'purchase'\nat = '10:00'\nmove = 'next business day'\npriority = "
      "1";
  int n = 0;
  for (const char* customer : {"ada", "bob", "cat", "dan", "ada", "bob", "cat", "dan", "bob", "ada"}) {
    const std::string day = std::to_string(1 + 2 * ++n);
    story.happened("purchase", "2026-12-" + std::string(day.size() < 2 ? "0" : "") + day,
                   {{"customer", customer}, {"value", std::to_string(7 * n % 5)}});
  }
  story.happened("complaint", "2026-12-08", {{"customer", "dan"}})
      .happened("resolution", "2026-12-10", {{"customer", "dan"}});
  return story;
}

TEST(TwoHalves, ArePlannedAsOne) {
  Story story = busy_shop();
  const Lines whole = story.lines();
  EXPECT_GT(whole.size(), 30U);
  for (const char* what : {" deferred", " merged into ", " moved", " due"}) {
    EXPECT_TRUE(std::any_of(whole.begin(), whole.end(), [&](const std::string& line) {
      return line.find(what) != std::string::npos;
    })) << what;
  }
  for (const std::string half : {"2026-12-07T00:00Z", "2026-12-11T00:00Z", "2026-12-16T09:30Z", "2026-12-24T00:00Z"}) {
    Story first = busy_shop();
    first.end = half;
    Lines lines = first.lines();
    Story second = busy_shop();
    second.start = half;
    second.went_out(first.plan());
    Lines more = second.lines();
    // What was merged into an earlier contact is scheduled in the second half, and has gone out.
    std::erase_if(more, [](const std::string& line) { return line.ends_with(" sent"); });
    lines.insert(lines.end(), more.begin(), more.end());
    EXPECT_EQ(lines, whole) << half;
  }
}

TEST(TwoHalves, AreAlikeOnAnyNumberOfThreads) { EXPECT_EQ(busy_shop().lines({.threads = 3}), busy_shop().lines()); }

}  // namespace
}  // namespace courtesy
