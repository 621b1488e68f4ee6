#include <courtesy/time/zone_table.h>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

#include <courtesy/time/zone.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using dates::instant;
using dates::wall;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

sys_seconds second(std::string_view text) { return std::chrono::floor<seconds>(instant(text)); }

Zone zone(ZoneData data) { return Zone{"Test/Zone", std::make_unique<const ZoneTable>(std::move(data))}; }

// The offset by the definition: that of the last transition at or before the instant.
seconds obvious_offset(const std::vector<Transition>& changes, seconds first, Instant at) {
  seconds offset = first;
  for (const Transition& change : changes) {
    if (change.at <= at) offset = change.after;
  }
  return offset;
}

TEST(ZoneTable, AppliesTheRuleAfterTheLastListedTransition) {
  const Zone london =
      zone({0s, {{second("1996-10-27T01:00:00Z"), 3600s, 0s}}, PosixRule::parse("GMT0BST,M3.5.0/1,M10.5.0")});
  EXPECT_EQ(london.offset_at(instant("1996-07-01T00:00:00Z")), 0s);
  EXPECT_EQ(london.offset_at(instant("1997-03-30T00:59:59.999999Z")), 0s);
  EXPECT_EQ(london.offset_at(instant("1997-03-30T01:00:00Z")), 1h);
  EXPECT_EQ(london.offset_at(instant("9999-07-01T00:00:00Z")), 1h);
}

TEST(ZoneTable, AppliesARuleAtAllTimesWhereNoTransitionIsListed) {
  const Zone london = zone({0s, {}, PosixRule::parse("GMT0BST,M3.5.0/1,M10.5.0")});
  for (const char* year : {"1600", "1899", "1900", "1970", "2100", "2101", "9999"}) {
    EXPECT_EQ(london.offset_at(instant(std::string{year} + "-07-01T00:00:00Z")), 1h) << year;
    EXPECT_EQ(london.offset_at(instant(std::string{year} + "-01-01T00:00:00Z")), 0s) << year;
  }
}

TEST(ZoneTable, KeepsTheLastOffsetWithoutARule) {
  const Zone frozen = zone({0s, {{second("2000-01-01T00:00:00Z"), 0s, 3h}}, std::nullopt});
  EXPECT_EQ(frozen.offset_at(instant("1999-12-31T23:59:59Z")), 0s);
  EXPECT_EQ(frozen.offset_at(instant("9999-12-31T00:00:00Z")), 3h);
}

// Two changes a day apart share a bucket; offsets of two days fit in none.
TEST(ZoneTable, IsExactWhereTheBucketsAreNot) {
  const std::vector<Transition> changes{{second("2010-05-01T12:00:00Z"), 0s, 1h},
                                        {second("2010-05-02T12:00:00Z"), 1h, 0s},
                                        {second("2010-05-03T12:00:00Z"), 0s, -30min},
                                        {second("2015-01-01T00:00:00Z"), -30min, 48h},
                                        {second("2015-02-01T00:00:00Z"), 48h, 2h}};
  const Zone busy = zone({0s, changes, std::nullopt});
  for (Instant at = instant("2010-04-01T00:00:00Z"); at < instant("2015-03-01T00:00:00Z"); at += 7h) {
    ASSERT_EQ(busy.offset_at(at), obvious_offset(changes, 0s, at)) << iso_text(at);
  }
  EXPECT_EQ(busy.to_utc(wall("2010-05-01T12:30:00")), instant("2010-05-01T12:30:00Z"));  // in the gap: forward
  EXPECT_EQ(busy.to_utc(wall("2010-05-02T12:30:00")), instant("2010-05-02T11:30:00Z"));  // the first of two
  EXPECT_EQ(busy.to_utc(wall("2010-05-04T12:00:00")), instant("2010-05-04T12:30:00Z"));
  EXPECT_EQ(busy.to_utc(wall("2015-01-20T00:00:00")), instant("2015-01-18T00:00:00Z"));
}

// What lies past the buckets of the nearer centuries is looked up in a cycle of 400 years. The years' changes are those
// that the rule gives one by one; Troll's clocks go by two hours, and Casablanca's are listed to 2087.
TEST(ZoneTable, RepeatsItsRuleFor400YearsAndMore) {
  for (const char* name : {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Gaza",
                           "Africa/Cairo", "Africa/Casablanca", "America/Nuuk", "Asia/Tokyo"}) {
    const auto made = Zone::named(name);
    for (const auto& [from, to] : {std::pair{"2090-01-01T00:00:00Z", "2110-01-01T00:00:00Z"},
                                   std::pair{"2480-01-01T00:00:00Z", "2520-01-01T00:00:00Z"},
                                   std::pair{"9990-01-01T00:00:00Z", "9999-12-01T00:00:00Z"}}) {
      const auto changes = made->transitions(instant(from), instant(to));
      EXPECT_EQ(changes.empty(), std::string{name} == "Asia/Tokyo" || std::string{name} == "Africa/Casablanca") << name;
      for (const Transition& change : changes) {
        EXPECT_EQ(made->offset_at(change.at - 1us), change.before) << name << ' ' << iso_text(Instant{change.at});
        EXPECT_EQ(made->offset_at(change.at), change.after) << name << ' ' << iso_text(Instant{change.at});
        const WallTime skipped_or_twice{(change.at + (change.before + change.after) / 2).time_since_epoch()};
        EXPECT_EQ(made->to_utc(skipped_or_twice), Instant{skipped_or_twice.time_since_epoch() - change.before}) << name;
        const WallTime later{(change.at + std::max(change.before, change.after)).time_since_epoch()};
        EXPECT_EQ(made->to_utc(later), Instant{later.time_since_epoch() - change.after}) << name;
      }
    }
  }
}

