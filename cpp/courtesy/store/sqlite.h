// SQLite, held safely: a hardened connection, statements that are bound and read by type, transactions that end.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <courtesy/plan/reminder.h>
#include <courtesy/time/civil.h>

struct sqlite3;
struct sqlite3_stmt;

namespace courtesy {

enum class Synchronous : std::uint8_t { normal, full };

struct DatabaseOptions {
  bool create = true;      // where there is no file
  bool read_only = false;  // for exports beside a running worker
  Synchronous synchronous = Synchronous::normal;
  std::string vfs{};  // of SQLite; empty: the default
};

// An id as it was given: a whole number or a text; nothing where the cell is empty.
using StoredId = std::variant<std::monostate, std::int64_t, std::string>;

// The high word first, big-endian: bytes are in the order of keys.
using KeyBytes = std::array<std::uint8_t, 16>;
[[nodiscard]] KeyBytes key_bytes(const Key& key);

// Throws Error{store} that says in plain words what SQLite refused, with its own message and the file's path. Values of
// cells are in neither.
[[noreturn]] void raise_sqlite(sqlite3* database, int code);

class Database;

// A prepared statement. It is kept and used again: reset() before it is bound anew. Places of parameters count from 1,
// those of columns from 0.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  Statement& bind(int place, std::integral auto value) { return bind_integer(place, static_cast<std::int64_t>(value)); }
  Statement& bind(int place, double value);  // NaN is an empty cell
  Statement& bind(int place, std::string_view text) { return bind_text(place, text); }
  Statement& bind(int place, const std::string& text) { return bind_text(place, text); }
  Statement& bind(int place, const char* text) { return bind_text(place, text); }
  Statement& bind(int place, Instant at);      // Instant::max() is an empty cell
  Statement& bind(int place, const Key& key);  // its bytes
  Statement& bind(int place, const std::same_as<StoredId> auto& id) { return bind_id(place, id); }
  // Texts and bytes must live until the statement is reset, or bound anew.
  Statement& bind_blob(int place, std::span<const std::uint8_t> bytes);
  Statement& bind_filled(int place, std::string_view text);  // an empty text is an empty cell
  Statement& bind_null(int place);

  // Whether there is a row. Throws Error{store} with SQLite's message; then it is ready to be bound anew.
  bool step();
  // Runs it to its end, and makes it ready again.
  void run();
  void reset();

  [[nodiscard]] bool is_prepared() const noexcept { return statement_ != nullptr; }
  [[nodiscard]] int columns() const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] bool is_integer(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;            // NaN where empty
  [[nodiscard]] std::string_view text(int column) const;  // lives until the next step or reset
  [[nodiscard]] std::span<const std::uint8_t> blob(int column) const;
  [[nodiscard]] Instant instant(int column) const;  // Instant::max() where empty
  [[nodiscard]] Key key(int column) const;
  [[nodiscard]] StoredId id(int column) const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  void check_memory() const;
  Statement& bind_integer(int place, std::int64_t value);
  Statement& bind_text(int place, std::string_view text);
  Statement& bind_id(int place, const StoredId& id);
  Statement& bound(int code);
  [[nodiscard]] std::size_t blob_size(int column) const;

  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

// One connection, used by one thread at a time. Opened hardened: no symbolic link is followed, the file is for its
// owner alone where it is made here (mode 0600), nothing that stands in the file's schema is trusted (no triggers, no
// views, no functions), what is deleted is overwritten, and no checkpoint happens by itself. migrate() makes it a store
// in WAL mode. The writer's lock is held by whoever opens it: a connection may have to mend what a crash left.
class Database {
 public:
  // Throws Error{store}: no file where none is to be made, a file that is no SQLite database, a folder, a symbolic link
  // or a second name of a file, a file or disk that cannot be written.
  Database(const std::string& path, const DatabaseOptions& options);
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();

  [[nodiscard]] Statement prepare(std::string_view sql);
  void execute(std::string_view sql);                        // one or several statements, without rows
  [[nodiscard]] std::int64_t integer(std::string_view sql);  // the first cell of the first row; 0 where there is none
  [[nodiscard]] std::string text(std::string_view sql);
  [[nodiscard]] std::int64_t changes() const;  // rows that the last statement changed
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool may_write() const;  // whether a transaction is open that holds SQLite's own writer's lock
  [[nodiscard]] std::uint64_t rollbacks() const noexcept { return rollbacks_; }  // of transactions that wrote
  [[nodiscard]] const std::string& path() const noexcept { return path_; }       // the whole path
  [[nodiscard]] std::int64_t wal_bytes() const;                                  // of the WAL that the last commit left
  // Copies the WAL into the file and empties it; the writer's lock is held by the caller. `wait`: for readers, who keep
  // the end of the WAL in use; else it copies what it can. Whether the WAL is empty.
  bool checkpoint(bool wait);
  [[nodiscard]] sqlite3* handle() const noexcept { return database_; }

 private:
  friend class Transaction;
  friend class Savepoint;
  // Statements of each transaction, prepared when they are needed first.
  enum class Step : std::uint8_t { begin_to_write, begin_to_read, commit, savepoint, release };
  void run(Step step);
  void open(const DatabaseOptions& options);
  void close() noexcept;

  std::string path_;
  sqlite3* database_ = nullptr;
  std::unique_ptr<std::int64_t> wal_pages_;  // SQLite keeps its address
  std::int64_t page_bytes_ = 0;
  std::uint64_t rollbacks_ = 0;
  std::array<Statement, 5> steps_;
};

// Rolls back unless commit() was reached.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };
  Transaction(Database& database, Kind kind);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  Kind kind_;
  bool open_ = true;
};

// Within a transaction: what comes after it is undone unless keep() was reached.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  ~Savepoint();
  void keep();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace courtesy
