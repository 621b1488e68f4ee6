// Reads the keys of a table of rules as typed values, and collects everything that is wrong with them.
#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/rules/node.h>
#include <courtesy/time/civil.h>
#include <courtesy/time/span.h>

namespace courtesy {

// The problems of a whole rule file.
class RuleProblems {
 public:
  static constexpr std::size_t most = 100;

  void add(std::string message, Where where);
  void raise_if_any();
  [[nodiscard]] bool full() const noexcept { return count_ >= most; }

 private:
  std::size_t count_ = 0;
  std::vector<Problem> problems_;
};

// One table. `context` begins each of its messages ("occasion 'birthday'"), as objects from Python have no lines.
class Reader {
 public:
  Reader(const Node& table, std::string context, RuleProblems& problems);

  [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != nullptr; }
  // The value, marked as known; nullptr where absent.
  const Node* take(std::string_view key);

  std::optional<std::string> text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<Span> span(std::string_view key);
  std::optional<TimeOfDay> time_of_day(std::string_view key);
  std::optional<Day> date(std::string_view key);
  // A text, or a list of texts; none of them empty.
  std::vector<std::string> texts(std::string_view key);
  // One of the words, as its position.
  std::optional<std::size_t> word(std::string_view key, std::initializer_list<const char*> words);

  std::optional<Span> span_of(const Node& node, std::string_view key);
  std::optional<TimeOfDay> time_of(const Node& node, std::string_view key);
  std::optional<Day> date_of(const Node& node, std::string_view key);
  std::optional<std::string> text_of(const Node& node, std::string_view key);

  // Reports every key that nothing has asked for, with the nearest of those that are known.
  void refuse_others(const std::vector<std::string>& known);

  void problem(std::string message, const Where& where);
  void expected(std::string_view key, std::string_view what, const Node& found);
  [[nodiscard]] const Node& table() const { return table_; }
  [[nodiscard]] const std::string& context() const { return context_; }
  [[nodiscard]] RuleProblems& problems() { return problems_; }

 private:
  const Node& table_;
  std::string context_;
  RuleProblems& problems_;
  std::set<std::string, std::less<>> taken_;
};

// The value as a message may show it: "'abc'", "12", "a list".
[[nodiscard]] std::string shown(const Node& node);

}  // namespace courtesy
