// A customer who is to be forgotten.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/store/file_lock.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

struct Erased {
  std::optional<std::int64_t> number;
  std::string tombstone;       // in hex
  std::function<void()> also;  // done before, in the same transaction; only where there is a number
};

// Takes the customer of that number out of every table, and out of what other customers' rows say of them; keeps the
// tombstone, a keyed hash of the id in hex, by which later rows of them are known; then writes the file anew and
// empties its WAL, so that no byte of them is left in a free page. Without a number only the latter. Throws
// Error{store} where somebody who reads keeps the WAL in use.
void erase_customer(Database& database, FileLock& lock, const Erased& erased);

[[nodiscard]] std::vector<std::string> tombstones(Database& database);  // in hex

}  // namespace courtesy
