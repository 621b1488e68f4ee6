#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/merge.h>
#include <courtesy/plan/planner.h>
#include <courtesy/plan/sendable.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace courtesy {
namespace {

struct KeyHash {
  std::size_t operator()(const Key& key) const { return key.low; }
};

// By customer, then key. A change is large: each is moved once.
std::vector<Change> in_order(std::vector<Change> changes) {
  std::vector<std::uint32_t> order(changes.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const OwedRow& one = changes[a].row;
    const OwedRow& other = changes[b].row;
    return std::tie(one.customer, one.key) < std::tie(other.customer, other.key);
  });
  std::vector<Change> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t i : order) sorted.push_back(std::move(changes[i]));
  return sorted;
}

Change insertion(OwedRow row) {
  std::string why = row.reason;
  return {Change::What::insert, std::move(row), std::move(why), std::nullopt};
}

bool is_claimed(const OwedRow* row) { return row != nullptr && row->state == OutboxState::claimed; }

// Neither live, nor gone out, nor withdrawn.
bool is_out_of_the_way(OutboxState state) {
  return state == OutboxState::skipped || state == OutboxState::expired || state == OutboxState::parked ||
         state == OutboxState::given_up;
}

// Whether an outbox would keep anything else of one than of the other, but for when it wakes.
bool same_owed(const OwedRow& a, const OwedRow& b) {
  const auto fields = [](const OwedRow& r) {
    return std::tie(r.key, r.customer, r.state, r.due, r.expires, r.good_until, r.local, r.anchor, r.occasion, r.step,
                    r.audience, r.purpose, r.message, r.team, r.late, r.channel, r.zone, r.reason, r.asset, r.event,
                    r.priority, r.contact, r.gesture, r.partner);
  };
  return fields(a) == fields(b) && (a.cost == b.cost || (std::isnan(a.cost) && std::isnan(b.cost)));
}

class Merger {
 public:
  Merger(std::span<const OwedRow> rows, const Plan& plan, std::span<const std::int64_t> numbers,
         const MergeOptions& options)
      : rows_(rows), plan_(plan), numbers_(numbers), options_(options) {
    known_.reserve(rows.size());
    for (const OwedRow& row : rows) known_.emplace(row.key, &row);
  }

