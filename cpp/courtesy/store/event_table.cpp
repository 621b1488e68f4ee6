#include <courtesy/base/event_content.h>
#include <courtesy/store/event_table.h>
#include <courtesy/store/filled.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace courtesy {
namespace {

constexpr const char* names[] = {"id",  "kind", "at",      "asset",  "value", "unit",
                                 "due", "ref",  "channel", "\"by\"", "note",  "topic"};
constexpr std::int64_t always = 0b111;  // id, kind and at are always filled

// Those of a mask, which has a bit for each; in the place of another stands NULL.
std::string columns_in(std::int64_t mask) {
  std::string columns;
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (i > 0) columns += ", ";
    columns += (mask >> i & 1) != 0 ? names[i] : "NULL";
  }
  return columns;
}

const std::string columns = columns_in(-1);
constexpr std::size_t most_problems = 20;
constexpr std::string_view counter = "last_event";
// Most shops fill few columns: the others need not be asked for.
constexpr std::string_view filled_columns = "event_columns";

// The texts among them, by their places in a row that is read.
struct Place {
  int column;
  std::string EventRow::* text;
  EventColumn as;
};
constexpr Place texts[] = {{2, &EventRow::at, EventColumn::at},           {5, &EventRow::unit, EventColumn::unit},
                           {6, &EventRow::due, EventColumn::due},         {9, &EventRow::by, EventColumn::by},
                           {8, &EventRow::channel, EventColumn::channel}, {10, &EventRow::note, EventColumn::note}};
constexpr Place ids[] = {{3, &EventRow::asset, EventColumn::asset},
                         {7, &EventRow::ref, EventColumn::ref},
                         {11, &EventRow::topic, EventColumn::topic}};

}  // namespace

