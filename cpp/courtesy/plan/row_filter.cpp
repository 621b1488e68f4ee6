#include <courtesy/plan/row_filter.h>

#include <array>
#include <bit>
#include <cstring>

namespace courtesy {
namespace {

// As many ranges are compared faster than a table is looked up.
constexpr std::size_t few_ranges = 3;

using Flags = std::array<std::uint8_t, RowFilter::most_rows>;

template <typename Cell>
void flag_range(std::span<const Cell> cells, std::int32_t from, std::uint32_t width, bool add, Flags& flags) {
  const Cell* __restrict in = cells.data();
  std::uint8_t* __restrict out = flags.data();
  const std::size_t count = cells.size();
  // 16 bits hold the difference of cells of 16 bits, and so many more are compared at once.
  using Bits = std::make_unsigned_t<Cell>;
  const auto low = static_cast<Bits>(from);
  const auto most = static_cast<Bits>(width);
  if (add) {
    for (std::size_t i = 0; i < count; ++i) {
      out[i] = static_cast<std::uint8_t>(out[i] | (static_cast<Bits>(static_cast<Bits>(in[i]) - low) <= most));
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      out[i] = static_cast<std::uint8_t>(static_cast<Bits>(static_cast<Bits>(in[i]) - low) <= most);
    }
  }
}

// The positions of the flags that are 1.
std::size_t positions(const Flags& flags, std::size_t count, std::uint32_t* rows) {
  std::size_t found = 0;
  std::size_t i = 0;
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    constexpr std::size_t bits = 64;
    // Gathers the lowest bit of each byte.
    constexpr std::uint64_t gather = 0x0102'0408'1020'4080;
    for (; i + bits <= count; i += bits) {
      std::uint64_t mask = 0;
      for (std::size_t part = 0; part < bits / word; ++part) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, flags.data() + i + part * word, word);
        mask |= bytes * gather >> 56U << (part * word);
      }
      for (; mask != 0; mask &= mask - 1) {
        rows[found++] = static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(std::countr_zero(mask));
      }
    }
  }
  for (; i < count; ++i) {
    if (flags[i] != 0) rows[found++] = static_cast<std::uint32_t>(i);
  }
  return found;
}

}  // namespace

RowFilter::RowFilter(std::int32_t first_cell, std::vector<std::uint8_t> wanted)
    : first_cell_(first_cell), wanted_(std::move(wanted)) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (wanted_[i] == 0) continue;
    if (i != 0 && wanted_[i - 1] != 0) {
      ++ranges_.back().width;
    } else {
      ranges_.push_back({first_cell + static_cast<std::int32_t>(i), 0});
    }
  }
}

template <typename Cell>
std::size_t RowFilter::find_among(std::span<const Cell> cells, std::uint32_t* rows) const {
  if (empty()) return 0;
  Flags flags;
  if (ranges_.size() <= few_ranges) {
    for (std::size_t r = 0; r < ranges_.size(); ++r) {
      flag_range(cells, ranges_[r].from, ranges_[r].width, r != 0, flags);
    }
  } else {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      flags[i] = wanted_[static_cast<std::uint32_t>(std::int32_t{cells[i]} - first_cell_)];
    }
  }
  return positions(flags, cells.size(), rows);
}

std::size_t RowFilter::find(std::span<const std::int32_t> cells, std::uint32_t* rows) const {
  return find_among(cells, rows);
}

std::size_t RowFilter::find(std::span<const std::uint16_t> cells, std::uint32_t* rows) const {
  return find_among(cells, rows);
}

}  // namespace courtesy
