// Whether what is about to go out still may.
#include <gtest/gtest.h>

#include <random>

#include "outbox_story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::line_of;
using testing_story::Lines;
using testing_story::Story;

// Ada has bought on Thursday 3 December and is thanked on the 4th at ten; bob too.
Story thanks(const std::string& keys = "", const std::string& policy = "") {
  Story story;
  story.policy = policy;
  story.customers = {{"id", "status", "email", "phone"}, {{"ada", "", "a@x.org", "1"}, {"bob", "", "b@x.org", "2"}}};
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + keys;
  story.happened("purchase", "2026-12-03",
                 {{"ref", ""}, {"due", ""}, {"channel", ""}, {"by", ""}, {"note", ""}, {"topic", ""}, {"value", ""}});
  return story;
}

// The rows as an outbox would have them by that plan.
std::vector<OwedRow> rows_of(const Plan& plan) {
  std::vector<OwedRow> rows;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (plan.columns.state[i] != State::withheld) {
      rows.push_back(owed_row(plan, plan.row(i), testing_story::numbers_of(*plan.base)));
    }
  }
  return rows;
}

Lines verdicts(const Story& now_known, std::span<const OwedRow> rows, const std::string& now) {
  const Plan plan = now_known.plan();
  Lines out;
  for (const Verdict& verdict : recheck(plan.base, plan.rules, rows, testing_story::numbers_of(*plan.base), at(now))) {
    out.push_back(line_of(verdict));
  }
  return out;
}

struct RecheckCase {
  const char* what;
  const char* now;
  const char* expected;
  std::vector<std::map<std::string, std::string>> since = {};  // what has happened since it was planned
  const char* keys = "";
  const char* policy = "";
  const char* status = "";  // by now
};

class RecheckOfOne : public testing::TestWithParam<RecheckCase> {};

TEST_P(RecheckOfOne, AsksEveryGateAtThisInstant) {
  const RecheckCase& c = GetParam();
  Story story = thanks(c.keys, c.policy);
  const std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(rows.size(), 1U);
  story.customers.rows[0][1] = c.status;
  for (std::map<std::string, std::string> cells : c.since) {
    if (cells["ref"] == "it") cells["ref"] = to_hex(rows[0].key);
    story.happened(cells["kind"], cells["at"], cells);
  }
  EXPECT_EQ(verdicts(story, rows, c.now), Lines{c.expected}) << c.what;
}

const char* const at_ten = "2026-12-04T10:00Z";
const char* const quiet = "quiet_hours = { from = '20:00', to = '08:00' }";

INSTANTIATE_TEST_SUITE_P(
    Time, RecheckOfOne,
    testing::Values(RecheckCase{"at its due", at_ten, "send email"},
                    RecheckCase{"and a second later", "2026-12-04T10:00:01Z", "send email"},
                    RecheckCase{"and with a part of one", "2026-12-04T10:17:23.123456Z", "send email"},
                    RecheckCase{"a year and a month later", "2027-12-20T10:00Z", "send email"},
                    RecheckCase{"not before its due", "2026-12-04T09:59:59Z", "move 2026-12-04T10:00:00Z"},
                    RecheckCase{"in quiet hours", "2026-12-04T21:00Z", "move 2026-12-05T08:00:00Z", {}, "", quiet},
                    RecheckCase{"as they begin", "2026-12-04T20:00Z", "move 2026-12-05T08:00:00Z", {}, "", quiet},
                    RecheckCase{"just before", "2026-12-04T19:59:59Z", "send email", {}, "", quiet},
                    RecheckCase{"on a closed day",
                                "2026-12-05T10:00Z",
                                "move 2026-12-07T10:00:00Z",
                                {},
                                "move = 'next business day'",
                                "business_days = { weekend = ['sat', 'sun'] }"},
                    RecheckCase{"while the shop is closed",
                                "2026-12-04T12:30Z",
                                "move 2026-12-04T13:00:00Z",
                                {},
                                "audience = 'staff'",
                                "opening_hours = { mon-fri = '08:00-12:00, 13:00-17:00' }"},
                    RecheckCase{"worthless by now", "2026-12-05T10:00:01Z", "expire expired", {}, "expires = '1 day'"},
                    RecheckCase{"not worthless yet", "2026-12-05T10:00Z", "send email", {}, "expires = '1 day'"},
                    RecheckCase{"worthless when quiet hours end",
                                "2026-12-04T21:00Z",
                                "expire expired",
                                {},
                                "expires = '12 hours'",
                                quiet}));

