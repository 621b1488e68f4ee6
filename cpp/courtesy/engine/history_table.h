// What happened with one customer, and what became of each reminder.
#pragma once

#include <cstdint>

#include <courtesy/base/out_table.h>
#include <courtesy/engine/store_parts.h>

namespace courtesy {

// In time: the journal's events and the audit's rows. Columns: at, what (the event's kind, or "reminder"), occasion,
// step, state, channel, who, why, key.
[[nodiscard]] OutTable history_table(StoreParts& parts, std::int64_t customer);

}  // namespace courtesy
