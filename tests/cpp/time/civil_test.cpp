#include <courtesy/time/civil.h>

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

#include "support/dates.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using dates::day;
using dates::instant;
using dates::wall;

// The third column is date + relativedelta(months=…) of dateutil 2.9.
TEST(AddMonths, AgreesWithDateutil) {
  struct Case {
    const char* anchor;
    int months;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"2026-01-31", 1, "2026-02-28"},     {"2026-01-31", 2, "2026-03-31"},    {"2026-01-31", 3, "2026-04-30"},
      {"2026-01-31", 13, "2027-02-28"},    {"2026-01-31", 25, "2028-02-29"},   {"2026-01-31", -1, "2025-12-31"},
      {"2026-01-31", -2, "2025-11-30"},    {"2026-01-31", -11, "2025-02-28"},  {"2026-01-31", -23, "2024-02-29"},
      {"2024-02-29", 12, "2025-02-28"},    {"2024-02-29", 24, "2026-02-28"},   {"2024-02-29", 48, "2028-02-29"},
      {"2024-02-29", -12, "2023-02-28"},   {"2024-02-29", -48, "2020-02-29"},  {"2024-02-29", 1, "2024-03-29"},
      {"2024-02-29", -1, "2024-01-29"},    {"1900-01-31", 1, "1900-02-28"},    {"2000-01-31", 1, "2000-02-29"},
      {"1896-02-29", 48, "1900-02-28"},    {"2096-02-29", 48, "2100-02-28"},   {"1996-02-29", 48, "2000-02-29"},
      {"2026-12-31", 2, "2027-02-28"},     {"2026-12-15", 1, "2027-01-15"},    {"2026-01-01", -1, "2025-12-01"},
      {"1970-01-01", -1, "1969-12-01"},    {"1969-12-31", 1, "1970-01-31"},    {"1600-03-31", -1, "1600-02-29"},
      {"2026-03-31", 1199, "2126-02-28"},  {"9998-12-31", 12, "9999-12-31"},   {"2026-08-31", -6, "2026-02-28"},
      {"2031-03-13", 2332, "2225-07-13"},  {"1749-02-27", 1389, "1864-11-27"}, {"2219-04-02", -2296, "2027-12-02"},
      {"2144-07-03", -1029, "2058-10-03"}, {"2279-02-08", 2166, "2459-08-08"}, {"2296-01-19", 1796, "2445-09-19"},
      {"2106-01-08", -2619, "1887-10-08"}, {"2270-03-10", 433, "2306-04-10"},  {"1847-09-04", 1676, "1987-05-04"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(iso_text(add_months(day(c.anchor), c.months)), c.expected) << c.anchor << " + " << c.months;
  }
}

// The 31st of a month, every month for four years: a date that was clamped once must not stay clamped.
TEST(AddMonths, DoesNotDriftFromTheAnchor) {
  const Day anchor = day("2024-01-31");
  for (int months = 0; months <= 48; ++months) {
    const auto date = calendar_date(add_months(anchor, months));
    const auto month_end = (date.year() / date.month() / std::chrono::last).day();
    EXPECT_EQ(date.day(), month_end) << months;
  }
}

