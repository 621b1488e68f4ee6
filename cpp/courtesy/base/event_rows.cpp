#include <courtesy/base/column_data.h>
#include <courtesy/base/event_rows.h>
#include <courtesy/base/ids.h>

#include <cmath>
#include <utility>

namespace courtesy {
namespace {

// By EventColumn.
constexpr std::array<const char*, 12> text_names = {"id",  "customer", "asset",   "kind", "at",   "unit",
                                                    "due", "ref",      "channel", "by",   "note", "topic"};

Column column_over(std::string name, ColumnType type, Layout layout, const Chunk& chunk) {
  auto data = std::make_shared<Column::Data>();
  data->layout = layout;
  data->add(chunk);
  return {std::move(name), type, std::move(data)};
}

}  // namespace

EventRow event_row_of(const CustomerBase& base, Index event, Index customer) {
  std::string scratch;
  EventRow row;
  row.id = base.event_id(event, customer, scratch);
  row.customer = base.customer_ids().text(customer);
  const Index asset = base.asset_of_event(event);
  if (asset != no_index) row.asset = base.asset_ids().text(asset);
  row.kind = base.kinds().name(base.event_kind()[event]);
  row.at = base.event_has_date(event) ? iso_text(base.day_of_event(event)) : iso_text(base.event_at(event, customer));
  if (!base.event_value().empty()) row.value = base.event_value()[event];
  row.unit = base.event_unit(event);
  if (const auto due = base.event_due(event)) row.due = due->instant ? iso_text(*due->instant) : iso_text(due->day);
  row.ref = base.event_ref(event, scratch);
  if (const Code channel = base.event_channel(event); channel != no_code) row.channel = base.channels().name(channel);
  row.by = base.event_by(event);
  row.note = base.event_note(event);
  row.topic = base.event_topic(event, scratch);
  return row;
}

void EventRows::add(const EventRow& row) {
  const std::string* const texts[] = {&row.id,  &row.customer, &row.asset,   &row.kind, &row.at,   &row.unit,
                                      &row.due, &row.ref,      &row.channel, &row.by,   &row.note, &row.topic};
  begin();
  for (std::size_t i = 0; i < std::size(texts); ++i) put(static_cast<EventColumn>(i), *texts[i]);
  put_value(row.value);
}

void EventRows::put(EventColumn column, std::string_view text) {
  if (text.empty()) return;
  const auto at = static_cast<std::size_t>(column);
  if (at < numbers_.size() && !are_texts_[at]) {
    if (const auto number = id_number(text)) return numbers_[at].put(rows_ - 1, *number);
    numbers_[at].move_to(texts_[at]);
    are_texts_[at] = true;
  }
  texts_[at].put(rows_ - 1, text);
}

void EventRows::put(EventColumn column, std::int64_t id) {
  const auto at = static_cast<std::size_t>(column);
  if (at < numbers_.size() && !are_texts_[at]) return numbers_[at].put(rows_ - 1, id);
  texts_[at].put(rows_ - 1, std::to_string(id));
}

void EventRows::put_value(double value) {
  if (std::isnan(value)) return;
  values_.resize(rows_, std::numeric_limits<double>::quiet_NaN());
  values_.back() = value;
}

void EventRows::Texts::put(std::size_t row, std::string_view text) {
  ends.resize(row + 1, ends.back());
  bytes.insert(bytes.end(), text.begin(), text.end());
  ends.push_back(static_cast<std::int64_t>(bytes.size()));
}

Column EventRows::Texts::column(std::string name, std::size_t rows) {
  Chunk chunk;
  chunk.rows = rows;
  if (bytes.empty()) return column_over(std::move(name), ColumnType::null, Layout::null, chunk);
  ends.resize(rows + 1, ends.back());
  chunk.cells = ends.data();
  chunk.bytes = bytes.data();
  return column_over(std::move(name), ColumnType::text, Layout::text64, chunk);
}

void EventRows::Numbers::put(std::size_t row, std::int64_t number) {
  cells.resize(row + 1);
  cells[row] = number;
  filled.resize(row / 8 + 1);
  filled[row / 8] = static_cast<std::uint8_t>(filled[row / 8] | 1U << (row % 8));
  ++count;
}

Column EventRows::Numbers::column(std::string name, std::size_t rows) {
  Chunk chunk;
  chunk.rows = rows;
  cells.resize(rows);
  filled.resize(rows / 8 + 1);
  chunk.cells = cells.data();
  if (count < rows) chunk.validity = filled.data();
  return column_over(std::move(name), ColumnType::integer, Layout::int64, chunk);
}

void EventRows::Numbers::move_to(Texts& texts) {
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if ((filled[row / 8] >> (row % 8) & 1U) != 0) texts.put(row, std::to_string(cells[row]));
  }
  *this = {};
}

Table EventRows::table() {
  Table table;
  table.name = "events";
  table.rows = rows();
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const bool numbers = i < numbers_.size() && !are_texts_[i] && numbers_[i].count > 0;
    table.columns.push_back(numbers ? numbers_[i].column(text_names[i], rows())
                                    : texts_[i].column(text_names[i], rows()));
  }
  Chunk values;
  values.rows = rows();
  if (values_.empty()) {
    table.columns.push_back(column_over("value", ColumnType::null, Layout::null, values));
    return table;
  }
  values_.resize(rows(), std::numeric_limits<double>::quiet_NaN());
  values.cells = values_.data();
  table.columns.push_back(column_over("value", ColumnType::real, Layout::float64, values));
  return table;
}

}  // namespace courtesy
