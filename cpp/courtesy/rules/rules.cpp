#include <courtesy/rules/read_parts.h>
#include <courtesy/rules/rules.h>

#include <unordered_map>

namespace courtesy {
namespace {

const Node empty_table{Node::Entries{}, {}, {}};

const Node& table_or_empty(Reader& root, std::string_view key) {
  const Node* node = root.take(key);
  if (node == nullptr) return empty_table;
  if (std::holds_alternative<Node::Entries>(node->value)) return *node;
  root.expected(key, "a table", *node);
  return empty_table;
}

// "occasion 3 ('birthday')", or by its number alone where it has no name.
std::string context_of(const Node& node, std::size_t number) {
  const Node* name = node.find("name");
  const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->value);
  if (text != nullptr && !text->empty()) return "occasion " + shown(*name);
  return "occasion " + std::to_string(number);
}

std::string place_of(const Where& where, std::size_t number) {
  return where.line > 0 ? "line " + std::to_string(where.line) : "occasion " + std::to_string(number);
}

void read_occasions(Reader& root, Rules& rules, RuleProblems& problems) {
  const Node* node = root.take("occasion");
  if (node == nullptr) {
    rules.warnings.push_back({"there is no occasion in the rules, so nothing will be planned", root.table().where});
    return;
  }
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr) {
    root.expected("occasion", "a list of tables: write [[occasion]], in two brackets, before each", *node);
    return;
  }
  std::unordered_map<std::string, std::string> places;
  std::size_t number = 0;
  for (const Node& item : *items) {
    ++number;
    if (!std::holds_alternative<Node::Entries>(item.value)) {
      root.expected("occasion", "a table", item);
      continue;
    }
    Reader reader(item, context_of(item, number), problems);
    auto occasion = read_occasion(reader);
    if (!occasion) continue;
    const auto [at, is_new] = places.try_emplace(occasion->name, place_of(item.where, number));
    if (!is_new && !occasion->name.empty()) {
      reader.problem("there is another occasion of that name (" + at->second + "); names must differ", item.where);
    }
    rules.occasions.push_back(std::move(*occasion));
  }
}

}  // namespace

std::shared_ptr<const Rules> read_rules(const Node& root) {
  RuleProblems problems;
  auto rules = std::make_shared<Rules>();
  Reader reader(root, "", problems);
  if (!std::holds_alternative<Node::Entries>(root.value)) {
    reader.problem("expected a table of rules, found " + shown(root), root.where);
    problems.raise_if_any();
  }
  Reader shop(table_or_empty(reader, "shop"), "shop", problems);
  rules->shop = read_shop(shop);
  Reader policy(table_or_empty(reader, "policy"), "policy", problems);
  rules->policy = read_policy(policy, rules->warnings);
  read_occasions(reader, *rules, problems);
  reader.refuse_others({"shop", "policy", "occasion"});
  problems.raise_if_any();
  return rules;
}

}  // namespace courtesy
