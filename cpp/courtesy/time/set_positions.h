// BYSETPOS: which of a period's occurrences a rule keeps, counted from 1, or from the end by -1.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include <courtesy/make_set.h>

namespace courtesy {

// The places (from 0) that the positions choose among `size` occurrences, in order, none twice.
[[nodiscard]] inline std::vector<std::int64_t> chosen_places(const std::vector<int>& positions, std::int64_t size) {
  std::vector<std::int64_t> places;
  for (const int position : positions) {
    const std::int64_t place = position > 0 ? position - 1 : size + position;
    if (place >= 0 && place < size) places.push_back(place);
  }
  make_set(places);
  return places;
}

// The bits that the positions choose, where `before` of the period's `size` occurrences come before the lowest bit.
[[nodiscard]] inline std::uint64_t chosen_bits(std::uint64_t bits, const std::vector<int>& positions, int before,
                                               int size) {
  std::uint64_t chosen = 0;
  const int here = std::popcount(bits);
  for (const int position : positions) {
    const int place = (position > 0 ? position - 1 : size + position) - before;
    if (place < 0 || place >= here) continue;
    std::uint64_t left = bits;
    for (int skipped = 0; skipped < place; ++skipped) left &= left - 1;
    chosen |= left & (~left + 1);
  }
  return chosen;
}

}  // namespace courtesy
