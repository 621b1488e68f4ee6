// How long after its due a reminder may go out without being asked again.
#include <gtest/gtest.h>

#include <random>

#include <courtesy/plan/sendable.h>

#include "outbox_story.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using testing_story::at;
using testing_story::line_of;
using testing_story::Lines;
using testing_story::Story;

// Ada is thanked at ten on her clock, on the day after she bought.
Story thanks(const std::string& bought, const std::string& zone) {
  Story story;
  story.customers = {{"id", "zone", "quiet_from", "quiet_to"}, {{"ada", zone, "", ""}}};
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\n";
  story.happened("purchase", bought);
  return story;
}

struct SendableCase {
  const char* what;
  const char* expected;
  const char* keys = "at = '10:00'";
  const char* policy = "";
  std::vector<std::pair<const char*, const char*>> events = {};
  const char* bought = "2026-12-03";
  const char* zone = "Europe/London";
  const char* quiet = "";  // her own, from
};

class SendableUntil : public testing::TestWithParam<SendableCase> {};

TEST_P(SendableUntil, IsTheFirstInstantAtWhichTimeAloneCouldForbidIt) {
  const SendableCase& c = GetParam();
  Story story = thanks(c.bought, c.zone);
  story.start = "2026-10-01T00:00Z";
  story.occasion += c.keys;
  story.policy = c.policy;
  if (*c.quiet != '\0') {
    story.customers.rows[0][2] = c.quiet;
    story.customers.rows[0][3] = "08:00";
  }
  for (const auto& [kind, when] : c.events) {
    const std::string key = story.key();
    story.happened(kind, when,
                   {{"ref", kind == std::string("send_now") ? key : ""},
                    {"due", kind == std::string("promise") ? "2026-12-04T12:00Z" : ""}});
  }
  const Plan plan = story.plan();
  ASSERT_EQ(plan.size(), 1U) << c.what;
  EXPECT_EQ(iso_text(sendable_until(plan, plan.row(0))), c.expected) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    OfOne, SendableUntil,
    testing::Values(
        SendableCase{"the end of its day", "2026-12-05T00:00:00Z"},
        SendableCase{"on the customer's clock",
                     "2026-12-05T05:00:00Z",
                     "at = '10:00'",
                     "",
                     {},
                     "2026-12-03",
                     "America/New_York"},
        SendableCase{"quiet hours", "2026-12-04T20:00:00Z", "at = '10:00'",
                     "quiet_hours = { from = '20:00', to = '08:00' }"},
        SendableCase{"those of noon", "2026-12-04T12:00:00Z", "at = '10:00'",
                     "quiet_hours = { from = '12:00', to = '14:00' }"},
        SendableCase{"those that are over", "2026-12-05T00:00:00Z", "at = '15:00'",
                     "quiet_hours = { from = '12:00', to = '14:00' }"},
        SendableCase{"the customer's own",
                     "2026-12-04T18:30:00Z",
                     "at = '10:00'",
                     "quiet_hours = { from = '20:00', to = '08:00' }",
                     {},
                     "2026-12-03",
                     "Europe/London",
                     "18:30"},
        SendableCase{"opening hours, of staff's", "2026-12-04T12:00:00Z", "at = '10:00'\naudience = 'staff'",
                     "opening_hours = { mon-fri = '08:00-12:00, 13:00-17:00' }"},
        SendableCase{"not of customers'", "2026-12-05T00:00:00Z", "at = '10:00'",
                     "opening_hours = { mon-fri = '08:00-12:00, 13:00-17:00' }"},
        SendableCase{"the end of the day of whoever it is about, of staff's",
                     "2026-12-04T11:00:00Z",
                     "at = '10:00'\naudience = 'staff'",
                     "",
                     {},
                     "2026-12-03",
                     "Pacific/Auckland"},
        SendableCase{"when it expires", "2026-12-04T13:00:00Z", "at = '10:00'\nexpires = '3 hours'"},
        SendableCase{"an event that is known already",
                     "2026-12-04T11:30:00Z",
                     "at = '10:00'\nuntil = 'visit'",
                     "",
                     {{"visit", "2026-12-04T11:30Z"}, {"visit", "2026-12-04T16:00Z"}}},
        SendableCase{
            "not one before its due", "2026-12-05T00:00:00Z", "at = '10:00'", "", {{"visit", "2026-12-04T09:30Z"}}},
        SendableCase{"a promise whose time is over then",
                     "2026-12-04T12:00:00Z",
                     "at = '10:00'",
                     "holds = [{ after = 'broken', until = 'kept', purposes = 'care' }]",
                     {{"promise", "2026-12-01"}}},
        // The clocks go back at two, London time: until then it is as it was, but who knows.
        SendableCase{"a change of the clocks", "2026-10-25T00:30:00Z", "at = '01:30'", "", {}, "2026-10-24"},
        SendableCase{"not one that is over", "2026-10-26T00:00:00Z", "at = '10:00'", "", {}, "2026-10-24"},
        SendableCase{"in quiet hours, by staff's word",
                     "2026-12-04T22:00:00Z",
                     "at = '10:00'",
                     "quiet_hours = { from = '20:00', to = '08:00' }",
                     {{"send_now", "2026-12-04T22:00Z"}}}));

