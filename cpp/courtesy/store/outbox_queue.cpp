// Which rows can be claimed, in the order in which they lie, and leases.
#include <courtesy/store/outbox.h>

#include <algorithm>

namespace courtesy {

void Outbox::lower_front(const Place& place) {
  lower_front_.bind(1, std::get<0>(place)).bind(2, std::get<1>(place)).bind(3, std::get<2>(place)).run();
}

void Outbox::raise_front(const Place& place) {
  raise_front_.bind(1, std::get<1>(place)).bind(2, std::get<2>(place)).bind(3, std::get<0>(place)).run();
}

std::vector<Outbox::Place> Outbox::fronts(std::span<const std::string> channels) {
  std::vector<Place> fronts;
  while (front_.step()) {
    const std::int64_t channel = front_.integer(0);
    const bool wanted =
        channels.empty() || std::find(channels.begin(), channels.end(), words_.word(channel)) != channels.end();
    if (wanted) fronts.emplace_back(channel, front_.instant(1), front_.key(2));
  }
  front_.reset();
  return fronts;
}

template <typename Take>
void Outbox::scan(const Place& front, Instant now, Front moves, Take take) {
  const auto& [channel, wake, key] = front;
  bool at_front = moves == Front::moves;
  bool more = true;
  scan_.bind(1, channel).bind(2, wake).bind(3, key).bind(4, now);
  while (more && scan_.step()) {
    const auto state = static_cast<OutboxState>(scan_.integer(4));
    // What is merged goes out with another row, and never by itself.
    if (!(is_claimable(state) || state == OutboxState::claimed) || !scan_.is_null(16)) continue;
    const Place place(channel, scan_.instant(1), scan_.key(2));
    if (at_front && place > front) raise_front(place);
    at_front = false;
    more = take(scan_, state);
  }
  scan_.reset();
  if (at_front && now > wake) raise_front({channel, now, Key{}});
}

Outbox::Found Outbox::due(Instant now, std::size_t limit, std::span<const std::string> channels) {
  return search(now, limit, channels, Front::moves);
}

std::vector<OutboxRow> Outbox::waiting(Instant now, std::size_t limit, std::span<const std::string> channels) {
  return search(now, limit, channels, Front::stays).claimable;
}

Outbox::Found Outbox::search(Instant now, std::size_t limit, std::span<const std::string> channels, Front moves) {
  Found found;
  found.claimable.reserve(std::min<std::size_t>(limit, 1'000));
  for (const Place& front : fronts(channels)) {
    // Of each channel as many as there could be: another's rows may all wake later.
    std::size_t taken = 0;
    scan(front, now, moves, [&](Statement& row, OutboxState state) {
      if (state != OutboxState::claimed) {
        found.claimable.push_back(read(row));
        ++taken;
      } else if (row.instant(21) <= now) {
        found.lost.push_back(read(row));
      } else if (row.instant(24) > now) {
        found.ahead.push_back(read(row));
      }
      return taken < limit;
    });
  }
  const auto earlier = [](const OutboxRow& a, const OutboxRow& b) {
    return std::tie(a.owed.wake, a.owed.key) < std::tie(b.owed.wake, b.owed.key);
  };
  // Mostly they are of one channel, and rows are large to move.
  if (!std::is_sorted(found.claimable.begin(), found.claimable.end(), earlier)) {
    std::sort(found.claimable.begin(), found.claimable.end(), earlier);
  }
  if (found.claimable.size() > limit) found.claimable.resize(limit);
  return found;
}

std::vector<std::int64_t> Outbox::contacted(Instant from, Instant to) {
  std::vector<std::int64_t> customers;
  Statement with = database_.prepare(
      "SELECT customer FROM outbox WHERE channel = ? AND wake BETWEEN ? AND ? AND changed >= ? AND state IN (?, ?, ?)");
  for (const Place& front : fronts({})) {
    with.bind(1, std::get<0>(front)).bind(2, from - std::chrono::days{31}).bind(3, to).bind(4, from);
    with.bind(5, number(OutboxState::claimed)).bind(6, number(OutboxState::sent));
    with.bind(7, number(OutboxState::unknown));
    while (with.step()) customers.push_back(with.integer(0));
    with.reset();
  }
  std::sort(customers.begin(), customers.end());
  customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
  return customers;
}

std::vector<OutboxRow> Outbox::expired(Instant now) {
  std::vector<OutboxRow> rows;
  for (const Place& front : fronts({})) {
    scan(front, now, Front::moves, [&](Statement& row, OutboxState state) {
      if (state != OutboxState::claimed && row.instant(13) < now) rows.push_back(read(row));
      return true;
    });
  }
  return rows;
}

void Outbox::hold(const OutboxRow& row, std::span<const OutboxRow> merged, std::int64_t token, Instant lease,
                  const AuditNote& note) {
  const auto claim = [&](const OutboxRow& each) {
    hold_.bind(1, number(OutboxState::claimed)).bind(2, token).bind(3, lease).bind(4, note.at);
    hold_.bind_filled(5, note.why);
    hold_.bind(6, words_.code(each.owed.channel)).bind(7, each.owed.wake).bind(8, each.owed.key).run();
    audit_.add(each.owed.key, each.owed.customer, OutboxState::claimed, note);
  };
  claim(row);
  for (const OutboxRow& each : merged) claim(each);
}

void Outbox::hold_run(std::span<const OutboxRow* const> rows, std::int64_t token, Instant lease,
                      const AuditNote& note) {
  const OwedRow& first = rows.front()->owed;
  const OwedRow& last = rows.back()->owed;
  hold_run_.bind(1, number(OutboxState::claimed)).bind(2, token).bind(3, lease).bind(4, note.at);
  hold_run_.bind_filled(5, note.why).bind(6, words_.code(first.channel)).bind(7, first.wake).bind(8, first.key);
  hold_run_.bind(9, last.wake).bind(10, last.key).bind(11, number(OutboxState::failed)).run();
  if (database_.changes() != static_cast<std::int64_t>(rows.size())) {
    throw Error(ErrorKind::store, "rows that are claimed lie otherwise than they were found");
  }
  for (const OutboxRow* row : rows) audit_.add(row->owed.key, row->owed.customer, OutboxState::claimed, note);
}

bool Outbox::send_all(std::span<const OwedRow* const> rows, std::int64_t token, const AuditNote& note) {
  struct Run {
    std::pair<Instant, Key> first, last;
    std::int64_t rows = 0;
  };
  std::map<std::string_view, Run> runs;  // by channel
  for (const OwedRow* row : rows) {
    Run& run = runs[row->channel];
    const std::pair place{row->wake, row->key};
    if (run.rows == 0 || place < run.first) run.first = place;
    if (run.rows == 0 || place > run.last) run.last = place;
    ++run.rows;
  }
  Savepoint savepoint(database_);
  for (const auto& [channel, run] : runs) {
    send_run_.bind(1, number(OutboxState::sent)).bind(2, note.at).bind_filled(3, note.why);
    send_run_.bind(4, words_.code(channel)).bind(5, run.first.first).bind(6, run.first.second);
    send_run_.bind(7, run.last.first).bind(8, run.last.second);
    send_run_.bind(9, token).bind(10, number(OutboxState::claimed)).run();
    if (database_.changes() != run.rows) return false;
  }
  savepoint.keep();
  for (const OwedRow* row : rows) audit_.add(row->key, row->customer, OutboxState::sent, note);
  return true;
}

std::optional<Instant> Outbox::next_wake(std::span<const std::string> channels) {
  std::optional<Instant> next;
  Statement first = database_.prepare(
      "SELECT wake FROM outbox WHERE channel = ? AND wake >= ? AND state <= ? AND contact IS NULL ORDER BY wake LIMIT "
      "1");
  for (const Place& front : fronts(channels)) {
    first.bind(1, std::get<0>(front)).bind(2, std::get<1>(front)).bind(3, number(OutboxState::failed));
    if (first.step()) next = next ? std::min(*next, first.instant(0)) : first.instant(0);
    first.reset();
  }
  return next;
}

}  // namespace courtesy
