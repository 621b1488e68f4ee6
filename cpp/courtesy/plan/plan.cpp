#include <courtesy/plan/plan.h>

namespace courtesy {

Reminder Plan::row(std::size_t i) const {
  Reminder row;
  row.due = columns.due[i];
  row.key = columns.key[i];
  row.local = columns.local[i];
  row.expires = columns.expires[i];
  row.anchor = columns.anchor[i];
  row.customer = columns.customer[i];
  row.asset = columns.asset[i];
  row.event = columns.event[i];
  row.occasion = columns.occasion[i];
  row.step = columns.step[i];
  row.zone = columns.zone[i];
  row.channel = columns.channel[i];
  row.state = columns.state[i];
  row.reason = columns.reason[i];
  return row;
}

void PlanColumns::resize(std::size_t rows) {
  due.resize(rows);
  key.resize(rows);
  local.resize(rows);
  expires.resize(rows);
  anchor.resize(rows);
  customer.resize(rows);
  asset.resize(rows);
  event.resize(rows);
  occasion.resize(rows);
  step.resize(rows);
  zone.resize(rows);
  channel.resize(rows);
  state.resize(rows);
  reason.resize(rows);
}

Plan Plan::take(const std::vector<std::size_t>& rows) const {
  Plan part;
  part.base = base;
  part.rules = rules;
  part.window = window;
  part.channels = channels;
  part.warnings = warnings;
  part.columns.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) part.columns.set(i, row(rows[i]));
  return part;
}

}  // namespace courtesy
