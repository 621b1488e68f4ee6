#include <courtesy/rules/reader.h>

#include <algorithm>
#include <unordered_set>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>

namespace courtesy {
namespace {

bool control(char c) {
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char rubout = 0x7F;
  const auto byte = static_cast<unsigned char>(c);
  return byte < first_printable || byte == rubout;
}

// "'first', 'last' or 'each'"
std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? last : ", ";
    out += "'" + words[i] + "'";
  }
  return out;
}

// The nearest word, or the one that is written out or cut short: "saturday" for "sat", "next" for "next business day".
std::string suggestion(std::string_view name, const std::vector<std::string>& words) {
  const std::string wanted = lower(name);
  if (std::find(words.begin(), words.end(), wanted) != words.end()) return " (did you mean '" + wanted + "'?)";
  std::string near = did_you_mean(name, words);
  constexpr std::size_t shortest = 3;
  if (!near.empty() || name.size() < shortest) return near;
  for (const std::string& word : words) {
    if (word.size() >= shortest && (wanted.starts_with(word) || word.starts_with(wanted))) {
      return " (did you mean '" + word + "'?)";
    }
  }
  return {};
}

}  // namespace

Reader::Reader(const Node& table, std::string context, RuleProblems& problems)
    : table_(table), context_(std::move(context)), problems_(problems) {}

void Reader::problem(std::string message, Place place) {
  problems_.add(context_.empty() ? std::move(message) : context_ + ": " + message, place);
}

void Reader::warn(std::string message, Place place) {
  problems_.warn(context_.empty() ? std::move(message) : context_ + ": " + message, place);
}

void Reader::expected(std::string_view key, std::string_view what, const Node& found) {
  problem(in_quotes(key) + ": expected " + std::string(what) + ", found " + shown(found), found.where);
}

std::optional<std::string> Reader::text_of(const Node& node, std::string_view key) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text != nullptr && !trimmed(*text).empty()) return *text;
  expected(key, "a text", node);
  return std::nullopt;
}

std::optional<std::string> Reader::text(std::string_view key) {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : text_of(*node, key);
}

std::optional<std::string> Reader::name(std::string_view key) {
  auto text = this->text(key);
  if (!text || std::none_of(text->begin(), text->end(), control)) return text;
  expected(key, "a name of one line, without control characters", *find(key));
  return std::nullopt;
}

std::optional<bool> Reader::boolean(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* flag = std::get_if<bool>(&node->value)) return *flag;
  expected(key, "true or false", *node);
  return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* whole = std::get_if<std::int64_t>(&node->value);
  if (whole != nullptr && *whole >= least && *whole <= most) return *whole;
  expected(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most), *node);
  return std::nullopt;
}

std::optional<Span> Reader::span_of(const Node& node, std::string_view key, std::string_view what) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text == nullptr || trimmed(*text).empty()) {
    expected(key, what, node);
    return std::nullopt;
  }
  // Where there is no other way to go, "write before" would be no help.
  const bool minus = text->find('-') < text->find_first_of("0123456789");
  if (minus && key != "after") {
    expected(key, std::string(what) + ", which is never negative", node);
    return std::nullopt;
  }
  try {
    return parse_span(*text);
  } catch (const Error& error) {
    problem(in_quotes(key) + ": " + error.problems().front().message, node.where);
    return std::nullopt;
  }
}

std::optional<Span> Reader::span(std::string_view key) {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : span_of(*node, key);
}

std::optional<Span> Reader::days_of(const Node& node, std::string_view key, std::string_view what) {
  const auto span = span_of(node, key, what);
  if (!span) return std::nullopt;
  if (!span->whole_days()) {
    expected(key, "whole days or longer", node);
  } else if (span->zero()) {
    expected(key, "a span longer than nothing", node);
  } else {
    return span;
  }
  return std::nullopt;
}

std::optional<TimeOfDay> Reader::time_of_day(std::string_view key, bool midnight_end, std::string_view what) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* time = std::get_if<TimeOfDay>(&node->value)) {
    if (*time >= TimeOfDay{0} && *time < std::chrono::days{1}) return *time;
  }
  if (const auto* text = std::get_if<std::string>(&node->value)) {
    if (const auto time = parse_time_of_day(*text, midnight_end)) return time;
  }
  expected(key, what, *node);
  return std::nullopt;
}

