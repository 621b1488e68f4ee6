#include <courtesy/base/column_data.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace courtesy {
namespace {

// A text view: its length, then either twelve bytes of text or a prefix, a buffer's number and an offset.
struct TextView {
  std::int32_t length;
  char start[4];
  std::int32_t buffer;
  std::int32_t offset;
};
constexpr std::int32_t longest_inline = 12;

std::string_view view_at(const Chunk& chunk, std::size_t row) {
  const auto* views = static_cast<const TextView*>(chunk.cells);
  const TextView& view = views[chunk.offset + row];
  const auto length = static_cast<std::size_t>(view.length);
  if (view.length <= longest_inline) return {reinterpret_cast<const char*>(&view) + sizeof view.length, length};
  const auto* bytes = static_cast<const char*>(chunk.view_buffers[view.buffer]);
  return {bytes + view.offset, length};
}

double decimal_at(const Chunk& chunk, std::size_t row, int scale) {
  const auto* words = static_cast<const std::uint64_t*>(chunk.cells) + 2 * (chunk.offset + row);
  std::uint64_t low = words[0];
  std::uint64_t high = words[1];
  // The magnitude first: a small negative number lies next to 2^128, where a double has no digits left for it.
  const bool negative = high >> 63U != 0;
  if (negative) {
    low = ~low + 1;
    high = ~high + (low == 0 ? 1 : 0);
  }
  constexpr double two_to_64 = 18446744073709551616.0;
  const double magnitude = static_cast<double>(high) * two_to_64 + static_cast<double>(low);
  return (negative ? -magnitude : magnitude) / std::pow(10.0, scale);
}

std::vector<std::string_view> list_at(const Chunk& chunk, const Column::Data& data, std::size_t row) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (data.layout == Layout::list32) {
    const auto* ends = static_cast<const std::int32_t*>(chunk.cells) + chunk.offset + row;
    from = static_cast<std::size_t>(ends[0]);
    to = static_cast<std::size_t>(ends[1]);
  } else {
    const auto* ends = static_cast<const std::int64_t*>(chunk.cells) + chunk.offset + row;
    from = static_cast<std::size_t>(ends[0]);
    to = static_cast<std::size_t>(ends[1]);
  }
  std::vector<std::string_view> items;
  for (std::size_t i = from; i < to; ++i) {
    if (data.child_layout == Layout::null || !chunk.child->filled(i)) continue;
    if (data.child_layout == Layout::dictionary) {
      const auto index = static_cast<std::size_t>(integer_at(*chunk.child, data.index_layout, i));
      items.push_back(text_at(*chunk.child->child, Layout::text64, index));
    } else {
      items.push_back(text_at(*chunk.child, data.child_layout, i));
    }
  }
  return items;
}

}  // namespace

void Column::Data::add(Chunk chunk) {
  starts.push_back(rows);
  rows += chunk.rows;
  if (layout == Layout::null) {
    nulls += chunk.rows;
  } else if (chunk.validity != nullptr) {
    for (std::size_t i = 0; i < chunk.rows; ++i) nulls += chunk.filled(i) ? 0 : 1;
  }
  chunks.push_back(std::move(chunk));
}

bool all_empty(const Column& column) {
  if (column.nulls() == column.rows()) return true;
  if (column.type() != ColumnType::real) return false;
  for (std::size_t row = 0; row < column.rows(); ++row) {
    if (!std::holds_alternative<std::monostate>(column.cell(row))) return false;
  }
  return true;
}

const std::int64_t* plain_integers(const Column* column) {
  if (column == nullptr || column->type() != ColumnType::integer) return nullptr;
  const Column::Data& data = column->data();
  if (data.layout != Layout::int64 || data.nulls != 0 || data.chunks.size() != 1) return nullptr;
  const Chunk& chunk = data.chunks.front();
  return static_cast<const std::int64_t*>(chunk.cells) + chunk.offset;
}

std::int64_t integer_at(const Chunk& chunk, Layout layout, std::size_t row) {
  const std::size_t i = chunk.offset + row;
  switch (layout) {
    case Layout::int8:
      return static_cast<const std::int8_t*>(chunk.cells)[i];
    case Layout::uint8:
      return static_cast<const std::uint8_t*>(chunk.cells)[i];
    case Layout::int16:
      return static_cast<const std::int16_t*>(chunk.cells)[i];
    case Layout::uint16:
      return static_cast<const std::uint16_t*>(chunk.cells)[i];
    case Layout::int32:
      return static_cast<const std::int32_t*>(chunk.cells)[i];
    case Layout::uint32:
      return static_cast<const std::uint32_t*>(chunk.cells)[i];
    case Layout::int64:
      return static_cast<const std::int64_t*>(chunk.cells)[i];
    case Layout::uint64:
      return static_cast<std::int64_t>(static_cast<const std::uint64_t*>(chunk.cells)[i]);
    case Layout::bits:
      return static_cast<const std::uint8_t*>(chunk.cells)[i / 8] >> (i % 8) & 1;
    default:
      return 0;
  }
}