INSTANTIATE_TEST_SUITE_P(
    News, RecheckOfOne,
    testing::Values(
        RecheckCase{"booked meanwhile",
                    "2026-12-04T10:05Z",
                    "withdraw ended",
                    {{{"kind", "booking"}, {"at", "2026-12-04T10:01Z"}}},
                    "until = 'booking'"},
        RecheckCase{"booked for later, which is not known to anyone yet",
                    "2026-12-04T10:05Z",
                    "send email",
                    {{{"kind", "booking"}, {"at", "2026-12-04T10:06Z"}}},
                    "until = 'booking'"},
        RecheckCase{"consent withdrawn",
                    "2026-12-04T10:05Z",
                    "withdraw consent_withdrawn",
                    {{{"kind", "withdrawal"}, {"at", "2026-12-04T10:01Z"}, {"note", "care"}}}},
        RecheckCase{"consent withdrawn for one of two channels",
                    "2026-12-04T10:05Z",
                    "send sms",
                    {{{"kind", "withdrawal"}, {"at", "2026-12-04T10:01Z"}, {"note", "care"}, {"channel", "email"}}},
                    "channels = ['email', 'sms']"},
        RecheckCase{"staff prefer another channel",
                    at_ten,
                    "send sms",
                    {{{"kind", "use_channel"}, {"at", "2026-12-04T09:00Z"}, {"ref", "it"}, {"channel", "sms"}}}},
        RecheckCase{"a complaint is open",
                    "2026-12-04T10:05Z",
                    "withdraw on_hold",
                    {{{"kind", "complaint"}, {"at", "2026-12-04T10:01Z"}}}},
        RecheckCase{"a complaint was resolved two days ago, and a week is over on the 9th",
                    "2026-12-04T10:05Z",
                    "move 2026-12-09T10:05:00Z",
                    {{{"kind", "complaint"}, {"at", "2026-12-01"}}, {{"kind", "resolution"}, {"at", "2026-12-02"}}}},
        RecheckCase{"deceased", at_ten, "withdraw deceased", {}, "", "", "deceased"},
        RecheckCase{"the week's contact was made meanwhile",
                    "2026-12-04T10:05Z",
                    "withdraw capped",
                    {{{"kind", "contact"}, {"at", "2026-12-04T09:00Z"}, {"note", "care"}}},
                    "tolerance = '2 days'",
                    "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]"},
        RecheckCase{"and there is room again within the tolerance",
                    "2026-12-04T10:05Z",
                    "move 2026-12-11T10:05:00Z",
                    {{{"kind", "contact"}, {"at", "2026-12-04T09:00Z"}, {"note", "care"}}},
                    "",
                    "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]"},
        RecheckCase{"it has gone out otherwise",
                    at_ten,
                    "withdraw sent",
                    {{{"kind", "contact"}, {"at", "2026-12-04T09:00Z"}, {"ref", "it"}}}}));

