#include <courtesy/plan/owed.h>

namespace courtesy {

std::string_view outbox_state_name(OutboxState state) {
  switch (state) {
    case OutboxState::planned:
      return "planned";
    case OutboxState::snoozed:
      return "snoozed";
    case OutboxState::failed:
      return "failed";
    case OutboxState::claimed:
      return "claimed";
    case OutboxState::merged:
      return "merged";
    case OutboxState::sent:
      return "sent";
    case OutboxState::skipped:
      return "skipped";
    case OutboxState::withdrawn:
      return "withdrawn";
    case OutboxState::expired:
      return "expired";
    case OutboxState::parked:
      return "parked";
    case OutboxState::unknown:
      return "unknown";
    case OutboxState::given_up:
      return "given_up";
  }
  return "unknown";
}

}  // namespace courtesy
