#include <courtesy/rules/rules.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>
#include <courtesy/rules/written.h>

namespace courtesy {
namespace {

const Node empty_table{Node::Entries{}, {}, {}};

const Node& table_or_empty(Reader& root, std::string_view key) {
  const Node* node = root.find(key);
  if (node == nullptr) return empty_table;
  if (std::holds_alternative<Node::Entries>(node->value)) return *node;
  root.expected(key, "a table", *node);
  return empty_table;
}

// "occasion 'birthday'"; with its number where it has no line to look at, or no name: "occasion 3 ('birthday')".
std::string context_of(const Node& node, std::size_t number) {
  const Node* name = node.find("name");
  const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->value);
  if (text == nullptr || text->empty()) return "occasion " + std::to_string(number);
  if (node.where.line > 0) return "occasion " + shown(*name);
  return "occasion " + std::to_string(number) + " (" + shown(*name) + ")";
}

std::string place_of(const Node& node, std::size_t number) {
  return node.where.line > 0 ? "the occasion of line " + std::to_string(node.where.line)
                             : "occasion " + std::to_string(number);
}

void read_occasions(Reader& root, Rules& rules) {
  const Node* node = root.find("occasion");
  if (node == nullptr) return;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr) {
    root.expected("occasion", "a list of tables (write [[occasion]], in two brackets, before each)", *node);
    return;
  }
  rules.occasions.reserve(items->size());
  std::unordered_map<std::string_view, std::size_t> first;  // of each name
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Node& item = (*items)[i];
    if (!std::holds_alternative<Node::Entries>(item.value)) {
      root.expected("occasion", "a table for each", item);
      continue;
    }
    Reader reader(item, context_of(item, i + 1), root.problems());
    if (auto occasion = read_occasion(reader)) rules.occasions.push_back(std::move(*occasion));
    const Node* name = item.find("name");
    const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->value);
    if (text == nullptr || text->empty()) continue;
    const auto [other, is_new] = first.try_emplace(*text, i);
    if (!is_new) {
      reader.problem(place_of((*items)[other->second], other->second + 1) + " has that name already; names must differ",
                     name->where);
    }
  }
}

// One warning for all occasions that do the same, at the first of them.
template <typename Does>
void warn_of_occasions(Rules& rules, const std::string& message, Does does) {
  const auto first = std::find_if(rules.occasions.begin(), rules.occasions.end(), does);
  if (first == rules.occasions.end()) return;
  const auto more = std::count_if(first + 1, rules.occasions.end(), does);
  std::string text = "occasion '" + first->name + "'";
  if (more > 0) text += " and " + std::to_string(more) + (more == 1 ? " other" : " others");
  rules.warnings.push_back({text + ": " + message, first->where});
}

// Open time can be counted only where it is known when the shop is open.
void refuse_open_time_without_hours(const Rules& rules, Reader& policy) {
  if (rules.policy.opening_hours || policy.has("opening_hours")) return;
  const auto counts = [](const Occasion& occasion) {
    const auto* after = std::get_if<AfterEvent>(&occasion.anchor);
    const auto* deadline = std::get_if<Deadline>(&occasion.anchor);
    return (after != nullptr && after->after.open_time.count() != 0) ||
           (deadline != nullptr && deadline->target_before && deadline->target_before->open_time.count() != 0) ||
           (occasion.expires && occasion.expires->open_time.count() != 0) ||
           std::any_of(occasion.steps.begin(), occasion.steps.end(),
                       [](const Step& step) { return step.offset.open_time.count() != 0; });
  };
  for (const Occasion& occasion : rules.occasions) {
    if (!counts(occasion)) continue;
    policy.problems().add(
        "occasion '" + occasion.name +
            "' counts opening hours, and [policy] has none (write opening_hours = { mon-fri = "
            "\"08:00-17:00\" })",
        {static_cast<std::uint32_t>(occasion.where.line), static_cast<std::uint32_t>(occasion.where.column)});
  }
}

void warn_of_what_has_no_effect(Rules& rules) {
  if (!rules.policy.business_days) {
    warn_of_occasions(rules, "'move' moves nothing, as [policy] has no business_days",
                      [](const Occasion& occasion) { return occasion.move.value_or(Roll::none) != Roll::none; });
  }
}

}  // namespace

std::shared_ptr<const Rules> read_rules(const Node& root, std::string file, const HolidaySource& holidays) {
  RuleProblems problems(std::move(file));
  auto rules = std::make_shared<Rules>();
  Reader reader(root, "", problems);
  if (!std::holds_alternative<Node::Entries>(root.value)) {
    reader.problem("expected a table of rules, found " + shown(root), root.where);
    problems.raise_if_any();
  }
  Reader shop(table_or_empty(reader, "shop"), "shop", problems);
  rules->shop = read_shop(shop);
  Reader policy(table_or_empty(reader, "policy"), "policy", problems);
  rules->policy = read_policy(policy, rules->shop, holidays);
  read_occasions(reader, *rules);
  refuse_open_time_without_hours(*rules, policy);
  check_giving(*rules, reader, policy);
  reader.refuse_unknown({"shop", "policy", "occasion"});
  problems.raise_if_any();
  if (rules->occasions.empty()) problems.warn("there is no occasion in the rules, so nothing will be planned", {});
  warn_of_idle_policy(*rules, policy);
  rules->warnings = problems.take_warnings();
  warn_of_what_has_no_effect(*rules);
  rules->written = written_rules(root);
  if (!rules->policy.holidays_from.empty())
    rules->written += "# " + in_quotes(rules->policy.holidays_from, std::string::npos) + "\n";
  return rules;
}

}  // namespace courtesy