INSTANTIATE_TEST_SUITE_P(
    Staff, RecheckOfOne,
    testing::Values(
        RecheckCase{"said no", at_ten, "skip skipped", {{{"kind", "skip"}, {"at", "2026-12-04"}, {"ref", "it"}}}},
        RecheckCase{"put it off to later",
                    at_ten,
                    "move 2026-12-08T10:00:00Z",
                    {{{"kind", "snooze"}, {"at", "2026-12-04"}, {"ref", "it"}, {"due", "2026-12-08"}}}},
        RecheckCase{"put it off to later today",
                    at_ten,
                    "move 2026-12-04T15:00:00Z",
                    {{{"kind", "snooze"}, {"at", "2026-12-04"}, {"ref", "it"}, {"due", "2026-12-04T15:00Z"}}}},
        RecheckCase{"put it off beyond what a window sees",
                    at_ten,
                    "withdraw no_longer_due",
                    {{{"kind", "snooze"}, {"at", "2026-12-04"}, {"ref", "it"}, {"due", "2027-12-08"}}}},
        RecheckCase{"put it off, and that is over",
                    "2026-12-08T10:30Z",
                    "send email",
                    {{{"kind", "snooze"}, {"at", "2026-12-04"}, {"ref", "it"}, {"due", "2026-12-08"}}}},
        RecheckCase{"put it off, and it is worthless as if they had not",
                    "2026-12-08T10:30Z",
                    "expire expired",
                    {{{"kind", "snooze"}, {"at", "2026-12-04"}, {"ref", "it"}, {"due", "2026-12-08"}}},
                    "expires = '3 days'"},
        RecheckCase{"said at once: neither quiet hours nor what ended it matter",
                    "2026-12-04T21:00Z",
                    "send email",
                    {{{"kind", "send_now"}, {"at", "2026-12-04T20:55Z"}, {"ref", "it"}},
                     {{"kind", "booking"}, {"at", "2026-12-04T09:00Z"}}},
                    "until = 'booking'",
                    quiet},
        RecheckCase{"said at once, but consent is withdrawn",
                    "2026-12-04T21:00Z",
                    "withdraw consent_withdrawn",
                    {{{"kind", "send_now"}, {"at", "2026-12-04T20:55Z"}, {"ref", "it"}},
                     {{"kind", "withdrawal"}, {"at", "2026-12-04T20:57Z"}, {"note", "care"}}},
                    "",
                    quiet},
        RecheckCase{"said at a later time",
                    at_ten,
                    "move 2026-12-05T11:00:00Z",
                    {{{"kind", "send_now"}, {"at", "2026-12-05T11:00Z"}, {"ref", "it"}}}}));

TEST(RecheckOfForecasts, WhatANewReadingMovesIsPutOff) {
  Story story;
  story.assets = testing_story::Rows{{"id", "customer"}, {{"car", "ada"}}};
  story.occasion = "name = 'due'\nevery = { km = 15000 }\nsince = 'service'\nmeter = 'km'\nat = '10:00'";
  story.happened("service", "2026-01-01", {{"asset", "car"}, {"value", "0"}, {"unit", "km"}});
  story.happened("reading", "2026-11-01", {{"asset", "car"}, {"value", "13600"}, {"unit", "km"}});
  const std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(rows.size(), 1U);
  const std::string due = iso_text(rows[0].due);
  EXPECT_EQ(verdicts(story, rows, due), Lines{"send email"});
  // Since then it has hardly been used.
  story.happened("reading", due.substr(0, 10), {{"asset", "car"}, {"value", "14300"}, {"unit", "km"}});
  story.end = "2027-12-31T00:00Z";
  const std::vector<OwedRow> moved = rows_of(story.plan());
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].key, rows[0].key);
  ASSERT_GT(moved[0].due, rows[0].due);
  EXPECT_EQ(verdicts(story, rows, due), Lines{"move " + iso_text(moved[0].due)});
}

// Due on a Saturday, and moved back to the Friday before.
TEST(RecheckOfMoves, WhatWasMovedBackIsAskedOnTheDayThatItWasMovedTo) {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '2 days'\nat = '10:00'\nmove = 'previous business day'";
  story.policy = std::string(quiet) + "\nbusiness_days = { weekend = ['sat', 'sun'] }";
  story.happened("purchase", "2026-12-03");
  const std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(iso_text(rows.at(0).due), "2026-12-04T10:00:00Z");
  EXPECT_EQ(verdicts(story, rows, "2026-12-04T11:00Z"), Lines{"send email"});
  EXPECT_EQ(verdicts(story, rows, "2026-12-04T21:00Z"), Lines{"move 2026-12-07T08:00:00Z"});
}

