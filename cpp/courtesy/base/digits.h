// Decimal digits of ids, written where they belong.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace courtesy {

inline constexpr std::size_t most_digits = 20;  // of a 64-bit integer, its sign included

// Writes the number's digits at `at`, where there must be room for most_digits, and gives their end. Ids of up to
// eight digits take no division and no branch: Paul Khuong, "How to print integers really fast" (pvk.ca, 2017).
inline char* put_digits(char* at, std::int64_t number) {
  constexpr std::uint64_t small = std::endian::native == std::endian::little ? 100'000'000 : 0;
  if (static_cast<std::uint64_t>(number) >= small) return std::to_chars(at, at + most_digits, number).ptr;
  const auto whole = static_cast<std::uint32_t>(number);
  // Two lanes of four digits, then four of two, then eight of one; the first digit in the lowest byte.
  const std::uint64_t fours = whole / 10'000 | std::uint64_t{whole % 10'000} << 32U;
  const std::uint64_t hundreds = (fours * 10'486U) >> 20U & 0x0000'007F'0000'007F;
  const std::uint64_t twos = hundreds | (fours - hundreds * 100U) << 16U;
  const std::uint64_t tens = (twos * 103U) >> 10U & 0x000F'000F'000F'000F;
  const std::uint64_t ones = tens | (twos - tens * 10U) << 8U;
  // The last digit is kept even where it is a zero.
  const int leading = std::countr_zero(ones | std::uint64_t{1} << 56U) & ~7;
  const std::uint64_t text = (ones | 0x3030'3030'3030'3030) >> leading;
  std::memcpy(at, &text, sizeof text);
  return at + (64 - leading) / 8;
}

}  // namespace courtesy
