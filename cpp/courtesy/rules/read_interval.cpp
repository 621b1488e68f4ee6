#include <algorithm>
#include <array>

#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

struct TimeUnit {
  const char* name;
  int months;
  int days;
  std::int64_t most;  // dates end with the year 9999
};

constexpr std::array units{TimeUnit{"years", 12, 0, 9'999}, TimeUnit{"months", 1, 0, 119'988},
                           TimeUnit{"weeks", 0, 7, 521'000}, TimeUnit{"days", 0, 1, 3'650'000}};

bool is_time_unit(const std::string& key) {
  return std::any_of(units.begin(), units.end(), [&](const TimeUnit& unit) { return key == unit.name; });
}

// A use unit may have any name, so a time unit misspelt would pass for one and never fall due.
std::string time_unit_meant(const std::string& key) {
  if (key.starts_with("business")) return " (write business days as a text: \"20 business days\")";
  std::vector<std::string> names;
  for (const TimeUnit& unit : units) names.emplace_back(unit.name);
  return did_you_mean(key, names);
}

void read_use(Reader& reader, const std::string& unit, const Node& value, Interval::Length& length) {
  constexpr double most = 1e15;
  const double amount = number_in(value).value_or(0);
  if (const std::string meant = time_unit_meant(unit); !meant.empty()) {
    reader.problem("unknown unit " + in_quotes(unit) + meant, value.key_where);
  } else if (unit.find_first_not_of(' ') == std::string::npos) {
    reader.problem("a unit has no name", value.key_where);
  } else if (!(amount > 0) || amount > most) {
    reader.expected(unit, "an amount of use above zero, such as 15000", value);
  } else if (length.use) {
    reader.problem(
        "an interval counts one kind of use, found both " + in_quotes(length.unit) + " and " + in_quotes(unit),
        value.key_where);
  } else {
    length.use = amount;
    length.unit = unit;
  }
}

std::optional<Interval::Length> read_time(Reader& occasion, std::string_view key, const Node& node) {
  const auto span =
      occasion.days_of(node, key, "a span such as '6 months' or a table such as { months = 12, km = 15000 }");
  if (!span) return std::nullopt;
  Interval::Length length;
  length.time = *span;
  return length;
}

// { months = 12, km = 15000 }, or "12 months".
std::optional<Interval::Length> read_length(Reader& occasion, std::string_view key) {
  const Node* node = occasion.find(key);
  if (node == nullptr) return std::nullopt;
  const auto* entries = std::get_if<Node::Entries>(&node->value);
  if (entries == nullptr) return read_time(occasion, key, *node);
  if (entries->empty()) occasion.expected(key, "a table such as { months = 12, km = 15000 }", *node);
  Interval::Length length;
  Reader reader(*node, occasion.context() + ", " + std::string(key), occasion.problems());
  for (const TimeUnit& unit : units) {
    const auto count = reader.integer(unit.name, 1, unit.most);
    if (!count) continue;
    length.time.months += static_cast<int>(*count) * unit.months;
    length.time.days += static_cast<int>(*count) * unit.days;
  }
  for (const auto& [name, value] : *entries) {
    if (!is_time_unit(name)) read_use(reader, name, value, length);
  }
  return length;
}

// `whichever`, `meter` and `restart` mean something only beside what they speak of.
void check_parts(Reader& reader, const Interval& anchor) {
  const bool by_use = anchor.by_use();
  const bool by_time = !anchor.every.time.zero() || (anchor.first && !anchor.first->time.zero());
  const auto both = [](const Interval::Length& length) { return length.use && !length.time.zero(); };
  if (by_use && anchor.restart == Interval::Restart::scheduled) {
    reader.problem("restart = \"scheduled\" goes with spans of time, not with use: use has no dates to keep",
                   reader.find("restart")->key_where);
  }
  for (const char* key : {"meter", "plausible"}) {
    if (by_use || !by_time || !reader.has(key)) continue;
    reader.problem("'" + std::string(key) + "' goes with a use part, such as every = { months = 12, km = 15000 }",
                   reader.find(key)->key_where);
  }
  if ((by_use || by_time) && reader.has("whichever") && !both(anchor.every) && !(anchor.first && both(*anchor.first))) {
    reader.problem("'whichever' goes with both time and use, such as every = { months = 12, km = 15000 }",
                   reader.find("whichever")->key_where);
  }
  if (anchor.first && anchor.every.use && anchor.first->use && anchor.every.unit != anchor.first->unit) {
    reader.problem("'every' counts " + in_quotes(anchor.every.unit) + " and 'first' counts " +
                       in_quotes(anchor.first->unit) + ": expected one kind of use",
                   reader.find("first")->where);
  }
}

}  // namespace

Interval read_interval(Reader& reader) {
  Interval anchor;
  if (auto every = read_length(reader, "every")) anchor.every = std::move(*every);
  anchor.first = read_length(reader, "first");
  anchor.since = reader.texts("since");
  if (!reader.has("since")) {
    reader.problem("'every' needs 'since', the event kinds it counts from, such as since = \"service\"",
                   reader.find("every")->key_where);
  }
  anchor.meter = reader.text("meter").value_or(anchor.every.use ? anchor.every.unit
                                               : anchor.first   ? anchor.first->unit
                                                                : std::string());
  if (const auto word = reader.word("whichever", {"first", "later"})) {
    anchor.whichever = static_cast<Interval::Whichever>(*word);
  }
  if (const auto word = reader.word("restart", {"actual", "scheduled"})) {
    anchor.restart = static_cast<Interval::Restart>(*word);
  }
  if (const Node* plausible = reader.find("plausible")) {
    constexpr double most = 1e15;
    const double amount = number_in(*plausible).value_or(0);
    if (!(amount > 0) || amount > most) {
      reader.expected("plausible", "the most use that there can be in a day, such as 1000", *plausible);
    } else {
      anchor.plausible = amount;
    }
  }
  check_parts(reader, anchor);
  return anchor;
}

}  // namespace courtesy