TEST(RecheckOfSeveral, CountsThemTogether) {
  Story story =
      thanks("late = 'all'\ntolerance = '3 days'", "caps = [{ purposes = ['care'], most = 2, per = '7 days' }]");
  story.happened("purchase", "2026-12-01")
      .happened("purchase", "2026-11-30")
      .happened("purchase", "2026-12-03", {{"customer", "bob"}});
  story.start = "2026-11-25T00:00Z";
  std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(rows.size(), 3U);  // the third of ada's is capped
  story.policy = "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]";
  Lines said = verdicts(story, rows, "2026-12-05T09:00Z");
  std::sort(said.begin(), said.end());
  EXPECT_EQ(said, (Lines{"send email", "send email", "withdraw capped"}));
}

TEST(RecheckOfSeveral, MakesOneContactOfWhatIsLate) {
  Story story = thanks("late = 'all'");
  story.happened("purchase", "2026-12-01").happened("purchase", "2026-11-30");
  story.start = "2026-11-25T00:00Z";
  const std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(verdicts(story, rows, "2026-12-05T09:00Z"), (Lines{"send email", "send email", "send email"}));
  story.policy = "merge = true";
  Lines said = verdicts(story, rows, "2026-12-05T09:00Z");
  std::sort(said.begin(), said.end());
  EXPECT_EQ(said, (Lines{"send email", "send email by another", "send email by another"}));
}

// Two rules thank for one purchase, in one contact.
Story thanks_twice() {
  Story story = thanks("priority = 1", "merge = true");
  story.occasion += "\n[[occasion]]\nname = 'offer'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nuntil = 'no'";
  return story;
}

TEST(RecheckOfMerged, GoesWithItsContactWhileItMay) {
  Story story = thanks_twice();
  const std::vector<OwedRow> rows = rows_of(story.plan());
  ASSERT_EQ(rows.size(), 2U);
  const std::size_t part = rows[0].state == OutboxState::merged ? 0 : 1;
  EXPECT_EQ(rows[part].contact, rows[1 - part].key);
  Lines expected{"send email", "send email"};
  expected[part] += " by another";
  EXPECT_EQ(verdicts(story, rows, at_ten), expected);
  EXPECT_EQ(verdicts(story, rows, "2026-12-04T17:00Z"), expected);
  story.happened("no", "2026-12-04T10:01Z");
  expected[part] = "withdraw ended";
  EXPECT_EQ(verdicts(story, rows, "2026-12-04T17:00Z"), expected);
}

TEST(RecheckOfMerged, GoesByItselfWhereItsContactDoesNot) {
  Story story = thanks_twice();
  const std::vector<OwedRow> rows = rows_of(story.plan());
  const std::size_t part = rows[0].state == OutboxState::merged ? 0 : 1;
  story.happened("skip", "2026-12-04", {{"ref", to_hex(rows[1 - part].key)}});
  Lines expected{"skip skipped", "skip skipped"};
  expected[part] = "move 2026-12-04T10:05:00Z";
  EXPECT_EQ(verdicts(story, rows, "2026-12-04T10:05Z"), expected);
  const Plan plan = story.plan();
  const auto said =
      recheck(plan.base, plan.rules, rows, testing_story::numbers_of(*plan.base), at("2026-12-04T10:05Z"));
  const OwedRow& alone = said[part].row;
  EXPECT_EQ(alone.state, OutboxState::planned);
  EXPECT_FALSE(alone.contact);
  EXPECT_EQ(alone.due, rows[part].due);
  EXPECT_EQ(verdicts(story, std::vector{alone}, "2026-12-04T10:05Z"), Lines{"send email"});
}

// Whatever is drawn: it is what a plan says of the reminders where staff have put all of them off until now.
class RecheckDrawn : public testing::TestWithParam<unsigned> {};

