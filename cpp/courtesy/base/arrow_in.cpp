#include <courtesy/base/arrow_in.h>
#include <courtesy/base/column_data.h>

#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace courtesy {
namespace {

// Owns a C struct of the interface and releases it once.
template <typename T>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* taken) : value_(*taken) { taken->release = nullptr; }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (value_.release != nullptr) value_.release(&value_);
  }
  [[nodiscard]] T& get() { return value_; }

 private:
  T value_{};
};

// What a format string means to us.
struct Format {
  ColumnType type;
  Layout layout;
  std::int64_t scale_up = 1;
  std::int64_t scale_down = 1;
  int decimal_scale = 0;
};

constexpr std::int64_t microseconds_per_minute = 60'000'000;

std::optional<Format> simple_format(std::string_view text) {
  struct Entry {
    std::string_view text;
    Format format;
  };
  static constexpr Entry entries[] = {
      {"n", {ColumnType::null, Layout::null}},
      {"b", {ColumnType::boolean, Layout::bits}},
      {"c", {ColumnType::integer, Layout::int8}},
      {"C", {ColumnType::integer, Layout::uint8}},
      {"s", {ColumnType::integer, Layout::int16}},
      {"S", {ColumnType::integer, Layout::uint16}},
      {"i", {ColumnType::integer, Layout::int32}},
      {"I", {ColumnType::integer, Layout::uint32}},
      {"l", {ColumnType::integer, Layout::int64}},
      {"L", {ColumnType::integer, Layout::uint64}},
      {"f", {ColumnType::real, Layout::float32}},
      {"g", {ColumnType::real, Layout::float64}},
      {"u", {ColumnType::text, Layout::text32}},
      {"U", {ColumnType::text, Layout::text64}},
      {"vu", {ColumnType::text, Layout::text_view}},
      {"tdD", {ColumnType::date, Layout::int32}},
      {"tdm", {ColumnType::date, Layout::int64, 1, 86'400'000}},
      {"tts", {ColumnType::time_of_day, Layout::int32, 1, 60}},
      {"ttm", {ColumnType::time_of_day, Layout::int32, 1, 60'000}},
      {"ttu", {ColumnType::time_of_day, Layout::int64, 1, microseconds_per_minute}},
      {"ttn", {ColumnType::time_of_day, Layout::int64, 1, microseconds_per_minute * 1000}},
      {"+l", {ColumnType::text_list, Layout::list32}},
      {"+L", {ColumnType::text_list, Layout::list64}},
  };
  for (const Entry& entry : entries) {
    if (entry.text == text) return entry.format;
  }
  return std::nullopt;
}

std::optional<Format> timestamp_format(std::string_view text) {
  if (text.size() < 4 || text.substr(0, 2) != "ts" || text[3] != ':') return std::nullopt;
  Format format{text.size() > 4 ? ColumnType::instant : ColumnType::wall_time, Layout::int64};
  switch (text[2]) {
    case 's':
      format.scale_up = 1'000'000;
      break;
    case 'm':
      format.scale_up = 1'000;
      break;
    case 'u':
      break;
    case 'n':
      format.scale_down = 1'000;
      break;
    default:
      return std::nullopt;
  }
  return format;
}

// "d:19,2" or "d:19,2,128".
std::optional<Format> decimal_format(std::string_view text) {
  if (text.substr(0, 2) != "d:") return std::nullopt;
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(comma + 1);
  const std::size_t width = rest.find(',');
  if (width != std::string_view::npos && rest.substr(width + 1) != "128") return std::nullopt;
  Format format{ColumnType::real, Layout::decimal128};
  format.decimal_scale = std::stoi(std::string(rest.substr(0, width)));
  return format;
}

std::optional<Format> format_of(std::string_view text) {
  if (auto found = simple_format(text)) return found;
  if (auto found = timestamp_format(text)) return found;
  return decimal_format(text);
}

std::string type_in_words(std::string_view format) {
  if (format == "z" || format == "Z" || format == "vz" || format.substr(0, 2) == "w:") return "binary";
  if (format == "+s") return "a struct";
  if (format == "+m") return "a map";
  if (format.substr(0, 2) == "+u") return "a union";
  if (format.substr(0, 2) == "+r") return "run-end encoded";
  if (format.substr(0, 2) == "+v") return "a list view";
  if (format.substr(0, 2) == "+w") return "a list of fixed size";
  if (format.substr(0, 2) == "tD") return "a duration";
  if (format.substr(0, 2) == "ti") return "an interval";
  if (format == "e") return "a float of 16 bits";
  if (format.substr(0, 2) == "d:") return "a decimal of another width than 128 bits";
  return "not one of ours";
}

// Reads one column's schema, and then its arrays.
class ColumnReader {
 public:
  ColumnReader(const std::string& table, const ArrowSchema& schema)
      : table_(table), name_(schema.name == nullptr ? "" : schema.name), data_(std::make_shared<Column::Data>()) {
    const ArrowSchema& values = schema.dictionary == nullptr ? schema : *schema.dictionary;
    const Format format = known(values);
    type_ = format.type;
    data_->layout = format.layout;
    data_->scale_up = format.scale_up;
    data_->scale_down = format.scale_down;
    data_->decimal_scale = format.decimal_scale;
    if (schema.dictionary != nullptr) {
      const Format index = known(schema);
      if (index.type != ColumnType::integer || format.type == ColumnType::text_list) refuse(values);
      data_->child_layout = format.layout;
      data_->index_layout = index.layout;
      data_->layout = format.layout == Layout::null ? Layout::null : Layout::dictionary;
    }
    if (format.type == ColumnType::text_list) {
      const ArrowSchema& items = *values.children[0];
      const Format item = known(items.dictionary == nullptr ? items : *items.dictionary);
      if (items.dictionary != nullptr || (item.type != ColumnType::text && item.type != ColumnType::null)) {
        refuse(values);
      }
      data_->child_layout = item.layout;
    }
  }

  void add(const ArrowArray& array) {
    Chunk chunk = chunk_of(array, data_->layout == Layout::dictionary ? data_->index_layout : data_->layout);
    if (data_->layout == Layout::dictionary) {
      chunk.child = std::make_shared<const Chunk>(chunk_of(*array.dictionary, data_->child_layout));
      check_indices(chunk);
    }
    if (type_ == ColumnType::text_list) {
      chunk.child = std::make_shared<const Chunk>(chunk_of(*array.children[0], data_->child_layout));
    }
    if (data_->layout == Layout::uint64) check_unsigned(chunk);
    if (data_->scale_up != 1) check_scale(chunk);
    data_->add(std::move(chunk));
  }

  void own(std::shared_ptr<const void> owner) { data_->owners.push_back(std::move(owner)); }
  [[nodiscard]] Column finish() && { return {std::move(name_), type_, std::move(data_)}; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  [[noreturn]] void refuse(const ArrowSchema& schema) const {
    throw Error(ErrorKind::data, table_ + ", column '" + name_ + "': cannot take the Arrow type '" + schema.format +
                                     "' (" + type_in_words(schema.format) +
                                     "); give texts, numbers, booleans, dates, timestamps, times or lists of texts");
  }

  [[nodiscard]] Format known(const ArrowSchema& schema) const {
    const auto format = format_of(schema.format);
    if (!format) refuse(schema);
    return *format;
  }

  static Chunk chunk_of(const ArrowArray& array, Layout layout) {
    Chunk chunk;
    chunk.rows = static_cast<std::size_t>(array.length);
    chunk.offset = static_cast<std::size_t>(array.offset);
    if (layout == Layout::null || array.n_buffers < 2) return chunk;
    // A null count of zero promises that the bitmap says nothing; some producers leave it unset then.
    if (array.null_count != 0) chunk.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
    chunk.cells = array.buffers[1];
    if (layout == Layout::text_view) {
      chunk.view_buffers = array.buffers + 2;
    } else if (array.n_buffers > 2) {
      chunk.bytes = array.buffers[2];
    }
    return chunk;
  }

  [[noreturn]] void bad_cell(std::size_t row, const std::string& message) const {
    Where where;
    where.table = table_;
    where.row = static_cast<std::int64_t>(data_->rows + row);
    where.field = name_;
    throw Error(ErrorKind::data, message, where);
  }

  void check_indices(const Chunk& chunk) const {
    const auto values = static_cast<std::int64_t>(chunk.child->rows);
    for (std::size_t i = 0; i < chunk.rows; ++i) {
      if (!chunk.filled(i)) continue;
      const std::int64_t index = integer_at(chunk, data_->index_layout, i);
      if (index < 0 || index >= values) bad_cell(i, "the dictionary has no entry " + std::to_string(index));
    }
  }

  void check_unsigned(const Chunk& chunk) const {
    for (std::size_t i = 0; i < chunk.rows; ++i) {
      if (chunk.filled(i) && integer_at(chunk, Layout::uint64, i) < 0) {
        bad_cell(i, "the number is larger than 9223372036854775807");
      }
    }
  }

  void check_scale(const Chunk& chunk) const {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() / data_->scale_up;
    for (std::size_t i = 0; i < chunk.rows; ++i) {
      if (!chunk.filled(i)) continue;
      const std::int64_t ticks = integer_at(chunk, data_->layout, i);
      if (ticks > most || ticks < -most) bad_cell(i, "the timestamp lies outside the years 1600 to 9999");
    }
  }

  const std::string& table_;
  std::string name_;
  ColumnType type_ = ColumnType::null;
  std::shared_ptr<Column::Data> data_;
};

void check(int status, ArrowArrayStream& stream, const std::string& table) {
  if (status == 0) return;
  const char* said = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
  throw Error(ErrorKind::data,
              table + ": the table could not be read" + (said == nullptr ? std::string() : ": " + std::string(said)));
}

}  // namespace

Table table_from_stream(ArrowArrayStream* source, std::string name) {
  Owned<ArrowArrayStream> stream(source);
  if (stream.get().release == nullptr) throw Error(ErrorKind::data, name + ": its stream was read before");
  Owned<ArrowSchema> schema;
  check(stream.get().get_schema(&stream.get(), &schema.get()), stream.get(), name);
  if (std::string_view(schema.get().format) != "+s") {
    throw Error(ErrorKind::data, name + ": expected a table, found a single column of the Arrow type '" +
                                     std::string(schema.get().format) + "'");
  }
  std::vector<ColumnReader> readers;
  std::set<std::string> names;
  for (std::int64_t i = 0; i < schema.get().n_children; ++i) {
    readers.emplace_back(name, *schema.get().children[i]);
    if (!names.insert(readers.back().name()).second) {
      throw Error(ErrorKind::data, name + " has two columns called '" + readers.back().name() + "'");
    }
  }
  Table table;
  for (;;) {
    ArrowArray next{};
    check(stream.get().get_next(&stream.get(), &next), stream.get(), name);
    if (next.release == nullptr) break;
    const auto array = std::make_shared<Owned<ArrowArray>>(&next);
    const ArrowArray& batch = array->get();
    // A slice of a whole batch is a slice of each of its columns.
    for (std::size_t i = 0; i < readers.size(); ++i) {
      ArrowArray column = *batch.children[i];
      column.offset += batch.offset;
      column.length = batch.length;
      readers[i].add(column);
      readers[i].own(array);
    }
    table.rows += static_cast<std::size_t>(batch.length);
  }
  for (ColumnReader& reader : readers) table.columns.push_back(std::move(reader).finish());
  table.name = std::move(name);
  return table;
}

}  // namespace courtesy
