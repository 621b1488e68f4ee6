// The outbox and its audit as tables for others.
#pragma once

#include <courtesy/base/out_table.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

// Columns: key, customer, asset, occasion, step, state, due, wake, local, zone, channel, audience, purpose, message,
// team, priority, anchor, expires, reason, event, contact, gesture, cost, partner, attempts, crashes, since, why. In
// the order of wake.
[[nodiscard]] OutTable outbox_table(Database& database);

// Columns: seq, at, key, customer, occasion, step, state, who, why.
[[nodiscard]] OutTable audit_table(Database& database);

}  // namespace courtesy
