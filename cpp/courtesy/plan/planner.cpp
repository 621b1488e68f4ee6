#include <courtesy/plan/gates.h>
#include <courtesy/plan/order.h>
#include <courtesy/plan/planner.h>
#include <courtesy/plan/scan.h>

#include <algorithm>
#include <exception>
#include <thread>

namespace courtesy {
namespace {

// Everything that a range of customers is owed, unordered.
std::vector<Reminder> plan_range(const Compiled& compiled, CustomerRange range, bool withheld) {
  std::vector<Reminder> reminders;
  std::vector<Candidate> candidates;
  KeyMaker keys(compiled.base);
  for (const CompiledOccasion& occasion : compiled.occasions) {
    for (const CompiledStep& step : occasion.steps) {
      candidates.clear();
      scan(compiled, occasion, step, range, candidates);
      Gatekeeper gates(compiled, occasion, step);
      for (const Candidate& candidate : candidates) {
        Reminder reminder = gates.decide(candidate);
        if (reminder.due < compiled.window.start || reminder.due >= compiled.window.end) continue;
        if (reminder.state == State::withheld && !withheld) continue;
        reminder.key = keys.make(occasion, step, candidate.customer, candidate.asset, candidate.event,
                                 candidate.slot.number);
        reminders.push_back(reminder);
      }
    }
  }
  return reminders;
}

std::vector<Reminder> plan_all(const Compiled& compiled, const PlanOptions& options) {
  const auto customers = static_cast<Index>(compiled.base.customers());
  // A thread is worth its start only with some thousand customers to look at.
  constexpr Index least = 4096;
  const unsigned threads = std::max(1U, std::min<unsigned>(options.threads, customers / least + 1));
  if (threads == 1) return plan_range(compiled, {0, customers}, options.withheld);

  std::vector<std::vector<Reminder>> parts(threads);
  std::vector<std::exception_ptr> failures(threads);
  std::vector<std::thread> workers;
  for (unsigned t = 0; t < threads; ++t) {
    const auto from = static_cast<Index>(std::uint64_t{customers} * t / threads);
    const auto to = static_cast<Index>(std::uint64_t{customers} * (t + 1) / threads);
    workers.emplace_back([&, t, from, to] {
      try {
        parts[t] = plan_range(compiled, {from, to}, options.withheld);
      } catch (...) {
        failures[t] = std::current_exception();
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  std::vector<Reminder> all = std::move(parts.front());
  for (unsigned t = 1; t < threads; ++t) all.insert(all.end(), parts[t].begin(), parts[t].end());
  return all;
}

}  // namespace

Plan plan(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules, Window window,
          const PlanOptions& options) {
  const Compiled compiled(*base, *rules, window);
  const std::vector<Reminder> reminders = plan_all(compiled, options);
  const std::vector<std::uint32_t> order = plan_order(reminders);
  Plan plan;
  plan.base = std::move(base);
  plan.rules = std::move(rules);
  plan.window = window;
  plan.channels = compiled.channels;
  plan.warnings = compiled.warnings;
  plan.columns.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) plan.columns.set(i, reminders[order[i]]);
  return plan;
}

}  // namespace courtesy
