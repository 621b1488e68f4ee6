#include <courtesy/base/column_data.h>
#include <courtesy/base/table_builder.h>

#include <set>

namespace courtesy {
namespace {

template <typename T>
const void* keep(Column::Data& data, std::vector<T> cells) {
  auto kept = std::make_shared<const std::vector<T>>(std::move(cells));
  const void* bytes = kept->data();
  data.owners.push_back(std::move(kept));
  return bytes;
}

template <typename T>
const std::uint8_t* keep_validity(Column::Data& data, const std::vector<std::optional<T>>& cells) {
  std::vector<std::uint8_t> bits((cells.size() + 7) / 8);
  bool all = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) {
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
    } else {
      all = false;
    }
  }
  return all ? nullptr : static_cast<const std::uint8_t*>(keep(data, std::move(bits)));
}

// A column of fixed-width cells.
template <typename Stored, typename T, typename Store>
Column fixed(std::string name, ColumnType type, Layout layout, const std::vector<std::optional<T>>& cells,
             Store store) {
  auto data = std::make_shared<Column::Data>();
  data->layout = layout;
  std::vector<Stored> values;
  values.reserve(cells.size());
  for (const auto& cell : cells) values.push_back(cell ? store(*cell) : Stored{});
  Chunk chunk;
  chunk.rows = cells.size();
  chunk.validity = keep_validity(*data, cells);
  chunk.cells = keep(*data, std::move(values));
  data->add(std::move(chunk));
  return {std::move(name), type, std::move(data)};
}

template <typename T>
Column time_column(std::string name, ColumnType type, const std::vector<std::optional<T>>& cells) {
  return fixed<std::int64_t>(std::move(name), type, Layout::int64, cells, [](const T& cell) {
    if constexpr (std::is_same_v<T, TimeOfDay>) {
      return static_cast<std::int64_t>(cell.count());
    } else {
      return static_cast<std::int64_t>(cell.time_since_epoch().count());
    }
  });
}

Chunk text_chunk(Column::Data& data, const std::vector<std::string>& texts) {
  std::vector<std::int64_t> ends{0};
  std::vector<char> bytes;
  ends.reserve(texts.size() + 1);
  for (const std::string& text : texts) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    ends.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  Chunk chunk;
  chunk.rows = texts.size();
  chunk.cells = keep(data, std::move(ends));
  chunk.bytes = keep(data, std::move(bytes));
  return chunk;
}

}  // namespace

TableBuilder& TableBuilder::integers(std::string name, std::vector<std::optional<std::int64_t>> cells) {
  table_.columns.push_back(fixed<std::int64_t>(std::move(name), ColumnType::integer, Layout::int64, cells,
                                               [](std::int64_t cell) { return cell; }));
  return *this;
}

TableBuilder& TableBuilder::reals(std::string name, std::vector<std::optional<double>> cells) {
  table_.columns.push_back(
      fixed<double>(std::move(name), ColumnType::real, Layout::float64, cells, [](double cell) { return cell; }));
  return *this;
}

TableBuilder& TableBuilder::booleans(std::string name, std::vector<std::optional<bool>> cells) {
  table_.columns.push_back(fixed<std::uint8_t>(std::move(name), ColumnType::boolean, Layout::uint8, cells,
                                               [](bool cell) { return static_cast<std::uint8_t>(cell ? 1 : 0); }));
  return *this;
}

TableBuilder& TableBuilder::texts(std::string name, std::vector<std::optional<std::string>> cells) {
  auto data = std::make_shared<Column::Data>();
  data->layout = Layout::text64;
  const std::uint8_t* validity = keep_validity(*data, cells);
  std::vector<std::string> filled;
  filled.reserve(cells.size());
  for (auto& cell : cells) filled.push_back(cell ? std::move(*cell) : std::string());
  Chunk chunk = text_chunk(*data, filled);
  chunk.validity = validity;
  data->add(std::move(chunk));
  table_.columns.emplace_back(std::move(name), ColumnType::text, std::move(data));
  return *this;
}

TableBuilder& TableBuilder::dates(std::string name, std::vector<std::optional<Day>> cells) {
  table_.columns.push_back(time_column(std::move(name), ColumnType::date, cells));
  return *this;
}

TableBuilder& TableBuilder::instants(std::string name, std::vector<std::optional<Instant>> cells) {
  table_.columns.push_back(time_column(std::move(name), ColumnType::instant, cells));
  return *this;
}

TableBuilder& TableBuilder::wall_times(std::string name, std::vector<std::optional<WallTime>> cells) {
  table_.columns.push_back(time_column(std::move(name), ColumnType::wall_time, cells));
  return *this;
}

TableBuilder& TableBuilder::times(std::string name, std::vector<std::optional<TimeOfDay>> cells) {
  table_.columns.push_back(time_column(std::move(name), ColumnType::time_of_day, cells));
  return *this;
}

TableBuilder& TableBuilder::lists(std::string name, std::vector<std::optional<std::vector<std::string>>> cells) {
  auto data = std::make_shared<Column::Data>();
  data->layout = Layout::list64;
  data->child_layout = Layout::text64;
  const std::uint8_t* validity = keep_validity(*data, cells);
  std::vector<std::string> items;
  std::vector<std::int64_t> ends{0};
  for (auto& cell : cells) {
    if (cell) items.insert(items.end(), cell->begin(), cell->end());
    ends.push_back(static_cast<std::int64_t>(items.size()));
  }
  Chunk chunk;
  chunk.rows = cells.size();
  chunk.validity = validity;
  chunk.cells = keep(*data, std::move(ends));
  chunk.child = std::make_shared<const Chunk>(text_chunk(*data, items));
  data->add(std::move(chunk));
  table_.columns.emplace_back(std::move(name), ColumnType::text_list, std::move(data));
  return *this;
}

TableBuilder& TableBuilder::nulls(std::string name, std::size_t rows) {
  auto data = std::make_shared<Column::Data>();
  Chunk chunk;
  chunk.rows = rows;
  data->add(std::move(chunk));
  table_.columns.emplace_back(std::move(name), ColumnType::null, std::move(data));
  return *this;
}

TableBuilder& TableBuilder::from_file(std::string file, std::vector<std::int64_t> lines) {
  table_.file = std::move(file);
  table_.lines = std::move(lines);
  return *this;
}

Table TableBuilder::build() {
  if (!table_.columns.empty()) table_.rows = table_.columns.front().rows();
  std::set<std::string_view> names;
  for (const Column& column : table_.columns) {
    if (!names.insert(column.name()).second) {
      throw Error(ErrorKind::data, table_.name + " has two columns called '" + column.name() + "'");
    }
    if (column.rows() != table_.rows) {
      throw Error(ErrorKind::data, table_.name + ", column '" + column.name() + "': it has " +
                                       std::to_string(column.rows()) + " cells, and the column '" +
                                       table_.columns.front().name() + "' has " + std::to_string(table_.rows));
    }
  }
  return std::move(table_);
}

}  // namespace courtesy
