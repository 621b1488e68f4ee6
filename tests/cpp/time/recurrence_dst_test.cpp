// Recurrences where clocks are changed. RFC 5545, section 3.3.5: a time that the clock skips is read with the offset
// before the gap, and one that it shows twice is the first. What Python's zoneinfo says of the wall times is the same.
#include <courtesy/time/recurrence.h>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <courtesy/time/parse_recurrence.h>
#include <courtesy/time/parse_rule.h>

#include "support/moments.h"

namespace courtesy {
namespace {

using Texts = std::vector<std::string>;

TEST(RecurrenceAtChangesOfTheClocks, GoByTheClockOrByTheTimeThatElapses) {
  struct Case {
    const char* what;
    const char* lines;
    Texts expected;
  };
  const std::vector<Case> cases{
      // London, 29 March 2026: 01:00 to 02:00 is not on any clock.
      {"a gap moves forward by its length, on that day alone",
       "DTSTART;TZID=Europe/London:20260328T013000\nRRULE:FREQ=DAILY;COUNT=3",
       {"2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"}},
      {"monthly in a gap",
       "DTSTART;TZID=America/New_York:20260208T023000\nRRULE:FREQ=MONTHLY;COUNT=3",
       {"2026-02-08T07:30:00Z", "2026-03-08T07:30:00Z", "2026-04-08T06:30:00Z"}},
      {"a start in the gap",
       "DTSTART;TZID=Europe/London:20260329T013000\nRRULE:FREQ=DAILY;COUNT=2",
       {"2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"}},
      {"two that come to one instant are one",
       "DTSTART;TZID=Europe/London:20260329T000000\nRRULE:FREQ=DAILY;BYHOUR=1,2;UNTIL=20260330T120000Z",
       {"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T01:00:00Z"}},
      {"what moves forward keeps its place in time",
       "DTSTART;TZID=Europe/London:20260329T000000\nRRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE=0,30;UNTIL=20260329T120000Z",
       {"2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"}},
      // London, 25 October 2026: 01:00 to 02:00 is shown twice.
      {"an overlap is its first",
       "DTSTART;TZID=Europe/London:20261024T013000\nRRULE:FREQ=DAILY;COUNT=3",
       {"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
      // Apia went from 29 December 2011 to the 31st.
      {"a day that is skipped",
       "DTSTART;TZID=Pacific/Apia:20111229T090000\nRRULE:FREQ=DAILY;COUNT=3",
       {"2011-12-29T19:00:00Z", "2011-12-30T19:00:00Z"}},
      // Cairo goes forward at midnight.
      {"a midnight that is skipped",
       "DTSTART;TZID=Africa/Cairo:20260423T000000\nRRULE:FREQ=DAILY;COUNT=3",
       {"2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"}},
      // Lord Howe's clocks change by half an hour.
      {"half an hour",
       "DTSTART;TZID=Australia/Lord_Howe:20261003T021500\nRRULE:FREQ=DAILY;COUNT=3",
       {"2026-10-02T15:45:00Z", "2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"}},
      {"hours elapse through the gap",
       "DTSTART;TZID=Europe/London:20260329T003000\nRRULE:FREQ=HOURLY;COUNT=3",
       {"2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"}},
      {"hours elapse through the overlap",
       "DTSTART;TZID=Europe/London:20261025T003000\nRRULE:FREQ=HOURLY;COUNT=4",
       {"2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"}},
      {"every 24 hours is not every day",
       "DTSTART;TZID=Europe/London:20261024T090000\nRRULE:FREQ=HOURLY;INTERVAL=24;COUNT=3",
       {"2026-10-24T08:00:00Z", "2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z"}},
      {"an hour of the clock that comes twice, and one that does not come",
       "DTSTART;TZID=Europe/London:20261024T013000\nRRULE:FREQ=HOURLY;BYHOUR=1;COUNT=4",
       {"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"}},
      {"an hour of the clock that does not come",
       "DTSTART;TZID=Europe/London:20260328T013000\nRRULE:FREQ=HOURLY;BYHOUR=1;COUNT=2",
       {"2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"}},
      {"a fixed offset never changes",
       "DTSTART;TZID=\"+05:30\":20260328T013000\nRRULE:FREQ=DAILY;COUNT=2",
       {"2026-03-27T20:00:00Z", "2026-03-28T20:00:00Z"}},
      // What the zone's table does not list stands in its rule.
      {"years ahead",
       "DTSTART;TZID=Europe/London:20260701T090000\nRRULE:FREQ=YEARLY;INTERVAL=12;COUNT=4",
       {"2026-07-01T08:00:00Z", "2038-07-01T08:00:00Z", "2050-07-01T08:00:00Z", "2062-07-01T08:00:00Z"}},
  };
  for (const Case& c : cases) {
    const Recurrence each{parse_recurrence(c.lines)};
    EXPECT_EQ(moments::texts(each.first(9)), c.expected) << c.what;
    EXPECT_EQ(each.count(), static_cast<std::int64_t>(c.expected.size())) << c.what;
    EXPECT_EQ(moments::text(each.before(moments::moment("9000-01-01"))), c.expected.back()) << c.what;
  }
}

// Counted a cell at a time.
std::int64_t cells_between(const Recurrence& recurrence, Instant from, Instant to) {
  std::vector<std::int64_t> cells(100'000);
  return static_cast<std::int64_t>(recurrence.fill(from, to, cells));
}

TEST(RecurrenceInAZone, CountsWhatItWritesOverAllTransitions) {
  std::mt19937 random{11};
  for (const char* zone : {"Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns",
                           "Pacific/Apia", "Antarctica/Troll", "Asia/Gaza", "UTC", "+05:30"}) {
    for (const char* rule : {"FREQ=DAILY", "FREQ=DAILY;BYHOUR=0,1,2,3,4,23;BYMINUTE=0,30", "FREQ=MONTHLY;BYDAY=-1SU",
                             "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;BYHOUR=1,2,3", "FREQ=DAILY;UNTIL=20300101T000000Z"}) {
      RecurrenceParts parts;
      parts.rule = parse_rule(rule);
      parts.start = dates::wall("1990-01-01T01:30");
      parts.zone = Zone::named(zone);
      const Recurrence recurrence{parts};
      for (int round = 0; round < 8; ++round) {
        const Instant from = dates::instant("1985-01-01T00:00:00Z") + std::chrono::minutes{random() % 30'000'000};
        const Instant to = from + std::chrono::minutes{random() % (round % 2 == 0 ? 8'000 : 6'000'000)};
        EXPECT_EQ(recurrence.count(from, to), cells_between(recurrence, from, to))
            << rule << ' ' << zone << ' ' << iso_text(from) << ' ' << iso_text(to);
      }
    }
  }
}

// However many cells there are to write to: a span that is full at a gap, or a change that falls between two spans,
// takes nothing away. Each occurrence is asked for by itself to compare.
TEST(RecurrenceInAZone, WritesTheSameIntoSpansOfAnySize) {
  for (const char* zone : {"Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll"}) {
    RecurrenceParts parts;
    parts.rule = parse_rule("FREQ=DAILY;BYHOUR=0,1,2,3,9;BYMINUTE=0,15,30,45");
    parts.start = dates::wall("2011-12-25T00:00");
    parts.zone = Zone::named(zone);
    const Recurrence recurrence{parts};
    for (const auto& [from, to] : {std::pair{"2011-12-27T00:00:00Z", "2012-01-02T00:00:00Z"},
                                   std::pair{"2026-03-27T00:00:00Z", "2026-03-31T00:00:00Z"},
                                   std::pair{"2026-10-02T15:00:00Z", "2026-10-05T00:00:00Z"},
                                   std::pair{"2526-03-26T00:00:00Z", "2526-04-02T00:00:00Z"}}) {
      std::vector<std::int64_t> expected;
      const Moment end{dates::instant(to)};
      for (auto at = recurrence.after(dates::instant(from), true); at && *at < end; at = recurrence.after(*at)) {
        expected.push_back(std::get<Instant>(*at).time_since_epoch().count());
      }
      ASSERT_FALSE(expected.empty());
      for (std::size_t size = 1; size < expected.size() + 2; ++size) {
        std::vector<std::int64_t> found;
        std::vector<std::int64_t> cells(size);
        Instant next = dates::instant(from);
        while (const std::size_t count = recurrence.fill(next, end, cells)) {
          found.insert(found.end(), cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(count));
          next = Instant{std::chrono::microseconds{found.back() + 1}};
        }
        ASSERT_EQ(found, expected) << zone << ' ' << from << ' ' << size;
      }
    }
  }
}

TEST(RecurrenceInAZone, CountsMillionsWithoutWalkingThem) {
  RecurrenceParts parts;
  parts.rule = parse_rule("FREQ=DAILY");
  parts.start = dates::wall("1600-01-01T09:00");
  parts.zone = Zone::named("Europe/London");
  const Recurrence recurrence{parts};
  const auto days = recurrence.count(dates::instant("1600-01-01T00:00:00Z"), dates::instant("9999-12-31T00:00:00Z"));
  EXPECT_EQ(days, (dates::day("9999-12-31") - dates::day("1600-01-01")).count());
}

}  // namespace
}  // namespace courtesy
