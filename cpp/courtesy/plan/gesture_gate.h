// The gate between 7 and 8: which gesture a reminder brings, and whether a budget has room for it. Months of the shop
// are decided one after the other; in each the more valuable customer goes first.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include <courtesy/plan/admission_notes.h>
#include <courtesy/plan/contender.h>
#include <courtesy/plan/extras.h>
#include <courtesy/plan/went_out.h>

namespace courtesy {

class GestureGate {
 public:
  // `values`: by customer. What is decided is told in the notes and the extras.
  GestureGate(const Compiled& compiled, Contenders& contenders, const std::vector<WentOut>& went_out,
              const std::vector<double>& values, std::vector<AdmissionNote>& notes, std::vector<Extra>& extras);

  void add(std::uint32_t contender);
  // The next month must be decided before any reminder of this civil day, or a later one, is; nothing: all are decided.
  [[nodiscard]] std::optional<Day> next() const;
  // Decides the next month: contenders that get no gesture are withheld then. All of its contenders.
  [[nodiscard]] std::vector<std::uint32_t> decide();

 private:
  using Month = std::chrono::year_month;
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  // A gesture that a customer has had, by an event, or will have had, by a reminder of this plan.
  struct Receipt {
    Code name = no_code;
    std::uint32_t contender = none;
    Index event = no_index;
    Instant at{};                // of the event
    std::optional<Instant> due;  // when gate 7 left the reminder, or the one that the event stands for
    bool has_key = false;
    Key key{};  // of the reminder, or what the event names
  };
  // The same as it is heard when another is chosen.
  struct Heard {
    Instant at;
    bool has_key;
    Key key;
    Index event;
    Code name;
  };
  [[nodiscard]] static bool goes_before(const Heard& a, const Heard& b);
  // What is known of one gesture when another is chosen.
  struct Known {
    std::int64_t times = 0;  // within the time of novelty
    std::optional<Instant> last;
  };
  struct Choice {
    const CompiledGesture* gesture = nullptr;
    Known known;
  };

  void hear(const std::vector<WentOut>& went_out);
  [[nodiscard]] Day civil_day(Index customer, Instant at) const;
  // Whether a contact on that day is the one by which it went out.
  [[nodiscard]] bool stands_for(const WentOut& reminder, Day contact) const;
  void give(std::uint32_t contender, Month month);
  // In the order of preference.
  [[nodiscard]] std::vector<Choice> choices(const Reminder& reminder, const StepGifts& gifts, Month month) const;
  [[nodiscard]] std::vector<Choice> compensation(const Reminder& reminder, const StepGifts& gifts, Month month) const;
  [[nodiscard]] Known known_of(const std::vector<Heard>& before, Code name, const Reminder& reminder,
                               const StepGifts& gifts) const;
  // In order.
  [[nodiscard]] std::vector<Heard> heard_before(const Reminder& reminder, Month month) const;
  // When it was received, asked in that month.
  [[nodiscard]] Instant received_at(const Receipt& receipt, Index customer, Month month) const;
  [[nodiscard]] std::string topic_of(const Reminder& reminder) const;
  // The first of the budgets that has no room.
  [[nodiscard]] std::optional<std::uint32_t> full_budget(BudgetMask budgets, Month month, double cost) const;
  void spend(BudgetMask budgets, Month month, double cost);
  void refuse(std::uint32_t contender, const AdmissionNote& note);

  const Compiled& compiled_;
  const CustomerBase& base_;
  const Gifts& gifts_;
  Contenders& contenders_;
  const std::vector<double>& values_;
  std::vector<AdmissionNote>& notes_;
  std::vector<Extra>& extras_;
  std::map<Month, std::vector<std::uint32_t>> waiting_;
  std::map<Month, std::vector<double>> spent_;                // by budget
  std::unordered_map<Index, std::vector<Receipt>> received_;  // by customer
};

}  // namespace courtesy
