// [policy] value_years and goodwill, and when = { lifetime_value = { min = 500 } }: what a customer is worth, and what
// raises a priority.
#include <algorithm>

#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr const char* value_form = "lifetime_value = { min = 500 }";

// What a shop answers first anyway, by occasions of their own.
constexpr std::initializer_list<const char*> grievances = {"complaint", "reopened", "broken"};

bool is_grievance(const std::string& kind) {
  const auto same = [](char a, char b) { return lower(a) == b; };
  const std::string_view text = trimmed(kind);
  return std::any_of(grievances.begin(), grievances.end(), [&](std::string_view other) {
    return std::equal(text.begin(), text.end(), other.begin(), other.end(), same);
  });
}

}  // namespace

double read_value_years(Reader& policy, double usual) {
  constexpr double most = 100;
  const Node* node = policy.find("value_years");
  if (node == nullptr) return usual;
  const auto years = number_in(*node);
  if (years && *years > 0 && *years <= most) return *years;
  policy.expected("value_years", "a number of years above 0, up to 100", *node);
  return usual;
}

std::vector<std::string> read_goodwill(Reader& policy, std::vector<std::string> usual) {
  const Node* node = policy.find("goodwill");
  if (node == nullptr) return usual;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items != nullptr && items->empty()) return {};
  std::vector<std::string> kinds = policy.texts("goodwill");
  if (kinds.size() > most_goodwill) {
    policy.problem(
        "'goodwill': expected at most " + std::to_string(most_goodwill) + ", found " + std::to_string(kinds.size()),
        node->where);
    return {};
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (!is_grievance(kinds[i])) continue;
    policy.problem("'goodwill': " + in_quotes(kinds[i]) +
                       " is none: complaints never raise a priority (who complains is answered by an occasion of its "
                       "own, with purpose = \"recovery\")",
                   items != nullptr && i < items->size() ? (*items)[i].where : node->where);
  }
  return kinds;
}

Condition read_value_condition(const Node& node, const std::string& context, RuleProblems& problems) {
  Condition test;
  test.op = Condition::Op::lifetime_value;
  test.where = problems.where(node.where);
  if (!std::holds_alternative<Node::Entries>(node.value)) {
    problems.add(
        context + ": 'lifetime_value': expected a table, as in " + std::string(value_form) + ", found " + shown(node),
        node.where);
    return test;
  }
  Reader reader(node, context + ", lifetime_value", problems);
  test.min = read_amount(reader, "min");
  test.max = read_amount(reader, "max");
  reader.refuse_unknown({"min", "max"});
  check_amounts(reader, test, value_form);
  test.text = "lifetime value is " + amounts_in_words(test);
  return test;
}

}  // namespace courtesy
