#include <courtesy/store/outbox.h>

#include <algorithm>
#include <cmath>

namespace courtesy {
namespace {

constexpr std::string_view all_columns =
    "channel, wake, key, customer, state, due, step, asset, event, local, zone, priority, anchor, expires, reason, "
    "good_until, contact, gesture, cost, partner, token, lease, attempts, crashes, changed, why, customer_id";

// The same of a table with another name.
std::string columns_of(const std::string& table) {
  std::string columns = table + ".";
  for (const char each : all_columns) {
    columns += each;
    if (each == ' ') columns += table + ".";
  }
  return columns;
}

std::string select(std::string_view condition) {
  return "SELECT " + std::string(all_columns) + " FROM outbox " + std::string(condition);
}

constexpr std::string_view merged_flag = "any_merged";

}  // namespace

Outbox::Outbox(Database& database, Settings& settings, Words& words)
    : database_(database), settings_(settings), words_(words), steps_(database), audit_(database, words) {
  select_of_ =
      database.prepare("SELECT " + columns_of("o") +
                       " FROM owed AS w JOIN outbox AS o USING (channel, wake, key) WHERE w.customer = ? ORDER "
                       "BY w.key");
  select_at_ = database.prepare(select("WHERE channel = ? AND wake = ? AND key = ?"));
  select_key_ = database.prepare(select("WHERE key = ?"));
  scan_ = database.prepare(select("WHERE channel = ? AND (wake, key) >= (?, ?) AND wake <= ? ORDER BY wake, key"));
  insert_ = database.prepare("INSERT INTO outbox (" + std::string(all_columns) +
                             ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, "
                             "(SELECT id FROM customers WHERE no = ?4))");
  insert_owed_ = database.prepare("INSERT INTO owed (customer, key, channel, wake) VALUES (?, ?, ?, ?)");
  place_ = database.prepare("SELECT channel, wake FROM owed WHERE customer = ? AND key = ?");
  replace_ = database.prepare(
      "UPDATE outbox SET channel = ?1, wake = ?2, key = ?3, customer = ?4, state = ?5, due = ?6, step = ?7, asset = "
      "?8, event = ?9, local = ?10, zone = ?11, priority = ?12, anchor = ?13, expires = ?14, reason = ?15, good_until "
      "= "
      "?16, contact = ?17, gesture = ?18, cost = ?19, partner = ?20, changed = ?21, why = ?22 WHERE channel = ?23 AND "
      "wake = ?24 AND key = ?25");
  move_owed_ = database.prepare("UPDATE owed SET channel = ?, wake = ? WHERE customer = ? AND key = ?");
  hold_ = database.prepare(
      "UPDATE outbox SET state = ?, token = ?, lease = ?, changed = ?, why = ? WHERE channel = ? AND wake = ? AND key "
      "= ?");
  hold_run_ = database.prepare(
      "UPDATE outbox SET state = ?, token = ?, lease = ?, changed = ?, why = ? WHERE channel = ? AND (wake, key) >= "
      "(?, ?) AND (wake, key) <= (?, ?) AND state <= ? AND contact IS NULL");
  send_run_ = database.prepare(
      "UPDATE outbox SET state = ?, changed = ?, why = ? WHERE channel = ? AND (wake, key) >= (?, ?) AND (wake, key) "
      "<= (?, ?) AND token = ? AND state = ?");
  set_ = database.prepare(
      "UPDATE outbox SET state = ?, changed = ?, why = ?, attempts = ?, crashes = ? WHERE channel = ? AND wake = ? AND "
      "key = ?");
  set_wake_ = database.prepare("UPDATE outbox SET wake = ? WHERE channel = ? AND wake = ? AND key = ?");
  front_ = database.prepare("SELECT channel, wake, key FROM fronts ORDER BY channel");
  lower_front_ = database.prepare(
      "INSERT INTO fronts (channel, wake, key) VALUES (?, ?, ?) ON CONFLICT (channel) DO UPDATE SET wake = "
      "excluded.wake, key = excluded.key WHERE (excluded.wake, excluded.key) < (wake, key)");
  raise_front_ = database.prepare("UPDATE fronts SET wake = ?, key = ? WHERE channel = ?");
}

std::vector<OutboxRow> Outbox::rows_of(std::span<const std::int64_t> customers) {
  std::vector<OutboxRow> rows;
  for (const std::int64_t customer : customers) {
    select_of_.bind(1, customer);
    while (select_of_.step()) rows.push_back(read(select_of_));
    select_of_.reset();
  }
  return rows;
}

std::vector<OutboxRow> Outbox::all_rows() {
  std::vector<OutboxRow> rows;
  Statement all = database_.prepare(select(""));
  while (all.step()) rows.push_back(read(all));
  std::sort(rows.begin(), rows.end(), [](const OutboxRow& a, const OutboxRow& b) {
    return std::tie(a.owed.customer, a.owed.key) < std::tie(b.owed.customer, b.owed.key);
  });
  return rows;
}

std::optional<OutboxRow> Outbox::find(const Key& key) {
  select_key_.bind(1, key);
  std::optional<OutboxRow> found;
  if (select_key_.step()) found = read(select_key_);
  select_key_.reset();
  return found;
}

std::optional<OutboxRow> Outbox::at(std::string_view channel, Instant wake, const Key& key) {
  const auto code = words_.find(channel);
  if (!code) return std::nullopt;
  select_at_.bind(1, *code).bind(2, wake).bind(3, key);
  std::optional<OutboxRow> found;
  if (select_at_.step()) found = read(select_at_);
  select_at_.reset();
  return found;
}

OutboxRow Outbox::read(Statement& from) {
  OutboxRow row;
  OwedRow& owed = row.owed;
  owed.channel = words_.word(from.integer(0));
  owed.wake = from.instant(1);
  owed.key = from.key(2);
  owed.customer = from.integer(3);
  owed.state = static_cast<OutboxState>(from.integer(4));
  owed.due = from.instant(5);
  steps_.fill(from.integer(6), owed);
  owed.asset = from.text(7);
  owed.event = from.text(8);
  owed.local = WallTime{std::chrono::microseconds{from.integer(9)}};
  owed.zone = words_.word(from.integer(10));
  owed.priority = static_cast<int>(from.integer(11));
  owed.anchor = Day{std::chrono::days{from.integer(12)}};
  owed.expires = from.instant(13);
  owed.reason = words_.word(from.integer(14));
  owed.good_until = from.instant(15);
  if (!from.is_null(16)) owed.contact = from.key(16);
  owed.gesture = from.text(17);
  owed.cost = from.real(18);
  owed.partner = from.text(19);
  row.token = from.integer(20);
  row.lease = from.instant(21);
  row.attempts = static_cast<int>(from.integer(22));
  row.crashes = static_cast<int>(from.integer(23));
  row.since = from.instant(24);
  row.why = from.text(25);
  row.customer_id = from.id(26);
  return row;
}

void Outbox::bind(Statement& to, const OwedRow& row, OutboxState state, Instant now, std::string_view why) {
  to.bind(1, words_.code(row.channel)).bind(2, row.wake).bind(3, row.key).bind(4, row.customer);
  to.bind(5, number(state)).bind(6, row.due).bind(7, steps_.code(row));
  to.bind_filled(8, row.asset);
  to.bind_filled(9, row.event);
  to.bind(10, static_cast<std::int64_t>(row.local.time_since_epoch().count())).bind(11, words_.code(row.zone));
  to.bind(12, std::int64_t{row.priority});
  to.bind(13, static_cast<std::int64_t>(row.anchor.time_since_epoch().count())).bind(14, row.expires);
  to.bind(15, words_.code(row.reason)).bind(16, row.good_until);
  if (row.contact) {
    to.bind(17, *row.contact);
  } else {
    to.bind_null(17);
  }
  to.bind_filled(18, row.gesture);
  to.bind(19, row.gesture.empty() ? std::nan("") : row.cost);
  to.bind_filled(20, row.partner);
  to.bind(21, now);
  to.bind_filled(22, why);
}

void Outbox::apply(std::span<const Change> changes, Instant now, std::string_view who) {
  std::vector<const Change*> fresh;
  for (const Change& change : changes) {
    const auto place =
        change.what == Change::What::insert ? std::nullopt : place_of(change.row.customer, change.row.key);
    if (!place) {
      fresh.push_back(&change);
      continue;
    }
    const AuditNote note{now, who, change.why};
    if (change.what == Change::What::move) {
      replace(*place, change.row, note);
      continue;
    }
    const bool expires = change.what == Change::What::expire;
    if (const auto stored = at(words_.word(std::get<0>(*place)), std::get<1>(*place), change.row.key)) {
      set_alone(*stored, expires ? OutboxState::expired : OutboxState::withdrawn, note);
    }
  }
  insert(fresh, now);
  // What was let go before it was ever planned.
  for (const Change* change : fresh) {
    if (change->what != Change::What::expire) continue;
    audit_.add(change->row.key, change->row.customer, OutboxState::expired, {now, who, change->why});
  }
}

void Outbox::insert(const FreshRows& rows, Instant now) {
  for (const auto& [channel, wake, key] : OutboxFiller(database_, words_, steps_, rows).fill(now)) {
    lower_front({channel, wake, key});
  }
}

// In the order of each table's key: the rows are appended to its pages, and not strewn over them.
void Outbox::insert(std::span<const Change* const> changes, Instant now) {
  struct Entry {
    std::int64_t channel;
    const Change* change;
  };
  std::vector<Entry> entries;
  entries.reserve(changes.size());
  bool merged = false;
  for (const Change* change : changes) {
    entries.push_back({words_.code(change->row.channel), change});
    merged = merged || change->row.contact.has_value();
  }
  if (merged) note_merged();
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.channel, a.change->row.wake, a.change->row.key) <
           std::tie(b.channel, b.change->row.wake, b.change->row.key);
  });
  std::int64_t last = -1;
  for (const auto& [channel, change] : entries) {
    const OwedRow& row = change->row;
    const OutboxState state = change->what == Change::What::expire ? OutboxState::expired : row.state;
    bind(insert_, row, state, now, change->why);
    insert_.run();
    // The first of a channel wakes first.
    if (channel != last && is_claimable(state)) {
      lower_front({channel, row.wake, row.key});
      last = channel;
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.change->row.customer, a.change->row.key) < std::tie(b.change->row.customer, b.change->row.key);
  });
  for (const auto& [channel, change] : entries) {
    insert_owed_.bind(1, change->row.customer).bind(2, change->row.key).bind(3, channel).bind(4, change->row.wake);
    insert_owed_.run();
  }
}

