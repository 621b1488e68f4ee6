#include <unordered_set>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

const std::vector<std::string>& occasion_keys() {
  static const std::vector<std::string> keys = {
      "name",     "on",       "after",   "yearly",    "of",      "milestones", "leap",       "every",
      "since",    "first",    "meter",   "whichever", "restart", "steps",      "when",       "until",
      "purpose",  "priority", "expires", "late",      "move",    "tolerance",  "not_before", "at",
      "audience", "channels", "message", "before",    "rrule",   "start",      "rdate",      "exdate"};
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
  if (reader.has("channels")) step.channels = read_channels(reader);
  if (auto message = reader.text("message")) step.message = std::move(*message);
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

std::vector<Step> read_steps(Reader& reader, const Step& common) {
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
    inner.refuse_unknown(step_keys());
    if (!names.insert(step.name).second) {
      inner.problem("another step has the name " + in_quotes(step.name) +
                        " (a step without a name has its number for one); names of steps must differ",
                    item.where);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

// One step, made of the occasion's own keys. `after` is then a part of the anchor `on`, and nothing falls due before
// the event that makes it due.
void read_single_offset(Reader& reader, const std::optional<Anchor>& anchor, Step& step) {
  if (!anchor) return;
  if (!std::holds_alternative<AfterEvent>(*anchor)) {
    read_offset(reader, step);
  } else if (const Node* before = reader.find("before")) {
    reader.problem("'before' goes with 'yearly', 'every' and 'rrule', and with a step; beside 'on' write 'after'",
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

// Keys of later versions, which are no misspelling.
void refuse_later_keys(Reader& reader) {
  for (const char* key : {"gestures", "cost"}) {
    if (const Node* node = reader.find(key)) {
      reader.problem(std::string("this version has no '") + key + "' yet; leave it out", node->key_where);
    }
  }
}

// Moves are counted on the calendar, whatever they move for.
std::optional<Span> read_tolerance(Reader& reader) {
  constexpr int longest = 366;
  const auto span = reader.span("tolerance");
  if (!span || (span->whole_days() && span->business_days == 0 && longest_days(*span) <= longest)) return span;
  reader.expected("tolerance", "calendar days, a year at the most", *reader.find("tolerance"));
  return std::nullopt;
}

}  // namespace

std::optional<Occasion> read_occasion(Reader& reader) {
  Occasion occasion;
  occasion.where = reader.problems().where(reader.table().where);
  occasion.name = reader.name("name").value_or("");
  if (!reader.has("name")) reader.problem("it has no name: write name = \"…\"", reader.table().where);

  auto anchor = read_anchor(reader);
  Step common;
  common.name = "1";
  read_saying(reader, common);
  if (reader.has("steps")) {
    refuse_offsets_beside_steps(reader, reader.has("on"));
    occasion.steps = read_steps(reader, common);
  } else {
    read_single_offset(reader, anchor, common);
    occasion.steps.push_back(std::move(common));
  }

  if (const Node* when = reader.find("when")) {
    occasion.when = read_condition(*when, reader.context(), reader.problems());
  }
  occasion.until = reader.texts("until");
  if (const auto word = reader.word("purpose", purpose_words)) occasion.purpose = static_cast<Purpose>(*word);
  constexpr std::int64_t highest = 1'000'000;
  occasion.priority = static_cast<int>(reader.integer("priority", -highest, highest).value_or(0));
  occasion.expires = reader.span("expires");
  if (const auto word = reader.word("late", {"once", "skip", "all"})) occasion.late = static_cast<Late>(*word);
  if (const auto word = reader.word("move", {"none", "next business day", "previous business day",
                                             "nearest business day", "modified following", "modified preceding"})) {
    occasion.move = static_cast<Roll>(*word);
  }
  if (const auto span = read_tolerance(reader)) occasion.tolerance = *span;
  if (const Node* day = reader.find("not_before")) occasion.not_before = reader.date_of(*day, "not_before");
  refuse_later_keys(reader);
  reader.refuse_unknown(occasion_keys(), {"silent", "due", "target", "gestures", "cost"});
  if (!anchor) return std::nullopt;
  occasion.anchor = std::move(*anchor);
  return occasion;
}

}  // namespace courtesy
