// Gestures: what a step brings, what the policy grants as compensation, and the budgets that pay for it.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr const char* gesture_form = "{ name = \"card\", cost = 1.5 }";
constexpr const char* budget_form = "{ most = 200, occasions = [\"thank-you\"] }";
constexpr std::size_t most_gestures = 1'000;

// Money, never negative. From 2^53 on, whole numbers are not told apart.
std::optional<double> read_money(Reader& reader, const char* key) {
  constexpr double most = 9'007'199'254'740'992;
  const Node* node = reader.find(key);
  if (node == nullptr) return std::nullopt;
  const auto amount = number_in(*node);
  if (amount && *amount >= 0 && *amount < most) return amount;
  reader.expected(key, "an amount such as 1.5, never negative", *node);
  return std::nullopt;
}

Gesture read_gesture(Reader& reader, bool compensates) {
  Gesture gesture;
  gesture.name = reader.name("name").value_or("");
  gesture.cost = read_money(reader, "cost").value_or(0);
  gesture.message = reader.text("message").value_or("");
  if (const Node* when = reader.find("when")) gesture.when = read_condition(*when, reader.context(), reader.problems());
  if (compensates) gesture.topics = reader.texts("topic");
  reader.need({"name"}, std::string("a gesture is written ") + gesture_form);
  std::vector<std::string> known{"name", "cost", "message", "when"};
  if (compensates) known.emplace_back("topic");
  const Node* topic = reader.find("topic");
  if (topic != nullptr && !compensates) {
    reader.problem("'topic' goes with the gestures of the policy's 'compensation'", topic->key_where);
  }
  reader.refuse_unknown(known, {"topic"});
  return gesture;
}

bool is_too_long(Reader& reader, const char* key, std::size_t most) {
  const Node* node = reader.find(key);
  const auto* items = node == nullptr ? nullptr : std::get_if<Node::Array>(&node->value);
  if (items == nullptr || items->size() <= most) return false;
  reader.problem(
      in_quotes(key) + ": expected at most " + std::to_string(most) + ", found " + std::to_string(items->size()),
      node->where);
  return true;
}

std::vector<Gesture> read_list(Reader& reader, const char* key, const char* name, bool compensates) {
  std::vector<Gesture> gestures;
  if (is_too_long(reader, key, most_gestures)) return gestures;
  std::unordered_set<std::string> seen;
  for (Reader& inner : tables_in(reader, key, name, gesture_form)) {
    Gesture gesture = read_gesture(inner, compensates);
    // Compensation of one name may be granted for several topics.
    if (!compensates && !gesture.name.empty() && !seen.insert(gesture.name).second) {
      inner.problem("another gesture of the list has the name " + in_quotes(gesture.name) + "; names must differ",
                    inner.find("name")->where);
    }
    gestures.push_back(std::move(gesture));
  }
  return gestures;
}

std::optional<Span> read_novelty(Reader& reader) {
  const Node* node = reader.find("novelty");
  if (node == nullptr) return std::nullopt;
  const auto span = reader.days_of(*node, "novelty", "a span such as '2 years'");
  if (!span || span->business_days == 0) return span;
  reader.expected("novelty", "calendar days or longer, such as '2 years'", *node);
  return std::nullopt;
}

}  // namespace

void read_giving(Reader& reader, Giving& giving) {
  if (const Node* node = reader.find("gestures")) {
    giving.compensates = false;
    giving.gestures.clear();
    const auto* text = std::get_if<std::string>(&node->value);
    const auto* items = std::get_if<Node::Array>(&node->value);
    if (text != nullptr && *text == "compensation") {
      giving.compensates = true;
    } else if (items == nullptr || items->empty()) {
      const std::string near = text == nullptr ? std::string() : did_you_mean(*text, {"compensation"});
      reader.problem(std::string("'gestures': expected a list of tables such as ") + gesture_form +
                         ", or \"compensation\", found " + shown(*node) + near,
                     node->where);
    } else {
      giving.gestures = read_list(reader, "gestures", "gesture", false);
    }
  }
  if (const auto novelty = read_novelty(reader)) giving.novelty = *novelty;
  if (const Node* cost = reader.find("cost")) {
    reader.problem(std::string("'cost' stands in each of the 'gestures', as in gestures = [") + gesture_form + "]",
                   cost->key_where);
  }
}

void warn_of_idle_novelty(Reader& table, const std::vector<Step>& steps) {
  const Node* node = table.find("novelty");
  if (node == nullptr) return;
  const auto turns = [](const Step& step) { return step.giving.gestures.size() > 1; };
  if (std::any_of(steps.begin(), steps.end(), turns)) return;
  table.warn("'novelty' has no effect without several 'gestures' to take turns", node->key_where);
}

std::vector<Gesture> read_compensation(Reader& policy) {
  return read_list(policy, "compensation", "compensation", true);
}

std::vector<Budget> read_budgets(Reader& policy) {
  std::vector<Budget> budgets;
  if (is_too_long(policy, "budgets", most_budgets)) return budgets;
  for (Reader& reader : tables_in(policy, "budgets", "budget", budget_form)) {
    Budget budget;
    budget.most = read_money(reader, "most").value_or(0);
    budget.occasions = reader.texts("occasions");
    reader.refuse_unknown({"most", "occasions"});
    reader.need({"most"}, std::string("a budget is written ") + budget_form);
    budgets.push_back(std::move(budget));
  }
  return budgets;
}

void check_giving(const Rules& rules, Reader& root, Reader& policy) {
  struct Gives {
    bool own = false;
    bool compensation = false;
  };
  std::unordered_map<std::string, Gives> by_name;
  std::vector<std::string> names;
  Gives any;
  for (const Occasion& occasion : rules.occasions) {
    Gives& gives = by_name[occasion.name];
    names.push_back(occasion.name);
    for (const Step& step : occasion.steps) {
      gives.own |= !step.giving.gestures.empty();
      gives.compensation |= step.giving.compensates;
    }
    any.own |= gives.own;
    if (gives.compensation && !any.compensation && !policy.has("compensation")) {
      root.problems().add(
          "occasion '" + occasion.name + "' brings compensation, and [policy] grants none (write compensation = [" +
              gesture_form + "])",
          {static_cast<std::uint32_t>(occasion.where.line), static_cast<std::uint32_t>(occasion.where.column)});
    }
    any.compensation |= gives.compensation;
  }
  if (const Node* node = policy.find("compensation"); node != nullptr && !any.compensation) {
    policy.warn("'compensation' has no effect, as no step has gestures = \"compensation\"", node->key_where);
  }
  const Node* budgets = policy.find("budgets");
  if (budgets == nullptr) return;
  if (!any.own) {
    policy.warn("'budgets' pay for nothing, as no step has a list of 'gestures'", budgets->key_where);
  }
  // What is no list of tables was told already.
  const auto* items = std::get_if<Node::Array>(&budgets->value);
  if (items == nullptr || items->size() != rules.policy.budgets.size()) return;
  std::vector<Reader> tables = tables_in(policy, "budgets", "budget", budget_form);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const std::string& name : rules.policy.budgets[i].occasions) {
      const auto found = by_name.find(name);
      const Place place = tables[i].find("occasions")->where;
      if (found == by_name.end()) {
        tables[i].problem("'occasions': there is no occasion " + in_quotes(name) + did_you_mean(name, names), place);
      } else if (!found->second.own && any.own) {
        tables[i].warn("'occasions': no step of " + in_quotes(name) + " has a list of 'gestures'", place);
      }
    }
  }
}

}  // namespace courtesy
