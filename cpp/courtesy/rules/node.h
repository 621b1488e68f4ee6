// A tree of plain values with the places they were written at: what TOML text and Python objects both become.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

// A place in a text: line and column, both from 1. What was made of objects has none: 0.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

// One value. A tree has the keys of a rule file: its root is a table with `shop`, `policy` and `occasion`, and
// `occasion` is a list of tables. Whole numbers, texts, dates and times may come as TOML or Python has them;
// nothing (std::monostate) is what Python's None becomes, and is right for no key.
struct Node {
  using Array = std::vector<Node>;
  using Entries = std::vector<std::pair<std::string, Node>>;  // a table, in the order written

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Day, TimeOfDay, Instant, WallTime, Array,
               Entries>
      value;
  Place where;      // of the value
  Place key_where;  // of the key, where it is a table's entry

  [[nodiscard]] const Node* find(std::string_view key) const;  // in a table; nullptr where absent
  [[nodiscard]] std::string_view type_name() const;            // "a text", "a whole number", "a list", "a table", …
};

// The number that it holds, whole or not; nothing where it is another value, or not finite.
[[nodiscard]] std::optional<double> number_in(const Node& node);

// The value as a message may show it, short and without control characters: "'abc'", "12", "10:00", "a list".
[[nodiscard]] std::string shown(const Node& node);

// The shortest text that reads back as this number: "0.1", "15000", "nan".
[[nodiscard]] std::string number_text(double number);

}  // namespace courtesy
