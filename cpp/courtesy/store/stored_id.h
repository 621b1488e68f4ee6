// Ids as the file keeps them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <courtesy/base/column.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

// What a text says as an id: a whole number where it is written as one is, else a text; nothing where it is empty.
[[nodiscard]] StoredId stored_id(std::string_view text);
// The id in a cell of a table: whole numbers also where they are given as numbers with a fraction of nothing.
[[nodiscard]] StoredId id_in(const Cell& cell);

[[nodiscard]] std::string text_of(const StoredId& id);  // decimal digits of a whole number; empty where there is none

struct StoredIdHash {
  [[nodiscard]] std::size_t operator()(const StoredId& id) const;
};

}  // namespace courtesy
