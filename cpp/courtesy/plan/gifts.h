// What the rules give: gestures and budgets looked up for one base, and the months that must be looked at.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/plan/conditions.h>
#include <courtesy/plan/window.h>
#include <courtesy/rules/rules.h>

namespace courtesy {

// From which budgets a gesture is paid: a bit for each.
using BudgetMask = std::uint64_t;

struct CompiledGesture {
  const Gesture* rule = nullptr;
  Code name = no_code;  // among those of all gestures
  std::optional<CompiledCondition> when;
};

// What a step brings.
struct StepGifts {
  const Giving* rule = nullptr;
  const std::vector<CompiledGesture>* choices = nullptr;
  BudgetMask budgets = 0;  // none where it compensates
};

class Gifts {
 public:
  // Whether there is anything to give; nothing is made where there is not.
  [[nodiscard]] static bool any(const Rules& rules);

  // Throws Error{data} where a condition asks for an attribute that no column has.
  Gifts(const CustomerBase& base, const Rules& rules, const Window& window);
  Gifts(const Gifts&) = delete;
  Gifts& operator=(const Gifts&) = delete;

  [[nodiscard]] const StepGifts& of(std::uint32_t occasion, std::uint16_t step) const { return steps_[occasion][step]; }
  [[nodiscard]] const Names& names() const { return names_; }
  // Those that pay for a gesture of that name where it is not told of which occasion it was.
  [[nodiscard]] BudgetMask budgets_of(Code name) const { return by_name_[name]; }
  // Whole months of the shop: what is due in them may decide what the window's reminders bring.
  [[nodiscard]] const Window& view() const { return view_; }
  // As CompiledCondition has it, of what an occasion's steps bring.
  [[nodiscard]] std::string never_compared(std::uint32_t occasion) const;
  // The shop's month of an instant.
  [[nodiscard]] std::chrono::year_month month_of(Instant at) const;

 private:
  [[nodiscard]] std::vector<CompiledGesture> compiled(const std::vector<Gesture>& gestures,
                                                      const std::string& occasion);
  void find_budgets(const Rules& rules);
  void set_view(const Rules& rules, const Window& window);
  [[nodiscard]] Instant start_of(std::chrono::year_month month) const;

  const CustomerBase& base_;
  double value_years_;
  Names names_;
  std::vector<CompiledGesture> compensation_;
  std::vector<std::vector<std::vector<CompiledGesture>>> lists_;  // by occasion and step
  std::vector<std::vector<StepGifts>> steps_;
  std::vector<BudgetMask> by_name_;
  Window view_{};
};

}  // namespace courtesy
