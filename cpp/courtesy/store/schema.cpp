#include <courtesy/error.h>
#include <courtesy/store/migrations.h>
#include <courtesy/store/schema.h>

#include <utility>

namespace courtesy {
namespace {

[[noreturn]] void refuse(const Database& database, std::string message) {
  Where where;
  where.file = database.path();
  throw Error(ErrorKind::store, std::move(message), std::move(where));
}

}  // namespace

std::int64_t schema_version() { return static_cast<std::int64_t>(migrations().size()); }

std::int64_t check_schema(Database& database) {
  const std::int64_t application = database.integer("PRAGMA application_id");
  const std::int64_t version = database.integer("PRAGMA user_version");
  const bool empty = database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (application == 0 && version == 0 && empty) return 0;
  if (application != store_application_id || version < 1) {
    refuse(database,
           "it is the SQLite database of another program; give the path of a store, or of a file that does not "
           "exist yet");
  }
  if (version > schema_version()) {
    refuse(database, "it was made by a newer courtesy (schema " + std::to_string(version) + ", this one knows " +
                         std::to_string(schema_version()) + "); update courtesy");
  }
  return version;
}

void migrate(Database& database) {
  const std::int64_t found = check_schema(database);
  // Not within a transaction; what is on already costs a look.
  if (database.text("PRAGMA journal_mode=WAL") != "wal") {
    refuse(database, "SQLite cannot use a WAL there; give a path on a disk of this machine");
  }
  if (found == schema_version()) return;
  Transaction transaction(database, Transaction::Kind::write);
  for (std::int64_t version = found; version < schema_version(); ++version) {
    database.execute(migrations()[static_cast<std::size_t>(version)]);
  }
  database.execute("PRAGMA application_id=" + std::to_string(store_application_id));
  database.execute("PRAGMA user_version=" + std::to_string(schema_version()));
  transaction.commit();
}

}  // namespace courtesy