// Whatever is drawn: at every instant before it the reminder goes out as it is, as every gate says that is asked then.
class SendableDrawn : public testing::TestWithParam<unsigned> {};

void ask_until_it_ends(unsigned seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  // Around changes of the clocks in London, New York, Lord Howe and Cairo (at midnight), and on days without.
  const std::string bought = pick({"2026-03-27", "2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04",
                                   "2026-10-03", "2026-04-23", "2026-10-29", "2026-12-03", "2026-12-04"});
  Story story = thanks(bought, pick({"Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
                                     "Pacific/Apia", "Asia/Kathmandu"}));
  story.start = "2026-01-01T00:00Z";
  story.occasion += "until = 'visit'\nat = '" + pick({"00:15", "01:30", "06:00", "09:00", "10:00", "19:45", "23:30"}) +
                    "'\n" + pick({"", "audience = 'staff'\n"}) +
                    pick({"", "expires = '3 hours'\n", "expires = '1 day'\n"}) +
                    pick({"", "move = 'next business day'\n"});
  story.policy =
      pick({"", "quiet_hours = { from = '20:00', to = '08:00' }\n", "quiet_hours = { from = '11:00', to = '13:00' }\n",
            "quiet_hours = { from = '20:30', to = '24:00' }\n"}) +
      pick({"", "opening_hours = { mon-fri = '08:00-12:00, 13:00-17:00', sat = '22:00-02:00' }\n"}) +
      pick({"", "business_days = { weekend = ['sat', 'sun'] }\n"}) +
      pick({"", "caps = [{ purposes = ['care'], most = 1, per = '1 day' }]\n"}) + pick({"", "spread = '1 hour'\n"});
  if (random() % 3 == 0) {
    story.customers.rows[0][2] = pick({"18:30", "21:00", "09:30"});
    story.customers.rows[0][3] = pick({"07:15", "22:00"});
  }
  const Plan plan = story.plan();
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Reminder reminder = plan.row(i);
    if (reminder.state == State::withheld) continue;
    const auto numbers = testing_story::numbers_of(*plan.base);
    const std::vector<OwedRow> rows{owed_row(plan, reminder, numbers)};
    const Instant until = sendable_until(plan, reminder);
    EXPECT_EQ(rows[0].good_until, until);
    EXPECT_GE(until, reminder.due);
    EXPECT_LE(until, reminder.due + 25h);
    const auto ask = [&](Instant now) {
      const Verdict verdict = recheck(plan.base, plan.rules, rows, numbers, now).front();
      EXPECT_EQ(line_of(verdict), "send " + rows[0].channel)
          << iso_text(now) << " before " << iso_text(until) << "\n"
          << story.policy << story.occasion << story.customers.rows[0][1];
      return verdict.what == Verdict::What::send;
    };
    bool right = true;
    for (Instant now = reminder.due; right && now < until; now += 7min) right = ask(now);
    if (right && until > reminder.due) ask(until - 1us);
  }
}

TEST_P(SendableDrawn, IsNeverLaterThanAGateForbidsIt) {
  constexpr unsigned many = 100;
  for (unsigned seed = GetParam() * many; seed < (GetParam() + 1) * many; ++seed) ask_until_it_ends(seed);
}

INSTANTIATE_TEST_SUITE_P(Policies, SendableDrawn, testing::Range(0U, 10U));

}  // namespace
}  // namespace courtesy
