#include <courtesy/rules/node.h>

namespace courtesy {

const Node* Node::find(std::string_view key) const {
  const auto* entries = std::get_if<Entries>(&value);
  if (entries == nullptr) return nullptr;
  for (const auto& [name, node] : *entries) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::string_view Node::type_name() const {
  constexpr std::string_view names[] = {"nothing", "a boolean", "a whole number", "a number",
                                        "a text",  "a date",    "a time of day",  "a date-time with an offset",
                                        "a date-time", "a list", "a table"};
  static_assert(std::size(names) == std::variant_size_v<decltype(value)>);
  return names[value.index()];
}

}  // namespace courtesy
