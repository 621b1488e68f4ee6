#include <courtesy/base/base_builder.h>
#include <courtesy/engine/store_parts.h>
#include <courtesy/store/filled.h>
#include <courtesy/store/outbox_events.h>

#include <algorithm>

namespace courtesy {
namespace {

// A base whose rows live as long as it does.
struct Rooted {
  Slice slice;
  std::shared_ptr<const CustomerBase> base;
};

}  // namespace

StoreParts::StoreParts(const std::string& path, RuleSource source, const DatabaseOptions& options, unsigned use_threads,
                       std::string user)
    : file(open_store(path, options)),
      lock(*file.lock),
      database(file.database),
      settings(database),
      words(database),
      journal(database, settings, words),
      outbox(database, settings, words),
      agenda(database),
      rules(database, settings, std::move(source)),
      threads(use_threads),
      who(std::move(user)) {}

Writing::Writing(StoreParts& parts)
    : parts_(parts),
      held_(parts.lock.hold(FileLock::Part::writing)),
      transaction_(parts.database, Transaction::Kind::write) {
  parts.outbox.begin();
}

Writing::~Writing() {
  if (!committed_) parts_.outbox.forget();
}

void Writing::commit() {
  parts_.outbox.finish();
  transaction_.commit();
  committed_ = true;
  // Readers keep the end of the WAL in use: they are waited for only when it has grown too long.
  constexpr std::int64_t long_wal = 8 << 20;
  constexpr std::int64_t longest_wal = 40 << 20;
  const std::int64_t bytes = parts_.database.wal_bytes();
  if (bytes <= long_wal) return;
  try {
    static_cast<void>(parts_.database.checkpoint(bytes > longest_wal));
  } catch (const Error&) {
    // What was committed stays so, and whoever commits next tries again.
  }
}

Known read_known(StoreParts& parts, const std::optional<std::vector<std::int64_t>>& numbers) {
  Known known;
  const auto rooted = std::make_shared<Rooted>();
  rooted->slice = numbers ? parts.journal.read(*numbers) : parts.journal.read_all();
  known.numbers = rooted->slice.numbers;
  known.rows = numbers ? parts.outbox.rows_of(*numbers) : parts.outbox.all_rows();
  for (const OutboxRow& row : known.rows) add_events(row, rooted->slice.events);
  BuildOptions options;
  options.shop_zone = parts.rules.rules()->shop.zone;
  rooted->base = build_base(rooted->slice.customers, rooted->slice.events.table(), rooted->slice.assets, options);
  known.base = {rooted, rooted->base.get()};
  return known;
}

std::vector<OwedRow> owed_of(std::span<const OutboxRow> rows) {
  std::vector<OwedRow> owed;
  owed.reserve(rows.size());
  for (const OutboxRow& row : rows) owed.push_back(row.owed);
  return owed;
}

std::vector<std::int64_t> with_companions(StoreParts& parts, std::vector<std::int64_t> numbers,
                                          const Coupling& coupling) {
  if (coupling.household) numbers = parts.journal.companions(numbers, "household");
  if (coupling.address) numbers = parts.journal.companions(numbers, "address");
  return numbers;
}

Coupling coupling(StoreParts& parts) {
  return coupling_of(*parts.rules.rules(), {parts.journal.any_asset_kinds(), parts.words.find("referral").has_value()});
}

}  // namespace courtesy
