// The examples of RFC 5545, section 3.8.5.3, in its order, and those of RFC 7529, section 4.1. Times are New York's.
#include <courtesy/time/parse_recurrence.h>
#include <courtesy/time/recurrence.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/dates.h"

namespace courtesy {
namespace {

struct Example {
  const char* start;  // of the clock in New York
  const char* rule;
  // "1997-09-02 04 1998-01-06T10:20": days after the first are of the month before them, times after it are of the day
  // before them; 09:00 where there is no time. A last "…" where the RFC goes on.
  const char* occurrences;
};

const std::vector<Example>& examples() {
  static const std::vector<Example> all{
      // Daily for 10 occurrences
      {"1997-09-02", "FREQ=DAILY;COUNT=10", "1997-09-02 03 04 05 06 07 08 09 10 11"},
      // Daily until December 24, 1997
      {"1997-09-02", "FREQ=DAILY;UNTIL=19971224T000000Z",
       "1997-09-02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 "
       "1997-10-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
       "1997-11-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 "
       "1997-12-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23"},
      // Every other day - forever
      {"1997-09-02", "FREQ=DAILY;INTERVAL=2",
       "1997-09-02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 1997-10-02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 "
       "1997-11-01 03 05 …"},
      // Every 10 days, 5 occurrences
      {"1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02 12 22 1997-10-02 12"},
      // Every day in January, for 3 years
      {"1998-01-01", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
       "1998-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
       "1999-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
       "2000-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"},
      {"1998-01-01", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
       "1998-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
       "1999-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
       "2000-01-01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"},
      // Weekly for 10 occurrences
      {"1997-09-02", "FREQ=WEEKLY;COUNT=10", "1997-09-02 09 16 23 30 1997-10-07 14 21 28 1997-11-04"},
      // Weekly until December 24, 1997
      {"1997-09-02", "FREQ=WEEKLY;UNTIL=19971224T000000Z",
       "1997-09-02 09 16 23 30 1997-10-07 14 21 28 1997-11-04 11 18 25 1997-12-02 09 16 23"},
      // Every other week - forever
      {"1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
       "1997-09-02 16 30 1997-10-14 28 1997-11-11 25 1997-12-09 23 1998-01-06 20 1998-02-03 17 …"},
      // Weekly on Tuesday and Thursday for five weeks
      {"1997-09-02", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
       "1997-09-02 04 09 11 16 18 23 25 30 1997-10-02"},
      {"1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02 04 09 11 16 18 23 25 30 1997-10-02"},
      // Every other week on Monday, Wednesday and Friday until December 24, 1997
      {"1997-09-01", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
       "1997-09-01 03 05 15 17 19 29 1997-10-01 03 13 15 17 27 29 31 1997-11-10 12 14 24 26 28 1997-12-08 10 12 22"},
      // Every other week on Tuesday and Thursday, for 8 occurrences
      {"1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02 04 16 18 30 1997-10-02 14 16"},
      // Monthly on the first Friday for 10 occurrences
      {"1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
       "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05"},
      // Monthly on the first Friday until December 24, 1997
      {"1997-09-05", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07 1997-12-05"},
      // Every other month on the first and last Sunday of the month for 10 occurrences
      {"1997-09-07", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
       "1997-09-07 28 1997-11-02 30 1998-01-04 25 1998-03-01 29 1998-05-03 31"},
      // Monthly on the second-to-last Monday of the month for 6 months
      {"1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
       "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16"},
      // Monthly on the third-to-the-last day of the month, forever
      {"1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3",
       "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26 …"},
      // Monthly on the 2nd and 15th of the month for 10 occurrences
      {"1997-09-02", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
       "1997-09-02 15 1997-10-02 15 1997-11-02 15 1997-12-02 15 1998-01-02 15"},
      // Monthly on the first and last day of the month for 10 occurrences
      {"1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
       "1997-09-30 1997-10-01 31 1997-11-01 30 1997-12-01 31 1998-01-01 31 1998-02-01"},
      // Every 18 months on the 10th thru 15th of the month for 10 occurrences
      {"1997-09-10", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
       "1997-09-10 11 12 13 14 15 1999-03-10 11 12 13"},
      // Every Tuesday, every other month
      {"1997-09-02", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
       "1997-09-02 09 16 23 30 1997-11-04 11 18 25 1998-01-06 13 20 27 1998-03-03 10 17 24 31 …"},
      // Yearly in June and July for 10 occurrences
      {"1997-06-10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
       "1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 2001-06-10 2001-07-10"},
      // Every other year on January, February, and March for 10 occurrences
      {"1997-03-10", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
       "1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 2003-02-10 2003-03-10"},
      // Every third year on the 1st, 100th, and 200th day for 10 occurrences
      {"1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
       "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01"},
      // Every 20th Monday of the year, forever
      {"1997-05-19", "FREQ=YEARLY;BYDAY=20MO", "1997-05-19 1998-05-18 1999-05-17 …"},
      // Monday of week number 20, forever
      {"1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12 1998-05-11 1999-05-17 …"},
      // Every Thursday in March, forever
      {"1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13 20 27 1998-03-05 12 19 26 1999-03-04 11 18 25 …"},
      // Every Thursday, but only during June, July, and August, forever
      {"1997-06-05", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
       "1997-06-05 12 19 26 1997-07-03 10 17 24 31 1997-08-07 14 21 28 1998-06-04 11 18 25 1998-07-02 09 16 23 30 "
       "1998-08-06 13 20 27 1999-06-03 10 17 24 1999-07-01 08 15 22 29 1999-08-05 12 19 26 …"},
      // Every Friday the 13th, forever; the RFC takes its start away by EXDATE
      {"1997-09-02", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13 …"},
      // The first Saturday that follows the first Sunday of the month, forever
      {"1997-09-13", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
       "1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 1998-03-07 1998-04-11 1998-05-09 "
       "1998-06-13 …"},
      // Every 4 years, the first Tuesday after a Monday in November, forever (U.S. Presidential Election day)
      {"1996-11-05", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
       "1996-11-05 2000-11-07 2004-11-02 …"},
      // The third instance into the month of one of Tuesday, Wednesday, or Thursday, for the next 3 months
      {"1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06"},
      // The second-to-last weekday of the month
      {"1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
       "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30 …"},
      // Every 3 hours from 9:00 AM to 5:00 PM on a specific day; the RFC's UNTIL is 17:00 UTC, which is 13:00 in New
      // York,
      // and erratum 3883 makes it 21:00 UTC
      {"1997-09-02", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997-09-02 T12:00 T15:00"},
      {"1997-09-02", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "1997-09-02 T12:00"},
      // Every 15 minutes for 6 occurrences
      {"1997-09-02", "FREQ=MINUTELY;INTERVAL=15;COUNT=6", "1997-09-02 T09:15 T09:30 T09:45 T10:00 T10:15"},
      // Every hour and a half for 4 occurrences
      {"1997-09-02", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1997-09-02 T10:30 T12:00 T13:30"},
      // Every 20 minutes from 9:00 AM to 4:40 PM every day
      {"1997-09-02", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
       "1997-09-02 T09:20 T09:40 T10:00 T10:20 T10:40 T11:00 T11:20 T11:40 T12:00 T12:20 T12:40 T13:00 T13:20 T13:40 "
       "T14:00 T14:20 T14:40 T15:00 T15:20 T15:40 T16:00 T16:20 T16:40 1997-09-03 T09:20 …"},
      {"1997-09-02", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
       "1997-09-02 T09:20 T09:40 T10:00 T10:20 T10:40 T11:00 T11:20 T11:40 T12:00 T12:20 T12:40 T13:00 T13:20 T13:40 "
       "T14:00 T14:20 T14:40 T15:00 T15:20 T15:40 T16:00 T16:20 T16:40 1997-09-03 T09:20 …"},
      // Where WKST makes a difference
      {"1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 10 19 24"},
      {"1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 17 19 31"},
      // Where an invalid date (February 30) is ignored
      {"2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 30 2007-02-15 2007-03-15 30"},
      // RFC 7529: the last day of each month, by three ways to skip
      {"2014-01-31", "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=OMIT", "2014-01-31 2014-03-31 2014-05-31 2014-07-31"},
      {"2014-01-31", "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=BACKWARD",
       "2014-01-31 2014-02-28 2014-03-31 2014-04-30"},
      {"2014-01-31", "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=FORWARD",
       "2014-01-31 2014-03-01 2014-03-31 2014-05-01"},
      // RFC 7529: a birthday on 29 February
      {"2016-02-29", "RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=5", "2016-02-29 2020-02-29 2024-02-29 2028-02-29 2032-02-29"},
      {"2016-02-29", "RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=5;SKIP=FORWARD",
       "2016-02-29 2017-03-01 2018-03-01 2019-03-01 2020-02-29"},
      {"2016-02-29", "RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=5;SKIP=BACKWARD",
       "2016-02-29 2017-02-28 2018-02-28 2019-02-28 2020-02-29"},
  };
  return all;
}

struct Expected {
  std::vector<std::string> times;
  bool goes_on = false;
};

Expected expected_of(const Example& example) {
  Expected expected;
  std::string date;
  std::string text = example.occurrences;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word == "…") {
      expected.goes_on = true;
    } else if (word.starts_with('T')) {
      expected.times.push_back(date + word + ":00");
    } else {
      date = word.size() == 2 ? date.substr(0, 8) + word : word;
      expected.times.push_back(date + "T09:00:00");
    }
  }
  return expected;
}

std::vector<std::string> found_of(const Recurrence& recurrence, std::size_t most) {
  std::vector<std::string> found;
  const auto new_york = Zone::named("America/New_York");
  for (const Moment& moment : recurrence.first(most))
    found.push_back(iso_text(new_york->to_local(std::get<Instant>(moment))));
  return found;
}

std::string block_of(const Example& example) {
  std::string date = example.start;
  std::erase(date, '-');
  return "DTSTART;TZID=America/New_York:" + date + "T090000\r\nRRULE:" + example.rule + "\r\n";
}

TEST(Rfc5545, ExamplesOfTheRfc) {
  for (const Example& example : examples()) {
    const Expected expected = expected_of(example);
    const Recurrence recurrence{parse_recurrence(block_of(example))};
    const std::size_t size = expected.times.size();
    // One more than is expected, where no more is.
    EXPECT_EQ(found_of(recurrence, expected.goes_on ? size : size + 1), expected.times) << block_of(example);
    EXPECT_EQ(recurrence.endless(), expected.goes_on) << example.rule;
    if (!expected.goes_on) {
      EXPECT_EQ(recurrence.count(), static_cast<std::int64_t>(size)) << example.rule;
    }
  }
}

// The RFC's examples without a zone are the same wall times.
TEST(Rfc5545, ExamplesHoldForWallTimes) {
  for (const Example& example : examples()) {
    RecurrenceParts parts = parse_recurrence(block_of(example));
    parts.zone.reset();
    const Expected expected = expected_of(example);
    // UNTIL was an instant, and would now be a wall time some hours later: another rule.
    if (parts.rule->until) continue;
    std::vector<std::string> found;
    for (const Moment& moment : Recurrence{parts}.first(expected.times.size())) {
      found.push_back(iso_text(std::get<WallTime>(moment)));
    }
    EXPECT_EQ(found, expected.times) << example.rule;
  }
}

TEST(Rfc5545, ExamplesReadBackAsTheyAreWritten) {
  for (const Example& example : examples()) {
    const Recurrence recurrence{parse_recurrence(block_of(example))};
    const Recurrence again{parse_recurrence(recurrence.parts().to_rfc5545())};
    EXPECT_EQ(recurrence, again) << recurrence.parts().to_rfc5545();
  }
}

// RFC 5545, section 3.3.10: the last work day of the month.
TEST(Rfc5545, LastWorkDayOfTheMonth) {
  RecurrenceParts parts =
      parse_recurrence("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
  std::vector<std::string> found;
  for (const Moment& moment : Recurrence{parts}.first(6)) found.push_back(iso_text(std::get<Day>(moment)));
  EXPECT_EQ(found, (std::vector<std::string>{"2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29",
                                             "2026-06-30"}));
}

}  // namespace
}  // namespace courtesy
