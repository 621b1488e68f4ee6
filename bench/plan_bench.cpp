// The plan job on column buffers, part by part. customers/s is the figure to compare.
#include <courtesy/plan/planner.h>
#include <courtesy/plan/scan.h>
#include <courtesy/plan/step_planner.h>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <deque>

#include "plan_job.h"

namespace courtesy::bench {
namespace {

void count(benchmark::State& state, std::size_t reminders) {
  state.counters["customers/s"] = benchmark::Counter(
      static_cast<double>(customers) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  if (reminders != 0) state.counters["reminders"] = static_cast<double>(reminders);
}

// From column buffers to the customer base: a customer's events together, ids are integers.
void build_plain(benchmark::State& state) {
  const Tables& tables = plain_tables();
  for (auto _ : state) benchmark::DoNotOptimize(base_of(tables));
  count(state, 0);
}

// Events in the order of time, ids are texts.
void build_journal(benchmark::State& state) {
  const Tables& tables = journal_tables();
  for (auto _ : state) benchmark::DoNotOptimize(base_of(tables));
  count(state, 0);
}

// From a built base to the finished plan.
void plan_over_base(benchmark::State& state) {
  const auto base = plain_base();
  const PlanOptions options{true, static_cast<unsigned>(state.range(0))};
  std::size_t reminders = 0;
  for (auto _ : state) reminders = plan(base, rules(), window(), options).size();
  count(state, reminders);
}

// Every step's candidates, in blocks as the planner takes them.
template <typename Take>
void each_batch(const Compiled& compiled, Take take) {
  constexpr Index block = 4096;
  const CustomerRange all{0, static_cast<Index>(customers)};
  std::deque<Scan> scans;
  std::deque<StepPlanner> planners;
  for (const CompiledOccasion& occasion : compiled.occasions) {
    for (const CompiledStep& step : occasion.steps) {
      scans.emplace_back(compiled, occasion, step, all);
      planners.emplace_back(compiled, occasion, step, true);
    }
  }
  for (Index from = 0; from < all.to; from += block) {
    for (std::size_t i = 0; i < scans.size(); ++i) {
      scans[i].scan({from, std::min(from + block, all.to)},
                    [&](std::span<const Candidate> found) { take(planners[i], found); });
    }
  }
}

// The part of it that finds and decides: candidates, gates and keys. What plan_over_base takes beyond this is spent on
// putting the reminders in order and writing the plan's columns.
void decide_over_base(benchmark::State& state) {
  const auto base = plain_base();
  std::size_t reminders = 0;
  for (auto _ : state) {
    const Compiled compiled(*base, *rules(), window());
    Found found;
    each_batch(compiled, [&](StepPlanner& planner, std::span<const Candidate> batch) { planner.plan(batch, found); });
    reminders = found.rows.size();
  }
  count(state, reminders);
}

// The part of that which finds the candidates.
void scan_base(benchmark::State& state) {
  const auto base = plain_base();
  std::size_t found = 0;
  for (auto _ : state) {
    const Compiled compiled(*base, *rules(), window());
    found = 0;
    each_batch(compiled, [&](StepPlanner&, std::span<const Candidate> candidates) {
      found += candidates.size();
      benchmark::DoNotOptimize(candidates.data());
    });
  }
  state.counters["candidates"] = static_cast<double>(found);
  count(state, 0);
}

// From column buffers to the finished plan.
void plan_tables(benchmark::State& state) {
  const Tables& tables = plain_tables();
  std::size_t reminders = 0;
  for (auto _ : state) reminders = plan(base_of(tables), rules(), window(), {}).size();
  count(state, reminders);
}

BENCHMARK(build_plain)->Unit(benchmark::kMillisecond);
BENCHMARK(build_journal)->Unit(benchmark::kMillisecond);
BENCHMARK(scan_base)->Unit(benchmark::kMillisecond);
BENCHMARK(decide_over_base)->Unit(benchmark::kMillisecond);
BENCHMARK(plan_over_base)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(plan_tables)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace courtesy::bench