std::optional<Outbox::Place> Outbox::place_of(std::int64_t customer, const Key& key) {
  place_.bind(1, customer).bind(2, key);
  std::optional<Place> place;
  if (place_.step()) place = Place(place_.integer(0), place_.instant(1), key);
  place_.reset();
  return place;
}

void Outbox::replace(const Place& place, const OwedRow& row, const AuditNote& note) {
  if (row.contact) note_merged();
  bind(replace_, row, row.state, note.at, note.why);
  replace_.bind(23, std::get<0>(place)).bind(24, std::get<1>(place)).bind(25, std::get<2>(place)).run();
  const std::int64_t channel = words_.code(row.channel);
  move_owed_.bind(1, channel).bind(2, row.wake).bind(3, row.customer).bind(4, row.key).run();
  if (is_claimable(row.state)) lower_front({channel, row.wake, row.key});
  audit_.add(row.key, row.customer, row.state, note);
}

void Outbox::move(const OutboxRow& stored, const OwedRow& row, const AuditNote& note) {
  replace({words_.code(stored.owed.channel), stored.owed.wake, stored.owed.key}, row, note);
}

void Outbox::set_alone(const OutboxRow& row, OutboxState state, const AuditNote& note) {
  put(row, state, row.owed.wake, row.attempts, row.crashes, note);
}

