#include <algorithm>

#include <courtesy/rules/read_parts.h>
#include <courtesy/rules/written.h>

namespace courtesy {
namespace {

const std::vector<std::string>& occasion_keys() {
  static const std::vector<std::string> keys = {
      "name",    "on",     "after",     "yearly",    "of",         "milestones", "leap",     "every",    "since",
      "first",   "meter",  "whichever", "restart",   "steps",      "when",       "until",    "purpose",  "priority",
      "expires", "late",   "move",      "tolerance", "not_before", "at",         "audience", "channels", "message",
      "before",  "rrule",  "start",     "rdate",     "exdate",     "silent",     "due",      "target",   "against",
      "team",    "repeat", "times",     "match",     "plausible",  "gestures",   "novelty"};
  return keys;
}

// Moves are counted on the calendar, whatever they move for.
std::optional<Span> read_tolerance(Reader& reader) {
  constexpr int longest = 366;
  const auto span = reader.span("tolerance");
  if (!span || (span->whole_days() && span->business_days == 0 && longest_days(*span) <= longest)) return span;
  reader.expected("tolerance", "calendar days, a year at the most", *reader.find("tolerance"));
  return std::nullopt;
}

void warn_of_idle_target(Reader& reader, const Anchor& anchor, const std::vector<Step>& steps) {
  const auto* deadline = std::get_if<Deadline>(&anchor);
  if (deadline == nullptr || !deadline->has_target()) return;
  const bool counts = std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    return step.against ? *step.against == Against::target : step.audience == Audience::staff;
  });
  if (counts) return;
  reader.warn("'target' has no effect, as no step counts from it (those of staff do, and with against = \"target\")",
              reader.find("target")->key_where);
}

}  // namespace

std::optional<Occasion> read_occasion(Reader& reader) {
  Occasion occasion;
  occasion.where = reader.problems().where(reader.table().where);
  occasion.name = reader.name("name").value_or("");
  if (!reader.has("name")) reader.problem("it has no name: write name = \"…\"", reader.table().where);

  auto anchor = read_anchor(reader);
  occasion.steps = read_steps(reader, anchor);
  if (anchor) warn_of_idle_target(reader, *anchor, occasion.steps);

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
  reader.refuse_unknown(occasion_keys(), {"cost"});
  if (!anchor) return std::nullopt;
  occasion.anchor = std::move(*anchor);
  occasion.written = written(reader.table());
  return occasion;
}

}  // namespace courtesy