double real_at(const Chunk& chunk, Layout layout, std::size_t row, int decimal_scale) {
  const std::size_t i = chunk.offset + row;
  switch (layout) {
    case Layout::float32:
      return static_cast<double>(static_cast<const float*>(chunk.cells)[i]);
    case Layout::float64:
      return static_cast<const double*>(chunk.cells)[i];
    case Layout::decimal128:
      return decimal_at(chunk, row, decimal_scale);
    default:
      return static_cast<double>(integer_at(chunk, layout, row));
  }
}

std::string_view text_at(const Chunk& chunk, Layout layout, std::size_t row) {
  const auto* bytes = static_cast<const char*>(chunk.bytes);
  if (layout == Layout::text32) {
    const auto* ends = static_cast<const std::int32_t*>(chunk.cells) + chunk.offset + row;
    return {bytes + ends[0], static_cast<std::size_t>(ends[1] - ends[0])};
  }
  if (layout == Layout::text64) {
    const auto* ends = static_cast<const std::int64_t*>(chunk.cells) + chunk.offset + row;
    return {bytes + ends[0], static_cast<std::size_t>(ends[1] - ends[0])};
  }
  return view_at(chunk, row);
}

std::string_view type_name(ColumnType type) {
  switch (type) {
    case ColumnType::null:
      return "nothing (every cell is empty)";
    case ColumnType::boolean:
      return "booleans";
    case ColumnType::integer:
      return "whole numbers";
    case ColumnType::real:
      return "numbers";
    case ColumnType::text:
      return "texts";
    case ColumnType::date:
      return "dates";
    case ColumnType::instant:
      return "timestamps with a zone";
    case ColumnType::wall_time:
      return "timestamps without a zone";
    case ColumnType::time_of_day:
      return "times of day";
    case ColumnType::text_list:
      return "lists of texts";
  }
  return "unknown";
}

Column::Column(std::string name, ColumnType type, std::shared_ptr<const Data> data)
    : name_(std::move(name)), type_(type), data_(std::move(data)) {}

std::size_t Column::rows() const noexcept { return data_->rows; }
std::size_t Column::nulls() const noexcept { return data_->nulls; }

Cell Column::cell(std::size_t row) const {
  std::size_t number = 0;
  if (data_->starts.size() > 1) {
    const auto after = std::upper_bound(data_->starts.begin(), data_->starts.end(), row);
    number = static_cast<std::size_t>(after - data_->starts.begin()) - 1;
  }
  const Chunk* chunk = &data_->chunks[number];
  std::size_t i = row - data_->starts[number];
  Layout layout = data_->layout;
  if (layout == Layout::null || !chunk->filled(i)) return {};
  if (layout == Layout::dictionary) {
    i = static_cast<std::size_t>(integer_at(*chunk, data_->index_layout, i));
    layout = data_->child_layout;
    chunk = chunk->child.get();
    if (!chunk->filled(i)) return {};
  }
  switch (type_) {
    case ColumnType::null:
      return {};
    case ColumnType::boolean:
      return integer_at(*chunk, layout, i) != 0;
    case ColumnType::integer:
      return integer_at(*chunk, layout, i);
    case ColumnType::real: {
      const double value = real_at(*chunk, layout, i, data_->decimal_scale);
      if (std::isnan(value)) return {};
      return value;
    }
    case ColumnType::text:
      return text_at(*chunk, layout, i);
    case ColumnType::date:
      return Day{std::chrono::days{scaled(*data_, integer_at(*chunk, layout, i))}};
    case ColumnType::instant:
      return Instant{std::chrono::microseconds{scaled(*data_, integer_at(*chunk, layout, i))}};
    case ColumnType::wall_time:
      return WallTime{std::chrono::microseconds{scaled(*data_, integer_at(*chunk, layout, i))}};
    case ColumnType::time_of_day:
      return TimeOfDay{scaled(*data_, integer_at(*chunk, layout, i))};
    case ColumnType::text_list:
      return list_at(*chunk, *data_, i);
  }
  return {};
}

const Column* Table::find(std::string_view column) const {
  for (const Column& candidate : columns) {
    if (candidate.name() == column) return &candidate;
  }
  return nullptr;
}

Where Table::where(std::size_t row, std::string_view column) const {
  Where where;
  where.table = name;
  where.row = static_cast<std::int64_t>(row);
  where.field = std::string(column);
  where.file = file;
  if (row < lines.size()) where.line = lines[row];
  return where;
}

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name());
  return names;
}

}  // namespace courtesy
