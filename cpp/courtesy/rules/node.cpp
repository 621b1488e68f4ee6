#include <courtesy/rules/node.h>

#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

#include <courtesy/in_quotes.h>

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
  constexpr std::string_view names[] = {"nothing",     "a boolean", "a whole number", "a number",
                                        "a text",      "a date",    "a time of day",  "a date-time with an offset",
                                        "a date-time", "a list",    "a table"};
  static_assert(std::size(names) == std::variant_size_v<decltype(value)>);
  return names[value.index()];
}

std::optional<double> number_in(const Node& node) {
  if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&node.value);
  return real != nullptr && std::isfinite(*real) ? std::optional(*real) : std::nullopt;
}

std::string shown(const Node& node) {
  return std::visit(
      [&](const auto& value) -> std::string {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          return value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return std::to_string(value);
        } else if constexpr (std::is_same_v<T, double>) {
          return number_text(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
          if (value.empty()) return "an empty text";
          if (value.find_first_not_of(" \t\r\n") == std::string::npos) return "a blank text";
          return in_quotes(value);
        } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant> || std::is_same_v<T, WallTime>) {
          return iso_text(value);
        } else if constexpr (std::is_same_v<T, TimeOfDay>) {
          return clock_text(value);
        } else if constexpr (std::is_same_v<T, Node::Array>) {
          return value.empty() ? "an empty list" : "a list";
        } else if constexpr (std::is_same_v<T, Node::Entries>) {
          return value.empty() ? "an empty table" : "a table";
        } else {
          return std::string(node.type_name());
        }
      },
      node.value);
}

std::string number_text(double number) {
  std::array<char, 32> text{};
  const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} ? std::string(text.data(), end) : std::to_string(number);
}

}  // namespace courtesy
