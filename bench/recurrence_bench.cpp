// Five rules, read as columns, beside libical where it is installed. occurrences/s over the years 2000 to 2499 is the
// figure to compare, and the time of a window of 30 days, 12 years after the start.
#include <courtesy/time/parse_rule.h>
#include <courtesy/time/recurrence.h>

#include <benchmark/benchmark.h>
#ifdef COURTESY_BENCH_LIBICAL
#include <libical/ical.h>
#endif

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace courtesy::bench {
namespace {

using std::chrono::year;

constexpr std::array<const char*, 5> rules{
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=DAILY",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
};
constexpr std::size_t most = 200'000;  // more than the days of 500 years

const Day first{year{2000} / 1 / 1};
const Day last{year{2500} / 1 / 1};

enum class Kind { days, times, zoned };

Recurrence recurrence(std::int64_t rule, Kind kind) {
  RecurrenceParts parts;
  parts.rule = parse_rule(rules[static_cast<std::size_t>(rule)]);
  if (kind == Kind::days) {
    parts.start = first;
  } else {
    parts.start = WallTime{first} + std::chrono::hours{9};
  }
  if (kind == Kind::zoned) parts.zone = Zone::named("Europe/London");
  return Recurrence{parts};
}

void tell(benchmark::State& state, std::size_t found) {
  state.SetLabel(rules[static_cast<std::size_t>(state.range(0))]);
  state.counters["occurrences"] = static_cast<double>(found);
  state.counters["occurrences/s"] = benchmark::Counter(
      static_cast<double>(found) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

template <typename Cell>
void read_centuries(benchmark::State& state, Kind kind) {
  const Recurrence each = recurrence(state.range(0), kind);
  std::vector<Cell> cells(most);
  std::size_t found = 0;
  for (auto _ : state) {
    found = each.fill(first, last, cells);
    benchmark::DoNotOptimize(cells.data());
    benchmark::ClobberMemory();
  }
  tell(state, found);
}

Kind times_or_zoned(const benchmark::State& state) { return state.range(1) == 0 ? Kind::times : Kind::zoned; }

void centuries_in_days(benchmark::State& state) { read_centuries<std::int32_t>(state, Kind::days); }
void centuries_in_microseconds(benchmark::State& state) { read_centuries<std::int64_t>(state, times_or_zoned(state)); }

void thirty_days_after_twelve_years(benchmark::State& state) {
  const Recurrence each = recurrence(state.range(0), times_or_zoned(state));
  std::array<std::int64_t, 64> cells;
  // Another month each time, so that no branch learns it by heart.
  std::size_t found = 0;
  int month = 0;
  for (auto _ : state) {
    const Day from = first + std::chrono::days{4383 + 30 * (month++ % 64)};
    found += each.fill(from, from + std::chrono::days{30}, cells);
    benchmark::DoNotOptimize(cells.data());
    benchmark::ClobberMemory();
  }
  state.SetLabel(rules[static_cast<std::size_t>(state.range(0))]);
  state.counters["occurrences"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}

void next_one(benchmark::State& state) {
  const Recurrence each = recurrence(state.range(0), Kind::times);
  int day = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(each.after(WallTime{first + std::chrono::days{17'000 + 7 * (day++ % 64)}}));
  }
  state.SetLabel(rules[static_cast<std::size_t>(state.range(0))]);
}

void parse_and_make(benchmark::State& state) {
  const std::string text = rules[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    RecurrenceParts parts;
    parts.rule = parse_rule(text);
    parts.start = first;
    benchmark::DoNotOptimize(Recurrence{std::move(parts)});
  }
  state.SetLabel(text);
}

#ifdef COURTESY_BENCH_LIBICAL
// The moments of a rule from `from` on and before `to`: libical seeks, and then walks.
std::size_t walk_libical(const icalrecurrencetype& rule, const char* from, const char* to, std::size_t room) {
  const icaltimetype end = icaltime_from_string(to);
  icalrecur_iterator* const each = icalrecur_iterator_new(rule, icaltime_from_string("20000101T090000"));
  icalrecur_iterator_set_start(each, icaltime_from_string(from));
  std::size_t found = 0;
  for (icaltimetype at = icalrecur_iterator_next(each); !icaltime_is_null_time(at) && icaltime_compare(at, end) < 0;
       at = icalrecur_iterator_next(each)) {
    if (++found == room) break;
  }
  icalrecur_iterator_free(each);
  return found;
}

void libical_century(benchmark::State& state) {
  const icalrecurrencetype rule = icalrecurrencetype_from_string(rules[static_cast<std::size_t>(state.range(0))]);
  std::size_t found = 0;
  for (auto _ : state) found = walk_libical(rule, "20000101T090000", "21000101T000000", most);
  // It must read the same moments, or the comparison is of nothing.
  const auto ours = recurrence(state.range(0), Kind::times).count(first, Day{year{2100} / 1 / 1});
  if (static_cast<std::int64_t>(found) != ours) state.SkipWithError("libical finds another number of occurrences");
  tell(state, found);
}

void libical_thirty_days_after_twelve_years(benchmark::State& state) {
  const icalrecurrencetype rule = icalrecurrencetype_from_string(rules[static_cast<std::size_t>(state.range(0))]);
  for (auto _ : state) benchmark::DoNotOptimize(walk_libical(rule, "20120101T000000", "20120131T000000", most));
  state.SetLabel(rules[static_cast<std::size_t>(state.range(0))]);
}

BENCHMARK(libical_century)->ArgName("rule")->DenseRange(0, 4);
BENCHMARK(libical_thirty_days_after_twelve_years)->ArgName("rule")->DenseRange(0, 4);
#endif

BENCHMARK(centuries_in_days)->ArgName("rule")->DenseRange(0, 4);
BENCHMARK(centuries_in_microseconds)->ArgNames({"rule", "zone"})->ArgsProduct({{0, 1, 2, 3, 4}, {0, 1}});
BENCHMARK(thirty_days_after_twelve_years)->ArgNames({"rule", "zone"})->ArgsProduct({{0, 1, 2, 3, 4}, {0, 1}});
BENCHMARK(next_one)->ArgName("rule")->DenseRange(0, 4);
BENCHMARK(parse_and_make)->ArgName("rule")->DenseRange(0, 4);

}  // namespace
}  // namespace courtesy::bench
