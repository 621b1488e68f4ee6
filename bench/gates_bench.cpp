// Every anchor and every gate at once, over a built base. customers/s is the figure to compare.
#include <courtesy/plan/planner.h>

#include <benchmark/benchmark.h>

#include <algorithm>

#include "gates_job.h"

namespace courtesy::bench {
namespace {

void plan_with_all_gates(benchmark::State& state) {
  const auto base = base_with_history();
  const PlanOptions options{true, static_cast<unsigned>(state.range(0))};
  std::size_t rows = 0;
  std::size_t planned = 0;
  for (auto _ : state) {
    const Plan made = plan(base, all_gates(), window_of_all_gates(), options);
    rows = made.size();
    planned =
        static_cast<std::size_t>(std::count(made.columns.state.begin(), made.columns.state.end(), State::planned));
  }
  state.counters["customers/s"] =
      benchmark::Counter(static_cast<double>(customers_with_history) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
  state.counters["rows"] = static_cast<double>(rows);
  state.counters["planned"] = static_cast<double>(planned);
}

BENCHMARK(plan_with_all_gates)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace courtesy::bench
