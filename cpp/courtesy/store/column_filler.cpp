#include <courtesy/base/column_data.h>
#include <courtesy/store/column_filler.h>
#include <courtesy/store/stored_id.h>
#include <courtesy/store/text_list.h>

#include <memory>
#include <utility>

namespace courtesy {
namespace {

template <typename T>
const void* keep(Column::Data& data, std::vector<T> cells) {
  auto kept = std::make_shared<const std::vector<T>>(std::move(cells));
  const void* const from = kept->data();
  data.owners.push_back(std::move(kept));
  return from;
}

// The number that a stored text of this type stands for; nothing where somebody else has written it.
std::optional<std::int64_t> ticks_in(std::string_view text, ColumnType type) {
  if (type == ColumnType::date) {
    const auto day = parse_date(text);
    return day ? std::optional<std::int64_t>(day->time_since_epoch().count()) : std::nullopt;
  }
  if (type == ColumnType::time_of_day) {
    const auto time = parse_time_of_day(text, true);
    return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
  }
  const auto moment = parse_date_time(text);
  if (!moment) return std::nullopt;
  if (type == ColumnType::wall_time) return moment->wall.time_since_epoch().count();
  return moment->instant ? std::optional<std::int64_t>(moment->instant->time_since_epoch().count()) : std::nullopt;
}

Layout layout_of(ColumnType type) {
  switch (type) {
    case ColumnType::null:
      return Layout::null;
    case ColumnType::real:
      return Layout::float64;
    case ColumnType::text:
      return Layout::text64;
    case ColumnType::text_list:
      return Layout::list64;
    default:
      return Layout::int64;
  }
}

}  // namespace

ColumnFiller::ColumnFiller(std::string name, ColumnType type) : name_(std::move(name)), type_(type) {}

void ColumnFiller::filled(bool is) {
  if (rows_ % 8 == 0) filled_.push_back(0);
  if (is) {
    filled_.back() = static_cast<std::uint8_t>(filled_.back() | 1U << (rows_ % 8));
  } else {
    any_empty_ = true;
  }
  ++rows_;
}

void ColumnFiller::add_integer(std::int64_t value) {
  integers_.push_back(value);
  filled(true);
}

void ColumnFiller::add_text(std::string_view text) {
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  text_ends_.push_back(static_cast<std::int64_t>(bytes_.size()));
}

void ColumnFiller::add_empty() {
  switch (layout_of(type_)) {
    case Layout::int64:
      integers_.push_back(0);
      break;
    case Layout::float64:
      reals_.push_back(0);
      break;
    case Layout::text64:
      add_text({});
      break;
    case Layout::list64:
      list_ends_.push_back(list_ends_.back());
      break;
    default:
      break;
  }
  filled(false);
}

void ColumnFiller::add(const Statement& from, int column) {
  if (from.is_null(column)) return add_empty();
  switch (type_) {
    case ColumnType::null:
      return add_empty();
    case ColumnType::boolean:
    case ColumnType::integer:
      return add_integer(from.integer(column));
    case ColumnType::real:
      reals_.push_back(from.real(column));
      return filled(true);
    case ColumnType::text:
      add_text(from.text(column));
      return filled(true);
    case ColumnType::text_list:
      for (const std::string& item : items_in(from.text(column))) add_text(item);
      list_ends_.push_back(static_cast<std::int64_t>(text_ends_.size()) - 1);
      return filled(true);
    default:
      break;
  }
  const auto ticks = ticks_in(from.text(column), type_);
  return ticks ? add_integer(*ticks) : add_empty();
}

void ColumnFiller::add(const StoredId& id) {
  if (std::holds_alternative<std::monostate>(id)) return add_empty();
  if (type_ == ColumnType::integer) {
    const auto* number = std::get_if<std::int64_t>(&id);
    return number != nullptr ? add_integer(*number) : add_empty();
  }
  if (const auto* text = std::get_if<std::string>(&id)) {
    add_text(*text);
  } else {
    add_text(text_of(id));
  }
  filled(true);
}

Column ColumnFiller::finish() && {
  auto data = std::make_shared<Column::Data>();
  data->layout = layout_of(type_);
  Chunk chunk;
  chunk.rows = rows_;
  if (any_empty_) chunk.validity = static_cast<const std::uint8_t*>(keep(*data, std::move(filled_)));
  switch (data->layout) {
    case Layout::int64:
      chunk.cells = keep(*data, std::move(integers_));
      break;
    case Layout::float64:
      chunk.cells = keep(*data, std::move(reals_));
      break;
    case Layout::text64:
      chunk.cells = keep(*data, std::move(text_ends_));
      chunk.bytes = keep(*data, std::move(bytes_));
      break;
    case Layout::list64: {
      data->child_layout = Layout::text64;
      Chunk items;
      items.rows = text_ends_.size() - 1;
      items.cells = keep(*data, std::move(text_ends_));
      items.bytes = keep(*data, std::move(bytes_));
      chunk.child = std::make_shared<const Chunk>(std::move(items));
      chunk.cells = keep(*data, std::move(list_ends_));
      break;
    }
    default:
      break;
  }
  data->add(std::move(chunk));
  return {std::move(name_), type_, std::move(data)};
}

}  // namespace courtesy
