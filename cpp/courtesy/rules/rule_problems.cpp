#include <courtesy/rules/rule_problems.h>

#include <algorithm>

namespace courtesy {

void RuleProblems::add(std::string message, Place place) {
  if (full()) {
    ++more_;
  } else {
    problems_.emplace_back(place, std::move(message));
  }
}

void RuleProblems::warn(std::string message, Place place) {
  if (warnings_.size() < most) warnings_.push_back({std::move(message), where(place)});
}

void RuleProblems::raise_if_any() {
  if (problems_.empty()) return;
  std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Problem> all;
  all.reserve(problems_.size() + 1);
  for (auto& [place, message] : problems_) all.push_back({std::move(message), where(place)});
  if (more_ > 0) all.push_back({"… and " + std::to_string(more_) + " more", {}});
  throw Error(ErrorKind::rule, std::move(all));
}

Where RuleProblems::where(Place place) const {
  Where out;
  out.file = file_;
  out.line = place.line;
  out.column = place.column;
  return out;
}

}  // namespace courtesy
