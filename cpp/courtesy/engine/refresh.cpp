#include <courtesy/engine/refresh.h>
#include <courtesy/store/filled.h>

#include <algorithm>
#include <map>

namespace courtesy {
namespace {

// Beyond the horizon it is planned so far ahead, to know who has to be looked at when.
constexpr std::chrono::days ahead{30};

std::int64_t last_audit(Database& database) { return database.integer("SELECT max(seq) FROM audit"); }

std::int64_t erased(Database& database) { return database.integer("SELECT count(*) FROM tombstones"); }

}  // namespace

bool Refresh::everybody(const Coupling& coupling, bool any) const {
  if (options_.everybody || !reader_.rules.are_refreshed()) return true;
  return any && coupling.everybody();
}

void Refresh::look() {
  tell("reading");
  const Instant now = options_.now;
  until_ = std::chrono::ceil<std::chrono::hours>(now + options_.horizon);
  hour_ = hour_of(now);
  Window window{now, until_ + ahead};
  {
    Transaction reading(reader_.database, Transaction::Kind::read);
    last_change_ = reader_.journal.last_change();
    last_audit_ = last_audit(reader_.database);
    erased_ = erased(reader_.database);
    active_ = reader_.rules.active(now);
    if (const auto last = reader_.settings.integer("refreshed_at")) {
      window.start = std::min(now, Instant{std::chrono::microseconds{*last}}) - old_news;
    }
    const Coupling coupling = courtesy::coupling(reader_);
    changed_ = reader_.journal.changed();
    looked_at_ = changed_;
    const std::vector<std::int64_t> due = reader_.agenda.due(hour_);
    looked_at_.insert(looked_at_.end(), due.begin(), due.end());
    all_ = everybody(coupling, !looked_at_.empty());
    if (!all_) {
      std::sort(looked_at_.begin(), looked_at_.end());
      looked_at_.erase(std::unique(looked_at_.begin(), looked_at_.end()), looked_at_.end());
      looked_at_ = with_companions(reader_, std::move(looked_at_), coupling);
    }
    none_ = !all_ && looked_at_.empty();
    if (!none_) known_ = read_known(reader_, all_ ? std::nullopt : std::optional(looked_at_));
    reading.commit();
  }
  if (none_) return;
  looked_at_ = known_.numbers;
  tell("planning");
  plan_ = plan(known_.base, active_, window, {true, reader_.threads});
}

Merged Refresh::merged(std::span<const OutboxRow> rows) const {
  const std::vector<OwedRow> owed = owed_of(rows);
  return merge(owed, *plan_, known_.numbers, {options_.now, until_, changed_});
}

Refreshed Refresh::counted(const Merged& merged) const {
  Refreshed refreshed;
  refreshed.looked_at = looked_at_.size();
  refreshed.added = merged.fresh.size();
  for (const Change& change : merged.changes) {
    switch (change.what) {
      case Change::What::insert:
        ++refreshed.added;
        break;
      case Change::What::move:
        ++refreshed.moved;
        break;
      case Change::What::withdraw:
        ++refreshed.withdrawn;
        break;
      case Change::What::expire:
        ++refreshed.expired;
        break;
    }
  }
  // Of some customers a plan would warn of what only the others have.
  if (plan_ && all_) refreshed.warnings = plan_->warnings;
  return refreshed;
}

OutTable changes_table(const Refreshed& preview) {
  constexpr const char* names[] = {"new", "moved", "withdrawn", "expired"};
  FilledTable table;
  auto& change = table.texts("change");
  auto& customer = table.ids("customer");
  auto& occasion = table.texts("occasion");
  auto& step = table.texts("step");
  auto& due = table.instants("due");
  auto& was = table.instants("was");
  auto& channel = table.texts("channel");
  auto& why = table.texts("why");
  auto& key = table.texts("key");
  for (std::size_t i = 0; i < preview.changes.size(); ++i) {
    const Change& each = preview.changes[i];
    change.add(names[static_cast<std::size_t>(each.what)]);
    customer.add(preview.customers[i]);
    occasion.add(each.row.occasion);
    step.add(each.row.step);
    due.push_back(each.row.due);
    was.push_back(each.was.value_or(Instant::max()));
    channel.add(each.row.channel);
    why.add(each.why);
    key.add(to_hex(each.row.key));
  }
  return table.finish();
}

Refreshed Refresh::preview() {
  if (none_) return {};
  Merged found = merged(known_.rows);
  Refreshed refreshed = counted(found);
  refreshed.changes = changes_of(std::move(found), *plan_, known_.numbers);
  for (const Change& change : refreshed.changes) refreshed.customers.push_back(reader_.journal.id(change.row.customer));
  return refreshed;
}

// When each of them has to be looked at next: as soon as something comes into the horizon, or, where nothing is in
// sight, within a month. Those are spread, so that not all of them come up in one hour.
void Refresh::note_looks(StoreParts& writer) const {
  const std::vector<Instant> looks = next_looks(*plan_, until_, options_.horizon);
  constexpr std::int64_t spread = 15 * 24;
  std::map<std::int64_t, std::vector<std::int64_t>> hours;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const std::int64_t number = known_.numbers[i];
    const std::int64_t latest = hour_ + spread + number * 7919 % spread;
    hours[looks[i] == Instant::max() ? latest : std::min(latest, hour_of(looks[i]))].push_back(number);
  }
  if (all_) {
    writer.agenda.clear();
  } else {
    writer.agenda.clear(hour_);
  }
  for (const auto& [hour, customers] : hours) writer.agenda.add(hour, customers);
}

