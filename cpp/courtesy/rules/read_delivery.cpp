// [policy] delivery: whether a channel may say a reminder twice, or rather never.
#include <algorithm>

#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {

std::vector<std::string> read_delivery(Reader& policy) {
  std::vector<std::string> at_most_once;
  const Node* node = table_in(policy, "delivery", "{ sms = \"at_most_once\" }");
  if (node == nullptr) return at_most_once;
  Reader reader(*node, policy.context() + ", delivery", policy.problems());
  std::vector<std::string> seen;
  for (const auto& [key, value] : std::get<Node::Entries>(node->value)) {
    const std::string channel = read_channel(policy, key, "delivery", value.key_where);
    if (channel.empty()) {
      reader.problem("expected the name of a channel, found " + shown(Node{key, {}, {}}), value.key_where);
      continue;
    }
    if (std::find(seen.begin(), seen.end(), channel) != seen.end()) {
      reader.problem(in_quotes(key) + " is the channel " + in_quotes(channel) + ", which is in it already",
                     value.key_where);
    }
    seen.push_back(channel);
    const auto word = reader.word(key, {"at_least_once", "at_most_once"});
    if (word == std::size_t{1}) at_most_once.push_back(channel);
  }
  return at_most_once;
}

bool Policy::may_repeat(std::string_view channel) const {
  return std::none_of(at_most_once.begin(), at_most_once.end(),
                      [&](const std::string& other) { return same_channel(channel, other); });
}

}  // namespace courtesy
