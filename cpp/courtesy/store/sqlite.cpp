#include <courtesy/error.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/store_path.h>

#include <sqlite3.h>

#include <array>
#include <string>
#include <utility>

namespace courtesy {
namespace {

// Writers queue at the store's own lock; SQLite's locks are waited for only while another connection opens, closes or
// mends the file.
constexpr int busy_milliseconds = 60'000;

// What can be said to somebody who does not know SQLite.
std::string plain_words(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return "it is no SQLite database; give the path of a store, or of a file that does not exist yet";
    case SQLITE_CANTOPEN:
      return "it cannot be opened, or a file beside it (-wal, -shm) cannot be made; check the folder and its "
             "permissions";
    case SQLITE_READONLY:
      return "it cannot be written; check the permissions of the file and its folder, and that the disk is not "
             "read-only";
    case SQLITE_FULL:
      return "the disk is full, and nothing of this step was stored; make room and try again";
    case SQLITE_IOERR:
      return "the disk did not do what it was told, and nothing of this step was stored; check the disk and try again";
    case SQLITE_CORRUPT:
      return "the file is damaged; restore a backup";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program holds on to the file; end it and try again";
    case SQLITE_NOMEM:
      return "there is not enough memory, and nothing of this step was stored";
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "the file may not be used so; check its permissions";
    default:
      return "SQLite could not do what the store asked of it";
  }
}

int keep_wal_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<std::int64_t*>(pages) = count;
  return SQLITE_OK;
}

// In the order in which they must be set: cell_size_check before anything is read.
constexpr std::string_view pragmas =
    "PRAGMA cell_size_check=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA mmap_size=0;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA foreign_keys=OFF;"
    "PRAGMA cache_size=-65536;";

