#include <courtesy/store/audit.h>

namespace courtesy {

AuditLog::AuditLog(Database& database, Words& words)
    : words_(words), rows_(database, "audit (at, key, customer, state, who, why)", 6) {}

void AuditLog::add(const Key& key, std::int64_t customer, OutboxState state, const AuditNote& note) {
  entries_.push_back({note.at, key_bytes(key), customer, state, words_.code(note.who), std::string(note.why)});
}

void AuditLog::flush() {
  rows_.insert(entries_.size(), [&](Statement& to, int place, std::size_t row, std::size_t) {
    const Entry& entry = entries_[row];
    to.bind(place, entry.at).bind_blob(place + 1, entry.key).bind(place + 2, entry.customer);
    to.bind(place + 3, number(entry.state)).bind(place + 4, entry.who);
    to.bind_filled(place + 5, entry.why);
  });
  entries_.clear();
}

}  // namespace courtesy
