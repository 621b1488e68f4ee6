#include <courtesy/plan/admission.h>
#include <courtesy/plan/far.h>
#include <courtesy/plan/introductions.h>
#include <courtesy/plan/planner.h>
#include <courtesy/plan/scan.h>
#include <courtesy/plan/step_planner.h>
#include <courtesy/plan/warnings.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <future>
#include <thread>

namespace courtesy {
namespace {

// Finds and plans one step's reminders.
struct StepWork {
  StepWork(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
           bool withheld, DueCache* cache)
      : scan(compiled, occasion, step, range, cache), planner(compiled, occasion, step, withheld) {}
  Scan scan;
  StepPlanner planner;
};

// Appends what a range of customers is owed, unordered. Customers are taken in blocks, and each block's columns are
// still in the processor's cache when the next step looks at them. Steps are taken some at a time: their tables must
// not outgrow that cache, nor those of many thousand steps all memory.
void plan_range(const Compiled& compiled, const FarSchedule& far, CustomerRange range, bool withheld, Found& found) {
  constexpr Index block = 4096;
  constexpr std::size_t most_steps = 32;
  std::deque<StepWork> work;
  // Room that is not used takes no memory; growing would copy them all.
  const auto admitted = [](const CompiledOccasion& occasion) {
    return std::any_of(occasion.steps.begin(), occasion.steps.end(), [](const CompiledStep& s) { return s.admitted; });
  };
  if (std::any_of(compiled.occasions.begin(), compiled.occasions.end(), admitted)) {
    found.contenders.reserve((range.to - range.from) / 2);
  }
  const auto plan_steps = [&] {
    for (Index from = range.from; from < range.to;) {
      const CustomerRange customers{from, from + std::min(block, range.to - from)};
      for (StepWork& step : work) {
        step.scan.scan(customers, [&](std::span<const Candidate> candidates) { step.planner.plan(candidates, found); });
      }
      from = customers.to;
    }
    work.clear();
  };
  std::deque<DueCache> caches;
  for (const CompiledOccasion& occasion : compiled.occasions) {
    DueCache* const cache = occasion.steps.size() > 1 ? &caches.emplace_back() : nullptr;
    for (const CompiledStep& step : occasion.steps) {
      work.emplace_back(compiled, occasion, step, range, withheld, cache);
      far.look(work.back().scan, occasion.index, step.index);
      if (work.size() == most_steps) plan_steps();
    }
  }
  plan_steps();
}

// A thread is worth its start only with some thousand customers to look at.
unsigned threads_worth(Index customers, const PlanOptions& options) {
  constexpr Index least = 4096;
  return std::max(1U, std::min<unsigned>(options.threads, customers / least + 1));
}

Found find_all(const Compiled& compiled, const PlanOptions& options) {
  const auto customers = static_cast<Index>(compiled.base.customers());
  const unsigned threads = threads_worth(customers, options);
  const FarSchedule far(compiled);
  std::vector<Found> parts(threads);
  std::vector<std::exception_ptr> failures(threads);
  const auto work = [&](unsigned t) {
    const auto from = static_cast<Index>(std::uint64_t{customers} * t / threads);
    const auto to = static_cast<Index>(std::uint64_t{customers} * (t + 1) / threads);
    try {
      plan_range(compiled, far, {from, to}, options.withheld, parts[t]);
    } catch (...) {
      failures[t] = std::current_exception();
    }
  };
  std::vector<std::thread> workers;
  for (unsigned t = 1; t < threads; ++t) workers.emplace_back(work, t);
  work(0);
  for (std::thread& worker : workers) worker.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  Found& found = parts.front();
  for (unsigned t = 1; t < threads; ++t) {
    found.rows.append(std::move(parts[t].rows));
    found.contenders.insert(found.contenders.end(), parts[t].contenders.begin(), parts[t].contenders.end());
    found.went_out.insert(found.went_out.end(), parts[t].went_out.begin(), parts[t].went_out.end());
  }
  return std::move(found);
}

// Whom customers are introduced to, in the rows that passed the gate of introductions.
void add_partners(const Compiled& compiled, const PlannedRows& rows, std::vector<Extra>& extras) {
  const auto passed = [](const PlannedRow& row) {
    return row.state != State::withheld || row.reason == ReasonCode::capped || row.reason == ReasonCode::over_capacity;
  };
  for (const auto& piece : rows.pieces()) {
    for (const PlannedRow& row : piece) {
      const auto* recurring = std::get_if<Recurring>(&compiled.rules.occasions[row.occasion].anchor);
      if (recurring == nullptr || !recurring->match || !passed(row)) continue;
      const auto partner = compiled.introductions->of(row.occasion, Day{std::chrono::days{row.anchor}}, row.customer);
      if (!partner) continue;
      Extra& extra = extras.emplace_back();
      extra.key = row.key;
      extra.partner = compiled.introductions->name(row.occasion, *partner);
    }
  }
}

}  // namespace

Plan plan(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules, Window window,
          const PlanOptions& options) {
  const auto made = std::make_shared<Compiled>(*base, *rules, window);
  made->asked = options.asked;
  if (introduces(*rules)) made->introductions = std::make_shared<const Introductions>(*made);
  const Compiled& compiled = *made;
  // What there is to warn of is asked of all events: beside the planning, where a thread is worth it. Should planning
  // throw, the future waits for its thread: it is made after what that looks at.
  const bool beside = threads_worth(static_cast<Index>(base->customers()), options) > 1;
  auto warnings =
      std::async(beside ? std::launch::async : std::launch::deferred, [&compiled] { return warnings_of(compiled); });
  Found found = find_all(compiled, options);
  PlannedRows& rows = found.rows;
  Admitted admitted;
  if (!found.contenders.empty()) {
    admitted = admit(compiled, std::move(found.contenders), found.went_out, options.withheld, rows);
  }
  Plan plan;
  plan.compiled = made;
  plan.window = window;
  plan.channels = compiled.channels;
  plan.warnings = warnings.get();
  plan.notes = std::make_shared<const AdmissionNotes>(std::move(admitted.notes));
  if (compiled.introductions) add_partners(compiled, rows, admitted.extras);
  plan.extras = std::make_shared<const Extras>(std::move(admitted.extras));
  plan.columns = columns_of(rows, plan_order(rows));
  plan.base = std::move(base);
  plan.rules = std::move(rules);
  return plan;
}

}  // namespace courtesy
