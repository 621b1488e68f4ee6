#include <courtesy/rules/read_parts.h>

#include <cmath>

namespace courtesy {
namespace {

constexpr int deepest = 32;

std::string in_words(const Condition::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) {
    std::string text = std::to_string(*number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }
  if (const auto* day = std::get_if<Day>(&value)) return iso_text(*day);
  return "'" + std::get<std::string>(value) + "'";
}

std::string joined(const std::vector<Condition>& parts, const char* between) {
  std::string out;
  for (const Condition& part : parts) out += (out.empty() ? "" : between) + part.text;
  return out;
}

class ConditionReader {
 public:
  ConditionReader(std::string context, RuleProblems& problems)
      : context_(std::move(context)), problems_(problems) {}

  // A table of conditions, all of which must hold.
  std::optional<Condition> table(const Node& node, bool of_asset, int depth) {
    const auto* entries = std::get_if<Node::Entries>(&node.value);
    if (entries == nullptr || entries->empty() || depth > deepest) {
      fail("'when': expected a table such as { tier = \"gold\" }, found " + shown(node), node.where);
      return std::nullopt;
    }
    Condition all;
    all.where = node.where;
    for (const auto& [key, value] : *entries) {
      if (auto part = entry(key, value, of_asset, depth)) all.parts.push_back(std::move(*part));
    }
    if (all.parts.size() == 1) return std::move(all.parts.front());
    all.text = joined(all.parts, " and ");
    return all;
  }

 private:
  void fail(std::string message, const Where& where) { problems_.add(context_ + ": " + message, where); }

  std::optional<Condition> entry(const std::string& key, const Node& value, bool of_asset, int depth) {
    if (key == "any" || key == "all") return several(key, value, of_asset, depth);
    if (key == "not") return negated(table(value, of_asset, depth + 1));
    if (key == "asset") return table(value, true, depth + 1);
    if (key == "tags" && !of_asset) return tags(value);
    return attribute(key, value, of_asset);
  }

  std::optional<Condition> several(const std::string& key, const Node& value, bool of_asset, int depth) {
    const auto* items = std::get_if<Node::Array>(&value.value);
    if (items == nullptr || items->empty()) {
      fail("'" + key + "': expected a list of tables, found " + shown(value), value.where);
      return std::nullopt;
    }
    Condition out;
    out.op = key == "any" ? Condition::Op::any : Condition::Op::all;
    out.where = value.where;
    for (const Node& item : *items) {
      if (auto part = table(item, of_asset, depth + 1)) out.parts.push_back(std::move(*part));
    }
    out.text = "(" + joined(out.parts, key == "any" ? " or " : " and ") + ")";
    return out;
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
    if (!std::holds_alternative<Node::Entries>(value.value)) {
      const Node wrapped{Node::Entries{{"tags", value}}, value.where, value.where};
      Reader reader(wrapped, context_, problems_);
      return tag_list(reader.texts("tags"), Condition::Op::any, "any of ", value.where);
    }
    Reader reader(value, context_ + ", tags", problems_);
    Condition out;
    out.where = value.where;
    constexpr std::pair<const char*, Condition::Op> forms[] = {
        {"any", Condition::Op::any}, {"all", Condition::Op::all}, {"none", Condition::Op::none}};
    for (const auto& [key, op] : forms) {
      if (!reader.has(key)) continue;
      out.parts.push_back(tag_list(reader.texts(key), op, std::string(key) + " of ", value.where));
    }
    reader.refuse_others({"any", "all", "none"});
    out.text = joined(out.parts, " and ");
    return out;
  }

  static Condition tag_list(const std::vector<std::string>& names, Condition::Op op, const std::string& word,
                            const Where& where) {
    Condition out;
    out.op = op;
    out.where = where;
    out.text = "tags have " + (names.size() == 1 && op != Condition::Op::none ? std::string() : word);
    for (const std::string& name : names) {
      Condition tag;
      tag.op = Condition::Op::tag;
      tag.name = name;
      tag.text = "tags have '" + name + "'";
      tag.where = where;
      out.text += (out.parts.empty() ? "'" : ", '") + name + "'";
      out.parts.push_back(std::move(tag));
    }
    return out;
  }

