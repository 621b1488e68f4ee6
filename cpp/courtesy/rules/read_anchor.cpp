#include <algorithm>

#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

struct AnchorKeys {
  std::string anchor;
  std::vector<std::string> others;
};

const std::vector<AnchorKeys>& anchors() {
  static const std::vector<AnchorKeys> all = {
      {"on", {"after", "repeat", "times"}},
      {"yearly", {"of", "milestones", "leap"}},
      {"every", {"since", "first", "meter", "plausible", "whichever", "restart"}},
      {"rrule", {"start", "rdate", "exdate", "match"}},
      {"silent", {"since"}},
      {"due", {"target", "against"}},
  };
  return all;
}

AfterEvent read_after(Reader& reader) {
  constexpr std::int64_t most_times = 1'000;
  AfterEvent anchor;
  anchor.kinds = reader.texts("on");
  anchor.after = reader.span("after").value_or(Span{});
  if (const Node* repeat = reader.find("repeat")) {
    anchor.repeat = reader.days_of(*repeat, "repeat", "a span such as '3 days'");
  }
  if (const auto times = reader.integer("times", 1, most_times)) anchor.times = static_cast<int>(*times);
  if (const Node* times = reader.find("times"); times != nullptr && !reader.has("repeat")) {
    reader.problem("'times' says how often it repeats; write repeat = \"3 days\" beside it", times->key_where);
  }
  if (anchor.repeat && !anchor.times && !reader.has("until") && !reader.has("times")) {
    reader.warn("'repeat' goes on for ever, as neither 'times' nor 'until' ends it", reader.find("repeat")->key_where);
  }
  // The breach of a promise would have the key of the promise.
  const auto promised = std::find_if(anchor.kinds.begin(), anchor.kinds.end(), [](const std::string& kind) {
    return kind == "promise" || kind == "renegotiated";
  });
  if (anchor.hears_breaches() && promised != anchor.kinds.end()) {
    reader.problem("'on': 'broken' hears of each promise that is broken, so '" + *promised +
                       "' cannot stand beside it; make an occasion of each",
                   reader.find("on")->where);
  }
  return anchor;
}

std::vector<int> read_milestones(Reader& reader) {
  std::vector<int> out;
  const Node* node = reader.find("milestones");
  if (node == nullptr) return out;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr || items->empty()) {
    reader.expected("milestones", "a list of years such as [1, 5, 10]", *node);
    return out;
  }
  for (const Node& item : *items) {
    constexpr std::int64_t most = 9'999;
    const auto* years = std::get_if<std::int64_t>(&item.value);
    if (years == nullptr || *years < 1 || *years > most) {
      reader.expected("milestones", "whole numbers of years from 1 to " + std::to_string(most), item);
    } else {
      out.push_back(static_cast<int>(*years));
    }
  }
  std::sort(out.begin(), out.end());
  const auto twice = std::adjacent_find(out.begin(), out.end());
  if (twice != out.end()) reader.problem("'milestones': " + std::to_string(*twice) + " is in it twice", node->where);
  return out;
}

Yearly read_yearly(Reader& reader) {
  Yearly anchor;
  anchor.kind = reader.text("yearly").value_or("");
  anchor.birthday = anchor.kind == "birthday";
  if (const Node* of = reader.find("of"); of != nullptr && anchor.birthday) {
    reader.problem("'of' goes with a kind of event; a customer has one birthday", of->key_where);
  }
  if (const auto word = reader.word("of", {"first", "last", "each"})) anchor.of = static_cast<Yearly::Of>(*word);
  if (const auto word = reader.word("leap", {"feb28", "mar1", "skip"})) anchor.leap = static_cast<Leap>(*word);
  anchor.milestones = read_milestones(reader);
  return anchor;
}

// Whether one of the keys is an anchor misspelt: that problem then says it all.
bool misspelt_anchor(const Reader& reader) {
  const auto* entries = std::get_if<Node::Entries>(&reader.table().value);
  std::vector<std::string> names;
  for (const AnchorKeys& keys : anchors()) names.push_back(keys.anchor);
  return entries != nullptr && std::any_of(entries->begin(), entries->end(), [&](const auto& entry) {
           return entry.first != "of" && !nearest(entry.first, names).empty();
         });
}

bool has_key(const AnchorKeys& anchor, const std::string& key) {
  return std::find(anchor.others.begin(), anchor.others.end(), key) != anchor.others.end();
}

// "'every' and 'silent'": the anchors that have the key.
std::string owners_of(const std::string& key) {
  std::string out;
  for (const AnchorKeys& keys : anchors()) {
    if (has_key(keys, key)) out += (out.empty() ? "'" : " and '") + keys.anchor + "'";
  }
  return out;
}

// Keys of another anchor are not unknown, they are in the wrong place.
void refuse_keys_of_others(Reader& reader, const AnchorKeys& anchor) {
  std::vector<std::string> told{"after"};  // the single step's
  for (const AnchorKeys& other : anchors()) {
    for (const std::string& key : other.others) {
      const Node* node = reader.find(key);
      if (node == nullptr || has_key(anchor, key)) continue;
      if (std::find(told.begin(), told.end(), key) != told.end()) continue;
      reader.problem("'" + key + "' goes with " + owners_of(key) + ", not with '" + anchor.anchor + "'",
                     node->key_where);
      told.push_back(key);
    }
  }
}

}  // namespace

std::optional<Anchor> read_anchor(Reader& reader) {
  std::vector<const AnchorKeys*> found;
  std::string names;
  for (const AnchorKeys& keys : anchors()) {
    if (!reader.has(keys.anchor)) continue;
    found.push_back(&keys);
    names += (names.empty() ? "'" : " and '") + keys.anchor + "'";
  }
  if (found.empty()) {
    if (!misspelt_anchor(reader)) {
      reader.problem(
          "it has no anchor: expected one of on = \"purchase\", yearly = \"birthday\", every = \"6 months\", rrule = "
          "\"FREQ=MONTHLY;BYDAY=1TU\", silent = \"180 days\" or due = \"promise\"",
          reader.table().where);
    }
    return std::nullopt;
  }
  if (found.size() > 1) {
    reader.problem("expected one anchor, found " + names + "; make an occasion of each",
                   reader.find(found[1]->anchor)->key_where);
    return std::nullopt;
  }
  refuse_keys_of_others(reader, *found.front());
  if (found.front()->anchor == "on") return read_after(reader);
  if (found.front()->anchor == "yearly") return read_yearly(reader);
  if (found.front()->anchor == "rrule") return read_recurring(reader);
  if (found.front()->anchor == "silent") return read_lapse(reader);
  if (found.front()->anchor == "due") return read_deadline(reader);
  return read_interval(reader);
}

}  // namespace courtesy
