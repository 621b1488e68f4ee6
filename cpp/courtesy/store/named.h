// The customers and assets that the rows of a table name, as small tables: what `plan` would be given beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <courtesy/base/column.h>
#include <courtesy/store/record_table.h>

namespace courtesy {

struct Named {
  Table customers;                    // id, and zone where customers have one
  std::optional<Table> assets;        // id, customer
  std::vector<std::int64_t> numbers;  // by row of `customers`, rising; the erased ones stand last, with 0
  // Assets that no table of assets was ever given for, and their owners' rows of `customers`.
  std::vector<std::pair<StoredId, std::size_t>> new_assets;
};

// `erased`: ids of customers who are known and not in the store. `name_assets`: whether its rows name assets, in a
// column `asset`. Where a table of assets was given once (`assets_given`), assets that are not in it are unknown.
[[nodiscard]] Named named_by(const Table& table, Database& database, RecordTable& customers, bool name_assets,
                             bool assets_given, const std::unordered_set<std::string>& erased);

}  // namespace courtesy
