// The plan job on column buffers, part by part. customers/s is the figure to compare.
#include <courtesy/plan/gates.h>
#include <courtesy/plan/planner.h>
#include <courtesy/plan/scan.h>

#include <benchmark/benchmark.h>

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

// The part of it that finds and decides: candidates, gates and keys. What plan_over_base takes beyond this is spent on
// putting the reminders in order and writing the plan's columns.
void decide_over_base(benchmark::State& state) {
  const auto base = plain_base();
  std::size_t reminders = 0;
  for (auto _ : state) {
    const Compiled compiled(*base, *rules(), window());
    reminders = 0;
    for (const CompiledOccasion& occasion : compiled.occasions) {
      for (const CompiledStep& step : occasion.steps) {
        Gatekeeper gates(compiled, occasion, step);
        KeyMaker keys(compiled.base, occasion, step);
        const auto decide = [&](std::span<const Candidate> candidates) {
          for (const Candidate& candidate : candidates) {
            const Reminder reminder = gates.decide(candidate);
            if (reminder.due < compiled.window.start || reminder.due >= compiled.window.end) continue;
            benchmark::DoNotOptimize(
                keys.make(candidate.customer, candidate.asset, candidate.event, candidate.slot.number));
            ++reminders;
          }
        };
        scan(compiled, occasion, step, {0, static_cast<Index>(customers)}, decide);
      }
    }
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
    const auto look = [&](std::span<const Candidate> candidates) {
      found += candidates.size();
      benchmark::DoNotOptimize(candidates.data());
    };
    for (const CompiledOccasion& occasion : compiled.occasions) {
      for (const CompiledStep& step : occasion.steps) {
        scan(compiled, occasion, step, {0, static_cast<Index>(customers)}, look);
      }
    }
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
