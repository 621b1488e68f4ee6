#include <courtesy/time/rule_walk.h>

#include <utility>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/time/clock_walk.h>
#include <courtesy/time/day_walk.h>
#include <courtesy/time/implied_parts.h>
#include <courtesy/time/period_walk.h>
#include <courtesy/time/zoned_walk.h>

namespace courtesy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

void check_start(const RecurrenceRule& rule, const RuleStart& start) {
  if (start.whole_days && rule.frequency > Frequency::daily) {
    fail_in("FREQ", std::string{frequency_name(rule.frequency)} +
                        " needs a start with a time of day, found a date (try FREQ=DAILY, or give the start a time)");
  }
  if (!rule.until) return;
  const std::string text = rfc5545_text(std::chrono::floor<std::chrono::days>(rule.until->at));
  if (rule.until->kind == Rfc5545Time::Kind::date && !start.whole_days) {
    fail_in("UNTIL", "is the date " + text + ", but the start has a time of day (write a time such as " + text +
                         "T235959" + (start.zone ? "Z)" : ")"));
  }
  if (rule.until->kind == Rfc5545Time::Kind::wall && start.zone) {
    fail_in("UNTIL", "must be in UTC where the start has a zone (write the instant in UTC, with a Z after it)");
  }
}

std::vector<Tick> times_of_day(const RecurrenceRule& rule) {
  std::vector<Tick> times;
  times.reserve(rule.hours.size() * rule.minutes.size() * rule.seconds.size());
  for (const int h : rule.hours) {
    for (const int m : rule.minutes) {
      for (const int s : rule.seconds) times.push_back(hours{h} + minutes{m} + seconds{s});
    }
  }
  return times;
}

std::unique_ptr<Walk> walk_of_days(const RecurrenceRule& rule, Tick start) {
  std::vector<Tick> times = times_of_day(rule);
  if (auto walk = day_walk(rule, start, times)) return walk;
  return period_walk(rule, start, std::move(times));
}

void limit_count(Walk& walk, std::int64_t count, Tick start, bool start_always_counts, Steps& steps) {
  steps.give_nothing_out();
  if (start_always_counts && walk.next(start, start + seconds{1}, steps) == std::nullopt) --count;
  const auto last = count > 0 ? walk.nth(count, steps) : std::optional{start - seconds{1}};
  if (last) walk.stop_before(*last + seconds{1});
}

}  // namespace

std::unique_ptr<Walk> rule_walk(const RecurrenceRule& rule, const RuleStart& start) {
  Steps to_count;
  return rule_walk(rule, start, to_count);
}

std::unique_ptr<Walk> rule_walk(const RecurrenceRule& rule, const RuleStart& start, Steps& to_count) {
  check_start(rule, start);
  const RecurrenceRule whole = with_implied_parts(rule, start.at, start.whole_days);
  const Tick wall = start.at.time_since_epoch();
  const bool by_clock = rule.frequency > Frequency::daily;
  std::unique_ptr<Walk> walk;
  if (by_clock) {
    const Tick at =
        start.zone ? std::chrono::floor<seconds>(start.zone->to_utc(WallTime{wall}).time_since_epoch()) : wall;
    walk = clock_walk(whole, at, start.zone);
  } else {
    walk = walk_of_days(whole, wall);
  }
  if (rule.count) {
    try {
      limit_count(*walk, *rule.count, walk->first(), start.always_counts, to_count);
    } catch (const Error&) {
      fail_in("COUNT", std::to_string(*rule.count) + " occurrences of this rule are too many to count (try UNTIL)");
    }
  }
  // The clock of UTC is UTC.
  const bool moves = start.zone && start.zone->name() != "UTC";
  if (moves && !by_clock) walk = zoned_walk(std::move(walk), start.zone);
  if (rule.until) walk->stop_before(rule.until->at.time_since_epoch() + seconds{1});
  return walk;
}

}  // namespace courtesy