EventTable::EventTable(Database& database, Settings& settings, Words& words)
    : database_(database),
      settings_(settings),
      words_(words),
      insert_(database.prepare("INSERT INTO events (" + columns +
                               ", customer, seq, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      by_id_(database.prepare("SELECT customer, seq FROM events WHERE id = ?")),
      at_(database.prepare("SELECT " + columns + " FROM events WHERE customer = ? AND seq = ?")),
      of_(database.prepare("SELECT " + columns + " FROM events WHERE customer = ? ORDER BY seq")),
      filled_(settings.integer(filled_columns).value_or(0)),
      rollbacks_(database.rollbacks()) {}

void EventTable::fill(Statement& from, EventRow& row) {
  row.id = text_of(from.id(0));
  row.kind = words_.word(from.integer(1));
  row.value = from.real(4);
  for (const Place& place : texts) row.*place.text = from.text(place.column);
  for (const Place& place : ids) row.*place.text = text_of(from.id(place.column));
}

// What fill() gives, without a copy in between.
void EventTable::add(Statement& from, const StoredId& customer, std::int64_t filled, EventRows& rows) {
  rows.begin();
  const auto may_have = [&](int place) { return (filled >> place & 1) != 0; };
  const auto put_id = [&](EventColumn column, int place) {
    if (from.is_integer(place)) {
      rows.put(column, from.integer(place));
    } else if (!from.is_null(place)) {
      rows.put(column, from.text(place));
    }
  };
  if (const auto* number = std::get_if<std::int64_t>(&customer)) {
    rows.put(EventColumn::customer, *number);
  } else if (const auto* text = std::get_if<std::string>(&customer)) {
    rows.put(EventColumn::customer, *text);
  }
  put_id(EventColumn::id, 0);
  rows.put(EventColumn::kind, words_.word(from.integer(1)));
  if (may_have(4) && !from.is_null(4)) rows.put_value(from.real(4));
  for (const Place& place : texts) {
    if (may_have(place.column) && !from.is_null(place.column)) rows.put(place.as, from.text(place.column));
  }
  for (const Place& place : ids) {
    if (may_have(place.column)) put_id(place.as, place.column);
  }
}

void EventTable::insert(const EventRow& row, std::int64_t customer, std::int64_t seq, Instant recorded) {
  // Bound texts must live as long as the statement uses them.
  const StoredId id = stored_id(row.id);
  insert_.bind(1, id).bind(2, words_.code(row.kind)).bind(5, row.value);
  for (const Place& place : texts) {
    const std::string& text = row.*place.text;
    if (text.empty()) {
      insert_.bind_null(place.column + 1);
    } else {
      insert_.bind(place.column + 1, text);
    }
  }
  const StoredId named[] = {stored_id(row.asset), stored_id(row.ref), stored_id(row.topic)};
  for (std::size_t i = 0; i < std::size(ids); ++i) insert_.bind(ids[i].column + 1, named[i]);
  insert_.bind(13, customer).bind(14, seq).bind(15, recorded).run();
  std::int64_t filled = std::isnan(row.value) ? 0 : 1 << 4;
  for (const Place& place : texts) filled |= std::int64_t{!(row.*place.text).empty()} << place.column;
  for (const Place& place : ids) filled |= std::int64_t{!(row.*place.text).empty()} << place.column;
  note_filled(filled);
}

void EventTable::note_filled(std::int64_t columns) {
  if (rollbacks_ == database_.rollbacks() && (filled_ | columns) == filled_) return;
  rollbacks_ = database_.rollbacks();
  filled_ = settings_.integer(filled_columns).value_or(0) | columns;
  settings_.set(filled_columns, filled_);
}

bool EventTable::is_same(Statement& from, const EventRow& row) {
  EventRow stored;
  fill(from, stored);
  bool same =
      stored.kind == row.kind && (stored.value == row.value || (std::isnan(stored.value) && std::isnan(row.value)));
  for (const Place& place : texts) same = same && stored.*place.text == row.*place.text;
  for (const Place& place : ids) same = same && stored.*place.text == row.*place.text;
  return same;
}

EventRow EventTable::row_of(const Import& import, Index event, Index customer) const {
  EventRow row = event_row_of(import.base, event, customer);
  if (import.erased.empty()) return row;
  // As erasure does with those that are there already; other kinds name events and words, which may look like ids.
  if (row.kind == "referral" && import.erased.contains(row.ref)) row.ref.clear();
  if (row.kind == "contact" && import.erased.contains(row.topic)) row.topic.clear();
  return row;
}

// Whether looking through all ids that there are is quicker than looking for each: the index of ids is in no order that
// rows come in.
bool EventTable::is_large(const CustomerBase& base) {
  constexpr std::int64_t many = 20'000;
  const auto events = static_cast<std::int64_t>(base.events());
  return events >= many && events * 16 > settings_.integer(counter).value_or(0);
}

std::vector<bool> EventTable::find_known(const Import& import) {
  const CustomerBase& base = import.base;
  struct Found {
    std::int64_t customer, seq;
    Index event, of;
  };
  std::vector<Found> found;
  std::string scratch;
  if (settings_.integer(counter).value_or(0) == 0) {
    // There is none yet.
  } else if (is_large(base)) {
    struct Given {
      std::uint64_t hash;
      Index event, of;
    };
    std::vector<Given> given;
    given.reserve(base.events());
    for (Index customer = 0; customer < base.customers(); ++customer) {
      for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event) {
        given.push_back({hash64(base.event_id(event, customer, scratch)), event, customer});
      }
    }
    const auto earlier = [](const Given& a, const Given& b) { return a.hash < b.hash; };
    std::sort(given.begin(), given.end(), earlier);
    Statement all = database_.prepare("SELECT id, customer, seq FROM events ORDER BY id");
    while (all.step()) {
      const std::string id = text_of(all.id(0));
      const auto [from, to] = std::equal_range(given.begin(), given.end(), Given{hash64(id), 0, 0}, earlier);
      for (auto at = from; at != to; ++at) {
        if (base.event_id(at->event, at->of, scratch) != id) continue;
        found.push_back({all.integer(1), all.integer(2), at->event, at->of});
      }
    }
    // What is looked at next lies by customer.
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return std::tie(a.customer, a.seq) < std::tie(b.customer, b.seq); });
  } else {
    for (Index customer = 0; customer < base.customers(); ++customer) {
      for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event) {
        const StoredId id = stored_id(base.event_id(event, customer, scratch));
        by_id_.bind(1, id);
        if (by_id_.step()) found.push_back({by_id_.integer(0), by_id_.integer(1), event, customer});
        by_id_.reset();
      }
    }
  }

  std::vector<bool> known(base.events());
  std::vector<Problem> problems;
  for (const Found& each : found) {
    if (import.numbers[each.of] == 0) continue;
    known[each.event] = true;
    const EventRow row = row_of(import, each.event, each.of);
    at_.bind(1, each.customer).bind(2, each.seq);
    const bool same = at_.step() && each.customer == import.numbers[each.of] && is_same(at_, row);
    at_.reset();
    if (same || problems.size() >= most_problems) continue;
    Problem& problem = problems.emplace_back();
    problem.message = "the id '" + row.id + "' stands for another event already; a correction is an event of its own";
    problem.where.table = "events";
    problem.where.row = static_cast<std::int64_t>(base.event_row(each.event));
    problem.where.field = "id";
  }
  if (!problems.empty()) {
    std::sort(problems.begin(), problems.end(),
              [](const Problem& a, const Problem& b) { return a.where.row < b.where.row; });
    throw Error(ErrorKind::data, std::move(problems));
  }
  return known;
}

