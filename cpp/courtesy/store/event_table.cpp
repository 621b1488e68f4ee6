#include <courtesy/base/hash.h>
#include <courtesy/store/event_table.h>
#include <courtesy/store/filled.h>

#include <cmath>

namespace courtesy {
namespace {

constexpr std::string_view columns = "id, kind, at, asset, value, unit, due, ref, channel, \"by\", note, topic";
constexpr std::size_t most_problems = 20;
constexpr std::string_view counter = "last_event";

// The texts among them, by their places in a row that is read.
struct Place {
  int column;
  std::string EventRow::* text;
};
constexpr Place texts[] = {{2, &EventRow::at},      {5, &EventRow::unit}, {6, &EventRow::due},
                           {8, &EventRow::channel}, {9, &EventRow::by},   {10, &EventRow::note}};
constexpr Place ids[] = {{3, &EventRow::asset}, {7, &EventRow::ref}, {11, &EventRow::topic}};

}  // namespace

EventTable::EventTable(Database& database, Settings& settings, Words& words)
    : database_(database),
      settings_(settings),
      words_(words),
      insert_(database.prepare("INSERT INTO events (" + std::string(columns) +
                               ", customer, seq, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
                               "CONFLICT (id) DO NOTHING")),
      same_(database.prepare("SELECT " + std::string(columns) + ", customer FROM events WHERE id = ?")),
      of_(database.prepare("SELECT " + std::string(columns) + " FROM events WHERE customer = ? ORDER BY seq")),
      all_(database.prepare("SELECT " + std::string(columns) + ", customer FROM events ORDER BY customer, seq")) {}

void EventTable::fill(Statement& from, EventRow& row) {
  row.id = text_of(from.id(0));
  row.kind = words_.word(from.integer(1));
  row.value = from.real(4);
  for (const Place& place : texts) row.*place.text = from.text(place.column);
  for (const Place& place : ids) row.*place.text = text_of(from.id(place.column));
}

bool EventTable::insert(const EventRow& row, std::int64_t customer, std::int64_t seq, Instant recorded) {
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
  return database_.changes() != 0;
}

bool EventTable::is_same(const EventRow& row, std::int64_t customer) {
  const StoredId id = stored_id(row.id);
  same_.bind(1, id);
  EventRow stored;
  const bool found = same_.step();
  bool same = found && same_.integer(12) == customer;
  if (same) fill(same_, stored);
  same_.reset();
  same = same && stored.kind == row.kind &&
         (stored.value == row.value || (std::isnan(stored.value) && std::isnan(row.value)));
  for (const Place& place : texts) same = same && stored.*place.text == row.*place.text;
  for (const Place& place : ids) same = same && stored.*place.text == row.*place.text;
  return same;
}

EventTable::Appended EventTable::append(const CustomerBase& base, std::span<const std::int64_t> numbers,
                                        const std::unordered_set<std::string>& erased, Instant recorded,
                                        Changed& changed) {
  Appended appended;
  std::vector<Problem> problems;
  std::vector<std::int64_t> marked;
  const auto events = static_cast<std::int64_t>(base.events());
  std::int64_t seq = settings_.next(counter, events) - events;
  for (Index customer = 0; base.events() != 0 && customer < base.customers(); ++customer) {
    if (numbers[customer] == 0) continue;
    const std::size_t before = appended.added;
    for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event) {
      EventRow row = event_row_of(base, event, customer);
      if (!erased.empty() && erased.contains(row.ref)) row.ref.clear();
      if (!erased.empty() && erased.contains(row.topic)) row.topic.clear();
      if (insert(row, numbers[customer], ++seq, recorded)) {
        ++appended.added;
      } else if (is_same(row, numbers[customer])) {
        ++appended.unchanged;
      } else if (problems.size() < most_problems) {
        Problem& problem = problems.emplace_back();
        problem.message = "the id " + row.id + " stands for another event already; a correction is an event of its own";
        problem.where.table = "events";
        problem.where.row = static_cast<std::int64_t>(base.event_row(event));
        problem.where.field = "id";
      }
    }
    if (appended.added != before) marked.push_back(numbers[customer]);
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  changed.mark(marked);
  return appended;
}

void EventTable::append(const EventRow& row, std::int64_t customer, Instant recorded, Changed& changed) {
  EventRow whole = row;
  if (whole.id.empty()) {
    std::string content;
    for (const std::string* cell : {&row.customer, &row.kind, &row.at, &row.asset, &row.due, &row.ref, &row.channel,
                                    &row.by, &row.note, &row.topic}) {
      content += std::to_string(cell->size()) + ":" + *cell;
    }
    append_hex(hash128(content), whole.id);
  }
  if (insert(whole, customer, settings_.next(counter), recorded)) changed.mark(customer);
}

void EventTable::read(std::span<const std::int64_t> numbers, std::span<const std::string> texts_of, EventRows& rows) {
  EventRow row;
  // Of many it is quicker to read them all.
  constexpr std::size_t many = 20'000;
  if (numbers.size() < many) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      row.customer = texts_of[i];
      of_.bind(1, numbers[i]);
      while (of_.step()) {
        fill(of_, row);
        rows.add(row);
      }
      of_.reset();
    }
    return;
  }
  std::size_t at = 0;
  while (all_.step()) {
    const std::int64_t customer = all_.integer(12);
    while (at < numbers.size() && numbers[at] < customer) ++at;
    if (at == numbers.size()) break;
    if (numbers[at] != customer) continue;
    row.customer = texts_of[at];
    fill(all_, row);
    rows.add(row);
  }
  all_.reset();
}

OutTable EventTable::table() {
  Statement all = database_.prepare(
      "SELECT e.id, c.id, e.asset, w.text, e.at, e.value, e.unit, e.due, e.ref, e.channel, e.\"by\", e.note, e.topic "
      "FROM "
      "events AS e JOIN customers AS c ON c.no = e.customer JOIN words AS w ON w.code = e.kind ORDER BY e.seq");
  FilledIds id, customer, asset, ref, topic;
  FilledTexts kind, at, unit, due, channel, by, note;
  std::vector<double> value;
  while (all.step()) {
    id.add(all.id(0));
    customer.add(all.id(1));
    asset.add(all.id(2));
    kind.add(all.text(3));
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
  std::vector<OutColumn> out;
  out.push_back(id.finish("id"));
  out.push_back(customer.finish("customer"));
  out.push_back(asset.finish("asset"));
  out.push_back(kind.finish("kind"));
  out.push_back(at.finish("at"));
  out.push_back(OutColumn::reals("value", std::move(value)));
  out.push_back(unit.finish("unit"));
  out.push_back(due.finish("due"));
  out.push_back(ref.finish("ref"));
  out.push_back(channel.finish("channel"));
  out.push_back(by.finish("by"));
  out.push_back(note.finish("note"));
  out.push_back(topic.finish("topic"));
  return OutTable(std::move(out));
}

}  // namespace courtesy