TEST(AddMonths, StopsAtTheEndsOfTheCalendar) {
  const int most = std::numeric_limits<int>::max();
  EXPECT_EQ(iso_text(add_months(day("2026-01-31"), most)), "+32767-12-31");
  EXPECT_EQ(iso_text(add_months(day("2026-01-31"), -most - 1)), "-32767-01-01");
  EXPECT_EQ(iso_text(add_months(Day{std::chrono::days{1'000'000'000}}, 1)), "+32767-12-31");
  EXPECT_EQ(iso_text(add_months(Day{std::chrono::days{-1'000'000'000}}, -1)), "-32767-01-01");
}

TEST(Anniversary, FollowsTheLeapPolicyIn) {
  struct Case {
    const char* anchor;
    int year;
    const char* feb28;
    const char* mar1;
    const char* skip;
  };
  const std::vector<Case> cases{
      {"2024-02-29", 2025, "2025-02-28", "2025-03-01", "none"},
      {"2024-02-29", 2028, "2028-02-29", "2028-02-29", "2028-02-29"},
      {"1896-02-29", 1900, "1900-02-28", "1900-03-01", "none"},        // no leap year: divisible by 100
      {"1896-02-29", 2000, "2000-02-29", "2000-02-29", "2000-02-29"},  // but by 400
      {"2024-02-28", 2025, "2025-02-28", "2025-02-28", "2025-02-28"},
      {"2023-12-31", 2024, "2024-12-31", "2024-12-31", "2024-12-31"},
      {"2024-02-29", 2023, "2023-02-28", "2023-03-01", "none"},
  };
  const auto text = [](std::optional<Day> found) { return found ? iso_text(*found) : std::string{"none"}; };
  for (const Case& c : cases) {
    const std::chrono::year year{c.year};
    EXPECT_EQ(text(anniversary(day(c.anchor), year, Leap::feb28)), c.feb28) << c.anchor << " in " << c.year;
    EXPECT_EQ(text(anniversary(day(c.anchor), year, Leap::mar1)), c.mar1) << c.anchor << " in " << c.year;
    EXPECT_EQ(text(anniversary(day(c.anchor), year, Leap::skip)), c.skip) << c.anchor << " in " << c.year;
  }
}

TEST(IsoWeekday, CountsFromMonday) {
  EXPECT_EQ(iso_weekday(day("2026-11-30")), 1U);
  EXPECT_EQ(iso_weekday(day("2026-12-06")), 7U);
  EXPECT_EQ(iso_weekday(day("1969-12-29")), 1U);  // before the epoch
}

TEST(ParseDate, TakesNothingButYearMonthDay) {
  EXPECT_EQ(parse_date("2026-12-01"), Day{std::chrono::year{2026} / 12 / 1});
  EXPECT_EQ(parse_date("1600-01-01"), Day{std::chrono::year{1600} / 1 / 1});
  EXPECT_EQ(parse_date("9999-12-31"), Day{std::chrono::year{9999} / 12 / 31});
  EXPECT_EQ(parse_date("2000-02-29"), Day{std::chrono::year{2000} / 2 / 29});
  for (const char* text : {"",
                           "2026",
                           "2026-12",
                           "2026-12-1",
                           "26-12-01",
                           "2026-12-01 ",
                           " 2026-12-01",
                           "2026/12/01",
                           "01.12.2026",
                           "20261201",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-01-00",
                           "0000-00-00",
                           "2026-02-29",
                           "1900-02-29",
                           "2026-04-31",
                           "1599-12-31",
                           "10000-01-01",
                           "-2026-12-01",
                           "+026-12-01",
                           "2026-12-01T00:00",
                           "2026-1a-01",
                           "NaT"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

// Every day of 1600 to 9999 is written and read back.
TEST(ParseDate, ReadsWhatIsoTextWrites) {
  for (Day at = day("1600-01-01"); at <= day("9999-12-31"); at += std::chrono::days{17}) {
    ASSERT_EQ(parse_date(iso_text(at)), at);
  }
}

TEST(ParseTimeOfDay, TakesHoursAndMinutes) {
  EXPECT_EQ(parse_time_of_day("09:00"), 9h);
  EXPECT_EQ(parse_time_of_day("9:00"), 9h);
  EXPECT_EQ(parse_time_of_day("09:00:00"), 9h);
  EXPECT_EQ(parse_time_of_day("00:00"), 0min);
  EXPECT_EQ(parse_time_of_day("23:59"), 23h + 59min);
  EXPECT_EQ(parse_time_of_day("24:00"), std::nullopt);
  EXPECT_EQ(parse_time_of_day("24:00", true), 24h);
  for (const char* text : {"", "9", "9:0", "09:60", "24:01", "25:00", "009:00", "09:00:30", "09:00:0", "09:00:000",
                           "09:00 ", " 09:00", "09.00", "-9:00", "9:00am", "09:00Z"}) {
    EXPECT_EQ(parse_time_of_day(text, true), std::nullopt) << text;
  }
}

TEST(ParseDateTime, ReadsWallTimesAndInstants) {
  struct Case {
    const char* text;
    const char* wall;
    const char* instant;  // "none" without an offset
  };
  const std::vector<Case> cases{
      {"2026-12-01T10:00", "2026-12-01T10:00:00", "none"},
      {"2026-12-01 10:00", "2026-12-01T10:00:00", "none"},
      {"2026-12-01T10:00:59", "2026-12-01T10:00:59", "none"},
      {"2026-12-01T10:00:59.5", "2026-12-01T10:00:59.500000", "none"},
      {"2026-12-01T10:00:59.000001", "2026-12-01T10:00:59.000001", "none"},
      {"2026-12-01T10:00Z", "2026-12-01T10:00:00", "2026-12-01T10:00:00Z"},
      {"2026-12-01T10:00+01:00", "2026-12-01T10:00:00", "2026-12-01T09:00:00Z"},
      {"2026-12-01T10:00+0100", "2026-12-01T10:00:00", "2026-12-01T09:00:00Z"},
      {"2026-12-01T00:30:00.25+05:45", "2026-12-01T00:30:00.250000", "2026-11-30T18:45:00.250000Z"},
      {"2026-12-31T23:00:00-03:30", "2026-12-31T23:00:00", "2027-01-01T02:30:00Z"},
      {"1600-01-01T00:00:00Z", "1600-01-01T00:00:00", "1600-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999Z"},
  };
  for (const Case& c : cases) {
    const auto parsed = parse_date_time(c.text);
    ASSERT_TRUE(parsed) << c.text;
    EXPECT_EQ(iso_text(parsed->wall), c.wall) << c.text;
    EXPECT_EQ(parsed->instant ? iso_text(*parsed->instant) : "none", c.instant) << c.text;
  }
}

TEST(ParseDateTime, RefusesWhatItCannotKeep) {
  for (const char* text : {"",
                           "2026-12-01",
                           "2026-12-01T",
                           "2026-12-01T10",
                           "2026-12-01T10:0",
                           "2026-12-01T24:00",
                           "2026-12-01T10:60",
                           "2026-12-01T10:00:60",
                           "2026-12-01T10:00:59.",
                           "2026-12-01T10:00:59.1234567",
                           "2026-12-01T10:00:59,5",
                           "2026-12-01t10:00",
                           "2026-12-01  10:00",
                           "2026-02-30T10:00",
                           "2026-12-01T10:00z",
                           "2026-12-01T10:00 Z",
                           "2026-12-01T10:00+1:00",
                           "2026-12-01T10:00+24:00",
                           "2026-12-01T10:00+01:60",
                           "2026-12-01T10:00+01:00:00",
                           "2026-12-01T10:00+01",
                           "2026-12-01T10:00ZZ",
                           "0000-00-00T00:00",
                           "2026-12-01T10:00 Europe/London"}) {
    EXPECT_FALSE(parse_date_time(text)) << text;
  }
}

TEST(IsoText, PadsAndSigns) {
  EXPECT_EQ(iso_text(Day{std::chrono::year{7} / 3 / 4}), "0007-03-04");
  EXPECT_EQ(iso_text(Day{std::chrono::year{-44} / 3 / 15}), "-0044-03-15");
  EXPECT_EQ(iso_text(Day{std::chrono::year{10000} / 1 / 1}), "+10000-01-01");
  EXPECT_EQ(iso_text(wall("1969-12-31T23:59:59.9")), "1969-12-31T23:59:59.900000");
  EXPECT_EQ(iso_text(instant("2026-12-01T10:00:00Z")), "2026-12-01T10:00:00Z");
}

TEST(IsoText, HasAnAnswerForEveryInstant) {
  // 64 bits of microseconds reach past the calendar's last year.
  EXPECT_EQ(iso_text(Instant::max()).substr(0, 12), "+32767-12-31");
  EXPECT_EQ(iso_text(Instant::min()).substr(0, 12), "-32767-01-01");
}

TEST(ClockText, ShowsHoursAndMinutes) {
  EXPECT_EQ(clock_text(9h), "09:00");
  EXPECT_EQ(clock_text(23h + 59min), "23:59");
  EXPECT_EQ(clock_text(24h), "24:00");
}

TEST(DayOf, IsTheDayOnTheClock) {
  EXPECT_EQ(day_of(wall("2026-12-01T23:59:59.999999")), day("2026-12-01"));
  EXPECT_EQ(day_of(wall("1969-12-31T23:59:59")), day("1969-12-31"));
}

}  // namespace
}  // namespace courtesy
