#include <algorithm>
#include <cmath>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr int deepest = 32;
constexpr const char* form = "a table such as { tier = \"gold\" }";

using Value = Condition::Value;

std::string in_words(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
  if (const auto* day = std::get_if<Day>(&value)) return iso_text(*day);
  return in_quotes(std::get<std::string>(value));
}

// "'a', 'b' or 'c'"
std::string one_of(const std::vector<Value>& values) {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += i + 1 == values.size() ? " or " : ", ";
    out += in_words(values[i]);
  }
  return out;
}

// Whether its text is made of several conditions' ("tags have any of 'a', 'b'" is one).
bool compound(const Condition& part) {
  return part.parts.size() > 1 && part.op != Condition::Op::none && part.parts.front().op != Condition::Op::tag;
}

// Several conditions in a row, with brackets where the word within one of them is another.
std::string joined(const std::vector<Condition>& parts, Condition::Op op) {
  std::string out;
  for (const Condition& part : parts) {
    if (!out.empty()) out += op == Condition::Op::any ? " or " : " and ";
    out += compound(part) && part.op != op ? "(" + part.text + ")" : part.text;
  }
  return out;
}

class ConditionReader {
 public:
  ConditionReader(std::string context, RuleProblems& problems) : context_(std::move(context)), problems_(problems) {}

  // A table of conditions, all of which must hold.
  std::optional<Condition> table(const Node& node, const std::string& key, bool of_asset, int depth) {
    const auto* entries = std::get_if<Node::Entries>(&node.value);
    if (entries == nullptr || entries->empty()) {
      fail(key, std::string("expected ") + form + ", found " + shown(node), node.where);
      return std::nullopt;
    }
    if (depth > deepest) {
      fail(key, "conditions are nested more than " + std::to_string(deepest) + " deep", node.where);
      return std::nullopt;
    }
    Condition all = made(Condition::Op::all, node);
    for (const auto& [name, value] : *entries) {
      if (auto part = entry(name, value, of_asset, depth)) all.parts.push_back(std::move(*part));
    }
    return simplified(std::move(all));
  }

 private:
  void fail(const std::string& key, const std::string& message, Place place) {
    problems_.add(context_ + ": " + in_quotes(key) + ": " + message, place);
  }

  Condition made(Condition::Op op, const Node& node) const {
    Condition out;
    out.op = op;
    out.where = problems_.where(node.where);
    return out;
  }

  static Condition simplified(Condition several) {
    if (several.parts.size() == 1) return std::move(several.parts.front());
    several.text = joined(several.parts, several.op);
    return several;
  }

  std::optional<Condition> entry(const std::string& key, const Node& value, bool of_asset, int depth) {
    if (key == "any" || key == "all") return several(key, value, of_asset, depth);
    if (key == "not") return negated(table(value, key, of_asset, depth + 1));
    if (key == "count") return read_event_condition(Condition::Op::count, value, of_asset, context_, problems_);
    if (key == "spend") return read_event_condition(Condition::Op::spend, value, of_asset, context_, problems_);
    if (of_asset) return attribute(key, value, true);
    if (key == "asset") return table(value, key, true, depth + 1);
    if (key == "tags") return tags(value);
    if (key == "lifetime_value") return read_value_condition(value, context_, problems_);
    return attribute(key, value, false);
  }

  std::optional<Condition> several(const std::string& key, const Node& value, bool of_asset, int depth) {
    const auto* items = std::get_if<Node::Array>(&value.value);
    if (items == nullptr || items->empty()) {
      fail(key, "expected a list of tables such as [{ tier = \"gold\" }, { country = \"DE\" }], found " + shown(value),
           value.where);
      return std::nullopt;
    }
    Condition out = made(key == "any" ? Condition::Op::any : Condition::Op::all, value);
    for (const Node& item : *items) {
      if (auto part = table(item, key, of_asset, depth + 1)) out.parts.push_back(std::move(*part));
    }
    return simplified(std::move(out));
  }

  static std::optional<Condition> negated(std::optional<Condition> part) {
    if (!part) return std::nullopt;
    Condition out;
    out.op = Condition::Op::none;
    out.where = part->where;
    out.text = "not (" + part->text + ")";
    out.parts.push_back(std::move(*part));
    return out;
  }

  // tags = "vip" | ["a", "b"] (any of them) | { any = […], all = […], none = […] }
  std::optional<Condition> tags(const Node& value) {
    Reader reader(value, context_ + ", tags", problems_);
    if (!std::holds_alternative<Node::Entries>(value.value)) {
      return tag_list(Reader(value, context_, problems_).texts_of(value, "tags"), "any", value);
    }
    Condition out = made(Condition::Op::all, value);
    for (const char* key : {"any", "all", "none"}) {
      if (reader.has(key)) out.parts.push_back(tag_list(reader.texts(key), key, value));
    }
    reader.refuse_unknown({"any", "all", "none"});
    if (std::get<Node::Entries>(value.value).empty()) {
      fail("tags", "expected a table with any, all or none, found an empty table", value.where);
    }
    return simplified(std::move(out));
  }