TEST(ZoneTable, HasNoCycleWhereTransitionsAreListedLater) {
  const std::vector<Transition> changes{{second("2150-05-01T12:00:00Z"), 0s, 1h}};
  const Zone late = zone({0s, changes, PosixRule::parse("<+01>-1<+02>,M3.5.0/1,M10.5.0")});
  EXPECT_EQ(late.offset_at(instant("2149-07-01T00:00:00Z")), 0s);
  EXPECT_EQ(late.offset_at(instant("2150-07-01T00:00:00Z")), 1h);
  EXPECT_EQ(late.offset_at(instant("2151-07-01T00:00:00Z")), 2h);
  EXPECT_EQ(late.offset_at(instant("2551-12-01T00:00:00Z")), 1h);
}

TEST(ZoneTable, LooksUpWhatTheTransitionsSay) {
  std::mt19937 random{20'261'201};
  const auto pick = [&](int least, int most) { return std::uniform_int_distribution{least, most}(random); };
  for (int n = 0; n < 20; ++n) {
    std::vector<Transition> changes;
    seconds offset{pick(-40'000, 40'000)};
    const seconds first = offset;
    for (sys_seconds at = second("1895-01-01T00:00:00Z") + seconds{pick(0, 1'000'000)};
         at < second("2105-01-01T00:00:00Z"); at += days{pick(3, 900)} + seconds{pick(0, 86'399)}) {
      const seconds after{pick(-40'000, 40'000)};
      if (after == offset) continue;
      changes.push_back({at, offset, after});
      offset = after;
    }
    const Zone made = zone({first, changes, std::nullopt});
    for (const Transition& change : changes) {
      for (const std::chrono::microseconds off : {-1us, 0us, 1us}) {
        const Instant at = change.at + off;
        EXPECT_EQ(made.offset_at(at), off < 0us ? change.before : change.after) << iso_text(at);
        EXPECT_EQ(made.to_utc(made.to_local(at), Gap::error, off < 0us ? Overlap::first : Overlap::second), at)
            << iso_text(at);
      }
    }
    EXPECT_EQ(made.transitions(Instant::min(), Instant::max()), changes);
  }
}

TEST(ZoneTable, ForgetsTransitionsThatChangeNoOffset) {
  const Zone renamed =
      zone({1h, {{second("2000-01-01T00:00:00Z"), 1h, 1h}, {second("2001-01-01T00:00:00Z"), 1h, 2h}}, {}});
  const auto changes = renamed.transitions(Instant::min(), Instant::max());
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].at, second("2001-01-01T00:00:00Z"));
}

TEST(ZoneTable, ListsTransitionsOfAHalfOpenRange) {
  const Zone london = zone({0s, {}, PosixRule::parse("GMT0BST,M3.5.0/1,M10.5.0")});
  const Instant march = instant("2040-03-25T01:00:00Z");
  const Instant october = instant("2040-10-28T01:00:00Z");
  EXPECT_EQ(london.transitions(march, october).size(), 1U);
  EXPECT_EQ(london.transitions(march, october + 1us).size(), 2U);
  EXPECT_EQ(london.transitions(march + 1us, october).size(), 0U);
  EXPECT_EQ(london.transitions(october, march).size(), 0U);
  EXPECT_EQ(london.transitions(instant("1600-01-01T00:00:00Z"), instant("9999-12-31T00:00:00Z")).size(), 8400U * 2U);
}

TEST(ZoneTable, AnswersAtTheEndsOfTime) {
  for (const char* rule : {"GMT0BST,M3.5.0/1,M10.5.0", "<+14>-14", "<-12>12"}) {
    const auto parsed = PosixRule::parse(rule);
    const Zone made = zone({parsed->offset(), {}, parsed});
    for (const Instant at : {Instant::min(), Instant::max()}) {
      const auto offset = made.offset_at(at);
      EXPECT_TRUE(offset == parsed->offset() || offset == parsed->offset() + 1h) << rule;
      const WallTime same{at.time_since_epoch()};
      EXPECT_LE(std::chrono::abs(std::chrono::floor<std::chrono::hours>(made.to_local(at) - same)), 15h) << rule;
      EXPECT_LE(std::chrono::abs(std::chrono::floor<std::chrono::hours>(made.to_utc(same) - at)), 15h) << rule;
      EXPECT_LE(made.lookup(same).after, 14h) << rule;
    }
  }
}

}  // namespace
}  // namespace courtesy
