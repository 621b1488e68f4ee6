#include <courtesy/plan/gifts.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;

}  // namespace

bool Gifts::any(const Rules& rules) {
  const auto gives = [](const Step& step) { return step.giving.any(); };
  return std::any_of(rules.occasions.begin(), rules.occasions.end(), [&](const Occasion& occasion) {
    return std::any_of(occasion.steps.begin(), occasion.steps.end(), gives);
  });
}

Gifts::Gifts(const CustomerBase& base, const Rules& rules, const Window& window)
    : base_(base), value_years_(rules.policy.value_years) {
  std::string compensating = "compensation";
  for (const Occasion& occasion : rules.occasions) {
    auto& lists = lists_.emplace_back();
    for (const Step& step : occasion.steps) {
      lists.push_back(compiled(step.giving.gestures, occasion.name));
      if (step.giving.compensates) compensating = occasion.name;
    }
  }
  compensation_ = compiled(rules.policy.compensation, compensating);
  steps_.resize(rules.occasions.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const std::vector<Step>& steps = rules.occasions[i].steps;
    for (std::size_t s = 0; s < steps.size(); ++s) {
      const Giving& giving = steps[s].giving;
      steps_[i].push_back({&giving, giving.compensates ? &compensation_ : &lists_[i][s], 0});
    }
  }
  find_budgets(rules);
  set_view(rules, window);
}

std::vector<CompiledGesture> Gifts::compiled(const std::vector<Gesture>& gestures, const std::string& occasion) {
  std::vector<CompiledGesture> out;
  out.reserve(gestures.size());
  for (const Gesture& gesture : gestures) {
    const Code known = names_.find(gesture.name);
    CompiledGesture& made = out.emplace_back();
    made.rule = &gesture;
    made.name = known == no_code ? names_.add(gesture.name) : known;
    if (gesture.when) made.when.emplace(*gesture.when, base_, occasion, value_years_);
  }
  return out;
}

void Gifts::find_budgets(const Rules& rules) {
  by_name_.resize(names_.size());
  const std::vector<Budget>& budgets = rules.policy.budgets;
  for (std::size_t i = 0; i < rules.occasions.size(); ++i) {
    BudgetMask mask = 0;
    for (std::size_t b = 0; b < budgets.size(); ++b) {
      const auto& paid = budgets[b].occasions;
      const bool pays = paid.empty() || std::find(paid.begin(), paid.end(), rules.occasions[i].name) != paid.end();
      if (pays) mask |= BudgetMask{1} << b;
    }
    for (StepGifts& step : steps_[i]) {
      if (step.rule->compensates) continue;
      step.budgets = mask;
      for (const CompiledGesture& gesture : *step.choices) by_name_[gesture.name] |= mask;
    }
  }
}

// A reminder of the window may have been moved and deferred there from a month before, and is decided with all of that.
void Gifts::set_view(const Rules& rules, const Window& window) {
  int tolerance = 0;
  for (const Occasion& occasion : rules.occasions) {
    for (const Step& step : occasion.steps) {
      if (step.giving.any()) tolerance = std::max(tolerance, longest_days(occasion.tolerance));
    }
  }
  const Instant first{std::chrono::sys_days{first_year / 2 / 1}};
  const Instant last{std::chrono::sys_days{last_year / 11 / 30}};
  const Instant from = std::max(window.start - days{2 * tolerance + 3}, std::min(first, window.start));
  const Instant to = std::min(window.end + days{2}, std::max(last, window.end));
  view_ = {start_of(month_of(from)), start_of(month_of(to) + months{1})};
}

std::string Gifts::never_compared(std::uint32_t occasion) const {
  for (const StepGifts& step : steps_[occasion]) {
    for (const CompiledGesture& gesture : *step.choices) {
      std::string text = gesture.when ? gesture.when->never_compared() : std::string();
      if (!text.empty()) return text;
    }
  }
  return {};
}

year_month Gifts::month_of(Instant at) const {
  const auto date = calendar_date(day_of(base_.zones().front()->to_local(at)));
  return date.year() / date.month();
}

Instant Gifts::start_of(year_month month) const { return base_.zones().front()->to_utc(WallTime{Day{month / 1}}); }

}  // namespace courtesy
