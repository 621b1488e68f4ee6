#include <courtesy/base/arrow_out.h>

#include <cerrno>
#include <cmath>
#include <utility>

namespace courtesy {
namespace {

// What a schema handed out owns until the consumer releases it.
struct SchemaParts {
  std::string format, name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
  ArrowSchema dictionary{};
};

void release_schema(ArrowSchema* schema) {
  auto* parts = static_cast<SchemaParts*>(schema->private_data);
  // A consumer may have moved a child away; then its release is null.
  for (ArrowSchema& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (parts->dictionary.release != nullptr) parts->dictionary.release(&parts->dictionary);
  delete parts;
  schema->release = nullptr;
}

struct ArrayParts {
  std::vector<std::shared_ptr<const void>> owned;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
  ArrowArray dictionary{};
};

void release_array(ArrowArray* array) {
  auto* parts = static_cast<ArrayParts*>(array->private_data);
  for (ArrowArray& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (parts->dictionary.release != nullptr) parts->dictionary.release(&parts->dictionary);
  delete parts;
  array->release = nullptr;
}

ArrowArray array_of(std::unique_ptr<ArrayParts> parts, std::int64_t rows, std::int64_t nulls) {
  ArrowArray array{};
  array.length = rows;
  array.null_count = nulls;
  array.n_buffers = static_cast<std::int64_t>(parts->buffers.size());
  array.buffers = parts->buffers.data();
  for (ArrowArray& child : parts->children) parts->child_pointers.push_back(&child);
  array.n_children = static_cast<std::int64_t>(parts->children.size());
  array.children = parts->child_pointers.data();
  if (parts->dictionary.release != nullptr) array.dictionary = &parts->dictionary;
  array.release = release_array;
  array.private_data = parts.release();
  return array;
}

ArrowSchema schema_of(std::unique_ptr<SchemaParts> parts, std::int64_t flags) {
  ArrowSchema schema{};
  schema.format = parts->format.c_str();
  schema.name = parts->name.c_str();
  schema.flags = flags;
  for (ArrowSchema& child : parts->children) parts->child_pointers.push_back(&child);
  schema.n_children = static_cast<std::int64_t>(parts->children.size());
  schema.children = parts->child_pointers.data();
  if (parts->dictionary.release != nullptr) schema.dictionary = &parts->dictionary;
  schema.release = release_schema;
  schema.private_data = parts.release();
  return schema;
}

struct StreamParts {
  std::vector<OutColumn> columns;
  bool given = false;
};

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  const auto* source = static_cast<const StreamParts*>(stream->private_data);
  auto parts = std::make_unique<SchemaParts>();
  parts->format = "+s";
  parts->children.resize(source->columns.size());
  for (std::size_t i = 0; i < source->columns.size(); ++i) source->columns[i].export_schema(&parts->children[i]);
  *out = schema_of(std::move(parts), 0);
  return 0;
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  auto* source = static_cast<StreamParts*>(stream->private_data);
  *out = ArrowArray{};
  if (source->given) return 0;
  source->given = true;
  auto parts = std::make_unique<ArrayParts>();
  parts->buffers = {nullptr};
  parts->children.resize(source->columns.size());
  for (std::size_t i = 0; i < source->columns.size(); ++i) source->columns[i].export_array(&parts->children[i]);
  const std::int64_t rows = source->columns.empty() ? 0 : source->columns.front().rows();
  *out = array_of(std::move(parts), rows, 0);
  return 0;
}

const char* stream_error(ArrowArrayStream*) { return nullptr; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamParts*>(stream->private_data);
  stream->release = nullptr;
}

template <typename T>
std::vector<std::int64_t> ticks(const std::vector<T>& cells) {
  std::vector<std::int64_t> out;
  out.reserve(cells.size());
  for (const T& cell : cells) out.push_back(cell.time_since_epoch().count());
  return out;
}

template <typename T>
std::vector<bool> not_max(const std::vector<T>& cells) {
  std::vector<bool> out(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) out[i] = cells[i] != T::max();
  return out;
}

}  // namespace

OutColumn::OutColumn(std::string name, std::string format, std::int64_t rows)
    : name_(std::move(name)), format_(std::move(format)), rows_(rows) {}

template <typename T>
void OutColumn::add_buffer(std::vector<T> cells) {
  const auto kept = std::make_shared<const std::vector<T>>(std::move(cells));
  // Consumers may refuse a null data buffer even for zero rows.
  static const std::uint64_t nothing = 0;
  const void* data = kept->data() != nullptr ? static_cast<const void*>(kept->data()) : &nothing;
  buffers_.emplace_back(kept, data);
}

void OutColumn::set_filled(const std::vector<bool>& filled) {
  std::vector<std::uint8_t> bits((filled.size() + 7) / 8);
  for (std::size_t i = 0; i < filled.size(); ++i) {
    if (filled[i]) {
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
    } else {
      ++nulls_;
    }
  }
  if (nulls_ == 0) return;
  const auto kept = std::make_shared<const std::vector<std::uint8_t>>(std::move(bits));
  buffers_[0] = std::shared_ptr<const void>(kept, kept->data());
}

OutColumn OutColumn::integers(std::string name, std::vector<std::int64_t> cells) {
  OutColumn column(std::move(name), "l", static_cast<std::int64_t>(cells.size()));
  column.add_buffer(std::move(cells));
  return column;
}

OutColumn OutColumn::small_integers(std::string name, std::vector<std::int32_t> cells) {
  OutColumn column(std::move(name), "i", static_cast<std::int64_t>(cells.size()));
  column.add_buffer(std::move(cells));
  return column;
}

OutColumn OutColumn::instants(std::string name, const std::vector<Instant>& cells) {
  OutColumn column(std::move(name), "tsu:UTC", static_cast<std::int64_t>(cells.size()));
  column.set_filled(not_max(cells));
  column.add_buffer(ticks(cells));
  return column;
}

OutColumn OutColumn::wall_times(std::string name, const std::vector<WallTime>& cells) {
  OutColumn column(std::move(name), "tsu:", static_cast<std::int64_t>(cells.size()));
  column.set_filled(not_max(cells));
  column.add_buffer(ticks(cells));
  return column;
}

OutColumn OutColumn::dates(std::string name, const std::vector<Day>& cells) {
  std::vector<std::int32_t> days;
  days.reserve(cells.size());
  for (const Day& cell : cells) days.push_back(static_cast<std::int32_t>(cell.time_since_epoch().count()));
  OutColumn column = dates(std::move(name), std::move(days));
  column.set_filled(not_max(cells));
  return column;
}

OutColumn OutColumn::dates(std::string name, std::vector<std::int32_t> days) {
  OutColumn column(std::move(name), "tdD", static_cast<std::int64_t>(days.size()));
  column.add_buffer(std::move(days));
  return column;
}

OutColumn OutColumn::optional_integers(std::string name, std::vector<std::int64_t> cells,
                                       const std::vector<bool>& filled) {
  OutColumn column = integers(std::move(name), std::move(cells));
  column.set_filled(filled);
  return column;
}

OutColumn OutColumn::reals(std::string name, std::vector<double> cells) {
  OutColumn column(std::move(name), "g", static_cast<std::int64_t>(cells.size()));
  std::vector<bool> filled(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    filled[i] = !std::isnan(cells[i]);
    if (!filled[i]) cells[i] = 0;
  }
  column.set_filled(filled);
  column.add_buffer(std::move(cells));
  return column;
}

OutColumn OutColumn::booleans(std::string name, const std::vector<std::optional<bool>>& cells) {
  OutColumn column(std::move(name), "b", static_cast<std::int64_t>(cells.size()));
  std::vector<bool> filled(cells.size());
  std::vector<std::uint8_t> bits((cells.size() + 7) / 8);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    filled[i] = cells[i].has_value();
    if (cells[i].value_or(false)) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
  }
  column.set_filled(filled);
  column.add_buffer(std::move(bits));
  return column;
}

OutColumn OutColumn::times(std::string name, const std::vector<std::optional<TimeOfDay>>& cells) {
  OutColumn column(std::move(name), "ttu", static_cast<std::int64_t>(cells.size()));
  std::vector<bool> filled(cells.size());
  std::vector<std::int64_t> microseconds(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    filled[i] = cells[i].has_value();
    microseconds[i] = std::chrono::microseconds(cells[i].value_or(TimeOfDay{0})).count();
  }
  column.set_filled(filled);
  column.add_buffer(std::move(microseconds));
  return column;
}

OutColumn OutColumn::lists(std::string name, const std::vector<std::optional<std::vector<std::string_view>>>& cells) {
  OutColumn column(std::move(name), "+L", static_cast<std::int64_t>(cells.size()));
  std::vector<bool> filled(cells.size());
  std::vector<std::int64_t> ends{0};
  Texts items;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    filled[i] = cells[i].has_value();
    const std::size_t count = filled[i] ? cells[i]->size() : 0;
    for (std::size_t k = 0; k < count; ++k) items.add((*cells[i])[k]);
    ends.push_back(ends.back() + static_cast<std::int64_t>(count));
  }
  column.set_filled(filled);
  column.add_buffer(std::move(ends));
  column.items_ = std::make_shared<const OutColumn>(std::move(items).finish("item"));
  return column;
}

