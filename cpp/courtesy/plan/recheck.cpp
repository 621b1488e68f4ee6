#include <courtesy/plan/recheck.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace courtesy {
namespace {

using std::chrono::days;

// As far ahead as a gate may move what is asked now.
Window window_from(Instant now, const Rules& rules) {
  days reach{40};
  for (const Occasion& occasion : rules.occasions) {
    reach = std::max(reach, days{longest_days(occasion.tolerance) + 3});
  }
  return {now, now + reach};
}

class Recheck {
 public:
  Recheck(const Plan& plan, std::span<const OwedRow> rows, std::span<const std::int64_t> numbers, Instant now)
      : plan_(plan), rows_(rows), numbers_(numbers), now_(now) {
    for (std::size_t i = 0; i < rows.size(); ++i) places_.emplace(rows[i].key, i);
    found_.resize(rows.size());
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const auto place = places_.find(plan.columns.key[i]);
      if (place != places_.end()) found_[place->second] = i;
    }
  }

  std::vector<Verdict> verdicts() {
    find_contacts();
    std::vector<Verdict> out;
    out.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) out.push_back(verdict(i));
    return out;
  }

 private:
  [[nodiscard]] bool goes_now(std::size_t i) const {
    return found_[i] && plan_.columns.state[*found_[i]] != State::withheld && plan_.columns.due[*found_[i]] <= now_;
  }

  // By which of these rows each contact of the plan is said: by the row whose contact it is, unless that one is merged
  // with another of them already; of several by the first.
  void find_contacts() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!goes_now(i)) continue;
      const auto [leader, fresh] = leaders_.try_emplace(plan_.notes->contact_of(rows_[i].key), i);
      if (!fresh && leads(i) > leads(leader->second)) leader->second = i;
    }
  }

  // What was a contact of its own stays one rather than what was merged, and what the plan made one rather than others.
  [[nodiscard]] int leads(std::size_t i) const {
    return (rows_[i].state == OutboxState::merged ? 0 : 2) +
           (plan_.columns.state[*found_[i]] == State::planned ? 1 : 0);
  }

  [[nodiscard]] Verdict verdict(std::size_t i) const {
    const OwedRow& row = rows_[i];
    if (!found_[i]) return {Verdict::What::withdraw, row, "no_longer_due"};
    const Reminder reminder = plan_.row(*found_[i]);
    if (reminder.state == State::withheld) {
      const auto what = reminder.reason == ReasonCode::expired   ? Verdict::What::expire
                        : reminder.reason == ReasonCode::skipped ? Verdict::What::skip
                                                                 : Verdict::What::withdraw;
      return {what, row, std::string(reason_name(reminder.reason))};
    }
    OwedRow next = owed_row(plan_, reminder, numbers_);
    next.due = row.due;
    next.local = row.local;
    next.anchor = row.anchor;
    next.reason = row.reason;
    next.state = is_claimable(row.state) ? row.state : OutboxState::planned;
    next.contact.reset();
    next.wake = reminder.due;
    if (reminder.due > now_) {
      // It was merged with one that comes later: then it is asked again, with that one.
      next.good_until = next.due;
      return {Verdict::What::move, std::move(next), std::string(reason_name(reminder.reason))};
    }
    const std::size_t leader = leaders_.at(plan_.notes->contact_of(row.key));
    if (leader != i) {
      next.contact = rows_[leader].key;
      next.state = OutboxState::merged;
    } else if (row.state == OutboxState::merged) {
      next.good_until = next.due;
      return {Verdict::What::move, std::move(next), "moved"};
    }
    return {Verdict::What::send, std::move(next), std::string(reason_name(reminder.reason))};
  }

  const Plan& plan_;
  std::span<const OwedRow> rows_;
  std::span<const std::int64_t> numbers_;
  Instant now_;
  std::map<Key, std::size_t> places_;
  std::vector<std::optional<std::size_t>> found_;  // by row, its place in the plan
  std::map<Key, std::size_t> leaders_;             // by the plan's contacts, the row that says it
};

}  // namespace

std::vector<Verdict> recheck(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules,
                             std::span<const OwedRow> rows, std::span<const std::int64_t> numbers, Instant now) {
  std::unordered_map<std::int64_t, Index> customers;
  for (std::size_t i = 0; i < numbers.size(); ++i) customers.emplace(numbers[i], static_cast<Index>(i));
  auto asked = std::make_shared<Asked>();
  asked->at = now;
  for (const OwedRow& row : rows) {
    asked->keys.push_back(row.key);
    const auto customer = customers.find(row.customer);
    if (customer != customers.end()) asked->customers.push_back(customer->second);
  }
  std::sort(asked->keys.begin(), asked->keys.end());
  std::sort(asked->customers.begin(), asked->customers.end());
  const Window window = window_from(now, *rules);
  const Plan planned = plan(std::move(base), std::move(rules), window, {.withheld = true, .asked = std::move(asked)});
  return Recheck(planned, rows, numbers, now).verdicts();
}

}  // namespace courtesy
