// match = { least = 1, tags = true, assets = "model", near = "postcode" }, or { club = "Sunday drivers" }, beside an
// rrule: who is introduced to whom.
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr const char* pair_form = "match = { tags = true, near = \"postcode\" }";

void read_tags(Reader& reader, Match& match) {
  const Node* node = reader.find("tags");
  if (node == nullptr) return;
  if (const auto* flag = std::get_if<bool>(&node->value)) {
    match.any_tags = *flag;
    return;
  }
  const bool texts =
      std::holds_alternative<std::string>(node->value) || std::holds_alternative<Node::Array>(node->value);
  if (texts) {
    match.tags = reader.texts("tags");
  } else {
    reader.expected("tags", "true, a tag or a list of tags", *node);
  }
}

void check_club(Reader& reader, const Match& match) {
  for (const char* key : {"least", "assets", "near"}) {
    if (const Node* node = reader.find(key)) {
      reader.problem(std::string("'") + key + "' goes with introductions to each other, not with a 'club'",
                     node->key_where);
    }
  }
  if (match.any_tags) {
    reader.expected("tags", "the tags of those whom the club is for, or nothing for everybody", *reader.find("tags"));
  }
}

void check_pairs(Reader& reader, Match& match) {
  const bool counts = match.any_tags || reader.has("assets") || !match.tags.empty();
  constexpr std::int64_t most = 1'000;
  if (!reader.has("least")) {
    match.least = counts ? 1 : 0;
  } else if (const auto least = reader.integer("least", 0, most)) {
    match.least = static_cast<int>(*least);
    if (!counts && match.least > 0) {
      reader.problem("'least' counts shared tags and cells of assets; give 'tags', 'assets' or both",
                     reader.find("least")->key_where);
    }
  }
  if (match.least == 0 && !reader.has("near")) {
    reader.problem(
        std::string("nothing says who is like whom: give 'tags' or 'assets' that are shared, or 'near'; write ") +
            pair_form,
        reader.table().where);
  }
}

// The topic of a contact says which gesture it brought, or whom it introduced.
void refuse_gestures(Reader& occasion) {
  std::vector<const Node*> tables{&occasion.table()};
  const Node* steps = occasion.find("steps");
  const auto* items = steps == nullptr ? nullptr : std::get_if<Node::Array>(&steps->value);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) tables.push_back(&(*items)[i]);
  for (const Node* table : tables) {
    const Node* gestures = table->find("gestures");
    if (gestures == nullptr) continue;
    occasion.problem("'gestures' do not go with a 'match'; make an occasion of each", gestures->key_where);
  }
}

}  // namespace

std::optional<Match> read_match(Reader& occasion) {
  const Node* node = table_in(occasion, "match", "{ tags = true, near = \"postcode\" }");
  if (node == nullptr) return std::nullopt;
  Reader reader(*node, occasion.context() + ", match", occasion.problems());
  refuse_gestures(occasion);
  Match match;
  match.club = reader.name("club").value_or("");
  read_tags(reader, match);
  match.assets = reader.text("assets").value_or("");
  match.near = reader.text("near").value_or("");
  if (reader.has("club")) {
    check_club(reader, match);
  } else {
    check_pairs(reader, match);
  }
  reader.refuse_unknown({"club", "least", "tags", "assets", "near"});
  return match;
}

}  // namespace courtesy
