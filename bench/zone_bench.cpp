// Random wall times between 1970 and 2096 over twenty zones, to UTC: a column of ours, Hinnant's to_sys, and cctz where
// it is installed. items_per_second is the figure to compare.
#include <courtesy/time/zone_column.h>

#include <benchmark/benchmark.h>
#include <date/tz.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#ifdef COURTESY_BENCH_CCTZ
#include <cctz/time_zone.h>
#endif

namespace courtesy::bench {
namespace {

constexpr std::size_t rows = 1'000'000;

const std::vector<std::string> names{"Europe/London",    "Europe/Berlin",     "Europe/Lisbon",    "Europe/Dublin",
                                     "America/New_York", "America/Sao_Paulo", "America/St_Johns", "America/Los_Angeles",
                                     "Asia/Tokyo",       "Asia/Kolkata",      "Asia/Kathmandu",   "Asia/Tehran",
                                     "Africa/Cairo",     "Africa/Casablanca", "Australia/Sydney", "Australia/Lord_Howe",
                                     "Pacific/Apia",     "Pacific/Auckland",  "Atlantic/Azores",  "UTC"};

struct Job {
  std::vector<std::int64_t> walls;  // µs
  std::vector<std::int32_t> zones;
};

const Job& job() {
  static const Job made = [] {
    Job all;
    std::mt19937_64 random{7};
    for (std::size_t i = 0; i < rows; ++i) {
      all.walls.push_back(static_cast<std::int64_t>(random() % 4'000'000'000U) * 1'000'000);
      all.zones.push_back(static_cast<std::int32_t>(random() % names.size()));
    }
    return all;
  }();
  return made;
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(rows));
}

void column_of_twenty_zones(benchmark::State& state) {
  const ZoneColumn zones(names, job().zones);
  std::vector<std::int64_t> out(rows);
  for (auto _ : state) {
    to_utc(job().walls, zones, Gap::forward, Overlap::first, out);
    benchmark::ClobberMemory();
  }
  count(state);
}

void column_of_one_zone(benchmark::State& state) {
  const ZoneColumn zones(names.front());
  std::vector<std::int64_t> out(rows);
  for (auto _ : state) {
    to_utc(job().walls, zones, Gap::forward, Overlap::first, out);
    benchmark::ClobberMemory();
  }
  count(state);
}

void column_to_local(benchmark::State& state) {
  const ZoneColumn zones(names, job().zones);
  std::vector<std::int64_t> out(rows);
  for (auto _ : state) {
    to_local(job().walls, zones, out);
    benchmark::ClobberMemory();
  }
  count(state);
}

void hinnants_to_sys(benchmark::State& state) {
  std::vector<const date::time_zone*> zones;
  for (const std::string& name : names) zones.push_back(date::locate_zone(name));
  std::vector<std::int64_t> out(rows);
  for (auto _ : state) {
    for (std::size_t i = 0; i < rows; ++i) {
      const date::local_time<std::chrono::microseconds> wall{std::chrono::microseconds{job().walls[i]}};
      const auto at = zones[static_cast<std::size_t>(job().zones[i])]->to_sys(wall, date::choose::earliest);
      out[i] = at.time_since_epoch().count();
    }
    benchmark::ClobberMemory();
  }
  count(state);
}

#ifdef COURTESY_BENCH_CCTZ
void cctz_convert(benchmark::State& state) {
  std::vector<cctz::time_zone> zones(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) cctz::load_time_zone(names[i], &zones[i]);
  const cctz::civil_second epoch{1970, 1, 1};
  std::vector<std::int64_t> out(rows);
  for (auto _ : state) {
    for (std::size_t i = 0; i < rows; ++i) {
      const auto found = zones[static_cast<std::size_t>(job().zones[i])].lookup(epoch + job().walls[i] / 1'000'000);
      out[i] = found.pre.time_since_epoch().count();
    }
    benchmark::ClobberMemory();
  }
  count(state);
}
BENCHMARK(cctz_convert)->Unit(benchmark::kMillisecond);
#endif

BENCHMARK(column_of_twenty_zones)->Unit(benchmark::kMillisecond);
BENCHMARK(column_of_one_zone)->Unit(benchmark::kMillisecond);
BENCHMARK(column_to_local)->Unit(benchmark::kMillisecond);
BENCHMARK(hinnants_to_sys)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace courtesy::bench
