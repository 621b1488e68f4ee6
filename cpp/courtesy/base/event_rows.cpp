#include <courtesy/base/column_data.h>
#include <courtesy/base/event_rows.h>

namespace courtesy {
namespace {

// The columns of texts, in the order of EventRows' own.
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
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const std::string& text = row.*texts_of[i];
    Texts& column = texts_[i];
    column.bytes.insert(column.bytes.end(), text.begin(), text.end());
    column.ends.push_back(static_cast<std::int64_t>(column.bytes.size()));
  }
  values_.push_back(row.value);
}

Table EventRows::table() const {
  Table table;
  table.name = "events";
  table.rows = rows();
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    Chunk chunk;
    chunk.rows = rows();
    chunk.cells = texts_[i].ends.data();
    chunk.bytes = texts_[i].bytes.data();
    table.columns.push_back(column_over(text_names[i], ColumnType::text, Layout::text64, chunk));
  }
  Chunk values;
  values.rows = rows();
  values.cells = values_.data();
  table.columns.push_back(column_over("value", ColumnType::real, Layout::float64, values));
  return table;
}

}  // namespace courtesy
