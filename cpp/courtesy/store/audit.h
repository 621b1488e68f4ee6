// The audit: when a reminder came into which state, by whom and why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/plan/owed.h>
#include <courtesy/store/many_rows.h>
#include <courtesy/store/words.h>

namespace courtesy {

// As the file keeps it.
[[nodiscard]] constexpr std::int64_t number(OutboxState state) { return static_cast<std::int64_t>(state); }

struct AuditNote {
  Instant at;
  std::string_view who;
  std::string_view why;
};

// What is added comes into the file with flush(), before its transaction is committed.
class AuditLog {
 public:
  AuditLog(Database& database, Words& words);
  void add(const Key& key, std::int64_t customer, OutboxState state, const AuditNote& note);
  void flush();
  void forget() { entries_.clear(); }  // of a rolled back transaction

 private:
  struct Entry {
    Instant at;
    KeyBytes key;
    std::int64_t customer;
    OutboxState state;
    std::int64_t who;
    std::string why;
  };

  Words& words_;
  ManyRows rows_;
  std::vector<Entry> entries_;
};

}  // namespace courtesy
