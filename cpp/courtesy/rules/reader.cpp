#include <courtesy/nearest.h>
#include <courtesy/in_quotes.h>
#include <courtesy/rules/reader.h>

#include <cmath>

namespace courtesy {

void RuleProblems::add(std::string message, Where where) {
  ++count_;
  if (problems_.size() < most) problems_.push_back({std::move(message), std::move(where)});
}

void RuleProblems::raise_if_any() {
  if (count_ == 0) return;
  if (count_ > problems_.size()) {
    problems_.push_back({"… and " + std::to_string(count_ - problems_.size()) + " more", {}});
  }
  throw Error(ErrorKind::rule, std::move(problems_));
}

std::string shown(const Node& node) {
  if (const auto* text = std::get_if<std::string>(&node.value)) return in_quotes(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return std::to_string(*whole);
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag ? "true" : "false";
  if (const auto* day = std::get_if<Day>(&node.value)) return iso_text(*day);
  return std::string(node.type_name());
}

Reader::Reader(const Node& table, std::string context, RuleProblems& problems)
    : table_(table), context_(std::move(context)), problems_(problems) {}

const Node* Reader::take(std::string_view key) {
  const Node* node = table_.find(key);
  if (node != nullptr) taken_.emplace(key);
  return node;
}

void Reader::problem(std::string message, const Where& where) {
  problems_.add(context_.empty() ? std::move(message) : context_ + ": " + message, where);
}

void Reader::expected(std::string_view key, std::string_view what, const Node& found) {
  problem("'" + std::string(key) + "': expected " + std::string(what) + ", found " + shown(found), found.where);
}

std::optional<std::string> Reader::text_of(const Node& node, std::string_view key) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text != nullptr && !text->empty()) return *text;
  expected(key, "a text", node);
  return std::nullopt;
}

std::optional<std::string> Reader::text(std::string_view key) {
  const Node* node = take(key);
  return node == nullptr ? std::nullopt : text_of(*node, key);
}

std::optional<bool> Reader::boolean(std::string_view key) {
  const Node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* flag = std::get_if<bool>(&node->value)) return *flag;
  expected(key, "true or false", *node);
  return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const Node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* whole = std::get_if<std::int64_t>(&node->value);
  if (whole != nullptr && *whole >= least && *whole <= most) return *whole;
  expected(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most), *node);
  return std::nullopt;
}

std::optional<Span> Reader::span_of(const Node& node, std::string_view key) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text == nullptr) {
    expected(key, "a span such as \"3 days\"", node);
    return std::nullopt;
  }
  try {
    return parse_span(*text);
  } catch (const Error& error) {
    problem("'" + std::string(key) + "': " + error.problems().front().message, node.where);
    return std::nullopt;
  }
}

std::optional<Span> Reader::span(std::string_view key) {
  const Node* node = take(key);
  return node == nullptr ? std::nullopt : span_of(*node, key);
}

std::optional<TimeOfDay> Reader::time_of(const Node& node, std::string_view key) {
  if (const auto* time = std::get_if<TimeOfDay>(&node.value)) return *time;
  if (const auto* text = std::get_if<std::string>(&node.value)) {
    if (const auto time = parse_time_of_day(*text)) return time;
  }
  expected(key, "a time of day such as \"09:00\"", node);
  return std::nullopt;
}

std::optional<TimeOfDay> Reader::time_of_day(std::string_view key) {
  const Node* node = take(key);
  return node == nullptr ? std::nullopt : time_of(*node, key);
}

std::optional<Day> Reader::date_of(const Node& node, std::string_view key) {
  if (const auto* day = std::get_if<Day>(&node.value)) return *day;
  if (const auto* text = std::get_if<std::string>(&node.value)) {
    if (const auto day = parse_date(*text)) return day;
  }
  expected(key, "a date such as \"2026-12-25\"", node);
  return std::nullopt;
}

std::optional<Day> Reader::date(std::string_view key) {
  const Node* node = take(key);
  return node == nullptr ? std::nullopt : date_of(*node, key);
}

std::vector<std::string> Reader::texts(std::string_view key) {
  const Node* node = take(key);
  std::vector<std::string> out;
  if (node == nullptr) return out;
  if (const auto* items = std::get_if<Node::Array>(&node->value)) {
    if (items->empty()) expected(key, "a text or a list of texts", *node);
    for (const Node& item : *items) {
      if (auto text = text_of(item, key)) out.push_back(std::move(*text));
    }
  } else if (std::holds_alternative<std::string>(node->value)) {
    if (auto text = text_of(*node, key)) out.push_back(std::move(*text));
  } else {
    expected(key, "a text or a list of texts", *node);
  }
  return out;
}

std::optional<std::size_t> Reader::word(std::string_view key, std::initializer_list<const char*> words) {
  const Node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto* text = std::get_if<std::string>(&node->value);
  std::vector<std::string> names(words.begin(), words.end());
  for (std::size_t i = 0; text != nullptr && i < names.size(); ++i) {
    if (names[i] == *text) return i;
  }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    list += (i == 0 ? "'" : (i + 1 == names.size() ? " or '" : ", '")) + names[i] + "'";
  }
  problem("'" + std::string(key) + "': expected " + list + ", found " + shown(*node) +
              (text == nullptr ? std::string() : did_you_mean(*text, names)),
          node->where);
  return std::nullopt;
}

void Reader::refuse_others(const std::vector<std::string>& known) {
  const auto* entries = std::get_if<Node::Entries>(&table_.value);
  if (entries == nullptr) return;
  for (const auto& [key, node] : *entries) {
    if (taken_.contains(key)) continue;
    taken_.insert(key);
    problem("unknown key " + in_quotes(key) + did_you_mean(key, known), node.key_where);
  }
}

}  // namespace courtesy
