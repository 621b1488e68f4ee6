#include <courtesy/rules/read_parts.h>

#include <set>

namespace courtesy {
namespace {

const std::vector<std::string>& occasion_keys() {
  static const std::vector<std::string> keys = {
      "name",     "on",        "after",   "yearly",   "of",       "milestones", "leap",    "every",    "since",
      "first",    "meter",     "whichever", "restart", "steps",   "when",       "until",   "purpose",  "priority",
      "expires",  "late",      "move",    "tolerance", "not_before", "at",      "audience", "channels", "message",
      "before"};
  return keys;
}

const std::vector<std::string>& step_keys() {
  static const std::vector<std::string> keys = {"name", "before", "after", "at", "audience", "channels", "message"};
  return keys;
}

// The keys that an occasion and each of its steps may have; a step's own go first.
void read_saying(Reader& reader, Step& step) {
  if (const auto at = reader.time_of_day("at")) step.at = *at;
  if (const auto word = reader.word("audience", {"customer", "staff"})) step.audience = static_cast<Audience>(*word);
  if (reader.has("channels")) step.channels = reader.texts("channels");
  if (auto message = reader.text("message")) step.message = std::move(*message);
}

void read_offset(Reader& reader, Step& step, bool after_is_ours) {
  const Node* before = reader.table().find("before");
  const Node* after = after_is_ours ? reader.table().find("after") : nullptr;
  if (before != nullptr && after != nullptr) {
    reader.problem("a step is either before or after its day, found both", after->key_where);
  }
  if (const auto span = reader.span("before")) {
    step.before = true;
    step.offset = *span;
  }
  if (after_is_ours) {
    if (const auto span = reader.span("after")) step.offset = *span;
  }
}

std::vector<Step> read_steps(Reader& reader, const Step& common) {
  const Node* node = reader.take("steps");
  std::vector<Step> steps;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr || items->empty()) {
    reader.expected("steps", "a list of tables, one for each step", *node);
    return steps;
  }
  std::set<std::string> names;
  for (const Node& item : *items) {
    const std::string number = std::to_string(steps.size() + 1);
    Step step = common;
    step.name = number;
    if (!std::holds_alternative<Node::Entries>(item.value)) {
      reader.expected("steps", "a table for each step", item);
      continue;
    }
    Reader inner(item, reader.context() + ", step " + number, reader.problems());
    if (auto name = inner.text("name")) step.name = std::move(*name);
    read_offset(inner, step, true);
    read_saying(inner, step);
    inner.refuse_others(step_keys());
    if (!names.insert(step.name).second) {
      inner.problem("there is another step '" + step.name + "'; names of steps must differ", item.where);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::optional<Occasion> read_occasion(Reader& reader) {
  Occasion occasion;
  occasion.where = reader.table().where;
  occasion.name = reader.text("name").value_or("");
  if (!reader.has("name")) reader.problem("it has no name", occasion.where);

  auto anchor = read_anchor(reader);
  const bool of_event = anchor && std::holds_alternative<AfterEvent>(*anchor);
  Step common;
  common.name = "1";
  read_saying(reader, common);
  if (reader.has("steps")) {
    for (const char* key : {"before", "after"}) {
      const Node* node = reader.table().find(key);
      if (node == nullptr || (of_event && std::string_view(key) == "after")) continue;
      (void)reader.take(key);
      reader.problem(std::string("'") + key + "' stands in each step where there are steps", node->key_where);
    }
    occasion.steps = read_steps(reader, common);
  } else {
    read_offset(reader, common, !of_event);
    occasion.steps.push_back(std::move(common));
  }

  if (const Node* when = reader.take("when")) occasion.when = read_condition(*when, reader.context(), reader.problems());
  occasion.until = reader.texts("until");
  if (const auto word = reader.word("purpose", purpose_words)) occasion.purpose = static_cast<Purpose>(*word);
  constexpr std::int64_t highest = 1'000'000;
  occasion.priority = static_cast<int>(reader.integer("priority", -highest, highest).value_or(0));
  occasion.expires = reader.span("expires");
  if (const auto word = reader.word("late", {"once", "skip", "all"})) occasion.late = static_cast<Late>(*word);
  if (const auto word =
          reader.word("move", {"none", "next business day", "previous business day", "nearest business day"})) {
    occasion.move = static_cast<Roll>(*word);
  }
  if (const auto span = reader.span("tolerance")) {
    constexpr int longest = 366;
    if (longest_days(*span) > longest) {
      reader.problem("'tolerance': expected a year at the most", reader.table().find("tolerance")->where);
    } else {
      occasion.tolerance = *span;
    }
  }
  occasion.not_before = reader.date("not_before");
  reader.refuse_others(occasion_keys());
  if (!anchor) return std::nullopt;
  occasion.anchor = std::move(*anchor);
  return occasion;
}

}  // namespace courtesy
