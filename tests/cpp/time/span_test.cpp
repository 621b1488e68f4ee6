#include <courtesy/time/span.h>

#include <gtest/gtest.h>

#include <vector>

#include <courtesy/error.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using dates::day;

Span months(int count) { return {.months = count}; }
Span days(int count) { return {.days = count}; }
Span business_days(int count) { return {.business_days = count}; }
Span time(std::chrono::seconds length) { return {.time = length}; }

std::string complaint(std::string_view text) {
  try {
    const Span span = parse_span(text);
    return "no error, but " + span_text(span);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::rule);
    return error.what();
  }
}

TEST(ParseSpan, ReadsWordsAndIso8601) {
  struct Case {
    const char* text;
    Span expected;
  };
  const std::vector<Case> cases{
      {"3 days", days(3)},
      {"1 day", days(1)},
      {"1 days", days(1)},
      {"0 days", {}},
      {"1 week", days(7)},
      {"2 weeks", days(14)},
      {"6 months", months(6)},
      {"1 year", months(12)},
      {"2 years", months(24)},
      {"4 hours", time(4h)},
      {"90 minutes", time(90min)},
      {"30 seconds", time(30s)},
      {"36 hours", time(36h)},  // not a day and a half: hours count from the instant
      {"3 business days", business_days(3)},
      {"4 opening hours", {.open_time = 4h}},
      {"1 opening hour 30 opening minutes", {.open_time = 90min}},
      {"1 business day", business_days(1)},
      {"1 year 6 months", months(18)},
      {"1 day, 2 hours", {.days = 1, .time = 2h}},
      {"2 weeks 3 days", days(17)},
      {"1 month, 2 business days", {.months = 1, .business_days = 2}},
      {"  3   Days ", days(3)},
      {"3days", days(3)},
      {"007 days", days(7)},
      {"P6M", months(6)},
      {"P1Y2M3D", {.months = 14, .days = 3}},
      {"PT4H", time(4h)},
      {"PT1M", time(1min)},
      {"P1M", months(1)},
      {"P2W", days(14)},
      {"P1DT12H30M15S", {.days = 1, .time = 12h + 30min + 15s}},
      {"P0D", {}},
      {"9999 years", months(9999 * 12)},
  };
  for (const Case& c : cases) EXPECT_EQ(parse_span(c.text), c.expected) << c.text;
}

TEST(ParseSpan, SaysWhatWasExpectedAndFound) {
  const std::string expected = "expected a span such as '3 days' or 'P6M', found ";
  const std::string iso = " (ISO 8601 writes 'P1Y2M3D', 'P2W' or 'PT4H30M')";
  struct Case {
    const char* text;
    std::string message;
  };
  const std::vector<Case> cases{
      {"", expected + "an empty text"},
      {"   ", expected + "an empty text"},
      {"days", expected + "'days'"},
      {"soon", expected + "'soon'"},
      {"3 dyas", expected + "'3 dyas' (did you mean 'days'?)"},
      {"2 mnoths", expected + "'2 mnoths' (did you mean 'months'?)"},
      {"3 businessdays", expected + "'3 businessdays' (did you mean 'business days'?)"},
      {"3", expected + "'3' (a unit such as 'days' should follow the number)"},
      {"1 day 2", expected + "'1 day 2' (a unit such as 'days' should follow the number)"},
      {"1 day,", expected + "'1 day,' (nothing follows the comma)"},
      {"1 day,, 2 hours", expected + "'1 day,, 2 hours' (a number should follow each unit)"},
      {"1.5 days", expected + "'1.5 days' (write whole numbers, in a smaller unit where needed)"},
      {"2 days 1 day", expected + "'2 days 1 day' (days are given twice)"},
      {"3 fortnights", expected + "'3 fortnights' ('fortnights' is no unit: try years, months, weeks, days, business "
                                  "days, hours, minutes, seconds or opening hours)"},
      {"P", expected + "'P' (a number should follow the P)"},
      {"PT", expected + "'PT' (a number should follow the T)"},
      {"P1DT", expected + "'P1DT' (a number should follow the T)"},
      {"P1M1Y", expected + "'P1M1Y'" + iso},
      {"P1D2D", expected + "'P1D2D'" + iso},
      {"P3", expected + "'P3'" + iso},
      {"PD", expected + "'PD'" + iso},
      {"P3H", expected + "'P3H'" + iso},
      {"PT3D", expected + "'PT3D'" + iso},
      {"P3D ago", expected + "'P3D ago'" + iso},
      {"PT1.5H", expected + "'PT1.5H' (write whole numbers, in a smaller unit where needed)"},
      {"-3 days", "a span is never negative: write 'before' instead of '-3 days'"},
      {"- 3 days", "a span is never negative: write 'before' instead of '- 3 days'"},
      {"-P3D", "a span is never negative: write 'before' instead of '-P3D'"},
      {"P-3D", "a span is never negative: write 'before' instead of 'P-3D'"},
      {"1 year -2 days", "a span is never negative: write 'before' instead of '1 year -2 days'"},
      {"10001 opening hours",
       "expected a span such as '3 days' or 'P6M', found '10001 opening hours' (expected at most 10000 opening hours)"},
      {"10000 years", "expected a span of at most 9999 years, found '10000 years'"},
      {"9999 years 1 month", "expected a span of at most 9999 years, found '9999 years 1 month'"},
      {"99999999999999999999999 seconds",
       "expected a span of at most 9999 years, found '99999999999999999999999 seconds'"},
      {"P99999999999999999999W", "expected a span of at most 9999 years, found 'P99999999999999999999W'"},
  };
  for (const Case& c : cases) EXPECT_EQ(complaint(c.text), c.message) << c.text;
}