// What waits in vain: nobody sends on its channel, or not for long enough.
void Refresh::drop_expired(StoreParts& writer, Refreshed& refreshed) const {
  for (const OutboxRow& row : writer.outbox.expired(options_.now)) {
    writer.journal.mark_changed(row.owed.customer);
    writer.outbox.set(row, OutboxState::expired, {options_.now, writer.who, reason_name(ReasonCode::expired)});
    ++refreshed.expired;
  }
}

// Those about whom there is something new by now: this plan does not know it, and may undo what staff have said.
void Refresh::leave_to_the_next(std::span<const std::int64_t> customers, Merged& found) const {
  if (customers.empty()) return;
  const auto is_left = [&](std::int64_t customer) {
    return std::binary_search(customers.begin(), customers.end(), customer);
  };
  std::erase_if(found.changes, [&](const Change& change) { return is_left(change.row.customer); });
  std::erase_if(found.fresh,
                [&](const FreshRow& row) { return is_left(known_.numbers[plan_->columns.customer[row.row]]); });
}

std::optional<Refreshed> Refresh::apply(StoreParts& writer) {
  Writing writing(writer);
  if (erased(writer.database) != erased_) return std::nullopt;
  Refreshed refreshed;
  if (!none_) {
    // Whoever claimed or answered meanwhile wrote to the audit, and nobody else refreshes.
    if (last_audit(writer.database) != last_audit_) {
      known_.rows = all_ ? writer.outbox.all_rows() : writer.outbox.rows_of(looked_at_);
    }
    Merged found = merged(known_.rows);
    leave_to_the_next(writer.journal.changed_since(last_change_), found);
    writer.outbox.apply(found.changes, options_.now, writer.who);
    const auto whole = [&](std::uint32_t row) { return owed_row(*plan_, plan_->row(row), known_.numbers); };
    writer.outbox.insert({*plan_, found.fresh, known_.numbers, whole}, options_.now);
    refreshed = counted(found);
    writer.journal.clear_changed(last_change_);
    // What is let go makes room for others, of which this plan did not know.
    for (const Change& change : found.changes) {
      if (change.what == Change::What::expire) writer.journal.mark_changed(change.row.customer);
    }
    note_looks(writer);
    if (all_) writer.rules.refreshed(*active_);
  }
  drop_expired(writer, refreshed);
  const std::int64_t now = options_.now.time_since_epoch().count();
  if (writer.settings.integer("refreshed_at") != now) writer.settings.set("refreshed_at", now);
  writing.commit();
  return refreshed;
}

}  // namespace courtesy
