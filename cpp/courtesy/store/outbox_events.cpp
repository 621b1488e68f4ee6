#include <courtesy/store/outbox_events.h>
#include <courtesy/store/stored_id.h>

namespace courtesy {

void add_events(const OutboxRow& row, EventRows& events) {
  const OwedRow& owed = row.owed;
  const bool out =
      owed.state == OutboxState::sent || owed.state == OutboxState::claimed || owed.state == OutboxState::unknown;
  const bool over =
      owed.state == OutboxState::expired || owed.state == OutboxState::parked || owed.state == OutboxState::given_up;
  if (!out && !over) return;
  EventRow event;
  event.customer = text_of(row.customer_id);
  event.kind = out ? "contact" : "skip";
  event.at = iso_text(row.since);
  event.asset = owed.asset;
  event.ref = to_hex(owed.key);
  event.by = out ? owed.team : "courtesy";
  if (out) {
    event.channel = owed.channel;
    event.note = owed.purpose;
    event.topic = owed.gesture.empty() ? owed.partner : owed.gesture;
    if (!owed.gesture.empty()) event.value = owed.cost;
  } else {
    event.note = owed.state == OutboxState::expired ? "expired" : "given up";
  }
  events.add(event);
}

}  // namespace courtesy
