// What an outbox knows that a journal does not: who was contacted, and what is given up.
#pragma once

#include <string>

#include <courtesy/base/event_rows.h>
#include <courtesy/store/outbox.h>

namespace courtesy {

// The event that a row stands for: a `contact` where it went out or may have, a `skip` where it never will. Others
// stand for none. `customer`: the customer's id as a text.
void add_events(const OutboxRow& row, const std::string& customer, EventRows& events);

}  // namespace courtesy
