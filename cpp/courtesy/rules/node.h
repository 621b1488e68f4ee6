// A tree of plain values with the places they were written at: what TOML text and Python objects both become.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/time/civil.h>

namespace courtesy {

struct Node {
  using Array = std::vector<Node>;
  using Entries = std::vector<std::pair<std::string, Node>>;  // a table, in the order written

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Day, TimeOfDay, Instant, WallTime, Array,
               Entries>
      value;
  Where where;  // of the value; for a table's entry `key_where` is the key's place
  Where key_where;

  [[nodiscard]] const Node* find(std::string_view key) const;  // in a table; nullptr where absent
  [[nodiscard]] std::string_view type_name() const;            // "a text", "a whole number", "a list", "a table", …
};

}  // namespace courtesy
