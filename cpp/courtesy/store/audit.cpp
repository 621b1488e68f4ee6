#include <courtesy/store/audit.h>

namespace courtesy {

AuditLog::AuditLog(Database& database, Words& words)
    : words_(words),
      add_(database.prepare("INSERT INTO audit (at, key, customer, state, who, why) VALUES (?, ?, ?, ?, ?, ?)")) {}

void AuditLog::add(const Key& key, std::int64_t customer, OutboxState state, const AuditNote& note) {
  add_.bind(1, note.at).bind(2, key).bind(3, customer).bind(4, static_cast<std::int64_t>(state));
  add_.bind(5, words_.code(note.who));
  if (note.why.empty()) {
    add_.bind_null(6);
  } else {
    add_.bind(6, note.why);
  }
  add_.run();
}

}  // namespace courtesy
