#include <courtesy/error.h>
#include <courtesy/store/sqlite.h>

#include <sqlite3.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace courtesy {
namespace {

void put_word(std::uint8_t* at, std::uint64_t word) {
  for (int i = 0; i < 8; ++i) at[i] = static_cast<std::uint8_t>(word >> (56 - 8 * i));
}

std::uint64_t word_at(const std::uint8_t* at) {
  std::uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word = word << 8U | at[i];
  return word;
}

}  // namespace

KeyBytes key_bytes(const Key& key) {
  KeyBytes bytes{};
  put_word(bytes.data(), key.high);
  put_word(bytes.data() + 8, key.low);
  return bytes;
}

Statement::Statement(Statement&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(statement_, other.statement_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bound(int code) {
  if (code != SQLITE_OK) raise_sqlite(database_, code);
  return *this;
}

Statement& Statement::bind_integer(int place, std::int64_t value) {
  return bound(sqlite3_bind_int64(statement_, place, value));
}

Statement& Statement::bind(int place, double value) {
  return std::isnan(value) ? bind_null(place) : bound(sqlite3_bind_double(statement_, place, value));
}

Statement& Statement::bind_text(int place, std::string_view text) {
  // A null pointer would be an empty cell.
  const char* const bytes = text.data() == nullptr ? "" : text.data();
  return bound(sqlite3_bind_text64(statement_, place, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

Statement& Statement::bind(int place, Instant at) {
  return at == Instant::max() ? bind_null(place) : bind_integer(place, at.time_since_epoch().count());
}

Statement& Statement::bind(int place, const Key& key) {
  const KeyBytes bytes = key_bytes(key);
  return bound(sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bind_id(int place, const StoredId& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return bind_integer(place, *number);
  if (const auto* text = std::get_if<std::string>(&id)) return bind_text(place, *text);
  return bind_null(place);
}

Statement& Statement::bind_blob(int place, std::span<const std::uint8_t> bytes) {
  static constexpr std::uint8_t nothing = 0;
  const std::uint8_t* const from = bytes.data() == nullptr ? &nothing : bytes.data();
  return bound(sqlite3_bind_blob64(statement_, place, from, bytes.size(), SQLITE_STATIC));
}

Statement& Statement::bind_filled(int place, std::string_view text) {
  return text.empty() ? bind_null(place) : bind_text(place, text);
}

Statement& Statement::bind_null(int place) { return bound(sqlite3_bind_null(statement_, place)); }

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  try {
    raise_sqlite(database_, code);
  } catch (...) {
    sqlite3_reset(statement_);
    throw;
  }
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() { sqlite3_reset(statement_); }

int Statement::columns() const { return sqlite3_column_count(statement_); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
bool Statement::is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Statement::real(int column) const {
  return is_null(column) ? std::numeric_limits<double>::quiet_NaN() : sqlite3_column_double(statement_, column);
}

// An empty cell looks like one for which there was no memory.
void Statement::check_memory() const {
  if (sqlite3_errcode(database_) == SQLITE_NOMEM) raise_sqlite(database_, SQLITE_NOMEM);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) check_memory();
  return bytes == nullptr ? std::string_view{} : std::string_view(bytes, blob_size(column));
}

std::span<const std::uint8_t> Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) check_memory();
  return {bytes, bytes == nullptr ? 0 : blob_size(column)};
}

std::size_t Statement::blob_size(int column) const {
  return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
}

Instant Statement::instant(int column) const {
  return is_null(column) ? Instant::max() : Instant{std::chrono::microseconds{integer(column)}};
}

Key Statement::key(int column) const {
  const auto bytes = blob(column);
  if (bytes.size() != 16) raise_sqlite(database_, SQLITE_CORRUPT);
  return {word_at(bytes.data()), word_at(bytes.data() + 8)};
}

StoredId Statement::id(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return integer(column);
    default:
      return std::string(text(column));
  }
}

}  // namespace courtesy
