// How a column's cells lie in memory: Arrow layouts, chunk by chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <courtesy/base/column.h>

namespace courtesy {

enum class Layout : std::uint8_t {
  null,
  bits,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  decimal128,
  text32,
  text64,
  text_view,
  list32,
  list64,
  dictionary,
};

// One chunk of cells. Pointers are into memory that Data::owner keeps alive.
struct Chunk {
  std::size_t rows = 0;
  std::size_t offset = 0;                  // of the first cell in the buffers
  const std::uint8_t* validity = nullptr;  // null: every cell is filled
  const void* cells = nullptr;             // values; for texts and lists the offsets, for views the views
  const void* bytes = nullptr;             // of texts
  const void* const* view_buffers = nullptr;
  std::shared_ptr<const Chunk> child;  // a dictionary's values, a list's items

  [[nodiscard]] bool filled(std::size_t row) const {
    if (validity == nullptr) return true;
    const std::size_t bit = offset + row;
    return (validity[bit / 8] >> (bit % 8) & 1U) != 0;
  }
};

struct Column::Data {
  Layout layout = Layout::null;
  Layout child_layout = Layout::null;  // of a dictionary's values or a list's items
  Layout index_layout = Layout::null;  // of a dictionary's indices
  // Times: ticks are multiplied by `scale_up` and divided (towards the past) by `scale_down` to microseconds,
  // days or minutes. Decimals: divided by 10^decimal_scale.
  std::int64_t scale_up = 1;
  std::int64_t scale_down = 1;
  int decimal_scale = 0;
  std::vector<Chunk> chunks;
  std::vector<std::size_t> starts;  // the first row of each chunk
  std::size_t rows = 0;
  std::size_t nulls = 0;
  std::vector<std::shared_ptr<const void>> owners;

  void add(Chunk chunk);
};

[[nodiscard]] std::int64_t integer_at(const Chunk& chunk, Layout layout, std::size_t row);
[[nodiscard]] double real_at(const Chunk& chunk, Layout layout, std::size_t row, int decimal_scale);
[[nodiscard]] std::string_view text_at(const Chunk& chunk, Layout layout, std::size_t row);

// The cells of a column of 64-bit integers in one chunk without an empty one; else null.
[[nodiscard]] const std::int64_t* plain_integers(const Column* column);

inline std::int64_t scaled(const Column::Data& data, std::int64_t ticks) {
  if (data.scale_down != 1) {
    const std::int64_t quotient = ticks / data.scale_down;
    return quotient - (ticks % data.scale_down < 0 ? 1 : 0);
  }
  return ticks * data.scale_up;
}

// Calls take(row, filled, value) for each row of a column of integers, dates, instants, wall times or times of day,
// with ticks in days, microseconds or minutes.
template <typename Take>
void each_integer(const Column& column, Take&& take) {
  const Column::Data& data = column.data();
  std::size_t row = 0;
  const auto walk = [&](const Chunk& chunk, const auto* cells) {
    for (std::size_t i = 0; i < chunk.rows; ++i, ++row) {
      const bool filled = chunk.filled(i);
      take(row, filled, filled ? scaled(data, static_cast<std::int64_t>(cells[chunk.offset + i])) : std::int64_t{0});
    }
  };
  for (const Chunk& chunk : data.chunks) {
    switch (data.layout) {
      case Layout::int64:
        walk(chunk, static_cast<const std::int64_t*>(chunk.cells));
        break;
      case Layout::int32:
        walk(chunk, static_cast<const std::int32_t*>(chunk.cells));
        break;
      default:
        for (std::size_t i = 0; i < chunk.rows; ++i, ++row) {
          const bool filled = data.layout != Layout::null && chunk.filled(i);
          std::int64_t value = 0;
          bool present = filled;
          if (filled && data.layout == Layout::dictionary) {
            const auto index = static_cast<std::size_t>(integer_at(chunk, data.index_layout, i));
            present = chunk.child->filled(index);
            if (present) value = scaled(data, integer_at(*chunk.child, data.child_layout, index));
          } else if (filled) {
            value = scaled(data, integer_at(chunk, data.layout, i));
          }
          take(row, present, value);
        }
    }
  }
}

// Calls take(row, filled, text) for each row of a column of texts.
template <typename Take>
void each_text(const Column& column, Take&& take) {
  const Column::Data& data = column.data();
  std::size_t row = 0;
  for (const Chunk& chunk : data.chunks) {
    for (std::size_t i = 0; i < chunk.rows; ++i, ++row) {
      if (data.layout == Layout::null || !chunk.filled(i)) {
        take(row, false, std::string_view{});
      } else if (data.layout == Layout::dictionary) {
        const auto index = static_cast<std::size_t>(integer_at(chunk, data.index_layout, i));
        const bool filled = chunk.child->filled(index);
        take(row, filled, filled ? text_at(*chunk.child, data.child_layout, index) : std::string_view{});
      } else {
        take(row, true, text_at(chunk, data.layout, i));
      }
    }
  }
}

}  // namespace courtesy
