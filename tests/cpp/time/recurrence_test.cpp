#include <courtesy/time/recurrence.h>

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <courtesy/time/parse_recurrence.h>
#include <courtesy/time/parse_rule.h>

#include "support/moments.h"

namespace courtesy {
namespace {

using moments::complaint;
using moments::moment;
using moments::text;
using moments::texts;
using Texts = std::vector<std::string>;

Recurrence recurrence(std::string_view lines) { return Recurrence{parse_recurrence(lines)}; }

Recurrence with_start(std::string_view lines) {
  RecurrenceParts parts = parse_recurrence(lines);
  parts.include_start = true;
  return Recurrence{parts};
}

// Last Fridays of 2026: 30 January, 27 February, 27 March, 24 April, 29 May, …, 27 November, 25 December.
TEST(Recurrence, AnswersWhatIsAfterAndBefore) {
  const Recurrence fridays = recurrence("DTSTART:20260101\nRRULE:FREQ=MONTHLY;BYDAY=-1FR");
  struct Case {
    const char* at;
    const char* before;
    const char* not_after;
    const char* not_before;
    const char* after;
  };
  const std::vector<Case> cases{
      {"1900-01-01", "none", "none", "2026-01-30", "2026-01-30"},
      {"2026-01-29", "none", "none", "2026-01-30", "2026-01-30"},
      {"2026-01-30", "none", "2026-01-30", "2026-01-30", "2026-02-27"},
      {"2026-01-30T00:00:00", "none", "2026-01-30", "2026-01-30", "2026-02-27"},
      {"2026-01-30T00:00:00.000001", "2026-01-30", "2026-01-30", "2026-02-27", "2026-02-27"},
      {"2026-12-01", "2026-11-27", "2026-11-27", "2026-12-25", "2026-12-25"},
      {"2050-12-31", "2050-12-30", "2050-12-30", "2051-01-27", "2051-01-27"},
      {"9999-12-31", "9999-11-26", "9999-12-31", "9999-12-31", "none"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(text(fridays.before(moment(c.at))), c.before) << c.at;
    EXPECT_EQ(text(fridays.before(moment(c.at), true)), c.not_after) << c.at;
    EXPECT_EQ(text(fridays.after(moment(c.at), true)), c.not_before) << c.at;
    EXPECT_EQ(text(fridays.after(moment(c.at))), c.after) << c.at;
  }
}

TEST(Recurrence, AnswersWhatIsInAWindowAndWhatComesFirst) {
  const Recurrence fridays = recurrence("DTSTART:20260101\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260531");
  EXPECT_EQ(texts(fridays.between(moment("2026-02-27"), moment("2026-04-24"))), (Texts{"2026-02-27", "2026-03-27"}));
  EXPECT_EQ(texts(fridays.between(moment("2026-02-28"), moment("2026-03-27"))), Texts{});
  EXPECT_EQ(texts(fridays.between(moment("2026-04-24"), moment("2026-02-27"))), Texts{});
  EXPECT_EQ(texts(fridays.first(2)), (Texts{"2026-01-30", "2026-02-27"}));
  EXPECT_EQ(texts(fridays.first(0)), Texts{});
  EXPECT_EQ(fridays.first(100).size(), 5U);
  EXPECT_EQ(texts(fridays.first_after(moment("2026-02-27"), 2)), (Texts{"2026-03-27", "2026-04-24"}));
  EXPECT_EQ(texts(fridays.first_after(moment("2026-05-29"), 2)), Texts{});
  EXPECT_EQ(fridays.count(), 5);
  EXPECT_EQ(fridays.count(moment("2026-02-27"), moment("2026-04-24")), 2);
  EXPECT_FALSE(fridays.endless());
  EXPECT_TRUE(recurrence("DTSTART:20260101\nRRULE:FREQ=DAILY").endless());
  EXPECT_EQ(recurrence("DTSTART:20260101\nRRULE:FREQ=DAILY").count(), std::nullopt);
}

TEST(Recurrence, AWindowOfTooManyIsAnErrorAndNotAFullMemory) {
  const Recurrence seconds = recurrence("DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY");
  EXPECT_EQ(seconds.between(moment("2026-01-01"), moment("2026-01-02")).size(), 86'400U);
  const std::string message = complaint([&] { (void)seconds.between(moment("2026-01-01"), moment("9999-01-01")); });
  EXPECT_NE(message.find("more than 1000000 occurrences"), std::string::npos) << message;
  EXPECT_EQ(seconds.count(moment("2026-01-01"), moment("2027-01-01")), 365 * 86'400);
}

// The start's kind is the occurrences'; a moment asked about may be of another.
TEST(Recurrence, AnswersInTheKindOfItsStart) {
  const Recurrence days = recurrence("DTSTART:20260701\nRRULE:FREQ=DAILY");
  const Recurrence walls = recurrence("DTSTART:20260701T090000\nRRULE:FREQ=DAILY");
  const Recurrence instants = recurrence("DTSTART;TZID=Europe/London:20260701T090000\nRRULE:FREQ=DAILY");
  const Recurrence utc = recurrence("DTSTART:20260701T090000Z\nRRULE:FREQ=DAILY");
  EXPECT_EQ(days.kind(), Recurrence::Kind::day);
  EXPECT_EQ(walls.kind(), Recurrence::Kind::wall);
  EXPECT_EQ(instants.kind(), Recurrence::Kind::instant);
  EXPECT_EQ(utc.kind(), Recurrence::Kind::instant);
  EXPECT_EQ(text(days.after(moment("2026-07-05T12:00:00"))), "2026-07-06");
  EXPECT_EQ(text(walls.after(moment("2026-07-05"))), "2026-07-05T09:00:00");
  EXPECT_EQ(text(walls.after(moment("2026-07-05T09:00:00"))), "2026-07-06T09:00:00");
  EXPECT_EQ(text(instants.after(moment("2026-07-05"))), "2026-07-05T08:00:00Z");
  EXPECT_EQ(text(instants.after(moment("2026-07-05T09:00:00"))), "2026-07-06T08:00:00Z");
  EXPECT_EQ(text(instants.after(moment("2026-07-05T07:59:59.999999Z"))), "2026-07-05T08:00:00Z");
  EXPECT_EQ(text(utc.after(moment("2026-07-05T09:00:00"))), "2026-07-06T09:00:00Z");
  for (const Recurrence& each : {days, walls}) {
    const std::string message = complaint([&] { (void)each.after(moment("2026-07-05T12:00:00Z")); });
    EXPECT_NE(message.find("has no zone"), std::string::npos) << message;
  }
}

TEST(Recurrence, AddsDatesAndTakesDatesAndRulesAway) {
  struct Case {
    const char* lines;
    Texts expected;
  };
  const std::vector<Case> cases{
      {"DTSTART:20260101\nRDATE:20260301,20260201,20260301", {"2026-02-01", "2026-03-01"}},
      {"DTSTART:20260101\nRRULE:FREQ=YEARLY;COUNT=2\nRDATE:20251224,20260601,20260101",
       {"2025-12-24", "2026-01-01", "2026-06-01", "2027-01-01"}},
      // A date that is taken away still counts.
      {"DTSTART:20260101\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260102", {"2026-01-01", "2026-01-03"}},
      {"DTSTART:20260101\nRRULE:FREQ=DAILY;COUNT=3\nEXRULE:FREQ=DAILY;INTERVAL=2", {"2026-01-02"}},
      // What takes away wins over what adds.
      {"DTSTART:20260101\nRDATE:20260105,20260106\nEXDATE:20260105", {"2026-01-06"}},
      {"DTSTART:20260101\nRDATE:20260105,20260106\nEXRULE:FREQ=WEEKLY;BYDAY=TU", {"2026-01-05"}},
      {"DTSTART:20260101T090000\nRRULE:FREQ=HOURLY;INTERVAL=6;COUNT=8\nEXDATE;VALUE=DATE:20260102",
       {"2026-01-01T09:00:00", "2026-01-01T15:00:00", "2026-01-01T21:00:00", "2026-01-03T03:00:00"}},
      // 1 July in Auckland is from 30 June 12:00 to 1 July 12:00 in UTC.
      {"DTSTART;TZID=Pacific/Auckland:20260630T230000\nRRULE:FREQ=HOURLY;INTERVAL=12;COUNT=4\n"
       "EXDATE;VALUE=DATE:20260701",
       {"2026-06-30T11:00:00Z", "2026-07-01T23:00:00Z"}},
      // Times in UTC and in another zone beside a start in London.
      {"DTSTART;TZID=Europe/London:20260701T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260702T080000Z\n"
       "RDATE;TZID=America/New_York:20260704T090000",
       {"2026-07-01T08:00:00Z", "2026-07-03T08:00:00Z", "2026-07-04T13:00:00Z"}},
  };
  for (const Case& c : cases) {
    const Recurrence each = recurrence(c.lines);
    EXPECT_EQ(texts(each.first(20)), c.expected) << c.lines;
    EXPECT_EQ(each.count(), static_cast<std::int64_t>(c.expected.size())) << c.lines;
    EXPECT_EQ(text(each.before(moment("9999-12-31"))), c.expected.back()) << c.lines;
    EXPECT_EQ(texts(each.between(moment("1600-01-01"), moment("9999-12-31"))), c.expected) << c.lines;
  }
}

// RFC 5545: "The DTSTART property value … counts as the first occurrence", whether it matches or not.
TEST(Recurrence, IncludesTheStartWhereThatIsAskedFor) {
  const char* friday_the_13th = "DTSTART:19970902T090000\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3";
  EXPECT_EQ(texts(recurrence(friday_the_13th).first(9)),
            (Texts{"1998-02-13T09:00:00", "1998-03-13T09:00:00", "1998-11-13T09:00:00"}));
  EXPECT_EQ(texts(with_start(friday_the_13th).first(9)),
            (Texts{"1997-09-02T09:00:00", "1998-02-13T09:00:00", "1998-03-13T09:00:00"}));
  // As the RFC's own example has it.
  EXPECT_EQ(texts(with_start(std::string{friday_the_13th} + "\nEXDATE:19970902T090000").first(9)),
            (Texts{"1998-02-13T09:00:00", "1998-03-13T09:00:00"}));
  EXPECT_EQ(texts(with_start("DTSTART:20260101\nRRULE:FREQ=DAILY;COUNT=2").first(9)),
            (Texts{"2026-01-01", "2026-01-02"}));
  EXPECT_EQ(texts(with_start("DTSTART:20260101\nRRULE:FREQ=DAILY;BYMONTH=2;COUNT=1").first(9)), Texts{"2026-01-01"});
  EXPECT_EQ(texts(with_start("DTSTART:20260101").first(9)), Texts{"2026-01-01"});
}

TEST(Recurrence, KnowsWhatNeverHappens) {
  for (const char* rule : {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
                           "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
                           "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=11", "FREQ=HOURLY;INTERVAL=24;BYHOUR=10",
                           "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
                           "FREQ=YEARLY;INTERVAL=7999;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYDAY=-1MO;BYMONTHDAY=1",
                           "FREQ=DAILY;UNTIL=20251231T000000"}) {
    const Recurrence never = recurrence("DTSTART:20260101T090000\nRRULE:" + std::string{rule});
    EXPECT_TRUE(never.never()) << rule;
    EXPECT_FALSE(never.endless()) << rule;
    EXPECT_EQ(never.count(), 0) << rule;
    EXPECT_EQ(text(never.after(moment("2026-01-01"))), "none") << rule;
    EXPECT_EQ(text(never.before(moment("2926-01-01"))), "none") << rule;
    EXPECT_EQ(texts(never.first(3)), Texts{}) << rule;
  }
  // A rule that takes away all that there is takes the dates beside it too.
  EXPECT_EQ(recurrence("DTSTART:20260101\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY\nRDATE:20260202").count(), 0);
  // A date beside it happens.
  const Recurrence once = recurrence("DTSTART:20260101\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30\nRDATE:20260202");
  EXPECT_FALSE(once.never());
  EXPECT_FALSE(once.endless());
  EXPECT_EQ(once.count(), 1);
}

// By the days' numbers: dates that are added, taken away, both, or twice, in a zone and without one.
TEST(Recurrence, CountsWhatIterationFinds) {
  std::mt19937 random{4};
  const auto some_day = [&] { return Day{std::chrono::year{2026} / 1 / 1} + std::chrono::days{random() % 60}; };
  for (int round = 0; round < 200; ++round) {
    RecurrenceParts parts;
    parts.rule = parse_rule(round % 2 == 0 ? "FREQ=DAILY;BYHOUR=1,9;UNTIL=20260215T000000Z" : "FREQ=WEEKLY;COUNT=5");
    const WallTime start{Day{std::chrono::year{2026} / 1 / 1} + std::chrono::hours{9}};
    parts.start = start;
    if (round % 3 == 0) parts.zone = Zone::named("Europe/London");
    parts.include_start = round % 5 == 0;
    for (auto n = random() % 6; n > 0; --n) parts.rdates.push_back(WallTime{some_day() + std::chrono::hours{9}});
    for (auto n = random() % 6; n > 0; --n) parts.exdates.push_back(WallTime{some_day() + std::chrono::hours{9}});
    for (auto n = random() % 4; n > 0; --n) parts.exdates.push_back(some_day());
    const Recurrence each{parts};
    const auto all = each.first(1'000);
    EXPECT_EQ(each.count(), static_cast<std::int64_t>(all.size())) << each.parts().to_rfc5545();
    const Moment middle = WallTime{some_day() + std::chrono::hours{9}};
    EXPECT_EQ(each.count(WallTime{start - std::chrono::days{9}}, middle),
              static_cast<std::int64_t>(each.between(WallTime{start - std::chrono::days{9}}, middle).size()))
        << each.parts().to_rfc5545();
  }
}

// Each of very many rules is asked of each second, and all of them are paid for: none of the questions goes on for
// long.
TEST(Recurrence, ManyRulesThatTakeAllAwayEndInAnError) {
  std::ostringstream each_second;
  for (int n = 0; n < 60; ++n) each_second << (n == 0 ? "" : ",") << n;
  std::ostringstream lines;
  lines << "DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY";
  for (int hour = 0; hour < 24; ++hour) {
    lines << "\nEXRULE:FREQ=DAILY;BYHOUR=" << hour << ";BYMINUTE=" << each_second.str()
          << ";BYSECOND=" << each_second.str();
  }
  const Recurrence nothing = recurrence(lines.str());
  EXPECT_THROW((void)nothing.first(1), Error);
  EXPECT_THROW((void)nothing.after(moment("2026-06-01")), Error);
  EXPECT_THROW((void)nothing.before(moment("2926-06-01")), Error);
}

// Elapsed units one by one, counted by hand: from 09:30:10, every 7 minutes at seconds 0 and 10 of them.
TEST(Recurrence, ColumnsOfTheClockAreWrittenInOneGo) {
  const Recurrence each = recurrence("DTSTART:20260101T093010\nRRULE:FREQ=MINUTELY;INTERVAL=7;BYSECOND=0,10");
  std::vector<std::int64_t> cells(100'000);
  const std::size_t count = each.fill(moment("2026-01-01"), moment("2026-02-01"), cells);
  std::vector<std::int64_t> expected;
  const auto begin = dates::wall("2026-01-01T09:30:00").time_since_epoch();
  const auto end = dates::wall("2026-02-01T00:00:00").time_since_epoch();
  for (auto minute = begin; minute < end; minute += std::chrono::minutes{7}) {
    if (minute != begin) expected.push_back(minute.count());
    expected.push_back((minute + std::chrono::seconds{10}).count());
  }
  cells.resize(count);
  EXPECT_EQ(cells, expected);
  const std::vector<std::int64_t> few(cells.begin() + 5, cells.begin() + 8);
  std::vector<std::int64_t> part(3);
  const WallTime from{std::chrono::microseconds{cells[4] + 1}};
  EXPECT_EQ(each.fill(from, moment("2026-02-01"), part), 3U);
  EXPECT_EQ(part, few);
  const Recurrence rare = recurrence("DTSTART:99991231T235959\nRRULE:FREQ=HOURLY;INTERVAL=1000000000000");
  EXPECT_EQ(rare.fill(moment("1600-01-01"), moment("9999-12-31T23:59:59.5"), cells), 1U);
}

TEST(Recurrence, ASeekDoesNotWalkFromTheStart) {
  struct Case {
    const char* rule;
    const char* after_2050;
  };
  // From Thursday 1970-01-01 09:00 on. The last answers by Python's own integers: 37 s divide the time since the start
  // with 5 s over, 1001 minutes with 480 over.
  const std::vector<Case> cases{
      {"FREQ=DAILY", "2050-06-01T09:00:00"},
      {"FREQ=WEEKLY", "2050-06-02T09:00:00"},
      {"FREQ=MONTHLY;BYDAY=-1FR", "2050-06-24T09:00:00"},
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2052-02-29T09:00:00"},
      {"FREQ=HOURLY", "2050-06-01T01:00:00"},
      {"FREQ=MINUTELY;BYDAY=MO;BYHOUR=9", "2050-06-06T09:00:00"},
      {"FREQ=SECONDLY", "2050-06-01T00:00:01"},
  };
  for (const Case& c : cases) {
    const Recurrence each = recurrence("DTSTART:19700101T090000\nRRULE:" + std::string{c.rule});
    EXPECT_EQ(text(each.after(moment("2050-06-01"))), c.after_2050) << c.rule;
  }
  for (const std::int64_t interval : {7, 37, 1001, 86'399, 1'000'003}) {
    const Recurrence each =
        recurrence("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;INTERVAL=" + std::to_string(interval));
    const auto since = dates::wall("2050-06-01T00:00:00").time_since_epoch() / std::chrono::seconds{1};
    const WallTime expected{std::chrono::seconds{(since / interval + 1) * interval}};
    EXPECT_EQ(text(each.after(moment("2050-06-01"))), iso_text(expected)) << interval;
  }
}

TEST(Recurrence, UntilInUtcIsComparedByTheClockWhereTheStartHasNoZone) {
  EXPECT_EQ(texts(recurrence("DTSTART:20260701T090000\nRRULE:FREQ=DAILY;UNTIL=20260702T090000Z").first(9)),
            (Texts{"2026-07-01T09:00:00", "2026-07-02T09:00:00"}));
  EXPECT_EQ(texts(recurrence("DTSTART:20260701T090000\nRRULE:FREQ=DAILY;UNTIL=20260702T085959Z").first(9)),
            Texts{"2026-07-01T09:00:00"});
  // With a zone it is the instant: 09:00 in London is 08:00 in UTC.
  EXPECT_EQ(
      texts(recurrence("DTSTART;TZID=Europe/London:20260701T090000\nRRULE:FREQ=DAILY;UNTIL=20260702T080000Z").first(9)),
      (Texts{"2026-07-01T08:00:00Z", "2026-07-02T08:00:00Z"}));
}

TEST(Recurrence, TellsWhyPartsDoNotGoTogether) {
  const auto said = [](auto change) {
    RecurrenceParts parts = parse_recurrence("DTSTART;TZID=Europe/London:20260701T090000\nRRULE:FREQ=DAILY");
    change(parts);
    return complaint([&] { Recurrence each{parts}; });
  };
  using P = RecurrenceParts&;
  struct Case {
    std::string found;
    const char* expected;
  };
  const std::vector<Case> cases{
      {said([](P parts) { parts.start = dates::day("2026-07-01"); }), "DTSTART: a start that is a date has no zone"},
      {said([](P parts) { parts.start = dates::wall("1600-01-01T00:00:00") - std::chrono::seconds{1}; }),
       "DTSTART: expected a start in the years"},
      {said([](P parts) { parts.start = dates::wall("2026-07-01T09:00:00.5"); }),
       "DTSTART: expected a start at a whole"},
      {said([](P parts) { parts.rdates = {moment("2026-07-01")}; }),
       "RDATE: is a date, but the start has a time of day"},
      {said([](P parts) { parts.rdates = {moment("2026-07-01T09:00:00.5Z")}; }), "RDATE: expected a whole second"},
      {said([](P parts) { parts.zone.reset(), parts.rdates = {moment("2026-07-01T09:00:00Z")}; }),
       "RDATE: is an instant, but the start has no zone"},
      {said([](P parts) { parts.zone.reset(), parts.exdates = {moment("2026-07-01T09:00:00Z")}; }),
       "EXDATE: is an instant, but the start has no zone"},
      {said([](P parts) { parts.rule->until = parse_rfc5545_time("20270101"); }),
       "UNTIL: is the date 20270101, but the start has a time of day (write a time such as 20270101T235959Z)"},
      {said([](P parts) { parts.rule->until = parse_rfc5545_time("20270101T090000"); }),
       "UNTIL: must be in UTC where the start has a zone"},
      {said([](P parts) {
         parts.zone.reset(), parts.start = dates::day("2026-07-01"), parts.rule->frequency = Frequency::hourly;
       }),
       "FREQ: HOURLY needs a start with a time of day"},
      {said([](P parts) { parts.rule->interval = 0; }), "INTERVAL: expected a whole number from 1"},
      {said([](P parts) { parts.exrules.resize(101); }), "EXRULE: expected at most 100 of them, found 101"},
      {said([](P parts) { parts.exrules.resize(1), parts.exrules[0].hours = {24}; }),
       "BYHOUR: expected an hour from 0 to 23"},
  };
  for (const Case& c : cases) EXPECT_EQ(c.found.substr(0, std::string_view{c.expected}.size()), c.expected);
}

TEST(Recurrence, EqualPartsMakeEqualRecurrences) {
  const char* lines = "DTSTART:20260101T090000Z\nRRULE:FREQ=MONTHLY;BYDAY=FR,-1MO,FR\nRDATE:20260301T000000Z";
  EXPECT_EQ(recurrence(lines), recurrence(lines));
  EXPECT_EQ(recurrence(lines), recurrence("DTSTART:20260101T090000Z\nRRULE:BYDAY=-1MO,FR;FREQ=MONTHLY\n"
                                          "RDATE:20260301T000000Z,20260301T000000Z"));
  EXPECT_NE(recurrence(lines), recurrence("DTSTART:20260101T090000Z\nRRULE:FREQ=MONTHLY;BYDAY=FR,-1MO"));
  EXPECT_NE(recurrence(lines), with_start(lines));
  EXPECT_NE(recurrence("DTSTART:20260101T090000Z"), recurrence("DTSTART:20260101T090000"));
}

}  // namespace
}  // namespace courtesy
