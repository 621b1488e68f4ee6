// The audit: when a reminder came into which state, by whom and why.
#pragma once

#include <cstdint>
#include <string_view>

#include <courtesy/plan/owed.h>
#include <courtesy/store/sqlite.h>
#include <courtesy/store/words.h>

namespace courtesy {

struct AuditNote {
  Instant at;
  std::string_view who;
  std::string_view why;
};

class AuditLog {
 public:
  AuditLog(Database& database, Words& words);
  void add(const Key& key, std::int64_t customer, OutboxState state, const AuditNote& note);

 private:
  Words& words_;
  Statement add_;
};

}  // namespace courtesy
