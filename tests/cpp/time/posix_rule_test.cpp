#include <courtesy/time/posix_rule.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/dates.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;

std::string text(const Transition& change) {
  return iso_text(Instant{change.at}) + " " + std::to_string(change.before.count()) + " " +
         std::to_string(change.after.count());
}

// The expected lines are what zoneinfo of CPython 3.11 says of a zone with this footer.
TEST(PosixRule, GivesTheYearsChanges) {
  struct Case {
    const char* rule;
    int year;
    const char* first;
    const char* second;
  };
  const std::vector<Case> cases{
      // London: the last Sundays of March and October.
      {"GMT0BST,M3.5.0/1,M10.5.0", 2040, "2040-03-25T01:00:00Z 0 3600", "2040-10-28T01:00:00Z 3600 0"},
      // New York: 02:00 is the default time.
      {"EST5EDT,M3.2.0,M11.1.0", 2040, "2040-03-11T07:00:00Z -18000 -14400", "2040-11-04T06:00:00Z -14400 -18000"},
      // Dublin: summer is standard time, and winter "daylight-saving" time of minus one hour.
      {"IST-1GMT0,M10.5.0,M3.5.0/1", 2040, "2040-03-25T01:00:00Z 0 3600", "2040-10-28T01:00:00Z 3600 0"},
      // Sydney: the year begins in daylight-saving time.
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", 2040, "2040-03-31T16:00:00Z 39600 36000", "2040-10-06T16:00:00Z 36000 39600"},
      // Nuuk: an hour before Sunday, on Saturday.
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2040, "2040-03-25T01:00:00Z -7200 -3600", "2040-10-28T01:00:00Z -3600 -7200"},
      // Jerusalem: hour 26 of the fourth Thursday of March is Friday, 02:00.
      {"IST-2IDT,M3.4.4/26,M10.5.0", 2040, "2040-03-23T00:00:00Z 7200 10800", "2040-10-27T23:00:00Z 10800 7200"},
      // Gaza: hour 50, two days later.
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", 2040, "2040-03-24T00:00:00Z 7200 10800", "2040-10-26T23:00:00Z 10800 7200"},
      // Troll: two hours of daylight-saving time.
      {"<+00>0<+02>-2,M3.5.0/1,M10.5.0/3", 2040, "2040-03-25T01:00:00Z 0 7200", "2040-10-28T01:00:00Z 7200 0"},
      // Lord Howe: half an hour of it.
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2040, "2040-03-31T15:00:00Z 39600 37800",
       "2040-10-06T15:30:00Z 37800 39600"},
      // Chatham: offsets and times of a quarter of an hour.
      {"<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", 2040, "2040-03-31T14:00:00Z 49500 45900",
       "2040-09-29T14:00:00Z 45900 49500"},
  };
  for (const Case& c : cases) {
    const auto rule = PosixRule::parse(c.rule);
    ASSERT_TRUE(rule) << c.rule;
    ASSERT_TRUE(rule->changes()) << c.rule;
    const auto changes = rule->transitions(std::chrono::year{c.year});
    EXPECT_EQ(text(changes[0]), c.first) << c.rule;
    EXPECT_EQ(text(changes[1]), c.second) << c.rule;
  }
}

// POSIX counts 29 February in the form n (0 to 365), and never in the form Jn (1 to 365).
TEST(PosixRule, CountsDaysOfTheYearBothWays) {
  const auto julian = PosixRule::parse("AAA0BBB,J59/0,J60/0");
  const auto counted = PosixRule::parse("AAA0BBB,58/0,59/0");
  ASSERT_TRUE(julian && counted);
  const auto days = [](const PosixRule& rule, int year) {
    const auto changes = rule.transitions(std::chrono::year{year});
    return iso_text(Day{std::chrono::floor<std::chrono::days>(changes[0].at).time_since_epoch()}) + " " +
           iso_text(Day{std::chrono::floor<std::chrono::days>(changes[1].at + 1h).time_since_epoch()});
  };
  EXPECT_EQ(days(*julian, 2027), "2027-02-28 2027-03-01");
  EXPECT_EQ(days(*julian, 2028), "2028-02-28 2028-03-01");
  EXPECT_EQ(days(*counted, 2027), "2027-02-28 2027-03-01");
  EXPECT_EQ(days(*counted, 2028), "2028-02-28 2028-02-29");
}

TEST(PosixRule, ReadsTimesToAWeekBeforeAndAfter) {
  const auto rule = PosixRule::parse("AAA0BBB,M6.1.0/-167,M9.1.0/+167:59:59");
  ASSERT_TRUE(rule);
  const auto changes = rule->transitions(std::chrono::year{2026});
  // The first Sunday of June 2026 is the 7th, of September the 6th.
  EXPECT_EQ(text(changes[0]), "2026-05-31T01:00:00Z 0 3600");
  EXPECT_EQ(text(changes[1]), "2026-09-12T22:59:59Z 3600 0");
}

TEST(PosixRule, MayHaveASingleOffset) {
  struct Case {
    const char* rule;
    std::chrono::seconds offset;
  };
  const std::vector<Case> cases{
      {"UTC0", 0s},
      {"JST-9", 9h},
      {"<+0545>-5:45", 5h + 45min},
      {"<-0930>9:30", -(9h + 30min)},
      {"LMT0:01:15", -75s},
      {"XYZ+24", -24h},
      // RFC 8536, section 3.3.1: daylight-saving time all year, written as a change back at the instant it begins.
      {"EST5EDT,0/0,J365/25", -4h},
      {"XXX3EDT4,0/0,J365/23", -4h},
      {"AAA1BBB1,M3.2.0,M11.1.0", -1h},  // two names, one offset
  };
  for (const Case& c : cases) {
    const auto rule = PosixRule::parse(c.rule);
    ASSERT_TRUE(rule) << c.rule;
    EXPECT_FALSE(rule->changes()) << c.rule;
    EXPECT_EQ(rule->offset(), c.offset) << c.rule;
  }
}

TEST(PosixRule, RefusesWhatIsNone) {
  for (const char* rule : {"",
                           "GMT",
                           "GM0",
                           "0",
                           "<GMT0",
                           "<G>0",
                           "GMT25",
                           "GMT0:60",
                           "GMT0:",
                           "GMT0 ",
                           "GMT0BST",
                           "GMT0BST,M3.5.0",
                           "GMT0BST,M3.5.0,",
                           "GMT0BST,M3.5.0/1,M10.5.0,",
                           "GMT0BST,M13.5.0,M10.5.0",
                           "GMT0BST,M0.5.0,M10.5.0",
                           "GMT0BST,M3.6.0,M10.5.0",
                           "GMT0BST,M3.0.0,M10.5.0",
                           "GMT0BST,M3.5.7,M10.5.0",
                           "GMT0BST,M3.5,M10.5.0",
                           "GMT0BST,J0,J60",
                           "GMT0BST,J366,J60",
                           "GMT0BST,366,60",
                           "GMT0BST,M3.5.0/168,M10.5.0",
                           "GMT0BST,M3.5.0/1:60,M10.5.0",
                           "GMT0BST,M3.5.0/,M10.5.0",
                           "GMT0<B!T>,M3.5.0,M10.5.0",
                           "<+03>-3<",
                           "99999999999"}) {
    EXPECT_FALSE(PosixRule::parse(rule)) << rule;
  }
}

}  // namespace
}  // namespace courtesy
