#include <courtesy/time/workdays.h>

#include <gtest/gtest.h>

#include <random>
#include <set>

#include <courtesy/error.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using dates::day;
using std::chrono::days;

// Christmas 2026 in London: Friday the 25th and, in place of Saturday the 26th, Monday the 28th.
Workdays christmas() { return Workdays{{6, 7}, {day("2026-12-28"), day("2026-12-25")}}; }

// The obvious way: a day at a time.
std::optional<Day> step_by_step(const Workdays& workdays, Day from, int count) {
  const days step{count > 0 ? 1 : -1};
  int without = 0;
  for (int left = std::abs(count); left > 0;) {
    from += step;
    ++without;
    if (workdays.is_business_day(from)) {
      --left;
      without = 0;
    } else if (without > 731) {
      return std::nullopt;
    }
  }
  return from;
}

TEST(Workdays, KnowsWeekendsAndHolidays) {
  const Workdays workdays = christmas();
  EXPECT_FALSE(workdays.every_day());
  EXPECT_TRUE(workdays.is_weekend(day("2026-12-26")));
  EXPECT_FALSE(workdays.is_holiday(day("2026-12-26")));
  EXPECT_TRUE(workdays.is_holiday(day("2026-12-28")));
  EXPECT_FALSE(workdays.is_business_day(day("2026-12-25")));
  EXPECT_TRUE(workdays.is_business_day(day("2026-12-24")));
}

TEST(Workdays, WithoutWeekendAndHolidaysHasNothingToMove) {
  const Workdays workdays;
  EXPECT_TRUE(workdays.every_day());
  EXPECT_EQ(workdays.rolled(day("2026-12-26"), Roll::next), day("2026-12-26"));
  EXPECT_EQ(workdays.add(day("2026-12-26"), 3), day("2026-12-29"));
  EXPECT_EQ(workdays.add(day("2026-12-26"), -3), day("2026-12-23"));
  EXPECT_EQ(workdays.longest_closed(), 0);
}

TEST(Workdays, RollsOverChristmas) {
  struct Case {
    const char* from;
    const char* next;
    const char* previous;
    const char* nearest;
  };
  const Case cases[]{
      {"2026-12-24", "2026-12-24", "2026-12-24", "2026-12-24"},
      {"2026-12-25", "2026-12-29", "2026-12-24", "2026-12-24"},
      {"2026-12-26", "2026-12-29", "2026-12-24", "2026-12-24"},
      {"2026-12-27", "2026-12-29", "2026-12-24", "2026-12-29"},
      {"2026-12-28", "2026-12-29", "2026-12-24", "2026-12-29"},
      {"2026-12-05", "2026-12-07", "2026-12-04", "2026-12-04"},  // Saturday
      {"2026-12-06", "2026-12-07", "2026-12-04", "2026-12-07"},  // Sunday
  };
  const Workdays workdays = christmas();
  for (const Case& c : cases) {
    EXPECT_EQ(workdays.rolled(day(c.from), Roll::next), day(c.next)) << c.from;
    EXPECT_EQ(workdays.rolled(day(c.from), Roll::previous), day(c.previous)) << c.from;
    EXPECT_EQ(workdays.rolled(day(c.from), Roll::nearest), day(c.nearest)) << c.from;
    EXPECT_EQ(workdays.rolled(day(c.from), Roll::none), day(c.from)) << c.from;
  }
}

TEST(Workdays, NearestTakesTheLaterOfTwoAsNear) {
  const Workdays sundays{{7}, {}};
  EXPECT_EQ(sundays.rolled(day("2026-12-06"), Roll::nearest), day("2026-12-07"));
}

TEST(Workdays, AddsOverChristmas) {
  const Workdays workdays = christmas();
  EXPECT_EQ(workdays.add(day("2026-12-24"), 1), day("2026-12-29"));
  EXPECT_EQ(workdays.add(day("2026-12-26"), 1), day("2026-12-29"));
  EXPECT_EQ(workdays.add(day("2026-12-29"), -1), day("2026-12-24"));
  EXPECT_EQ(workdays.add(day("2026-12-27"), -2), day("2026-12-23"));
  EXPECT_EQ(workdays.add(day("2026-12-25"), 0), day("2026-12-29"));
  EXPECT_EQ(workdays.add(day("2026-12-24"), 0), day("2026-12-24"));
}

TEST(Workdays, AgreesWithStepsOfOneDay) {
  std::mt19937 random{20'261'201};
  const auto pick = [&](int least, int most) { return std::uniform_int_distribution{least, most}(random); };
  for (int calendar = 0; calendar < 60; ++calendar) {
    std::vector<unsigned> weekend;
    for (unsigned weekday = 1; weekday <= 7; ++weekday) {
      if (pick(0, 2) == 0 && weekend.size() < 6) weekend.push_back(weekday);
    }
    std::vector<Day> holidays;
    for (int n = pick(0, 120); n > 0; --n) holidays.push_back(day("1969-06-01") + days{pick(0, 400)});
    const Workdays workdays{weekend, holidays};
    int longest = 0;
    int closed = 0;
    for (Day at = day("1968-06-01"); at < day("1972-01-01"); at += days{1}) {
      closed = workdays.is_business_day(at) ? 0 : closed + 1;
      longest = std::max(longest, closed);
    }
    EXPECT_EQ(workdays.longest_closed(), longest);
    for (int n = 0; n < 100; ++n) {
      const Day from = day("1969-01-01") + days{pick(0, 700)};
      const int count = pick(-90, 90);
      if (count == 0) continue;
      const auto expected = step_by_step(workdays, from, count);
      EXPECT_EQ(workdays.add(from, count), expected) << iso_text(from) << " + " << count;
      EXPECT_LE(std::abs((*expected - from).count()), std::abs(count) * (workdays.longest_closed() + 1));
    }
  }
}