constexpr std::array<std::pair<int, int>, 6> switches = {{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                                          {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                          {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                                          {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                                          {SQLITE_DBCONFIG_DQS_DML, 0},
                                                          {SQLITE_DBCONFIG_DQS_DDL, 0}}};

}  // namespace

void raise_sqlite(sqlite3* database, int code) {
  Where where;
  std::string said = sqlite3_errstr(code);
  if (database != nullptr) {
    if (const char* path = sqlite3_db_filename(database, "main")) where.file = path;
    if ((sqlite3_errcode(database) & 0xFF) == (code & 0xFF)) said = sqlite3_errmsg(database);
  }
  throw Error(ErrorKind::store, plain_words(code) + " (SQLite: " + said + ", code " + std::to_string(code) + ")",
              std::move(where));
}

Database::Database(const std::string& path, const DatabaseOptions& options)
    : path_(whole_path(path)), wal_pages_(std::make_unique<std::int64_t>(0)) {
  check_store_file(path_, options.create && !options.read_only);
  try {
    open(options);
  } catch (...) {
    close();
    throw;
  }
}

void Database::open(const DatabaseOptions& options) {
  const int flags =
      (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  const int code =
      sqlite3_open_v2(path_.c_str(), &database_, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (database_ != nullptr) sqlite3_extended_result_codes(database_, 1);
  if (code != SQLITE_OK) {
    Where where;
    where.file = path_;
    throw Error(ErrorKind::store, plain_words(code) + " (SQLite: " + sqlite3_errstr(code) + ")", std::move(where));
  }
  sqlite3_busy_timeout(database_, busy_milliseconds);
  for (const auto& [option, value] : switches) sqlite3_db_config(database_, option, value, nullptr);
  sqlite3_wal_hook(database_, keep_wal_pages, wal_pages_.get());
  execute(pragmas);
  // The first look at the file itself.
  page_bytes_ = integer("PRAGMA page_size");
  (void)integer("SELECT count(*) FROM sqlite_schema");
  if (options.read_only) return;
  if (sqlite3_db_readonly(database_, "main") == 1) raise_sqlite(database_, SQLITE_READONLY);
  execute(options.synchronous == Synchronous::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

void Database::close() noexcept {
  // Statements that are still there keep it until they are gone.
  if (database_ != nullptr) sqlite3_close_v2(std::exchange(database_, nullptr));
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_)),
      database_(std::exchange(other.database_, nullptr)),
      wal_pages_(std::move(other.wal_pages_)),
      page_bytes_(other.page_bytes_),
      rollbacks_(other.rollbacks_),
      steps_(std::move(other.steps_)) {}

Database& Database::operator=(Database&& other) noexcept {
  if (this == &other) return *this;
  close();
  path_ = std::move(other.path_);
  database_ = std::exchange(other.database_, nullptr);
  wal_pages_ = std::move(other.wal_pages_);
  page_bytes_ = other.page_bytes_;
  rollbacks_ = other.rollbacks_;
  steps_ = std::move(other.steps_);
  return *this;
}

Database::~Database() { close(); }

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) raise_sqlite(database_, code);
  return {database_, statement};
}

void Database::execute(std::string_view sql) {
  const int code = sqlite3_exec(database_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise_sqlite(database_, code);
}

void Database::run(Step step) {
  constexpr const char* texts[] = {"BEGIN IMMEDIATE", "BEGIN", "COMMIT", "SAVEPOINT part", "RELEASE part"};
  const auto at = static_cast<std::size_t>(step);
  if (!steps_.at(at).is_prepared()) steps_.at(at) = prepare(texts[at]);
  steps_.at(at).run();
}

std::int64_t Database::integer(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? std::string(statement.text(0)) : std::string();
}

std::int64_t Database::changes() const { return sqlite3_changes64(database_); }
std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(database_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }
bool Database::may_write() const { return sqlite3_txn_state(database_, "main") == SQLITE_TXN_WRITE; }

std::int64_t Database::wal_bytes() const {
  constexpr std::int64_t header = 32;
  constexpr std::int64_t frame_header = 24;
  return *wal_pages_ == 0 ? 0 : header + *wal_pages_ * (page_bytes_ + frame_header);
}

bool Database::checkpoint(bool wait) {
  if (!wait) sqlite3_busy_timeout(database_, 0);
  int frames = 0;
  const int code = sqlite3_wal_checkpoint_v2(database_, "main", SQLITE_CHECKPOINT_TRUNCATE, &frames, nullptr);
  sqlite3_busy_timeout(database_, busy_milliseconds);
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) raise_sqlite(database_, code);
  if (code == SQLITE_OK) *wal_pages_ = 0;
  return code == SQLITE_OK;
}

Transaction::Transaction(Database& database, Kind kind) : database_(database), kind_(kind) {
  database_.run(kind == Kind::write ? Database::Step::begin_to_write : Database::Step::begin_to_read);
  // A read transaction sees the file as it is at its first look, which is now.
  try {
    if (kind == Kind::read) (void)database_.integer("SELECT count(*) FROM sqlite_schema WHERE rowid = 1");
  } catch (...) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

Transaction::~Transaction() {
  if (!open_) return;
  if (kind_ == Kind::write) ++database_.rollbacks_;
  // What was at work when the error came would go on in the middle of a transaction that is gone.
  sqlite3_stmt* statement = nullptr;
  while ((statement = sqlite3_next_stmt(database_.handle(), statement)) != nullptr) sqlite3_reset(statement);
  // SQLite has rolled back by itself after some errors.
  if (database_.in_transaction()) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run(Database::Step::commit);
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) { database_.run(Database::Step::savepoint); }

Savepoint::~Savepoint() {
  // Where the transaction is gone, so is this.
  if (!open_ || !database_.in_transaction()) return;
  sqlite3_exec(database_.handle(), "ROLLBACK TO part; RELEASE part", nullptr, nullptr, nullptr);
}

void Savepoint::keep() {
  database_.run(Database::Step::release);
  open_ = false;
}

}  // namespace courtesy
