#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace courtesy {
namespace {

struct AnchorKeys {
  const char* anchor;
  std::vector<std::string> others;
};

const std::vector<AnchorKeys>& anchors() {
  static const std::vector<AnchorKeys> all = {
      {"on", {"after"}},
      {"yearly", {"of", "milestones", "leap"}},
      {"every", {"since", "first", "meter", "whichever", "restart"}},
  };
  return all;
}

AfterEvent read_after(Reader& reader) {
  AfterEvent anchor;
  anchor.kind = reader.text("on").value_or("");
  anchor.after = reader.span("after").value_or(Span{});
  return anchor;
}

Yearly read_yearly(Reader& reader) {
  Yearly anchor;
  anchor.kind = reader.text("yearly").value_or("");
  anchor.birthday = anchor.kind == "birthday";
  if (const Node* of = reader.table().find("of"); of != nullptr && anchor.birthday) {
    reader.problem("'of' goes with an event; a birthday comes once", of->where);
  }
  if (const auto word = reader.word("of", {"first", "last", "each"})) anchor.of = static_cast<Yearly::Of>(*word);
  if (const auto word = reader.word("leap", {"feb28", "mar1", "skip"})) anchor.leap = static_cast<Leap>(*word);
  if (const Node* node = reader.take("milestones")) {
    const auto* items = std::get_if<Node::Array>(&node->value);
    if (items == nullptr || items->empty()) {
      reader.expected("milestones", "a list of years such as [1, 5, 10]", *node);
    } else {
      for (const Node& item : *items) {
        constexpr std::int64_t longest = 8'400;
        const auto* years = std::get_if<std::int64_t>(&item.value);
        if (years == nullptr || *years < 1 || *years > longest) {
          reader.expected("milestones", "whole numbers of years, 1 or more", item);
        } else {
          anchor.milestones.push_back(static_cast<int>(*years));
        }
      }
      std::sort(anchor.milestones.begin(), anchor.milestones.end());
    }
  }
  return anchor;
}

// { months = 12, km = 15000 }, or "12 months".
std::optional<Interval::Length> read_length(Reader& occasion, std::string_view key) {
  const Node* node = occasion.take(key);
  if (node == nullptr) return std::nullopt;
  Interval::Length length;
  const auto* entries = std::get_if<Node::Entries>(&node->value);
  if (entries == nullptr) {
    const auto span = occasion.span_of(*node, key);
    if (!span) return std::nullopt;
    if (!span->whole_days()) {
      occasion.problem("'" + std::string(key) + "': expected whole days or longer, found " + shown(*node),
                       node->where);
    } else if (span->zero()) {
      occasion.problem("'" + std::string(key) + "': expected more than nothing, found " + shown(*node), node->where);
    }
    length.time = *span;
    return length;
  }
  constexpr std::array<std::pair<const char*, int>, 4> units = {{{"years", 12}, {"months", 1}, {"weeks", 7}, {"days", 1}}};
  Reader reader(*node, occasion.context() + ", " + std::string(key), occasion.problems());
  constexpr std::int64_t longest = 100'000;
  for (const auto& [name, factor] : units) {
    const auto count = reader.integer(name, 1, longest);
    if (!count) continue;
    const int amount = static_cast<int>(*count) * factor;
    (std::string_view(name) == "years" || std::string_view(name) == "months" ? length.time.months
                                                                              : length.time.days) += amount;
  }
  for (const auto& [name, value] : *entries) {
    const auto is_unit = [&, &own = name](const auto& unit) { return own == unit.first; };
    if (std::any_of(units.begin(), units.end(), is_unit)) continue;
    (void)reader.take(name);
    double amount = std::nan("");
    if (const auto* whole = std::get_if<std::int64_t>(&value.value)) amount = static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value.value)) amount = *real;
    if (!std::isfinite(amount) || amount <= 0) {
      reader.expected(name, "an amount of use above zero", value);
    } else if (length.use) {
      reader.problem("an interval counts one kind of use, found both '" + length.unit + "' and '" + name + "'",
                     value.where);
    } else {
      length.use = amount;
      length.unit = name;
    }
  }
  if (entries->empty()) occasion.expected(key, "a table such as { months = 12, km = 15000 }", *node);
  return length;
}

Interval read_interval(Reader& reader) {
  Interval anchor;
  if (auto every = read_length(reader, "every")) anchor.every = std::move(*every);
  anchor.first = read_length(reader, "first");
  anchor.since = reader.texts("since");
  if (!reader.has("since")) {
    reader.problem("'every' needs 'since', the event kinds it counts from, such as since = \"service\"",
                   reader.table().find("every")->where);
  }
  if (auto meter = reader.text("meter")) anchor.meter = std::move(*meter);
  if (const auto word = reader.word("whichever", {"first", "later"})) {
    anchor.whichever = static_cast<Interval::Whichever>(*word);
  }
  if (const auto word = reader.word("restart", {"actual", "scheduled"})) {
    anchor.restart = static_cast<Interval::Restart>(*word);
  }
  const bool by_use = anchor.every.use || (anchor.first && anchor.first->use);
  if (by_use && anchor.restart == Interval::Restart::scheduled) {
    reader.problem("restart = \"scheduled\" goes with spans of time, not with use; a schedule has dates",
                   reader.table().find("restart")->where);
  }
  if (anchor.meter.empty()) anchor.meter = anchor.every.use ? anchor.every.unit : (anchor.first ? anchor.first->unit : "");
  if (!by_use && reader.has("meter")) {
    reader.problem("'meter' goes with a use part, such as every = { months = 12, km = 15000 }",
                   reader.table().find("meter")->where);
  }
  return anchor;
}

}  // namespace

std::optional<Anchor> read_anchor(Reader& reader) {
  std::vector<const AnchorKeys*> found;
  for (const AnchorKeys& keys : anchors()) {
    if (reader.has(keys.anchor)) found.push_back(&keys);
  }
  const Where& place = reader.table().where;
  for (const char* later : {"rrule", "silent", "due", "target", "gestures", "cost"}) {
    if (const Node* node = reader.take(later)) {
      reader.problem(std::string("this version has no '") + later +
                         "'; it has the anchors on (after an event), yearly (an anniversary) and every (an interval)",
                     node->key_where);
      return std::nullopt;
    }
  }
  if (found.empty()) {
    reader.problem("it has no anchor: expected one of on = \"purchase\", yearly = \"birthday\" or every = \"6 months\"",
                   place);
    return std::nullopt;
  }
  if (found.size() > 1) {
    reader.problem(std::string("it has two anchors, '") + found[0]->anchor + "' and '" + found[1]->anchor +
                       "'; make two occasions of it",
                   reader.table().find(found[1]->anchor)->key_where);
    return std::nullopt;
  }
  // Keys of another anchor are not unknown, they are in the wrong place.
  for (const AnchorKeys& keys : anchors()) {
    if (&keys == found.front()) continue;
    for (const std::string& key : keys.others) {
      const auto& own = found.front()->others;
      if (std::find(own.begin(), own.end(), key) != own.end()) continue;
      if (key == "after" && std::string_view(found.front()->anchor) != "on") continue;  // the single step's
      if (const Node* node = reader.take(key)) {
        reader.problem("'" + key + "' goes with '" + keys.anchor + "', not with '" + found.front()->anchor + "'",
                       node->key_where);
      }
    }
  }
  const std::string_view anchor = found.front()->anchor;
  if (anchor == "on") return read_after(reader);
  if (anchor == "yearly") return read_yearly(reader);
  return read_interval(reader);
}

}  // namespace courtesy
