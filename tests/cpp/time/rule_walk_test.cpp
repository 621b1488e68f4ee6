#include <courtesy/time/rule_walk.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/dates.h"
#include "time/plain_recurrence.h"
#include "time/random_rule.h"

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_seconds;
using std::chrono::microseconds;
using std::chrono::seconds;

local_seconds at(Tick tick) { return local_seconds{tick}; }

std::vector<local_seconds> all_in(const Walk& walk, local_seconds from, local_seconds to) {
  std::vector<local_seconds> out;
  Steps steps;
  std::vector<std::int64_t> cells(97);
  for (Tick low = from.time_since_epoch();;) {
    const std::size_t count = walk.fill(low, to.time_since_epoch(), cells, steps);
    if (count == 0) return out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(at(std::chrono::floor<seconds>(microseconds{cells[i]})));
    low = out.back().time_since_epoch() + 1s;
  }
}

std::string told(const RecurrenceRule& rule, local_seconds start, const std::string& zone = {}) {
  return zone + " from " + iso_text(WallTime{start}) + " " + rule.to_rfc5545();
}

std::string told(const std::vector<local_seconds>& times) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(times.size(), 12); ++i) out += iso_text(WallTime{times[i]}) + " ";
  return out + "(" + std::to_string(times.size()) + ")";
}

