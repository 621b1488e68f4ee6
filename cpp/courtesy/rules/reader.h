// Reads the keys of a table of rules as typed values, and collects everything that is wrong with them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/rules/node.h>
#include <courtesy/rules/rule_problems.h>
#include <courtesy/time/civil.h>
#include <courtesy/time/span.h>

namespace courtesy {

// One table. `context` begins each of its messages ("occasion 2 ('birthday'), step 1"), as objects have no lines.
// A key that is absent or wrong gives nothing; what was wrong is in the problems.
class Reader {
 public:
  using Words = std::initializer_list<const char*>;

  Reader(const Node& table, std::string context, RuleProblems& problems);

  [[nodiscard]] const Node* find(std::string_view key) const { return table_.find(key); }
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  std::optional<std::string> text(std::string_view key);  // not blank
  std::optional<std::string> name(std::string_view key);  // a text of one line
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<Span> span(std::string_view key);
  std::optional<TimeOfDay> time_of_day(std::string_view key, bool midnight_end = false,
                                       std::string_view what = "a time of day such as \"09:00\"");
  // A text, or a list of texts; none of them blank or twice.
  std::vector<std::string> texts(std::string_view key);
  // One of the words, as its position.
  std::optional<std::size_t> word(std::string_view key, Words words);
  // A word, or a list of words (which may be empty), as their positions.
  std::vector<std::size_t> words(std::string_view key, Words words);

  std::optional<std::string> text_of(const Node& node, std::string_view key);
  std::optional<Span> span_of(const Node& node, std::string_view key,
                              std::string_view what = "a span such as '3 days'");
  // A span of whole days that is longer than nothing; `what` is what else is right.
  std::optional<Span> days_of(const Node& node, std::string_view key, std::string_view what);
  std::optional<Day> date_of(const Node& node, std::string_view key);
  std::vector<std::string> texts_of(const Node& node, std::string_view key);

  // Reports every key that is not known, with the nearest of those that are. `told`: keys that have been spoken of.
  void refuse_unknown(const std::vector<std::string>& known, Words told = {});

  // Reports each of these keys that is absent, and says what to write.
  void need(Words keys, std::string_view remedy);

  void problem(std::string message, Place place);
  void warn(std::string message, Place place);
  void expected(std::string_view key, std::string_view what, const Node& found);
  [[nodiscard]] const Node& table() const { return table_; }
  [[nodiscard]] const std::string& context() const { return context_; }
  [[nodiscard]] RuleProblems& problems() { return problems_; }

 private:
  std::optional<std::size_t> word_of(const Node& node, std::string_view key, Words words);
  void refuse_repeats(const std::vector<std::string>& texts, const Node& node, std::string_view key);

  const Node& table_;
  std::string context_;
  RuleProblems& problems_;
};

}  // namespace courtesy