void recheck_and_put_off(unsigned seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  Story story;
  story.customers = {{"id", "status", "email", "phone", "zone"},
                     {{"ada", "", "a@x.org", "1", pick({"", "America/New_York", "Pacific/Auckland"})},
                      {"bob", pick({"", "", "closed"}), "b@x.org", "", ""}}};
  story.start = "2026-11-20T00:00Z";
  story.policy = pick({"", "quiet_hours = { from = '20:00', to = '08:00' }\n"}) +
                 pick({"", "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-25'] }\n"}) +
                 pick({"", "opening_hours = { mon-fri = '08:00-12:00, 13:00-17:00' }\n"}) +
                 pick({"", "caps = [{ purposes = ['care', 'offer'], most = 2, per = '7 days' }]\n"}) +
                 pick({"", "consent = { care = 'needed' }\n"}) + pick({"", "spread = '1 hour'\n"});
  const auto keys = [&] {
    return pick({"", "until = 'visit'\n"}) + pick({"", "expires = '1 day'\n", "expires = '4 days'\n"}) +
           pick({"", "audience = 'staff'\n"}) + pick({"", "move = 'next business day'\n"}) +
           pick({"", "tolerance = '2 days'\n"}) + pick({"", "channels = ['sms', 'email']\n"}) +
           pick({"", "when = { count = { kind = 'visit', over = '7 days', max = 0 } }\n"}) +
           pick({"", "purpose = 'service'\n"}) + "at = '" + pick({"09:00", "10:30", "19:00"}) + "'\n";
  };
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\n" + keys() +
                   "[[occasion]]\nname = 'ask'\non = 'purchase'\nafter = '2 days'\npriority = 1\n" + keys();
  const auto day = [&] { return "2026-12-0" + std::to_string(1 + random() % 7); };
  const auto moment = [&] { return day() + "T" + pick({"07", "10", "13", "21"}) + ":30Z"; };
  const auto customer = [&] { return pick({"ada", "ada", "bob"}); };
  story.happened("consent", "2026-01-01", {{"ref", ""}, {"due", ""}, {"channel", ""}, {"note", ""}});
  for (int i = 0; i < 3; ++i) story.happened("purchase", day(), {{"customer", customer()}});
  const std::vector<OwedRow> rows = rows_of(story.plan());
  for (unsigned i = random() % 4; i > 0; --i) {
    const std::string kind = pick({"visit", "withdrawal", "complaint", "contact", "resolution"});
    story.happened(kind, moment(), {{"customer", customer()}, {"channel", pick({"", "email"})}});
  }
  const std::string now =
      "2026-12-0" + std::to_string(4 + random() % 6) + "T" + pick({"09:07", "12:30", "15:00", "23:59"}) + "Z";
  std::vector<OwedRow> due;
  for (const OwedRow& row : rows) {
    if (row.due <= at(now)) due.push_back(row);
  }
  Lines expected;
  Story put_off = story;
  for (const OwedRow& row : due) {
    const auto who = row.customer == 100 ? "ada" : "bob";
    put_off.happened("snooze", now, {{"customer", who}, {"ref", to_hex(row.key)}, {"due", now}});
  }
  put_off.start = now;
  put_off.end = "2027-02-01T00:00Z";
  const Plan plan = put_off.plan();
  for (const OwedRow& row : due) {
    std::string line = "withdraw no_longer_due";
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const Reminder found = plan.row(i);
      if (found.key != row.key) continue;
      const std::string reason{reason_name(found.reason)};
      if (found.state == State::withheld) {
        line = (reason == "expired" ? "expire " : "withdraw ") + reason;
      } else if (found.due > at(now)) {
        line = "move " + iso_text(found.due);
      } else {
        line = "send " + plan.channels[found.channel];
      }
    }
    expected.push_back(line);
  }
  EXPECT_EQ(verdicts(story, due, now), expected) << now << "\n" << story.policy << story.occasion;
}

TEST_P(RecheckDrawn, SaysWhatAPlanSaysWhereStaffPutThemOffUntilNow) {
  constexpr unsigned many = 150;
  for (unsigned seed = GetParam() * many; seed < (GetParam() + 1) * many; ++seed) recheck_and_put_off(seed);
}

INSTANTIATE_TEST_SUITE_P(Shops, RecheckDrawn, testing::Range(0U, 10U));

TEST(RecheckOfStrangers, WhoIsNotInTheBaseIsOwedNothing) {
  Story story = thanks();
  std::vector<OwedRow> rows = rows_of(story.plan());
  rows[0].customer = 999;
  rows[0].key = {1, 2};
  EXPECT_EQ(verdicts(story, rows, at_ten), Lines{"withdraw no_longer_due"});
  EXPECT_EQ(verdicts(story, {}, at_ten), Lines{});
}

}  // namespace
}  // namespace courtesy