void Outbox::set(const OutboxRow& row, OutboxState state, const AuditNote& note) {
  set(row, state, row.owed.wake, row.attempts, row.crashes, note);
}

void Outbox::set(const OutboxRow& row, OutboxState state, Instant wake, int attempts, int crashes,
                 const AuditNote& note) {
  const std::vector<OutboxRow> merged = merged_with(row);
  put(row, state, wake, attempts, crashes, note);
  const OutboxState theirs = is_claimable(state) ? OutboxState::merged : state;
  for (const OutboxRow& each : merged) put(each, theirs, wake, each.attempts, each.crashes, note);
}

void Outbox::put(const OutboxRow& row, OutboxState state, Instant wake, int attempts, int crashes,
                 const AuditNote& note) {
  const std::int64_t channel = words_.code(row.owed.channel);
  set_.bind(1, number(state)).bind(2, note.at);
  set_.bind_filled(3, note.why);
  set_.bind(4, std::int64_t{attempts}).bind(5, std::int64_t{crashes});
  set_.bind(6, channel).bind(7, row.owed.wake).bind(8, row.owed.key).run();
  if (wake != row.owed.wake) {
    set_wake_.bind(1, wake).bind(2, channel).bind(3, row.owed.wake).bind(4, row.owed.key).run();
    move_owed_.bind(1, channel).bind(2, wake).bind(3, row.owed.customer).bind(4, row.owed.key).run();
  }
  if (is_claimable(state)) lower_front({channel, wake, row.owed.key});
  audit_.add(row.owed.key, row.owed.customer, state, note);
}

void Outbox::note_merged() {
  settings_.set(merged_flag, 1);
  any_merged_ = true;
}

bool Outbox::any_merged() {
  if (!any_merged_) any_merged_ = settings_.integer(merged_flag).has_value();
  return *any_merged_;
}

std::vector<OutboxRow> Outbox::merged_with(const OutboxRow& row) {
  std::vector<OutboxRow> merged;
  if (row.owed.contact || !any_merged()) return merged;
  const std::int64_t customer[] = {row.owed.customer};
  for (OutboxRow& each : rows_of(customer)) {
    if (each.owed.contact == row.owed.key) merged.push_back(std::move(each));
  }
  return merged;
}

std::vector<std::int64_t> Outbox::introduced_to(std::string_view partner) {
  std::vector<std::int64_t> customers;
  Statement all = database_.prepare("SELECT DISTINCT customer FROM outbox WHERE partner = ?");
  all.bind(1, partner);
  while (all.step()) customers.push_back(all.integer(0));
  return customers;
}

std::map<std::string, std::int64_t> Outbox::counts() {
  std::map<std::string, std::int64_t> counts;
  Statement count = database_.prepare("SELECT state, count(*) FROM outbox GROUP BY state");
  while (count.step()) {
    counts[std::string(outbox_state_name(static_cast<OutboxState>(count.integer(0))))] += count.integer(1);
  }
  return counts;
}

}  // namespace courtesy
