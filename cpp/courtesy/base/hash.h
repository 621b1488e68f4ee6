// 128-bit hashes of bytes, the same on every machine and in every version.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace courtesy {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

// XXH3-128 (stable since xxHash 0.8).
[[nodiscard]] Hash128 hash128(std::string_view bytes);
// A 64-bit hash for tables in memory.
[[nodiscard]] std::uint64_t hash64(std::string_view bytes);
// Appends 32 hex digits.
void append_hex(Hash128 hash, std::string& out);

}  // namespace courtesy