local_seconds random_start(RandomRule& random, bool whole_days) {
  const Day day = Day{std::chrono::year{1990} / 1 / 1} + days{random.below(20'000)};
  if (whole_days) return day;
  return day + seconds{random.below(86'400)};
}

days span_for(const RecurrenceRule& rule) {
  const std::int64_t periods = std::min<std::int64_t>(rule.interval * 6, 40);
  switch (rule.frequency) {
    case Frequency::yearly:
      return days{366 * std::min<std::int64_t>(periods, 14)};
    case Frequency::monthly:
      return days{31 * periods + 100};
    case Frequency::weekly:
      return days{7 * periods + 100};
    default:
      return days{periods + 200};
  }
}

// How a walk may be asked must not change what it answers.
void expect_seeks_equal_walk(const Walk& walk, const std::vector<local_seconds>& expected, local_seconds from,
                             local_seconds to, RandomRule& random, const std::string& what) {
  Steps steps;
  EXPECT_EQ(walk.count(from.time_since_epoch(), to.time_since_epoch(), steps),
            static_cast<std::int64_t>(expected.size()))
      << what;
  for (int asked = 0; asked < 4; ++asked) {
    const auto span = static_cast<int>((to - from).count());
    const local_seconds point = from + seconds{random.below(span)};
    const auto later = std::lower_bound(expected.begin(), expected.end(), point);
    Steps each;
    const auto next = walk.next(point.time_since_epoch(), to.time_since_epoch(), each);
    ASSERT_EQ(next.has_value(), later != expected.end()) << what << " next after " << iso_text(WallTime{point});
    if (next) {
      EXPECT_EQ(iso_text(WallTime{at(*next)}), iso_text(WallTime{*later})) << what;
    }
    const auto last = walk.last(from.time_since_epoch(), point.time_since_epoch(), each);
    ASSERT_EQ(last.has_value(), later != expected.begin()) << what << " last before " << iso_text(WallTime{point});
    if (last) {
      EXPECT_EQ(iso_text(WallTime{at(*last)}), iso_text(WallTime{*(later - 1)})) << what;
    }
    const auto part = all_in(walk, point, to);
    EXPECT_EQ(part, std::vector(later, expected.end())) << what << " from " << iso_text(WallTime{point});
  }
}

TEST(RuleWalk, AgreesWithThePlainFilterOnRulesOfDays) {
  RandomRule random{20'261'201};
  for (int n = 0; n < 20'000; ++n) {
    RecurrenceRule rule = random.make(Frequency::yearly, Frequency::daily);
    const bool whole_days = random.once_in(4);
    const local_seconds start = random_start(random, whole_days);
    const local_seconds to = start + span_for(rule);
    const auto expected = plain::occurrences(rule, start, whole_days, to);
    const auto walk = rule_walk(rule, {start, whole_days, nullptr, false});
    const auto found = all_in(*walk, start - days{400}, to);
    ASSERT_EQ(told(found), told(expected)) << told(rule, start);
    ASSERT_EQ(found, expected) << told(rule, start);
    expect_seeks_equal_walk(*walk, expected, start, to, random, told(rule, start));
    if (expected.empty() || HasFailure()) continue;
    // COUNT ends with the nth, and not before.
    const auto count = static_cast<std::size_t>(1 + random.below(static_cast<int>(expected.size())));
    rule.count = static_cast<std::int64_t>(count);
    const auto counted = rule_walk(rule, {start, whole_days, nullptr, false});
    ASSERT_EQ(told(all_in(*counted, start, to)), told({expected.begin(), expected.begin() + static_cast<int>(count)}))
        << told(rule, start);
  }
}

TEST(RuleWalk, AgreesWithThePlainFilterOnRulesOfTheClock) {
  RandomRule random{5545};
  for (int n = 0; n < 1'000; ++n) {
    RecurrenceRule rule = random.make(Frequency::hourly, Frequency::secondly);
    const local_seconds start = random_start(random, false);
    // Near the start, and a while after it; where a part asks for it, at a time of which it is true.
    seconds ahead = random.once_in(2) ? seconds{0} : seconds{random.below(500'000'000)};
    const local_seconds from = start + ahead;
    const local_seconds to = from + (rule.frequency == Frequency::hourly ? seconds{days{9}} : seconds{40'000});
    const auto walk = rule_walk(rule, {start, false, nullptr, false});
    const auto expected = plain::clock_occurrences(rule, start, nullptr, from, to);
    ASSERT_EQ(told(all_in(*walk, from, to)), told(expected)) << told(rule, start);
    expect_seeks_equal_walk(*walk, expected, from, to, random, told(rule, start));
    if (HasFailure()) return;
  }
}

// The same around changes of the clocks: London's and New York's of an hour, Lord Howe's of half an hour, Apia's of a
// day, St. John's at one minute past midnight, Amsterdam's of 20 seconds less than 20 minutes.
TEST(RuleWalk, GoesByElapsedTimeThroughChangesOfTheClocks) {
  struct Case {
    const char* zone;
    const char* change;  // UTC
  };
  const std::vector<Case> cases{
      {"Europe/London", "2026-03-29T01:00:00"},       {"Europe/London", "2026-10-25T01:00:00"},
      {"America/New_York", "2026-03-08T07:00:00"},    {"America/New_York", "2026-11-01T06:00:00"},
      {"Australia/Lord_Howe", "2026-04-04T15:00:00"}, {"Australia/Lord_Howe", "2026-10-03T15:30:00"},
      {"Pacific/Apia", "2011-12-30T10:00:00"},        {"America/St_Johns", "2008-03-09T03:31:00"},
      {"America/St_Johns", "2008-11-02T02:31:00"},    {"Africa/Cairo", "2026-04-23T22:00:00"},
      {"America/Santiago", "2026-04-05T03:00:00"},
  };
  RandomRule random{29};
  for (int n = 0; n < 1'000; ++n) {
    const Case& c = cases[static_cast<std::size_t>(random.below(static_cast<int>(cases.size())))];
    const auto zone = Zone::named(c.zone);
    const local_seconds change = std::chrono::floor<seconds>(dates::wall(c.change));
    const RecurrenceRule rule = random.make(Frequency::hourly, Frequency::secondly);
    const seconds before{random.once_in(3) ? random.below(20'000'000) : random.below(90'000)};
    const local_seconds start_at = change - before;
    const local_seconds wall{zone->to_local(Instant{start_at.time_since_epoch()}).time_since_epoch() / 1s * 1s};
    // A start that a clock shows twice is its first.
    const local_seconds start{std::chrono::floor<seconds>(zone->to_utc(WallTime{wall}).time_since_epoch())};
    const bool hourly = rule.frequency == Frequency::hourly;
    const local_seconds from = std::max(start, change - (hourly ? seconds{days{3}} : 12'000s));
    const local_seconds to = change + (hourly ? seconds{days{4}} : 12'000s);
    const auto walk = rule_walk(rule, {wall, false, zone, false});
    const auto expected = plain::clock_occurrences(rule, start, zone.get(), from, to);
    ASSERT_EQ(told(all_in(*walk, from, to)), told(expected)) << told(rule, wall, c.zone);
    expect_seeks_equal_walk(*walk, expected, from, to, random, told(rule, wall, c.zone));
    if (HasFailure()) return;
  }
}

// Wall times of a rule of days, each made an instant by the zone, sorted, none twice.
TEST(RuleWalk, MovesOccurrencesInAGapForwardAndTakesTheFirstOfAnOverlap) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"Europe/London", "2026-03-25"},       {"Europe/London", "2026-10-20"}, {"Australia/Lord_Howe", "2026-10-01"},
      {"Australia/Lord_Howe", "2026-04-01"}, {"Pacific/Apia", "2011-12-27"},  {"Africa/Cairo", "2026-04-20"},
      {"America/Santiago", "2026-09-01"},    {"UTC", "2026-03-25"},           {"+05:30", "2026-03-25"},
  };
  RandomRule random{1};
  for (int n = 0; n < 1'000; ++n) {
    const auto& [name, date] = cases[static_cast<std::size_t>(random.below(static_cast<int>(cases.size())))];
    const auto zone = Zone::named(name);
    RecurrenceRule rule;
    rule.frequency = random.once_in(5) ? Frequency::weekly : Frequency::daily;
    if (rule.frequency == Frequency::weekly) rule.weekdays = {{7, 0}, {5, 0}, {6, 0}};
    for (int left = random.below(5); left > 0; --left) rule.hours.push_back(random.below(4));
    for (int left = random.below(5); left > 0; --left) rule.minutes.push_back(random.below(12) * 5);
    rule = checked(rule);
    const local_seconds start = dates::day(date) + seconds{random.below(10'000)};
    const local_seconds to = start + days{12};
    std::vector<local_seconds> expected;
    for (const local_seconds wall : plain::occurrences(rule, start, false, to)) {
      expected.emplace_back(std::chrono::floor<seconds>(zone->to_utc(WallTime{wall}).time_since_epoch()));
    }
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    const local_seconds end{start + days{8}};
    expected.erase(std::lower_bound(expected.begin(), expected.end(), end), expected.end());
    const auto walk = rule_walk(rule, {start, false, zone, false});
    ASSERT_EQ(told(all_in(*walk, start - days{3}, end)), told(expected)) << told(rule, start, name);
    expect_seeks_equal_walk(*walk, expected, start - days{3}, end, random, told(rule, start, name));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace courtesy
