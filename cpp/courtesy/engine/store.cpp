#include <courtesy/engine/history_table.h>
#include <courtesy/engine/store.h>
#include <courtesy/store/backup.h>
#include <courtesy/store/erasure.h>
#include <courtesy/store/filled.h>
#include <courtesy/store/open_store.h>
#include <courtesy/store/outbox_table.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <limits>
#include <mutex>
#include <set>
#include <unordered_set>

namespace courtesy {

struct Store::Parts {
  Parts(const std::string& at, RuleSource rules, const StoreOptions& options)
      : path(at), source(std::move(rules)), asked(options) {
    open.emplace(path, source, asked.database, asked.threads, asked.who);
    if (RulesInForce::stored(open->settings)) return;
    Writing writing(*open);
    open->rules.keep();
    writing.commit();
  }

  std::string path;
  RuleSource source;
  StoreOptions asked;
  std::optional<StoreParts> open;    // nothing once it is closed
  std::optional<StoreParts> reader;  // a refresh's own connection
  std::mutex one_at_a_time;
  std::mutex one_refresh;
  std::atomic<bool> reader_is_stale = false;  // it may keep pages of somebody who was erased
  pid_t opened_by = getpid();
};

namespace {

std::int64_t number_of(StoreParts& parts, const StoredId& id) {
  const auto number = parts.journal.number(id);
  if (!number) throw Error(ErrorKind::missing, "there is no customer " + text_of(id) + " in the store");
  return *number;
}

std::string tombstone_key(StoreParts& parts) { return parts.settings.text("tombstone_key").value_or(""); }

// Those to whom a customer was to be introduced, and whoever has a place now that the customer took: they are looked at
// again.
void mark_those_concerned(StoreParts& parts, std::int64_t erased) {
  const Coupling coupling = courtesy::coupling(parts);
  std::vector<std::int64_t> others = with_companions(parts, {erased}, coupling);
  const auto introduced = parts.outbox.introduced_to(text_of(parts.journal.id(erased)));
  others.insert(others.end(), introduced.begin(), introduced.end());
  // Where all are decided on together, one of them has the others looked at.
  if (coupling.everybody()) others.push_back(parts.journal.any_but(erased));
  for (const std::int64_t other : others) {
    if (other != 0 && other != erased) parts.journal.mark_changed(other);
  }
}

Claimed shown(StoreParts& parts, OutboxRow row) {
  Claimed shown{std::move(row), {}};
  for (OutboxRow& part : parts.outbox.merged_with(shown.row)) shown.merged.push_back(std::move(part.owed));
  return shown;
}

}  // namespace

// One call: the handle's parts, while nobody else uses them.
class Store::Use {
 public:
  explicit Use(const Store& store) : parts_(store.parts()), alone_(parts_.one_at_a_time) {
    if (!parts_.open) throw Error(ErrorKind::store, "the store is closed");
  }
  [[nodiscard]] StoreParts& operator*() const { return *parts_.open; }
  [[nodiscard]] StoreParts* operator->() const { return &*parts_.open; }
  [[nodiscard]] Parts& all() const { return parts_; }