// A calendar whose holidays go on for years: nobody wants a courtesy moved that far.
TEST(Workdays, HasNoAnswerWithinTwoYearsOfHolidays) {
  std::vector<Day> holidays;
  for (Day at = day("2026-01-01"); at <= day("2027-12-31"); at += days{1}) holidays.push_back(at);
  const Workdays two_years{{}, holidays};
  EXPECT_EQ(two_years.longest_closed(), 730);
  EXPECT_EQ(two_years.rolled(day("2026-01-01"), Roll::next), day("2028-01-01"));
  EXPECT_EQ(two_years.add(day("2025-12-30"), 2), day("2028-01-01"));

  holidays.push_back(day("2028-01-01"));
  holidays.push_back(day("2028-01-02"));
  const Workdays longer{{}, holidays};
  EXPECT_EQ(longer.rolled(day("2026-01-01"), Roll::next), std::nullopt);
  EXPECT_EQ(longer.rolled(day("2028-01-02"), Roll::previous), std::nullopt);
  EXPECT_EQ(longer.rolled(day("2026-02-01"), Roll::nearest), day("2025-12-31"));
  EXPECT_EQ(longer.add(day("2025-12-30"), 1), day("2025-12-31"));
  EXPECT_EQ(longer.add(day("2025-12-30"), 2), std::nullopt);
  EXPECT_EQ(longer.add(day("2028-01-04"), -2), std::nullopt);
  for (const int count : {-3, -2, -1, 1, 2, 3}) {
    EXPECT_EQ(longer.add(day("2026-06-01"), count), step_by_step(longer, day("2026-06-01"), count)) << count;
  }
}

TEST(Workdays, AddsMillionsWithoutWalkingThem) {
  const Workdays workdays = christmas();
  // 5 business days a week; the two listed holidays both fall on the way.
  EXPECT_EQ(workdays.add(day("2026-12-21"), 5'000'000 - 2), day("2026-12-21") + days{7'000'000});
}

TEST(Workdays, RefusesAWeekendOfTheWholeWeek) {
  EXPECT_THROW((Workdays{{1, 2, 3, 4, 5, 6, 7}, {}}), Error);
  EXPECT_THROW((Workdays{{0}, {}}), Error);
  EXPECT_THROW((Workdays{{8}, {}}), Error);
  try {
    const Workdays never{{1, 2, 3, 4, 5, 6, 7}, {}};
    FAIL() << never.every_day();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::rule);
    EXPECT_STREQ(error.what(),
                 "expected at least one business day a week, found a weekend of all seven days (leave one out)");
  }
}

TEST(Workdays, ModifiedRollsKeepToTheMonth) {
  struct Case {
    const char* from;
    Roll roll;
    const char* to;
  };
  // 2026-01-31 and 2026-02-28 are Saturdays, 2026-02-01 and 2026-03-01 Sundays.
  for (const Case& each : {Case{"2026-01-31", Roll::modified_following, "2026-01-30"},
                           Case{"2026-01-24", Roll::modified_following, "2026-01-26"},
                           Case{"2026-02-01", Roll::modified_preceding, "2026-02-02"},
                           Case{"2026-02-08", Roll::modified_preceding, "2026-02-06"},
                           Case{"2026-02-03", Roll::modified_following, "2026-02-03"}}) {
    EXPECT_EQ(Workdays({6, 7}, {}).rolled(day(each.from), each.roll), day(each.to)) << each.from;
  }
}

TEST(Workdays, AWorkedDayIsABusinessDayWhateverElseItIs) {
  // China in 2026: Saturday 2026-02-14 is worked, and Monday 2026-02-16 is off.
  const Workdays workdays{{6, 7}, {day("2026-02-16"), day("2026-02-14")}, {day("2026-02-14")}};
  EXPECT_TRUE(workdays.is_business_day(day("2026-02-14")));
  EXPECT_FALSE(workdays.is_holiday(day("2026-02-14")));
  EXPECT_EQ(workdays.add(day("2026-02-13"), 1), day("2026-02-14"));
  EXPECT_EQ(workdays.add(day("2026-02-17"), -1), day("2026-02-14"));
  EXPECT_EQ(workdays.rolled(day("2026-02-15"), Roll::nearest), day("2026-02-14"));
}

TEST(Workdays, CountsWhatADayByDayCountCounts) {
  std::mt19937 random{7};
  for (int round = 0; round < 200; ++round) {
    std::vector<Day> holidays, worked;
    for (int i = 0; i < 8; ++i) holidays.push_back(day("2026-01-01") + days{random() % 60});
    for (int i = 0; i < 3; ++i) worked.push_back(day("2026-01-01") + days{random() % 60});
    const Workdays workdays{{5, 7}, holidays, worked};
    const Day from = day("2025-12-20") + days{random() % 60};
    const Day to = from + days{random() % 60};
    std::int64_t expected = 0;
    for (Day each = from; each < to; each += days{1}) expected += workdays.is_business_day(each) ? 1 : 0;
    EXPECT_EQ(workdays.count(from, to), expected);
    const int steps = static_cast<int>(random() % 40) - 20;
    if (steps != 0) {
      EXPECT_EQ(workdays.add(from, steps), step_by_step(workdays, from, steps));
    }
  }
  EXPECT_EQ(Workdays({6, 7}, {}).count(day("2026-01-05"), day("2026-01-05")), 0);
  EXPECT_EQ(Workdays({6, 7}, {}).count(day("2026-01-05"), day("2026-01-01")), 0);
}

}  // namespace
}  // namespace courtesy
