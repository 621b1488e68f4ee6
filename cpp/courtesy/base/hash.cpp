#include <courtesy/base/hash.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace courtesy {

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

void append_hex(Hash128 hash, std::string& out) {
  static constexpr char digits[] = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) out += digits[(hash.high >> shift) & 15U];
  for (int shift = 60; shift >= 0; shift -= 4) out += digits[(hash.low >> shift) & 15U];
}

}  // namespace courtesy