TEST(ParseSpan, ShowsHostileTextsBoundedAndHarmless) {
  EXPECT_EQ(complaint("3 \x1b[31m"),
            "expected a span such as '3 days' or 'P6M', found '3 ?[31m' ('?[' is no unit: try years, months, weeks, "
            "days, business days, hours, minutes, seconds or opening hours)");
  EXPECT_LT(complaint(std::string(1'000'000, 'x')).size(), 200U);
  EXPECT_LT(complaint("3 " + std::string(1'000'000, 'x')).size(), 400U);
}

TEST(SpanText, IsReadBackAsTheSameSpan) {
  for (const int m : {0, 1, 5, 12, 13, 24, 119'988}) {
    for (const int d : {0, 1, 6, 7, 400}) {
      for (const int b : {0, 1, 3}) {
        for (const std::chrono::seconds t : {0s, 1s, 60s, 3599s, 3600s, 90'061s}) {
          const Span span{m, d, b, t};
          EXPECT_EQ(parse_span(span_text(span)), span) << span_text(span);
        }
      }
    }
  }
}

TEST(SpanText, IsWhatAPersonWouldWrite) {
  EXPECT_EQ(span_text({}), "0 days");
  EXPECT_EQ(span_text(parse_span("P18M")), "1 year 6 months");
  EXPECT_EQ(span_text(parse_span("3 business days")), "3 business days");
  EXPECT_EQ(span_text(parse_span("PT4H")), "4 hours");
  EXPECT_EQ(span_text(parse_span("90 minutes")), "1 hour 30 minutes");
  EXPECT_EQ(span_text(parse_span("48 hours")), "48 hours");
  EXPECT_EQ(span_text(parse_span("3 weeks")), "21 days");
}

// Months are added first and clamped, then days: the order that relativedelta has too.
TEST(AddDays, AddsMonthsBeforeDays) {
  EXPECT_EQ(add_days(day("2026-01-31"), parse_span("1 month 1 day")), day("2026-03-01"));
  EXPECT_EQ(subtract_days(day("2026-03-31"), parse_span("1 month 1 day")), day("2026-02-27"));
  EXPECT_EQ(add_days(day("2024-02-29"), parse_span("1 year")), day("2025-02-28"));
  EXPECT_EQ(subtract_days(day("2026-12-14"), parse_span("21 days")), day("2026-11-23"));
  EXPECT_EQ(add_days(day("2026-01-31"), {.business_days = 5, .time = 30h}), day("2026-01-31"));
}

TEST(AddDays, StopsAtTheEndsOfTheCalendar) {
  const Span longest{.months = 9999 * 12, .days = 9999 * 366};
  Day late = day("9999-12-31");
  Day early = day("1600-01-01");
  for (int n = 0; n < 5; ++n) {
    late = add_days(late, longest);
    early = subtract_days(early, longest);
  }
  EXPECT_EQ(iso_text(late), "+32767-12-31");
  EXPECT_EQ(iso_text(early), "-32767-01-01");
}

TEST(LongestDays, IsNeverLessThanWhatTheSpanCovers) {
  for (const char* text : {"0 days", "1 month", "2 months", "11 months", "1 year", "4 years 1 month 3 days"}) {
    const Span span = parse_span(text);
    for (Day anchor = day("2023-01-01"); anchor < day("2029-01-01"); anchor += std::chrono::days{1}) {
      EXPECT_LE((add_days(anchor, span) - anchor).count(), longest_days(span)) << text << " from " << iso_text(anchor);
      EXPECT_LE((anchor - subtract_days(anchor, span)).count(), longest_days(span))
          << text << " to " << iso_text(anchor);
    }
  }
  EXPECT_EQ(longest_days(parse_span("25 hours")), 2);
  EXPECT_GE(longest_days(parse_span("10 business days")), 70);
}

}  // namespace
}  // namespace courtesy
