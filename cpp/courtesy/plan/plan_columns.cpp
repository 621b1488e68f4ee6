#include <courtesy/plan/plan_columns.h>

#include <algorithm>
#include <array>
#include <span>

namespace courtesy {
namespace {

// Rows on their way to the columns: as many as stay in the fastest cache while each column takes its part. Columns
// are appended to in whole blocks, which neither fills them with zeros first nor asks for room row by row.
constexpr std::size_t block = 128;

template <typename Cell, typename CellOf>
void append(std::vector<Cell>& column, std::span<const PlannedRow* const> rows, CellOf cell_of) {
  std::array<Cell, block> cells;
  for (std::size_t i = 0; i < rows.size(); ++i) cells[i] = cell_of(*rows[i]);
  column.insert(column.end(), cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(rows.size()));
}

WallTime local_of(const PlannedRow& row) {
  return WallTime{row.due.time_since_epoch() + std::chrono::seconds{row.offset}};
}

void append_block(PlanColumns& columns, std::span<const PlannedRow* const> rows) {
  append(columns.due, rows, [](const PlannedRow& row) { return row.due; });
  append(columns.key, rows, [](const PlannedRow& row) { return row.key; });
  append(columns.local, rows, local_of);
  append(columns.expires, rows, [](const PlannedRow& row) { return row.expires; });
  append(columns.anchor, rows, [](const PlannedRow& row) { return row.anchor; });
  append(columns.customer, rows, [](const PlannedRow& row) { return row.customer; });
  append(columns.asset, rows, [](const PlannedRow& row) { return row.asset; });
  append(columns.event, rows, [](const PlannedRow& row) { return row.event; });
  append(columns.occasion, rows, [](const PlannedRow& row) { return row.occasion; });
  append(columns.step, rows, [](const PlannedRow& row) { return row.step; });
  append(columns.zone, rows, [](const PlannedRow& row) { return row.zone; });
  append(columns.channel, rows, [](const PlannedRow& row) { return row.channel; });
  append(columns.state, rows, [](const PlannedRow& row) { return row.state; });
  append(columns.reason, rows, [](const PlannedRow& row) { return row.reason; });
}

}  // namespace

Reminder PlanColumns::row(std::size_t i) const {
  Reminder row;
  row.due = due[i];
  row.key = key[i];
  row.local = local[i];
  row.expires = expires[i];
  row.anchor = Day{std::chrono::days{anchor[i]}};
  row.customer = customer[i];
  row.asset = asset[i];
  row.event = event[i];
  row.occasion = occasion[i];
  row.step = step[i];
  row.zone = zone[i];
  row.channel = channel[i];
  row.state = state[i];
  row.reason = reason[i];
  return row;
}

void PlanColumns::reserve(std::size_t rows) {
  due.reserve(rows);
  key.reserve(rows);
  local.reserve(rows);
  expires.reserve(rows);
  anchor.reserve(rows);
  customer.reserve(rows);
  asset.reserve(rows);
  event.reserve(rows);
  occasion.reserve(rows);
  step.reserve(rows);
  zone.reserve(rows);
  channel.reserve(rows);
  state.reserve(rows);
  reason.reserve(rows);
}

void PlanColumns::add(const Reminder& row) {
  due.push_back(row.due);
  key.push_back(row.key);
  local.push_back(row.local);
  expires.push_back(row.expires);
  anchor.push_back(static_cast<std::int32_t>(row.anchor.time_since_epoch().count()));
  customer.push_back(row.customer);
  asset.push_back(row.asset);
  event.push_back(row.event);
  occasion.push_back(row.occasion);
  step.push_back(row.step);
  zone.push_back(row.zone);
  channel.push_back(row.channel);
  state.push_back(row.state);
  reason.push_back(row.reason);
}

PlanColumns columns_of(const PlannedRows& rows, const std::vector<std::uint64_t>& names) {
  PlanColumns columns;
  columns.reserve(names.size());
  // A block is fetched while the one before it is written.
  std::array<std::array<const PlannedRow*, block>, 2> blocks;
  const auto fetch = [&](std::size_t from) {
    auto& into = blocks[from / block % 2];
    const std::size_t count = std::min(block, names.size() - std::min(from, names.size()));
    for (std::size_t i = 0; i < count; ++i) {
      into[i] = &rows.row(names[from + i]);
      __builtin_prefetch(into[i]);
    }
    return count;
  };
  std::size_t count = fetch(0);
  for (std::size_t from = 0; count != 0; from += block) {
    const std::size_t next = fetch(from + block);
    append_block(columns, {blocks[from / block % 2].data(), count});
    count = next;
  }
  return columns;
}

}  // namespace courtesy