EventTable::Appended EventTable::append(const CustomerBase& base, std::span<const std::int64_t> numbers,
                                        const std::unordered_set<std::string>& erased, Instant recorded,
                                        Changed& changed) {
  Appended appended;
  if (base.events() == 0) return appended;
  const Import import{base, numbers, erased, recorded};
  const std::vector<bool> known = find_known(import);
  appended.unchanged = static_cast<std::size_t>(std::count(known.begin(), known.end(), true));
  const auto events = static_cast<std::int64_t>(base.events() - appended.unchanged);
  // Ids come in any order, so that with many of them almost each is a page of its own to read and write: sorted they
  // are written once.
  const bool anew = is_large(base) && 4 * events > settings_.integer(counter).value_or(0);
  if (anew) database_.execute("DROP INDEX event_ids");
  std::int64_t seq = settings_.next(counter, events) - events;
  std::vector<std::int64_t> marked;
  for (Index customer = 0; customer < base.customers(); ++customer) {
    if (numbers[customer] == 0) continue;
    const std::size_t before = appended.added;
    for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event) {
      if (known[event]) continue;
      insert(row_of(import, event, customer), numbers[customer], ++seq, recorded);
      ++appended.added;
    }
    if (appended.added != before) marked.push_back(numbers[customer]);
  }
  if (anew) database_.execute("CREATE UNIQUE INDEX event_ids ON events (id)");
  changed.mark(marked);
  return appended;
}

void EventTable::append(const EventRow& row, std::int64_t customer, Instant at, Changed& changed) {
  at = std::max(at, after_said(row.ref, customer));
  EventRow whole = row;
  whole.at = iso_text(at);
  EventRows one;
  one.add(whole);
  append_hex(event_content(one.table(), 0, row.customer, at), whole.id);
  insert(whole, customer, settings_.next(counter), at);
  changed.mark(customer);
}

// Later than all that was said of a reminder.
Instant EventTable::after_said(std::string_view key, std::int64_t customer) {
  Instant after = Instant::min();
  EventRow row;
  of_.bind(1, customer);
  while (of_.step()) {
    fill(of_, row);
    if (row.ref != key || !(row.kind == "skip" || row.kind == "snooze" || row.kind == "send_now")) continue;
    const auto at = parse_date_time(row.at);
    if (at && at->instant) after = std::max(after, *at->instant + std::chrono::microseconds{1});
  }
  of_.reset();
  return after;
}

void EventTable::read(std::span<const std::int64_t> numbers, std::span<const StoredId> ids_of, EventRows& rows) {
  const std::int64_t filled = settings_.integer(filled_columns).value_or(0) | always;
  // Of many it is quicker to read them all.
  constexpr std::size_t many = 20'000;
  if (numbers.size() < many) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      of_.bind(1, numbers[i]);
      while (of_.step()) add(of_, ids_of[i], filled, rows);
      of_.reset();
    }
    return;
  }
  std::size_t at = 0;
  Statement all = database_.prepare("SELECT " + columns_in(filled) + ", customer FROM events ORDER BY customer, seq");
  while (all.step()) {
    const std::int64_t customer = all.integer(12);
    while (at < numbers.size() && numbers[at] < customer) ++at;
    if (at == numbers.size()) break;
    if (numbers[at] != customer) continue;
    add(all, ids_of[at], filled, rows);
  }
}

OutTable EventTable::table() {
  Statement all = database_.prepare(
      "SELECT e.id, c.id, e.asset, e.kind, e.at, e.value, e.unit, e.due, e.ref, e.channel, e.\"by\", e.note, e.topic "
      "FROM events AS e CROSS JOIN customers AS c ON c.no = e.customer ORDER BY e.customer, e.seq");
  FilledTable table;
  auto& id = table.ids("id");
  auto& customer = table.ids("customer");
  auto& asset = table.ids("asset");
  auto& kind = table.texts("kind");
  auto& at = table.texts("at");
  auto& value = table.reals("value");
  auto& unit = table.texts("unit");
  auto& due = table.texts("due");
  auto& ref = table.ids("ref");
  auto& channel = table.texts("channel");
  auto& by = table.texts("by");
  auto& note = table.texts("note");
  auto& topic = table.ids("topic");
  while (all.step()) {
    id.add(all.id(0));
    customer.add(all.id(1));
    asset.add(all.id(2));
    kind.add(words_.word(all.integer(3)));
    at.add(all.text(4));
    value.push_back(all.real(5));
    unit.add(all.text(6));
    due.add(all.text(7));
    ref.add(all.id(8));
    channel.add(all.text(9));
    by.add(all.text(10));
    note.add(all.text(11));
    topic.add(all.id(12));
  }
  return table.finish();
}

}  // namespace courtesy
