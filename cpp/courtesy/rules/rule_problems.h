// Everything that is wrong with a rule file, and what is only odd about it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/rules/node.h>

namespace courtesy {

class RuleProblems {
 public:
  // No more are told: a file with more is read again anyway, once these are mended.
  static constexpr std::size_t most = 100;

  // `file` is the name of what is read; empty for objects.
  explicit RuleProblems(std::string file) : file_(std::move(file)) {}

  void add(std::string message, Place place);
  void warn(std::string message, Place place);  // no more than `most` of them either
  // Throws Error{rule} with the first problems found, in the order of their places, and the number of the others.
  void raise_if_any();

  // Whether further messages are only counted, so that they need not be worked out.
  [[nodiscard]] bool full() const noexcept { return problems_.size() >= most; }
  [[nodiscard]] bool warned_enough() const noexcept { return warnings_.size() >= most; }
  [[nodiscard]] Where where(Place place) const;
  [[nodiscard]] std::vector<Problem> take_warnings() { return std::move(warnings_); }

 private:
  std::string file_;
  std::vector<std::pair<Place, std::string>> problems_;
  std::size_t more_ = 0;
  std::vector<Problem> warnings_;
};

}  // namespace courtesy
