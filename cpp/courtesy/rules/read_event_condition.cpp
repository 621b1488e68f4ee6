// Conditions on events: count = { kind = "service", min = 2 } and spend = { over = "365 days", min = 500 }.
#include <array>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr const char* count_form = "count = { kind = \"service\", over = \"2 years\", min = 2 }";
constexpr const char* spend_form = "spend = { over = \"365 days\", min = 500 }";

std::optional<Span> read_over(Reader& reader) {
  const Node* node = reader.find("over");
  if (node == nullptr) return std::nullopt;
  const auto span = reader.days_of(*node, "over", "a span such as '2 years'");
  if (!span || span->business_days == 0) return span;
  reader.expected("over", "calendar days or longer, such as '30 days'", *node);
  return std::nullopt;
}

std::optional<Condition::Value> read_number(Reader& reader, const char* key) {
  constexpr std::int64_t most = 1'000'000'000;
  const auto number = reader.integer(key, 0, most);
  if (!number) return std::nullopt;
  return static_cast<double>(*number);
}

// "'late', 'rude' or 'dirty'"
std::string listed(const std::vector<std::string>& words, const char* last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? last : ", ";
    out += in_quotes(words[i]);
  }
  return out;
}

// "the asset's 'service' or 'repair'"
std::string kinds_in_words(const Condition& test, const char* last) {
  return (test.of_asset ? "the asset's " : "") + listed(test.kinds, last);
}

// "at least 2 of 'complaint' about 'late' within 2 years", "'purchase' adds up to at least 500 EUR within 365 days"
std::string in_words(const Condition& test) {
  std::string out;
  if (test.op == Condition::Op::count) {
    out = amounts_in_words(test) + " of " + kinds_in_words(test, " or ");
  } else {
    out = kinds_in_words(test, " and ") + (test.kinds.size() > 1 ? " add up to " : " adds up to ") +
          amounts_in_words(test) + (test.unit.empty() ? "" : " " + plain(test.unit));
  }
  out += test.topics.empty() ? "" : " about " + listed(test.topics, " or ");
  return out + (test.over ? " within " + span_text(*test.over) : "");
}

void read_count(Reader& reader, Condition& test) {
  reader.need({"kind"}, std::string("write ") + count_form);
  test.min = read_number(reader, "min");
  test.max = read_number(reader, "max");
  check_amounts(reader, test, count_form);
  if (test.min == Condition::Value{0.0} && !reader.has("max")) {
    reader.warn("it always holds, as there are never fewer than 0", reader.find("min")->where);
  }
  reader.refuse_unknown({"kind", "topic", "over", "min", "max"});
}

void read_spend(Reader& reader, Condition& test) {
  if (!reader.has("kind")) test.kinds = {"purchase"};
  test.min = read_amount(reader, "min");
  test.max = read_amount(reader, "max");
  check_amounts(reader, test, spend_form);
  test.unit = reader.text("unit").value_or("");
  reader.refuse_unknown({"kind", "topic", "over", "min", "max", "unit"});
}

}  // namespace

// From 2^53 on, whole numbers are not told apart.
std::optional<Condition::Value> read_amount(Reader& reader, const char* key) {
  constexpr double most = 9'007'199'254'740'992;
  const Node* node = reader.find(key);
  if (node == nullptr) return std::nullopt;
  const auto amount = number_in(*node);
  if (amount && *amount > -most && *amount < most) return *amount;
  reader.expected(key, "a number such as 500", *node);
  return std::nullopt;
}

void check_amounts(Reader& reader, const Condition& test, const char* form) {
  if (!reader.has("min") && !reader.has("max")) {
    reader.problem(std::string("expected 'min', 'max' or both; write ") + form, reader.table().where);
  }
  if (!test.min || !test.max || !(*test.min > *test.max)) return;
  reader.problem("min is above max: nothing is at least " + number_text(std::get<double>(*test.min)) + " and at most " +
                     number_text(std::get<double>(*test.max)),
                 reader.table().where);
}

std::string amounts_in_words(const Condition& test) {
  const auto number = [](const Condition::Value& value) { return number_text(std::get<double>(value)); };
  if (test.op == Condition::Op::count && test.max == Condition::Value{0.0}) return "none";
  if (test.min && test.max && *test.min == *test.max) return "exactly " + number(*test.min);
  std::string out;
  if (test.min) out = "at least " + number(*test.min);
  if (test.max) out += (out.empty() ? "at most " : " and at most ") + number(*test.max);
  return out;
}

Condition read_event_condition(Condition::Op op, const Node& node, bool of_asset, const std::string& context,
                               RuleProblems& problems) {
  const bool counts = op == Condition::Op::count;
  Condition test;
  test.op = op;
  test.of_asset = of_asset;
  test.where = problems.where(node.where);
  if (!std::holds_alternative<Node::Entries>(node.value)) {
    problems.add(context + ": " + (counts ? "'count'" : "'spend'") + ": expected a table, as in " +
                     (counts ? count_form : spend_form) + ", found " + shown(node),
                 node.where);
    return test;
  }
  Reader reader(node, context + (counts ? ", count" : ", spend"), problems);
  test.kinds = reader.texts("kind");
  test.topics = reader.texts("topic");
  test.over = read_over(reader);
  if (counts) {
    read_count(reader, test);
  } else {
    read_spend(reader, test);
  }
  test.text = in_words(test);
  return test;
}

}  // namespace courtesy
