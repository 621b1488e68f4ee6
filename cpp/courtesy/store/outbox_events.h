// What an outbox knows that a journal does not: who was contacted, and what is given up.
#pragma once

#include <courtesy/base/event_rows.h>
#include <courtesy/store/outbox.h>

namespace courtesy {

// The event that a row stands for: a `contact` where it went out or may have, a `skip` where it never will. Others
// stand for none.
void add_events(const OutboxRow& row, EventRows& events);

}  // namespace courtesy