  Condition tag_list(const std::vector<std::string>& names, const std::string& word, const Node& node) {
    Condition out = made(word == "any"   ? Condition::Op::any
                         : word == "all" ? Condition::Op::all
                                         : Condition::Op::none,
                         node);
    out.text = "tags have ";
    if (names.size() > 1 || word == "none") out.text += word + " of ";
    for (const std::string& name : names) {
      Condition tag = made(Condition::Op::tag, node);
      tag.name = name;
      tag.text = "tags have " + in_quotes(name);
      out.text += (out.parts.empty() ? "" : ", ") + in_quotes(name);
      out.parts.push_back(std::move(tag));
    }
    return out;
  }

  std::optional<Value> scalar(const std::string& key, const Node& node) {
    if (const auto* flag = std::get_if<bool>(&node.value)) return *flag;
    if (const auto* text = std::get_if<std::string>(&node.value); text != nullptr && !text->empty()) return *text;
    if (const auto* day = std::get_if<Day>(&node.value)) return *day;
    // Beyond it, whole numbers are not told apart once they are compared.
    constexpr std::int64_t most = std::int64_t{1} << 53;
    if (const auto* whole = std::get_if<std::int64_t>(&node.value); whole && *whole >= -most && *whole <= most) {
      return static_cast<double>(*whole);
    }
    if (const auto* real = std::get_if<double>(&node.value); real && std::abs(*real) <= static_cast<double>(most)) {
      return *real;
    }
    std::string expected = "expected a text, a number up to 2^53, true, false or a date";
    if (std::holds_alternative<std::string>(node.value)) expected += " (for an empty cell write { missing = true })";
    fail(key, expected + ", found " + shown(node), node.where);
    return std::nullopt;
  }

  // A value, or a list of values: one of them.
  std::vector<Value> values(const std::string& key, const Node& node) {
    std::vector<Value> out;
    const auto* items = std::get_if<Node::Array>(&node.value);
    if (items == nullptr) {
      if (auto value = scalar(key, node)) out.push_back(std::move(*value));
    } else if (items->empty()) {
      fail(key, "expected one value or more, found an empty list", node.where);
    } else {
      for (const Node& item : *items) {
        if (auto value = scalar(key, item)) out.push_back(std::move(*value));
      }
    }
    return out;
  }

  std::optional<Value> bound(const std::string& key, const Reader& reader, const char* name) {
    const Node* node = reader.find(name);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = std::get_if<std::string>(&node->value)) {
      if (const auto day = parse_date(*text)) return *day;
    } else if (!std::holds_alternative<bool>(node->value)) {
      return scalar(key, *node);
    }
    fail(key, std::string(name) + ": expected a number or a date, found " + shown(*node), node->where);
    return std::nullopt;
  }

  // What no cell can be.
  void check_bounds(const std::string& key, const Condition& test, const Node& value) {
    if (test.min && test.max && test.min->index() != test.max->index()) {
      fail(
          key,
          "expected two numbers or two dates, found min = " + in_words(*test.min) + " and max = " + in_words(*test.max),
          value.where);
    } else if (test.min && test.max && *test.min > *test.max) {
      fail(key, "min is above max: nothing is at least " + in_words(*test.min) + " and at most " + in_words(*test.max),
           value.where);
    }
    if (test.missing == true && (test.min || test.max)) {
      fail(key, "a missing value has no min or max", value.where);
    }
  }

  Condition test_of(const std::string& key, const Node& value, bool of_asset) const {
    Condition out = made(Condition::Op::attribute, value);
    out.of_asset = of_asset;
    out.name = key;
    return out;
  }

  std::optional<Condition> attribute(const std::string& key, const Node& value, bool of_asset) {
    const std::string name = (of_asset ? "asset's " : "") + plain(key);
    Condition test = test_of(key, value, of_asset);
    if (!std::holds_alternative<Node::Entries>(value.value)) {
      test.any_of = values(key, value);
      test.text = name + " is " + one_of(test.any_of);
      return test;
    }
    Reader reader(value, context_ + ", " + plain(key), problems_);
    reader.refuse_unknown({"min", "max", "not", "missing"});
    if (std::get<Node::Entries>(value.value).empty()) {
      fail(key, "expected a value, a list of values, or a table with min, max, not or missing, found an empty table",
           value.where);
    }
    test.min = bound(key, reader, "min");
    test.max = bound(key, reader, "max");
    test.missing = reader.boolean("missing");
    check_bounds(key, test, value);
    std::string& text = test.text;
    if (test.min) text = name + " is at least " + in_words(*test.min);
    if (test.max) text += (text.empty() ? name + " is" : " and") + std::string(" at most ") + in_words(*test.max);
    if (test.missing) text += (text.empty() ? name + " is" : " and is") + (*test.missing ? " missing" : " known");

    Condition both = made(Condition::Op::all, value);
    if (!text.empty()) both.parts.push_back(std::move(test));
    if (const Node* node = reader.find("not")) {
      Condition same = test_of(key, *node, of_asset);
      same.any_of = values(key, *node);
      same.text = name + " is " + one_of(same.any_of);
      const std::string unlike = name + " is not " + one_of(same.any_of);
      both.parts.push_back(*negated(std::move(same)));
      both.parts.back().text = unlike;
    }
    return simplified(std::move(both));
  }

  std::string context_;
  RuleProblems& problems_;
};

}  // namespace

std::string plain(const std::string& key) {
  const std::string quoted = in_quotes(key);
  return quoted.substr(1, quoted.size() - 2);
}

std::optional<Condition> read_condition(const Node& node, const std::string& context, RuleProblems& problems) {
  return ConditionReader(context + ", when", problems).table(node, "when", false, 0);
}

}  // namespace courtesy
