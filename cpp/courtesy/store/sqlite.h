// SQLite, held safely: a hardened connection, statements that are bound and read by type, transactions that end.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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
  std::string vfs;  // of SQLite; empty: the default
};

// An id as it was given: a whole number or a text; nothing where the cell is empty.
using StoredId = std::variant<std::monostate, std::int64_t, std::string>;

class Database;

// A prepared statement. It is kept and used again: reset() before it is bound anew. Places of parameters count from 1,
// those of columns from 0.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  Statement& bind(int place, std::int64_t value);
  Statement& bind(int place, double value);  // NaN is an empty cell
  Statement& bind(int place, std::string_view text);  // must live until the statement is reset
  Statement& bind(int place, Instant at);             // Instant::max() is an empty cell
  Statement& bind(int place, const Key& key);         // 16 bytes, the high word first, big-endian
  Statement& bind(int place, const StoredId& id);
  Statement& bind_blob(int place, std::span<const std::uint8_t> bytes);
  Statement& bind_null(int place);

  // Whether there is a row. Throws Error{store} with SQLite's message.
  bool step();
  // Runs it to its end, and makes it ready again.
  void run();
  void reset();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] bool is_integer(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;             // NaN where empty
  [[nodiscard]] std::string_view text(int column) const;   // lives until the next step or reset
  [[nodiscard]] std::span<const std::uint8_t> blob(int column) const;
  [[nodiscard]] Instant instant(int column) const;  // Instant::max() where empty
  [[nodiscard]] Key key(int column) const;
  [[nodiscard]] StoredId id(int column) const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}

  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

// One connection, used by one thread at a time. Opened hardened: trusted_schema off, defensive, secure_delete on, mode
// 0600 where it is made, no symbolic link is followed, WAL, no automatic checkpoint.
class Database {
 public:
  // Throws Error{store}: a file that is no SQLite database, a symbolic link, a folder, a disk that cannot be written.
  Database(const std::string& path, const DatabaseOptions& options);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  [[nodiscard]] Statement prepare(std::string_view sql);
  void execute(std::string_view sql);  // one or several statements, without rows
  [[nodiscard]] std::int64_t integer(std::string_view sql);  // the first cell of the first row; 0 where there is none
  [[nodiscard]] std::string text(std::string_view sql);
  [[nodiscard]] std::int64_t changes() const;  // rows that the last statement changed
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::int64_t wal_bytes() const;  // of the WAL that the last commit left
  [[nodiscard]] sqlite3* handle() const noexcept { return database_; }

 private:
  std::string path_;
  sqlite3* database_ = nullptr;
  std::int64_t wal_pages_ = 0;
  std::int64_t page_bytes_ = 0;
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
  bool open_ = true;
};

}  // namespace courtesy