 private:
  Parts& parts_;
  std::scoped_lock<std::mutex> alone_;
};

Store::Store(const std::string& path, RuleSource rules, const StoreOptions& options)
    : parts_(std::make_unique<Parts>(path, std::move(rules), options)) {}

Store::~Store() {
  // A child's copy of a connection must not touch the file: the locks are its parent's.
  if (parts_->opened_by != getpid()) static_cast<void>(parts_.release());
}

void Store::close() {
  if (parts_->opened_by != getpid()) return;
  const std::scoped_lock both(parts_->one_refresh, parts_->one_at_a_time);
  parts_->reader.reset();
  parts_->open.reset();
}

Store::Parts& Store::parts() const {
  if (parts_->opened_by != getpid()) {
    throw Error(ErrorKind::store, "the store was opened by another process, before a fork: open it again in this one");
  }
  return *parts_;
}

std::optional<std::pair<std::string, std::string>> Store::rules_in(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  DatabaseOptions options;
  options.create = false;
  OpenStore store = open_store(path, options);
  Settings settings(store.database);
  return RulesInForce::stored(settings);
}

template <typename Do>
Taken Store::take(const ErasedAmong& erased_among, Do write) {
  const Use use(*this);
  Writing writing(*use);
  std::unordered_set<std::string> erased;
  if (const std::vector<std::string> hashes = tombstones(use->database); !hashes.empty()) {
    if (!erased_among)
      throw Error(ErrorKind::store, "customers were erased from the store: say which of the rows are theirs");
    const std::vector<std::string> ids = erased_among(courtesy::tombstone_key(*use), hashes);
    erased = {ids.begin(), ids.end()};
  }
  Taken taken = write(use->journal, erased);
  writing.commit();
  return taken;
}

Taken Store::upsert_customers(const Table& table, const BuildOptions& options, const ErasedAmong& erased_among) {
  return take(erased_among, [&](Journal& journal, const std::unordered_set<std::string>& erased) {
    return journal.upsert_customers(table, options, erased);
  });
}

Taken Store::upsert_assets(const Table& table, const BuildOptions& options, const ErasedAmong& erased_among) {
  return take(erased_among, [&](Journal& journal, const std::unordered_set<std::string>& erased) {
    return journal.upsert_assets(table, options, erased);
  });
}

Taken Store::append_events(const Table& table, const BuildOptions& options, Instant now,
                           const ErasedAmong& erased_among) {
  return take(erased_among, [&](Journal& journal, const std::unordered_set<std::string>& erased) {
    return journal.append_events(table, options, erased, now);
  });
}

// Reads by a connection of its own, so that whoever claims or answers need not wait until the plan is made.
template <typename Do>
auto Store::with_reader(const RefreshOptions& options, Do then) {
  Parts& all = parts();
  const std::scoped_lock one(all.one_refresh);
  if (all.reader_is_stale.exchange(false)) all.reader.reset();
  if (!all.reader) {
    const Use use(*this);
    all.reader.emplace(all.path, all.source, all.asked.database, all.asked.threads, all.asked.who);
  }
  Refresh refresh(*all.reader, options);
  refresh.look();
  return then(refresh);
}

Refreshed Store::refresh(const RefreshOptions& options) {
  // Others that refresh this file wait, in whatever process they are.
  FileLock turn(parts().path);
  const FileLock::Held held = turn.hold(FileLock::Part::refreshing);
  for (;;) {
    const auto refreshed = with_reader(options, [&](Refresh& refresh) {
      if (options.progress) options.progress("storing");
      const Use use(*this);
      return refresh.apply(*use);
    });
    if (refreshed) return *refreshed;
  }
}

Refreshed Store::preview(const RefreshOptions& options) {
  return with_reader(options, [](Refresh& refresh) { return refresh.preview(); });
}

std::vector<Claimed> Store::claim(const ClaimOptions& options) {
  const Use use(*this);
  Writing writing(*use);
  std::vector<Claimed> claimed = courtesy::claim(*use, options);
  writing.commit();
  return claimed;
}

std::vector<std::string> Store::answer(const std::vector<Answer>& answers, Instant now) {
  const Use use(*this);
  Writing writing(*use);
  std::vector<std::string> refused = courtesy::answer(*use, answers, now);
  writing.commit();
  return refused;
}

std::vector<std::string> Store::done(std::span<const Claimed> claim, Instant now) {
  const Use use(*this);
  Writing writing(*use);
  std::vector<std::string> refused = courtesy::done(*use, claim, now);
  writing.commit();
  return refused;
}

void Store::snooze(const Key& key, Instant until, const std::string& by, const std::string& why, Instant now) {
  const Use use(*this);
  Writing writing(*use);
  courtesy::snooze(*use, key, until, by, why, now);
  writing.commit();
}

void Store::skip(const Key& key, const std::string& by, const std::string& why, Instant now) {
  const Use use(*this);
  Writing writing(*use);
  courtesy::skip(*use, key, by, why, now);
  writing.commit();
}

Plan Store::plan(Window window, const std::optional<StoredId>& customer) {
  std::shared_ptr<const Rules> rules;
  Known known;
  {
    const Use use(*this);
    Transaction reading(use->database, Transaction::Kind::read);
    rules = use->rules.active(window.start);
    const Coupling coupling = courtesy::coupling(*use);
    std::optional<std::vector<std::int64_t>> numbers;
    if (customer) {
      const std::int64_t number = number_of(*use, *customer);
      if (!coupling.everybody()) numbers = with_companions(*use, {number}, coupling);
    }
    known = read_known(*use, numbers);
    reading.commit();
  }
  return courtesy::plan(known.base, rules, window, {true, parts().asked.threads});
}

std::optional<Claimed> Store::find(const Key& key) {
  const Use use(*this);
  Transaction reading(use->database, Transaction::Kind::read);
  use->outbox.begin();
  std::optional<Claimed> found;
  if (auto row = use->outbox.find(key)) found = shown(*use, std::move(*row));
  reading.commit();
  return found;
}

std::vector<Claimed> Store::due(const ClaimOptions& options) {
  const Use use(*this);
  Transaction reading(use->database, Transaction::Kind::read);
  use->outbox.begin();
  const std::size_t limit = options.limit == 0 ? std::numeric_limits<std::size_t>::max() : options.limit;
  std::vector<Claimed> due;
  for (OutboxRow& row : use->outbox.waiting(options.now, limit, options.channels)) {
    due.push_back(shown(*use, std::move(row)));
  }
  reading.commit();
  return due;
}

void Store::erase(const StoredId& customer, const std::string& tombstone) {
  const Use use(*this);
  const auto number = use->journal.number(customer);
  const std::vector<std::string> known = courtesy::tombstones(use->database);
  if (!number && std::find(known.begin(), known.end(), tombstone) == known.end())
    static_cast<void>(number_of(*use, customer));
  // A refresh that is at work goes on with its connection.
  if (const std::unique_lock alone(use.all().one_refresh, std::try_to_lock); alone) {
    use.all().reader.reset();
  } else {
    use.all().reader_is_stale = true;
  }
  use->outbox.begin();
  try {
    erase_customer(use->database, use->lock, {number, tombstone, [&] { mark_those_concerned(*use, *number); }});
  } catch (...) {
    use->outbox.forget();
    throw;
  }
}

std::string Store::tombstone_key() {
  const Use use(*this);
  return courtesy::tombstone_key(*use);
}

void Store::backup(const std::string& path) {
  const Use use(*this);
  backup_store(use->database, path);
}

std::size_t Store::reconcile(const std::vector<Key>& sent, bool rest_unknown, Instant now) {
  const Use use(*this);
  Writing writing(*use);
  if (!use->settings.integer("held")) {
    throw Error(ErrorKind::store, "the store was not restored from a backup, or was reconciled before");
  }
  const std::set<Key> known(sent.begin(), sent.end());
  std::size_t settled = 0;
  const auto settle = [&](const OutboxRow& row, OutboxState state, std::string_view why) {
    use->outbox.set(row, state, {now, use->who, why});
    use->journal.mark_changed(row.owed.customer);
    ++settled;
  };
  const std::vector<OutboxRow> rows = use->outbox.all_rows();
  std::set<Key> strangers = known;
  for (const OutboxRow& row : rows) strangers.erase(row.owed.key);
  if (!strangers.empty()) {
    // They would be planned, and sent again, with the next import.
    throw Error(ErrorKind::missing, "the store has no reminder " + to_hex(*strangers.begin()) +
                                        (strangers.size() == 1 ? ""
                                                               : ", and " + std::to_string(strangers.size() - 1) +
                                                                     " more of the keys that were sent") +
                                        ": import what has happened since the backup and refresh, or leave them out");
  }
  for (const OutboxRow& row : rows) {
    const OutboxState state = row.owed.state;
    const bool open = is_claimable(state) || state == OutboxState::claimed;
    if (known.contains(row.owed.key) && state != OutboxState::sent && !row.owed.contact) {
      settle(row, OutboxState::sent, "reconciled");
    } else if (open && !row.owed.contact && (row.owed.wake <= now || state == OutboxState::claimed)) {
      settle(row, rest_unknown ? OutboxState::unknown : OutboxState::planned, "reconciled");
    }
  }
  use->settings.remove("held");
  writing.commit();
  return settled;
}

bool Store::held() {
  const Use use(*this);
  return use->settings.integer("held").has_value();
}

std::vector<std::string> Store::check() {
  const Use use(*this);
  return check_store(use->database);
}

OutTable Store::table(const std::string& name) {
  const Use use(*this);
  if (name == "outbox") return outbox_table(use->database);
  if (name == "audit") return audit_table(use->database);
  return use->journal.table(name);
}

OutTable Store::history(const StoredId& customer) {
  const Use use(*this);
  return history_table(*use, number_of(*use, customer));
}

std::vector<std::pair<std::string, std::string>> Store::customer(const StoredId& id) {
  const Use use(*this);
  return use->journal.row(number_of(*use, id));
}

std::map<std::string, std::int64_t> Store::counts() {
  const Use use(*this);
  std::map<std::string, std::int64_t> counts = use->outbox.counts();
  for (const char* const table : {"customers", "assets", "events", "outbox", "audit"}) {
    counts[table] = use->database.integer(std::string("SELECT count(*) FROM ") + table);
  }
  return counts;
}

std::optional<Instant> Store::next_wake(const std::vector<std::string>& channels) {
  const Use use(*this);
  return use->outbox.next_wake(channels);
}

}  // namespace courtesy
