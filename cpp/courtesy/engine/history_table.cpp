#include <courtesy/engine/history_table.h>
#include <courtesy/store/filled.h>

#include <algorithm>
#include <map>

namespace courtesy {
namespace {

struct Line {
  Instant at;
  std::string what, occasion, step, state, channel, who, why, key;
};

void add_events(StoreParts& parts, std::int64_t customer, std::vector<Line>& lines) {
  Slice slice = parts.journal.read({customer});
  BuildOptions options;
  options.shop_zone = parts.rules.rules()->shop.zone;
  const auto base = build_base(slice.customers, slice.events.table(), slice.assets, options);
  std::string scratch;
  for (Index event = 0; event < base->events(); ++event) {
    Line& line = lines.emplace_back();
    line.at = base->event_at(event, 0);
    line.what = base->kinds().name(base->event_kind()[event]);
    if (const Code channel = base->event_channel(event); channel != no_code) {
      line.channel = base->channels().name(channel);
    }
    line.who = base->event_by(event);
    line.key = base->event_ref(event, scratch);
  }
}

void add_audit(StoreParts& parts, std::int64_t customer, std::vector<Line>& lines) {
  const std::int64_t numbers[] = {customer};
  std::map<Key, OutboxRow> rows;
  for (OutboxRow& row : parts.outbox.rows_of(numbers)) rows.emplace(row.owed.key, std::move(row));
  Statement audit = parts.database.prepare(
      "SELECT a.at, a.key, a.state, w.text, a.why FROM audit AS a JOIN words AS w ON w.code = a.who WHERE a.customer = "
      "? ORDER BY a.seq");
  audit.bind(1, customer);
  const auto add = [&](Instant at, const Key& key, OutboxState state, std::string_view who, std::string_view why) {
    Line& line = lines.emplace_back();
    line.at = at;
    line.what = "reminder";
    line.state = outbox_state_name(state);
    line.who = who;
    line.why = why;
    line.key = to_hex(key);
    const auto row = rows.find(key);
    if (row == rows.end()) return;
    line.occasion = row->second.owed.occasion;
    line.step = row->second.owed.step;
    line.channel = row->second.owed.channel;
  };
  while (audit.step()) {
    add(audit.instant(0), audit.key(1), static_cast<OutboxState>(audit.integer(2)), audit.text(3), audit.text(4));
  }
  // What was never more than planned has no row of the audit yet.
  for (const auto& [key, row] : rows) {
    const OutboxState state = row.owed.state;
    if (state == OutboxState::planned || state == OutboxState::merged) add(row.since, key, state, {}, row.owed.reason);
  }
}

}  // namespace

OutTable history_table(StoreParts& parts, std::int64_t customer) {
  std::vector<Line> lines;
  add_events(parts, customer, lines);
  add_audit(parts, customer, lines);
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
  FilledTable table;
  auto& at = table.instants("at");
  auto& what = table.texts("what");
  auto& occasion = table.texts("occasion");
  auto& step = table.texts("step");
  auto& state = table.texts("state");
  auto& channel = table.texts("channel");
  auto& who = table.texts("who");
  auto& why = table.texts("why");
  auto& key = table.texts("key");
  for (const Line& line : lines) {
    at.push_back(line.at);
    what.add(line.what);
    occasion.add(line.occasion);
    step.add(line.step);
    state.add(line.state);
    channel.add(line.channel);
    who.add(line.who);
    why.add(line.why);
    key.add(line.key);
  }
  return table.finish();
}

}  // namespace courtesy
