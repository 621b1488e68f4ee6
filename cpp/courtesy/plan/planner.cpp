#include <courtesy/plan/gates.h>
#include <courtesy/plan/order.h>
#include <courtesy/plan/planner.h>
#include <courtesy/plan/scan.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <thread>

namespace courtesy {
namespace {

PlannedRow row_of(const Reminder& reminder) {
  return {reminder.due,      reminder.key,  reminder.expires, reminder.customer, reminder.event,
          reminder.occasion, reminder.step, reminder.channel, reminder.state,    reminder.reason};
}

// Rows in lists that never grow: none is copied to make room.
class RowCollector {
 public:
  explicit RowCollector(RowLists& lists) : lists_(lists) {}
  void add(const PlannedRow& row) {
    if (lists_.empty() || lists_.back().size() == lists_.back().capacity()) {
      lists_.emplace_back();
      lists_.back().reserve(room_);
      room_ = most_room;
    }
    lists_.back().push_back(row);
  }

 private:
  static constexpr std::size_t most_room = 16'384;
  std::size_t room_ = 256;
  RowLists& lists_;
};

// Appends what a range of customers is owed, unordered.
void plan_range(const Compiled& compiled, CustomerRange range, bool withheld, RowLists& lists) {
  // The columns of candidates to come are fetched while this one is decided.
  constexpr std::size_t far_ahead = 24;
  constexpr std::size_t ahead = 12;
  RowCollector rows(lists);
  for (const CompiledOccasion& occasion : compiled.occasions) {
    for (const CompiledStep& step : occasion.steps) {
      std::optional<Gatekeeper> gates;
      std::optional<KeyMaker> keys;
      scan(compiled, occasion, step, range, [&](std::span<const Candidate> candidates) {
        if (!gates) {
          gates.emplace(compiled, occasion, step);
          keys.emplace(compiled.base, occasion, step);
        }
        for (std::size_t i = 0; i < candidates.size(); ++i) {
          if (i + far_ahead < candidates.size()) compiled.base.prefetch_row(candidates[i + far_ahead].event);
          if (i + ahead < candidates.size()) {
            compiled.base.prefetch(candidates[i + ahead].customer, candidates[i + ahead].event);
          }
          const Candidate& candidate = candidates[i];
          Reminder reminder = gates->decide(candidate);
          if (reminder.due < compiled.window.start || reminder.due >= compiled.window.end) continue;
          if (reminder.state == State::withheld && !withheld) continue;
          reminder.key = keys->make(candidate.customer, candidate.asset, candidate.event, candidate.slot.number);
          rows.add(row_of(reminder));
        }
      });
    }
  }
}

RowLists plan_all(const Compiled& compiled, const PlanOptions& options) {
  const auto customers = static_cast<Index>(compiled.base.customers());
  // A thread is worth its start only with some thousand customers to look at.
  constexpr Index least = 4096;
  const unsigned threads = std::max(1U, std::min<unsigned>(options.threads, customers / least + 1));
  std::vector<RowLists> parts(threads);
  std::vector<std::exception_ptr> failures(threads);
  const auto work = [&](unsigned t) {
    const auto from = static_cast<Index>(std::uint64_t{customers} * t / threads);
    const auto to = static_cast<Index>(std::uint64_t{customers} * (t + 1) / threads);
    try {
      plan_range(compiled, {from, to}, options.withheld, parts[t]);
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
  RowLists all = std::move(parts.front());
  for (unsigned t = 1; t < threads; ++t) std::move(parts[t].begin(), parts[t].end(), std::back_inserter(all));
  return all;
}

// A row with what its customer and its event say of it.
Reminder completed(const Compiled& compiled, const PlannedRow& row) {
  const CustomerBase& base = compiled.base;
  const CompiledStep& step = compiled.occasions[row.occasion].steps[row.step];
  Reminder reminder;
  reminder.due = row.due;
  reminder.key = row.key;
  reminder.expires = row.expires;
  reminder.customer = row.customer;
  reminder.event = row.event;
  reminder.occasion = row.occasion;
  reminder.step = row.step;
  reminder.channel = row.channel;
  reminder.state = row.state;
  reminder.reason = row.reason;
  reminder.zone = step.rule->audience == Audience::staff ? Code{0} : base.zone_of(row.customer);
  reminder.local = base.zones()[reminder.zone]->to_local(row.due);
  const bool of_event = row.event != no_index;
  reminder.anchor = Day{std::chrono::days{of_event ? base.event_day()[row.event] : base.birthday()[row.customer]}};
  if (of_event && !base.event_asset().empty()) reminder.asset = base.event_asset()[row.event];
  return reminder;
}

}  // namespace

Plan plan(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules, Window window,
          const PlanOptions& options) {
  const Compiled compiled(*base, *rules, window);
  const RowLists lists = plan_all(compiled, options);
  const std::vector<const PlannedRow*> order = plan_order(lists);
  Plan plan;
  plan.window = window;
  plan.channels = compiled.channels;
  plan.warnings = compiled.warnings;
  plan.columns.resize(order.size());
  // The rows come in an order that no processor foresees: they are fetched some time before, and a little later what
  // they point at.
  constexpr std::size_t far_ahead = 32;
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i + far_ahead < order.size()) {
      const auto* next = reinterpret_cast<const char*>(order[i + far_ahead]);
      __builtin_prefetch(next);
      __builtin_prefetch(next + sizeof(PlannedRow) - 1);
    }
    if (i + ahead < order.size()) base->prefetch_days(order[i + ahead]->customer, order[i + ahead]->event);
    plan.columns.set(i, completed(compiled, *order[i]));
  }
  plan.base = std::move(base);
  plan.rules = std::move(rules);
  return plan;
}

}  // namespace courtesy