  std::optional<Condition::Value> scalar(const std::string& key, const Node& node) {
    if (const auto* flag = std::get_if<bool>(&node.value)) return *flag;
    if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&node.value); real != nullptr && std::isfinite(*real)) return *real;
    if (const auto* text = std::get_if<std::string>(&node.value)) return *text;
    if (const auto* day = std::get_if<Day>(&node.value)) return *day;
    fail("'" + key + "': expected a text, a number, a boolean or a date, found " + shown(node), node.where);
    return std::nullopt;
  }

  // A value, or one of several.
  std::vector<Condition::Value> values(const std::string& key, const Node& node) {
    std::vector<Condition::Value> out;
    if (const auto* items = std::get_if<Node::Array>(&node.value)) {
      if (items->empty()) fail("'" + key + "': the list is empty", node.where);
      for (const Node& item : *items) {
        if (auto value = scalar(key, item)) out.push_back(std::move(*value));
      }
    } else if (auto value = scalar(key, node)) {
      out.push_back(std::move(*value));
    }
    return out;
  }

  static std::string one_of(const std::vector<Condition::Value>& values) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += i + 1 == values.size() ? " or " : ", ";
      out += in_words(values[i]);
    }
    return out;
  }

  std::optional<Condition::Value> bound(const std::string& key, Reader& reader, const char* name) {
    const Node* node = reader.take(name);
    if (node == nullptr) return std::nullopt;
    auto value = scalar(key, *node);
    if (value && std::holds_alternative<std::string>(*value)) {
      if (const auto day = parse_date(std::get<std::string>(*value))) return *day;
    }
    if (value && !std::holds_alternative<double>(*value) && !std::holds_alternative<Day>(*value)) {
      fail("'" + key + "', " + name + ": expected a number or a date, found " + shown(*node), node->where);
      return std::nullopt;
    }
    return value;
  }

  std::optional<Condition> attribute(const std::string& key, const Node& value, bool of_asset) {
    Condition out;
    out.op = Condition::Op::attribute;
    out.of_asset = of_asset;
    out.name = key;
    out.where = value.where;
    const std::string name = of_asset ? "asset's " + key : key;
    if (!std::holds_alternative<Node::Entries>(value.value)) {
      out.any_of = values(key, value);
      if (out.any_of.empty()) return std::nullopt;
      out.text = name + " is " + one_of(out.any_of);
      return out;
    }
    Reader reader(value, context_ + ", when " + key, problems_);
    out.min = bound(key, reader, "min");
    out.max = bound(key, reader, "max");
    out.missing = reader.boolean("missing");
    std::optional<Condition> unlike;
    if (const Node* node = reader.take("not")) {
      Condition same = out;
      same.min.reset();
      same.max.reset();
      same.missing.reset();
      same.any_of = values(key, *node);
      same.text = name + " is " + one_of(same.any_of);
      unlike = negated(std::move(same));
      unlike->text = name + " is not " + one_of(unlike->parts.front().any_of);
    }
    if (!reader.has("min") && !reader.has("max") && !reader.has("missing") && !reader.has("not")) {
      fail("'" + key + "': expected a value, a list of values, or a table with min, max, not or missing", value.where);
      reader.refuse_others({"min", "max", "not", "missing"});
      return std::nullopt;
    }
    reader.refuse_others({"min", "max", "not", "missing"});
    if (out.min) out.text += name + " is at least " + in_words(*out.min);
    if (out.max) out.text += (out.text.empty() ? name + " is" : " and") + std::string(" at most ") + in_words(*out.max);
    if (out.missing) out.text += (out.text.empty() ? name + " is" : " and is") + (*out.missing ? " missing" : " known");
    if (!unlike) return out;
    if (out.text.empty()) return unlike;
    Condition both;
    both.where = value.where;
    both.text = out.text + " and " + unlike->text;
    both.parts.push_back(std::move(out));
    both.parts.push_back(std::move(*unlike));
    return both;
  }

  std::string context_;
  RuleProblems& problems_;
};

}  // namespace

std::optional<Condition> read_condition(const Node& node, const std::string& context, RuleProblems& problems) {
  return ConditionReader(context, problems).table(node, false, 0);
}

}  // namespace courtesy
