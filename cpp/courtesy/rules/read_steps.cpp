// The steps of an occasion, or the one that is made of its own keys.
#include <algorithm>
#include <unordered_set>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

const std::vector<std::string>& step_keys() {
  static const std::vector<std::string> keys = {"name",    "before", "after",   "at",       "audience", "channels",
                                                "message", "team",   "against", "gestures", "novelty"};
  return keys;
}

bool says(const Reader& reader, std::string_view key, std::string_view word) {
  const Node* node = reader.find(key);
  const auto* text = node == nullptr ? nullptr : std::get_if<std::string>(&node->value);
  return text != nullptr && *text == word;
}

// A time of day, or "best": the customer's own.
void read_at(Reader& reader, Step& step) {
  if (!reader.has("at")) return;
  step.best_hour = says(reader, "at", "best");
  step.at.reset();
  if (!step.best_hour) step.at = reader.time_of_day("at", false, "a time of day such as \"09:00\", or \"best\"");
}

// The keys that an occasion and each of its steps may have; a step's own go first.
void read_saying(Reader& reader, Step& step) {
  read_at(reader, step);
  if (const auto word = reader.word("audience", {"customer", "staff"})) step.audience = static_cast<Audience>(*word);
  if (reader.has("channels")) step.channels = read_channels(reader);
  if (auto message = reader.text("message")) step.message = std::move(*message);
  if (auto team = reader.text("team")) step.team = std::move(*team);
  if (const auto word = reader.word("against", {"due", "target"})) step.against = static_cast<Against>(*word);
  read_giving(reader, step.giving);
}

// What means something only for some audience or anchor. `table` has the keys, and `steps` are those that take them
// from it: a step its own, all steps the occasion's.
void check_saying(Reader& table, const Reader& occasion, const std::vector<Step>& steps) {
  const auto all_to = [&](Audience audience) {
    return std::all_of(steps.begin(), steps.end(), [&](const Step& step) { return step.audience == audience; });
  };
  if (const Node* team = table.find("team"); team != nullptr && all_to(Audience::customer)) {
    table.warn("'team' has no effect without audience = \"staff\"", team->key_where);
  }
  if (says(table, "at", "best") && all_to(Audience::staff)) {
    table.warn("at = \"best\" is the customer's own hour; staff are reminded at the policy's 'at'",
               table.find("at")->key_where);
  }
  warn_of_idle_novelty(table, steps);
  if (says(table, "against", "target") && occasion.has("due") && !occasion.has("target")) {
    table.problem("against = \"target\" needs a 'target' beside 'due', such as target = 0.6",
                  table.find("against")->where);
  }
}

// The occasion's own key is the anchor's to refuse.
void refuse_against(Reader& step, const std::optional<Anchor>& anchor) {
  const Node* against = step.find("against");
  if (against == nullptr || !anchor || std::holds_alternative<Deadline>(*anchor)) return;
  step.problem("'against' goes with the anchor 'due'", against->key_where);
}

void read_offset(Reader& reader, Step& step) {
  if (reader.has("before") && reader.has("after")) {
    reader.problem("a step is either before or after its day, found both 'before' and 'after'",
                   reader.find("after")->key_where);
  }
  if (const auto span = reader.span("after")) step.offset = *span;
  if (const auto span = reader.span("before")) {
    step.before = true;
    step.offset = *span;
  }
}

// One step, made of the occasion's own keys. `after` is then a part of the anchor `on`, and nothing falls due before
// the event that makes it due.
void read_single_offset(Reader& reader, const std::optional<Anchor>& anchor, Step& step) {
  if (!anchor) return;
  if (!std::holds_alternative<AfterEvent>(*anchor)) {
    read_offset(reader, step);
  } else if (const Node* before = reader.find("before")) {
    reader.problem("'before' goes with every other anchor, and with a step; beside 'on' write 'after'",
                   before->key_where);
  }
}

void refuse_offsets_beside_steps(Reader& reader, bool of_event) {
  for (const char* key : {"before", "after"}) {
    const Node* node = reader.find(key);
    if (node == nullptr || (of_event && std::string_view(key) == "after")) continue;
    reader.problem(std::string("'") + key + "' stands in each step where there are 'steps'", node->key_where);
  }
}

std::vector<Step> read_list(Reader& reader, const Step& common, const std::optional<Anchor>& anchor) {
  constexpr std::size_t most = 1'000;
  const Node* node = reader.find("steps");
  std::vector<Step> steps;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr || items->empty()) {
    reader.expected("steps", "a list of tables, one for each step", *node);
    return steps;
  }
  if (items->size() > most) {
    reader.problem("'steps': expected at most " + std::to_string(most) + ", found " + std::to_string(items->size()),
                   node->where);
    return steps;
  }
  std::unordered_set<std::string> names;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Node& item = (*items)[i];
    const std::string number = std::to_string(i + 1);
    if (!std::holds_alternative<Node::Entries>(item.value)) {
      reader.expected("steps", "a table for each step", item);
      continue;
    }
    Step step = common;
    Reader inner(item, reader.context() + ", step " + number, reader.problems());
    step.name = inner.name("name").value_or(number);
    read_offset(inner, step);
    read_saying(inner, step);
    inner.refuse_unknown(step_keys(), {"cost"});
    refuse_against(inner, anchor);
    check_saying(inner, reader, {step});
    if (!names.insert(step.name).second) {
      inner.problem("another step has the name " + in_quotes(step.name) +
                        " (a step without a name has its number for one); names of steps must differ",
                    item.where);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::vector<Step> read_steps(Reader& reader, const std::optional<Anchor>& anchor) {
  Step common;
  common.name = "1";
  read_saying(reader, common);
  std::vector<Step> steps;
  if (reader.has("steps")) {
    refuse_offsets_beside_steps(reader, reader.has("on"));
    steps = read_list(reader, common, anchor);
  } else {
    read_single_offset(reader, anchor, common);
    steps.push_back(std::move(common));
  }
  check_saying(reader, reader, steps);
  for (Step& step : steps) {
    // The customer's reminders are alike whatever team the other steps are for.
    if (step.audience == Audience::customer) step.team.clear();
  }
  return steps;
}

}  // namespace courtesy