std::optional<Day> Reader::date_of(const Node& node, std::string_view key) {
  if (const auto* day = std::get_if<Day>(&node.value)) {
    const auto year = calendar_date(*day).year();
    if (year >= first_year && year <= last_year) return *day;
  }
  if (const auto* text = std::get_if<std::string>(&node.value)) {
    if (const auto day = parse_date(*text)) return day;
  }
  expected(key, "a date such as \"2026-12-25\", from 1600 to 9999", node);
  return std::nullopt;
}

std::vector<std::string> Reader::texts_of(const Node& node, std::string_view key) {
  std::vector<std::string> out;
  const auto* items = std::get_if<Node::Array>(&node.value);
  if (items == nullptr && std::holds_alternative<std::string>(node.value)) {
    if (auto text = text_of(node, key)) out.push_back(std::move(*text));
  } else if (items == nullptr || items->empty()) {
    expected(key, "a text or a list of texts", node);
  } else {
    for (const Node& item : *items) {
      if (auto text = text_of(item, key)) out.push_back(std::move(*text));
    }
    refuse_repeats(out, node, key);
  }
  return out;
}

void Reader::refuse_repeats(const std::vector<std::string>& texts, const Node& node, std::string_view key) {
  if (texts.size() < 2) return;
  std::unordered_set<std::string_view> seen;
  for (const std::string& text : texts) {
    if (!seen.insert(text).second) problem(in_quotes(key) + ": " + in_quotes(text) + " is in it twice", node.where);
  }
}

std::vector<std::string> Reader::texts(std::string_view key) {
  const Node* node = find(key);
  return node == nullptr ? std::vector<std::string>{} : texts_of(*node, key);
}

std::optional<std::size_t> Reader::word_of(const Node& node, std::string_view key, Words words) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text != nullptr) {
    const auto at = std::find(words.begin(), words.end(), *text);
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  }
  const std::vector<std::string> names(words.begin(), words.end());
  const std::string near = text == nullptr || problems_.full() ? std::string() : suggestion(*text, names);
  problem(in_quotes(key) + ": expected " + listed(names, " or ") + ", found " + shown(node) + near, node.where);
  return std::nullopt;
}

std::optional<std::size_t> Reader::word(std::string_view key, Words words) {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : word_of(*node, key, words);
}

std::vector<std::size_t> Reader::words(std::string_view key, Words words) {
  std::vector<std::size_t> out;
  const Node* node = find(key);
  if (node == nullptr) return out;
  const auto add = [&](const Node& item) {
    const auto at = word_of(item, key, words);
    if (!at) return;
    if (std::find(out.begin(), out.end(), *at) != out.end()) {
      problem(in_quotes(key) + ": " + shown(item) + " is in it twice", item.where);
    } else {
      out.push_back(*at);
    }
  };
  if (const auto* items = std::get_if<Node::Array>(&node->value)) {
    for (const Node& item : *items) add(item);
  } else {
    add(*node);
  }
  return out;
}

void Reader::need(Words keys, std::string_view remedy) {
  for (const char* key : keys) {
    if (!has(key)) problem(std::string("'") + key + "' is missing; " + std::string(remedy), table_.where);
  }
}

void Reader::refuse_unknown(const std::vector<std::string>& known, Words told) {
  const auto* entries = std::get_if<Node::Entries>(&table_.value);
  if (entries == nullptr) return;
  for (const auto& [key, node] : *entries) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    if (std::find(told.begin(), told.end(), key) != told.end()) continue;
    if (problems_.full()) {
      problems_.add({}, {});
      continue;
    }
    constexpr std::size_t few = 8;
    std::string help = suggestion(key, known);
    if (help.empty() && known.size() <= few)
      help = (known.size() == 1 ? " (its key is " : " (its keys are ") + listed(known, " and ") + ")";
    problem("unknown key " + (trimmed(key).empty() ? "''" : in_quotes(key)) + help, node.key_where);
  }
}

}  // namespace courtesy