  Merged merged() {
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      const Key& key = plan_.columns.key[i];
      if (!known_.empty() && known_.contains(key)) in_plan_.insert(key);
      if (plan_.columns.state[i] == State::withheld) {
        withheld(i);
      } else {
        owed(i);
      }
    }
    let_go_of_missed();
    if (!joining_.empty()) {
      for (const std::size_t i : speaking_) speakers_.insert(plan_.columns.key[i]);
    }
    for (const std::size_t i : speaking_) put(i);
    for (const std::size_t i : joining_) put(i);
    absent();
    std::sort(fresh_.begin(), fresh_.end(), [](const FreshRow& a, const FreshRow& b) { return a.row < b.row; });
    return {in_order(std::move(changes_)), std::move(fresh_)};
  }

 private:
  [[nodiscard]] const OwedRow* known(const Key& key) const {
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : found->second;
  }

  void change(Change::What what, OwedRow row, std::string why, std::optional<Instant> was = std::nullopt) {
    changes_.push_back({what, std::move(row), std::move(why), was});
  }

  // Whether a row is on its way out, by itself or by another's contact.
  [[nodiscard]] bool in_flight(const OwedRow* row) const {
    if (row == nullptr) return false;
    return is_claimed(row) || (row->state == OutboxState::merged && row->contact && is_claimed(known(*row->contact)));
  }

  void withheld(std::size_t i) {
    const OwedRow* row = known(plan_.columns.key[i]);
    if (row == nullptr || !is_live(row->state) || in_flight(row)) return;
    const ReasonCode reason = plan_.columns.reason[i];
    // A contact tells that it is sent: perhaps its own claim, which was given back meanwhile. What was promised before
    // the rule was as it is now is in no plan.
    if (reason == ReasonCode::sent || (reason == ReasonCode::not_active && !before_its_day(i))) {
      if (row->good_until <= row->due) return;
      OwedRow asked = *row;
      asked.good_until = asked.due;
      return change(Change::What::move, std::move(asked), "changed", row->due);
    }
    const bool worthless = reason == ReasonCode::expired;
    change(worthless ? Change::What::expire : Change::What::withdraw, *row, std::string(reason_name(reason)));
  }

  // Whether the rules themselves say from which day on it is due.
  [[nodiscard]] bool before_its_day(std::size_t i) const {
    const auto& first = plan_.rules->occasions[plan_.columns.occasion[i]].not_before;
    return first && day_of(plan_.columns.local[i]) < *first;
  }

  // Takes a planned reminder to those that are put into the outbox, or to those that are late.
  void owed(std::size_t i) {
    const OwedRow* row = known(plan_.columns.key[i]);
    if (row != nullptr && is_live(row->state)) {
      if (!in_flight(row)) take(i);
      return;
    }
    const Instant due = plan_.columns.due[i];
    if (due >= options_.until) return;
    const bool at_once = plan_.columns.reason[i] == ReasonCode::send_now;
    if (row != nullptr && row->state != OutboxState::withdrawn && !(is_out_of_the_way(row->state) && at_once)) return;
    if (options_.now - due <= late_after || at_once) return take(i);
    if (row != nullptr && options_.changed &&
        !std::binary_search(options_.changed->begin(), options_.changed->end(), row->customer)) {
      return;
    }
    late_.push_back(i);
  }

  void take(std::size_t i) { (plan_.columns.state[i] == State::planned ? speaking_ : joining_).push_back(i); }

  void let_go_of_missed() {
    if (late_.empty()) return;
    std::vector<OwedRow> late;
    late.reserve(late_.size());
    for (const std::size_t i : late_) late.push_back(owed_row(plan_, plan_.row(i), numbers_));
    // What is put into the outbox now counts too.
    std::vector<OwedRow> others(rows_.begin(), rows_.end());
    for (const auto* taken : {&speaking_, &joining_}) {
      for (const std::size_t i : *taken) {
        if (plan_.columns.due[i] <= options_.now) others.push_back(owed_row(plan_, plan_.row(i), numbers_));
      }
    }
    const std::vector<Key> gone = missed(late, others, options_.now);
    for (std::size_t n = 0; n < late.size(); ++n) {
      const bool worthless = late[n].expires < options_.now;
      if (!worthless && !std::binary_search(gone.begin(), gone.end(), late[n].key)) {
        take(late_[n]);
        continue;
      }
      const OwedRow* row = known(late[n].key);
      late[n].state = OutboxState::planned;
      late[n].contact.reset();
      change(Change::What::expire, row == nullptr ? std::move(late[n]) : *row, worthless ? "expired" : "late");
    }
  }

  // A planned reminder comes into the outbox, or changes there.
  void put(std::size_t i) {
    if (is_fresh(i)) return add_fresh(i);
    OwedRow next = owed_row(plan_, plan_.row(i), numbers_);
    if (next.contact && !speakers_.contains(*next.contact)) {
      // Its contact goes out already, or not at all.
      next.contact.reset();
      next.state = OutboxState::planned;
      next.good_until = next.due;
    }
    const OwedRow* row = known(next.key);
    if (row == nullptr) {
      changes_.push_back(insertion(std::move(next)));
      return;
    }
    if (!is_live(row->state)) return change(Change::What::move, std::move(next), "planned_again", row->due);
    if (next.state == OutboxState::planned && is_claimable(row->state)) next.state = row->state;
    if (next.state != OutboxState::merged && row->state != OutboxState::merged && row->wake > row->due) {
      next.wake = std::max(row->wake, next.due);
    }
    if (same_owed(*row, next) && row->wake == next.wake) return;
    const bool moved = row->due != next.due || row->channel != next.channel || row->contact != next.contact;
    change(Change::What::move, std::move(next), moved ? "moved" : "changed", row->due);
  }

  [[nodiscard]] bool is_fresh(std::size_t i) const {
    const Key& key = plan_.columns.key[i];
    return plan_.columns.state[i] == State::planned && known(key) == nullptr &&
           (plan_.extras->empty() || plan_.extras->of(key) == nullptr);
  }

  void add_fresh(std::size_t i) {
    const Reminder reminder = plan_.row(i);
    fresh_.push_back({static_cast<std::uint32_t>(i),
                      priority_of(*plan_.compiled, reminder.occasion, reminder.customer, reminder.due),
                      sendable_until(plan_, reminder)});
  }

  // Live rows that the plan says nothing of.
  void absent() {
    std::vector<const OwedRow*> gone;
    for (const OwedRow& row : rows_) {
      if (!is_live(row.state) || in_flight(&row) || in_plan_.contains(row.key)) continue;
      if (row.due >= plan_.window.start && row.due < plan_.window.end) gone.push_back(&row);
    }
    if (gone.empty()) return;
    std::unordered_map<std::int64_t, Index> customers;
    for (std::size_t i = 0; i < numbers_.size(); ++i) customers.emplace(numbers_[i], static_cast<Index>(i));
    std::sort(gone.begin(), gone.end(), [](const OwedRow* a, const OwedRow* b) {
      return std::tie(a->customer, a->key) < std::tie(b->customer, b->key);
    });
    for (const OwedRow* row : gone) {
      const auto customer = customers.find(row->customer);
      if (customer != customers.end()) absent(*row, customer->second);
    }
  }

  void absent(const OwedRow& row, Index customer) {
    const auto& occasions = plan_.rules->occasions;
    const auto occasion = std::find_if(occasions.begin(), occasions.end(),
                                       [&](const Occasion& each) { return each.name == row.occasion; });
    const auto is_step = [&](const Step& step) { return step.name == row.step; };
    if (occasion == occasions.end() || std::none_of(occasion->steps.begin(), occasion->steps.end(), is_step)) {
      return change(Change::What::withdraw, row, "not_in_rules");
    }
    std::string why = "no_longer_due";
    for (const Decision& decision : asked(customer, row.occasion)) {
      const Reminder& reminder = decision.reminder;
      if (reminder.key == row.key && reminder.state == State::planned) return move_out(row, reminder);
      if (reminder.key == row.key || reminder.key == Key{}) why = reason_name(reminder.reason);
    }
    change(Change::What::withdraw, row, std::move(why));
  }

  // It is due out of the window's reach by now.
  void move_out(const OwedRow& row, const Reminder& reminder) {
    OwedRow next = owed_row(plan_, reminder, numbers_);
    if (is_claimable(row.state)) next.state = row.state;
    next.good_until = next.due;
    change(Change::What::move, std::move(next), "moved", row.due);
  }

  // Some are asked; where very many are gone, one reason for all will do.
  [[nodiscard]] const std::vector<Decision>& asked(Index customer, const std::string& occasion) {
    constexpr std::size_t most = 1'000;
    static const std::vector<Decision> none;
    const std::pair about{customer, std::string_view(occasion)};
    const auto known = answers_.find(about);
    if (known != answers_.end()) return known->second;
    if (answers_.size() == most) return none;
    return answers_.emplace(about, why_not(plan_, customer, occasion)).first->second;
  }

  std::span<const OwedRow> rows_;
  const Plan& plan_;
  std::span<const std::int64_t> numbers_;
  const MergeOptions& options_;
  std::unordered_map<Key, const OwedRow*, KeyHash> known_;
  std::unordered_set<Key, KeyHash> in_plan_;   // of the known
  std::unordered_set<Key, KeyHash> speakers_;  // with whose contact others may go
  // Rows of the plan: those that come into the outbox, by themselves or by another's contact, and those that are late.
  std::vector<std::size_t> speaking_, joining_, late_;
  std::map<std::pair<Index, std::string_view>, std::vector<Decision>> answers_;
  std::vector<Change> changes_;
  std::vector<FreshRow> fresh_;
};

}  // namespace

Merged merge(std::span<const OwedRow> rows, const Plan& plan, std::span<const std::int64_t> numbers,
             const MergeOptions& options) {
  return Merger(rows, plan, numbers, options).merged();
}

std::vector<Change> changes_of(Merged merged, const Plan& plan, std::span<const std::int64_t> numbers) {
  std::vector<Change> changes = std::move(merged.changes);
  for (const FreshRow& fresh : merged.fresh) {
    changes.push_back(insertion(owed_row(plan, plan.row(fresh.row), numbers)));
  }
  return in_order(std::move(changes));
}

std::vector<Instant> next_looks(const Plan& plan, Instant until, std::chrono::microseconds horizon) {
  std::vector<Instant> looks(plan.base->customers(), Instant::max());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Instant due = plan.columns.due[i];
    if (due < until || plan.columns.state[i] == State::withheld) continue;
    Instant& look = looks[plan.columns.customer[i]];
    look = std::min(look, due - horizon);
  }
  return looks;
}

}  // namespace courtesy
