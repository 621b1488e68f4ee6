// Finds the rows of a column whose cells are wanted, many rows at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace courtesy {

class RowFilter {
 public:
  static constexpr std::size_t most_rows = 4096;

  RowFilter() = default;
  // Cell first_cell + i is wanted where wanted[i] is 1, and not where it is 0. All cells must be among these.
  RowFilter(std::int32_t first_cell, std::vector<std::uint8_t> wanted);

  // Whether no cell is wanted.
  [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
  // The positions of wanted cells, in order, at the beginning of `rows`; how many they are. Of at most most_rows cells.
  std::size_t find(std::span<const std::int32_t> cells, std::uint32_t* rows) const;
  std::size_t find(std::span<const std::uint16_t> cells, std::uint32_t* rows) const;

 private:
  struct Range {
    std::int32_t from;
    std::uint32_t width;  // one less than the number of cells
  };
  template <typename Cell>
  std::size_t find_among(std::span<const Cell> cells, std::uint32_t* rows) const;

  std::int32_t first_cell_ = 0;
  std::vector<std::uint8_t> wanted_;
  std::vector<Range> ranges_;
};

}  // namespace courtesy
