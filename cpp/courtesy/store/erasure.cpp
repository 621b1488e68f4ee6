#include <courtesy/error.h>
#include <courtesy/store/erasure.h>

#include <charconv>

namespace courtesy {
namespace {

void run(Database& database, std::string_view sql, std::int64_t number) { database.prepare(sql).bind(1, number).run(); }

std::vector<std::uint8_t> bytes_of(const std::string& hex) {
  std::vector<std::uint8_t> bytes(hex.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char* const digits = hex.data() + 2 * i;
    if (std::from_chars(digits, digits + 2, bytes[i], 16).ptr != digits + 2) {
      throw Error(ErrorKind::store, "a tombstone is written in hexadecimal digits");
    }
  }
  return bytes;
}

// Who referred them, and whom they were introduced to.
void forget_in_others(Database& database, const StoredId& id) {
  for (const char* const sql :
       {"UPDATE events SET ref = NULL WHERE ref = ?1 AND kind = (SELECT code FROM words WHERE text = 'referral')",
        "UPDATE events SET topic = NULL WHERE topic = ?1 AND kind = (SELECT code FROM words WHERE text = 'contact')",
        "UPDATE outbox SET partner = NULL WHERE partner = CAST(?1 AS TEXT)"}) {
    database.prepare(sql).bind(1, id).run();
  }
}

void forget(Database& database, std::int64_t number, const Erased& erased) {
  Transaction writing(database, Transaction::Kind::write);
  if (erased.also) erased.also();
  Statement id = database.prepare("SELECT id FROM customers WHERE no = ?");
  id.bind(1, number);
  if (id.step()) {
    const StoredId forgotten = id.id(0);
    id.reset();
    forget_in_others(database, forgotten);
  }
  run(database, "DELETE FROM audit WHERE customer = ?", number);
  run(database,
      "DELETE FROM outbox WHERE (channel, wake, key) IN (SELECT channel, wake, key FROM owed WHERE customer = ?)",
      number);
  for (const char* const table : {"owed", "changed", "events", "assets"}) {
    run(database, std::string("DELETE FROM ") + table + " WHERE customer = ?", number);
  }
  run(database, "DELETE FROM customers WHERE no = ?", number);
  const std::vector<std::uint8_t> hash = bytes_of(erased.tombstone);
  database.prepare("INSERT INTO tombstones (hash) VALUES (?) ON CONFLICT DO NOTHING").bind_blob(1, hash).run();
  writing.commit();
}

}  // namespace

void erase_customer(Database& database, FileLock& lock, const Erased& erased) {
  const FileLock::Held held = lock.hold(FileLock::Part::writing);
  if (erased.number) forget(database, *erased.number, erased);
  // What was deleted is overwritten with zeros, but a page may still hold what was once moved within it.
  database.execute("VACUUM");
  if (database.checkpoint(true)) return;
  Where where;
  where.file = database.path();
  throw Error(ErrorKind::store,
              "the customer is erased, but somebody reads the store and keeps its WAL, where they still stand; erase "
              "them once more when that has ended",
              std::move(where));
}

std::vector<std::string> tombstones(Database& database) {
  std::vector<std::string> hashes;
  Statement all = database.prepare("SELECT lower(hex(hash)) FROM tombstones");
  while (all.step()) hashes.emplace_back(all.text(0));
  return hashes;
}

}  // namespace courtesy