OutColumn OutColumn::codes(std::string name, std::vector<std::int32_t> codes, const std::vector<std::string>& names) {
  OutColumn column(std::move(name), "i", static_cast<std::int64_t>(codes.size()));
  std::vector<bool> filled(codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    filled[i] = codes[i] >= 0;
    if (codes[i] < 0) codes[i] = 0;
  }
  column.set_filled(filled);
  column.add_buffer(std::move(codes));
  Texts texts;
  for (const std::string& text : names) texts.add(text);
  column.dictionary_ = std::make_shared<const OutColumn>(std::move(texts).finish(""));
  return column;
}

void OutColumn::Texts::reserve(std::size_t cells, std::size_t bytes) {
  ends_.reserve(cells + 1);
  filled_.reserve(cells);
  bytes_.reserve(bytes);
}

void OutColumn::Texts::add(std::string_view text) {
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  ends_.push_back(static_cast<std::int64_t>(bytes_.size()));
  filled_.push_back(true);
}

void OutColumn::Texts::add_empty() {
  ends_.push_back(static_cast<std::int64_t>(bytes_.size()));
  filled_.push_back(false);
}

OutColumn OutColumn::Texts::finish(std::string name) && {
  OutColumn column(std::move(name), "U", static_cast<std::int64_t>(filled_.size()));
  column.set_filled(filled_);
  column.add_buffer(std::move(ends_));
  column.add_buffer(std::move(bytes_));
  return column;
}

void OutColumn::export_schema(ArrowSchema* out) const {
  auto parts = std::make_unique<SchemaParts>();
  parts->format = format_;
  parts->name = name_;
  if (dictionary_) dictionary_->export_schema(&parts->dictionary);
  if (items_) items_->export_schema(&parts->children.emplace_back());
  *out = schema_of(std::move(parts), ARROW_FLAG_NULLABLE);
}

void OutColumn::export_array(ArrowArray* out) const {
  auto parts = std::make_unique<ArrayParts>();
  parts->owned = buffers_;
  for (const auto& buffer : buffers_) parts->buffers.push_back(buffer.get());
  if (dictionary_) dictionary_->export_array(&parts->dictionary);
  if (items_) items_->export_array(&parts->children.emplace_back());
  *out = array_of(std::move(parts), rows_, nulls_);
}

void export_stream(std::vector<OutColumn> columns, ArrowArrayStream* out) {
  auto parts = std::make_unique<StreamParts>();
  parts->columns = std::move(columns);
  *out = ArrowArrayStream{};
  out->get_schema = stream_schema;
  out->get_next = stream_next;
  out->get_last_error = stream_error;
  out->release = release_stream;
  out->private_data = parts.release();
}

}  // namespace courtesy
