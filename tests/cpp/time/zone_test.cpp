#include <courtesy/time/zone.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include <courtesy/error.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using Kind = WallLookup::Kind;
using dates::instant;
using dates::wall;

std::string complaint(std::string_view name) {
  try {
    return "no error, but " + Zone::named(name)->name();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::zone);
    return error.what();
  }
}

// What zoneinfo of CPython 3.11 says with fold=0 and fold=1, which are our defaults (a gap forward, an overlap's first
// instant) and their opposites.
TEST(Zone, TurnsWallTimesIntoInstants) {
  struct Case {
    const char* zone;
    const char* wall;
    Kind kind;
    const char* fold0;
    const char* fold1;
  };
  const std::vector<Case> cases{
      // London: summer time; 2038 and later stand in no list, only in the rule.
      {"Europe/London", "2026-07-01T09:00:00", Kind::unique, "2026-07-01T08:00:00Z", "2026-07-01T08:00:00Z"},
      {"Europe/London", "2038-07-01T09:00:00", Kind::unique, "2038-07-01T08:00:00Z", "2038-07-01T08:00:00Z"},
      {"Europe/London", "2100-07-01T09:00:00", Kind::unique, "2100-07-01T08:00:00Z", "2100-07-01T08:00:00Z"},
      {"Europe/London", "2500-07-01T09:00:00", Kind::unique, "2500-07-01T08:00:00Z", "2500-07-01T08:00:00Z"},
      {"Europe/London", "9999-07-01T09:00:00", Kind::unique, "9999-07-01T08:00:00Z", "9999-07-01T08:00:00Z"},
      // Local mean time, before there were zones.
      {"Europe/London", "1800-07-01T09:00:00", Kind::unique, "1800-07-01T09:01:15Z", "1800-07-01T09:01:15Z"},
      // Clocks go forward from 01:00 to 02:00.
      {"Europe/London", "2026-03-29T00:59:59", Kind::unique, "2026-03-29T00:59:59Z", "2026-03-29T00:59:59Z"},
      {"Europe/London", "2026-03-29T01:00:00", Kind::gap, "2026-03-29T01:00:00Z", "2026-03-29T00:00:00Z"},
      {"Europe/London", "2026-03-29T01:30:00", Kind::gap, "2026-03-29T01:30:00Z", "2026-03-29T00:30:00Z"},
      {"Europe/London", "2026-03-29T02:00:00", Kind::unique, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"Europe/London", "2040-03-25T01:30:00", Kind::gap, "2040-03-25T01:30:00Z", "2040-03-25T00:30:00Z"},
      // Clocks go back from 02:00 to 01:00.
      {"Europe/London", "2026-10-25T00:59:59", Kind::unique, "2026-10-24T23:59:59Z", "2026-10-24T23:59:59Z"},
      {"Europe/London", "2026-10-25T01:00:00", Kind::overlap, "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"},
      {"Europe/London", "2026-10-25T01:30:00", Kind::overlap, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"},
      {"Europe/London", "2026-10-25T02:00:00", Kind::unique, "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z"},
      {"Europe/London", "2040-10-28T01:30:00", Kind::overlap, "2040-10-28T00:30:00Z", "2040-10-28T01:30:00Z"},
      // Dublin: winter is written as daylight-saving time of minus one hour.
      {"Europe/Dublin", "2026-01-15T12:00:00", Kind::unique, "2026-01-15T12:00:00Z", "2026-01-15T12:00:00Z"},
      {"Europe/Dublin", "2050-07-15T12:00:00", Kind::unique, "2050-07-15T11:00:00Z", "2050-07-15T11:00:00Z"},
      // Samoa crossed the date line: 30 December 2011 does not exist there.
      {"Pacific/Apia", "2011-12-30T12:00:00", Kind::gap, "2011-12-30T22:00:00Z", "2011-12-29T22:00:00Z"},
      {"Pacific/Apia", "2011-12-31T00:00:00", Kind::unique, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
      {"Pacific/Kwajalein", "1993-08-21T12:00:00", Kind::gap, "1993-08-22T00:00:00Z", "1993-08-21T00:00:00Z"},
      // Alaska lived through 18 October 1867 twice.
      {"America/Juneau", "1867-10-19T12:00:00", Kind::overlap, "1867-10-18T20:57:41Z", "1867-10-19T20:57:41Z"},
      // Midnight skipped, in Cairo and in Brazil; the day's first hour repeated in Havana.
      {"Africa/Cairo", "2024-04-26T00:30:00", Kind::gap, "2024-04-25T22:30:00Z", "2024-04-25T21:30:00Z"},
      {"America/Sao_Paulo", "2018-11-04T00:00:00", Kind::gap, "2018-11-04T03:00:00Z", "2018-11-04T02:00:00Z"},
      {"America/Havana", "2024-11-03T00:30:00", Kind::overlap, "2024-11-03T04:30:00Z", "2024-11-03T05:30:00Z"},
      // Half an hour of daylight-saving time, and an offset moved by half an hour.
      {"Australia/Lord_Howe", "2024-10-06T02:15:00", Kind::gap, "2024-10-05T15:45:00Z", "2024-10-05T15:15:00Z"},
      {"Australia/Lord_Howe", "2024-04-07T01:45:00", Kind::overlap, "2024-04-06T14:45:00Z", "2024-04-06T15:15:00Z"},
      {"America/Caracas", "2016-05-01T02:45:00", Kind::gap, "2016-05-01T07:15:00Z", "2016-05-01T06:45:00Z"},
      // Ramadan 2024 in Morocco.
      {"Africa/Casablanca", "2024-03-10T02:30:00", Kind::overlap, "2024-03-10T01:30:00Z", "2024-03-10T02:30:00Z"},
      // Offsets with seconds, and with quarters of an hour.
      {"Africa/Monrovia", "1972-01-06T12:00:00", Kind::unique, "1972-01-06T12:44:30Z", "1972-01-06T12:44:30Z"},
      {"Africa/Monrovia", "1972-01-07T00:30:00", Kind::gap, "1972-01-07T01:14:30Z", "1972-01-07T00:30:00Z"},
      {"Asia/Kathmandu", "2026-06-01T00:00:00", Kind::unique, "2026-05-31T18:15:00Z", "2026-05-31T18:15:00Z"},
  };
  for (const Case& c : cases) {
    const auto zone = Zone::named(c.zone);
    const std::string at = std::string{c.zone} + " " + c.wall;
    EXPECT_EQ(zone->lookup(wall(c.wall)).kind, c.kind) << at;
    EXPECT_EQ(iso_text(zone->to_utc(wall(c.wall))), c.fold0) << at;
    EXPECT_EQ(iso_text(zone->to_utc(wall(c.wall), Gap::forward, Overlap::first)), c.fold0) << at;
    EXPECT_EQ(iso_text(zone->to_utc(wall(c.wall), Gap::backward, Overlap::second)), c.fold1) << at;
    EXPECT_EQ(iso_text(zone->to_utc(wall(c.wall), Gap::backward, Overlap::first)),
              c.kind == Kind::overlap ? c.fold0 : c.fold1)
        << at;
  }
}

TEST(Zone, TellsWhatSurroundsAGapAndAnOverlap) {
  const auto london = Zone::named("Europe/London");
  const WallLookup gap = london->lookup(wall("2026-03-29T01:30:00"));
  EXPECT_EQ(gap.before, 0s);
  EXPECT_EQ(gap.after, 1h);
  EXPECT_EQ(Instant{gap.transition}, instant("2026-03-29T01:00:00Z"));
  const WallLookup overlap = london->lookup(wall("2026-10-25T01:30:00"));
  EXPECT_EQ(overlap.before, 1h);
  EXPECT_EQ(overlap.after, 0s);
  EXPECT_EQ(Instant{overlap.transition}, instant("2026-10-25T01:00:00Z"));
  const WallLookup unique = london->lookup(wall("2026-07-01T09:00:00"));
  EXPECT_EQ(unique.before, 1h);
  EXPECT_EQ(unique.after, 1h);
  EXPECT_EQ(unique.transition, std::chrono::sys_seconds{});
}

TEST(Zone, CanRefuseGapsAndOverlaps) {
  const auto london = Zone::named("Europe/London");
  const auto message = [&](std::string_view text) -> std::string {
    try {
      return iso_text(london->to_utc(wall(text), Gap::error, Overlap::error));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::time);
      return error.what();
    }
  };
  EXPECT_EQ(message("2026-03-29T01:30:00"),
            "there is no 2026-03-29T01:30:00 in Europe/London: clocks go forward from 2026-03-29T01:00:00 to "
            "2026-03-29T02:00:00 (try the gap \"forward\" or \"backward\")");
  EXPECT_EQ(message("2026-10-25T01:30:00"),
            "2026-10-25T01:30:00 happens twice in Europe/London: clocks go back from 2026-10-25T02:00:00 to "
            "2026-10-25T01:00:00 (try the overlap \"first\" or \"second\")");
  EXPECT_EQ(message("2026-07-01T09:00:00"), "2026-07-01T08:00:00Z");
}

TEST(Zone, ShowsWallTimesOfInstants) {
  const auto local = [](const char* zone, const char* at) {
    return iso_text(Zone::named(zone)->to_local(instant(at)));
  };
  EXPECT_EQ(local("Europe/London", "2038-07-01T08:00:00Z"), "2038-07-01T09:00:00");
  EXPECT_EQ(local("Pacific/Apia", "2011-12-30T09:59:59.999999Z"), "2011-12-29T23:59:59.999999");
  EXPECT_EQ(local("Pacific/Apia", "2011-12-30T10:00:00Z"), "2011-12-31T00:00:00");
  EXPECT_EQ(local("Asia/Kathmandu", "1969-12-31T23:59:59.999999Z"), "1970-01-01T05:29:59.999999");
}

TEST(Zone, IsNamedByFixedOffsetsToo) {
  struct Case {
    const char* name;
    const char* canonical;
    std::chrono::seconds offset;
  };
  for (const Case& c : {Case{"UTC", "UTC", 0s}, Case{"Z", "UTC", 0s}, Case{"+05:30", "+05:30", 5h + 30min},
                        Case{"-0300", "-03:00", -3h}, Case{"+02", "+02:00", 2h}, Case{"-00:30", "-00:30", -30min},
                        Case{"+23:59", "+23:59", 23h + 59min}}) {
    const auto zone = Zone::named(c.name);
    EXPECT_EQ(zone->name(), c.canonical);
    for (const char* at : {"1700-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "9000-01-01T00:00:00Z"}) {
      EXPECT_EQ(zone->offset_at(instant(at)), c.offset) << c.name << " " << at;
    }
    EXPECT_TRUE(zone->transitions(instant("1600-01-01T00:00:00Z"), instant("9999-12-31T00:00:00Z")).empty());
  }
}

TEST(Zone, TakesLinksUnderTheirOwnName) {
  const auto link = Zone::named("Asia/Calcutta");
  EXPECT_EQ(link->name(), "Asia/Calcutta");
  EXPECT_EQ(link->offset_at(instant("2026-01-01T00:00:00Z")), 5h + 30min);
}

TEST(Zone, RefusesNamesThatAreNone) {
  const std::string hint = " (expected a name such as 'Europe/London', 'UTC' or an offset such as '+02:00')";
  struct Case {
    std::string name;
    std::string message;
  };
  const std::vector<Case> cases{
      {"Europe/Lodnon", "there is no time zone 'Europe/Lodnon' (did you mean 'Europe/London'?)"},
      {"London", "there is no time zone 'London' (did you mean 'Europe/London'?)"},
      {"new york", "there is no time zone 'new york' (did you mean 'America/New_York'?)"},
      {"europe/london", "there is no time zone 'europe/london' (did you mean 'Europe/London'?)"},
      {"utc", "there is no time zone 'utc' (did you mean 'UTC'?)"},
      {"", "expected the name of a time zone such as 'Europe/London', found an empty text"},
      {"../../etc/passwd", "there is no time zone '../../etc/passwd'" + hint},
      {"/etc/localtime", "there is no time zone '/etc/localtime'" + hint},
      {"localtime", "there is no time zone 'localtime'" + hint},
      {"tzdata.zi", "there is no time zone 'tzdata.zi'" + hint},
      {"posix/Europe/London", "there is no time zone 'posix/Europe/London' (did you mean 'Europe/London'?)"},
      {"right/Europe/London", "there is no time zone 'right/Europe/London' (did you mean 'Europe/London'?)"},
      {"Europe/../Europe/London", "there is no time zone 'Europe/../Europe/London'" + hint},
      {std::string{"Europe/London\0x", 15}, "there is no time zone 'Europe/London?x' (did you mean 'Europe/London'?)"},
      {"\x1b[31mred", "there is no time zone '?[31mred'" + hint},
      {"UTC+2",
       "there is no time zone 'UTC+2' (write a fixed offset from UTC as '+02:00', or name a place such as "
       "'Europe/London')"},
      {"+24:00", "there is no time zone '+24:00'" + hint},
      {"+05:60", "there is no time zone '+05:60'" + hint},
      {"+5:30", "there is no time zone '+5:30'" + hint},
      {"+", "there is no time zone '+'" + hint},
  };
  for (const Case& c : cases) EXPECT_EQ(complaint(c.name), c.message) << c.name;
  EXPECT_LT(complaint(std::string(1'000'000, 'x')).size(), 300U);
}

TEST(Zone, IsMadeOncePerProcess) {
  EXPECT_EQ(Zone::named("Europe/Paris"), Zone::named("Europe/Paris"));
  EXPECT_EQ(Zone::named("+01:00"), Zone::named("+0100"));
}

TEST(Zone, IsSharedBetweenThreadsThatAskAtOnce) {
  const std::vector<const char*> names{
      "Asia/Tokyo", "America/New_York", "Australia/Perth", "Europe/Oslo",   "+03:30",
      "UTC",        "Africa/Lagos",     "Asia/Gaza",       "Asia/Shanghai", "Europe/Riga"};
  std::vector<std::set<const Zone*>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&mine, &names] {
      for (int round = 0; round < 50; ++round) {
        for (const char* name : names) {
          const auto zone = Zone::named(name);
          mine.insert(zone.get());
          EXPECT_EQ(zone->to_local(zone->to_utc(wall("2050-06-01T12:00:00"))), wall("2050-06-01T12:00:00"));
        }
        EXPECT_THROW((void)Zone::named("Nowhere/At_All"), Error);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : seen) EXPECT_EQ(mine, seen.front());
  EXPECT_EQ(seen.front().size(), names.size());
}

TEST(ZoneNames, AreThoseOfTheDatabase) {
  const std::vector<std::string> names = zone_names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  for (const char* name : {"Europe/London", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+12"}) {
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), name)) << name;
  }
  for (const char* name : {"localtime", "posixrules", "tzdata.zi", "zone.tab", "leapseconds"}) {
    EXPECT_FALSE(std::binary_search(names.begin(), names.end(), name)) << name;
  }
  for (const std::string& name : names) EXPECT_EQ(Zone::named(name)->name(), name);
}

TEST(TzdataVersion, IsAYearAndALetter) {
  const std::string version = tzdata_version();
  EXPECT_TRUE(version == "unknown" || (version.size() >= 5 && version.starts_with("20"))) << version;
}

}  // namespace
}  // namespace courtesy
