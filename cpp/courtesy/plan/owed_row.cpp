#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/owed_row.h>
#include <courtesy/plan/sendable.h>

namespace courtesy {

OwedRow owed_row(const Plan& plan, const Reminder& reminder, std::span<const std::int64_t> numbers) {
  const Occasion& occasion = plan.rules->occasions[reminder.occasion];
  const Step& step = occasion.steps[reminder.step];
  const CustomerBase& base = *plan.base;
  OwedRow row;
  row.key = reminder.key;
  row.customer = numbers[reminder.customer];
  row.due = reminder.due;
  row.wake = reminder.due;
  row.expires = reminder.expires;
  row.good_until = sendable_until(plan, reminder);
  row.local = reminder.local;
  row.anchor = reminder.anchor;
  row.occasion = occasion.name;
  row.step = step.name;
  row.audience = audience_name(step.audience);
  row.purpose = purpose_name(occasion.purpose);
  row.message = step.message;
  row.team = step.team;
  row.late = occasion.late;
  if (reminder.channel != no_code) row.channel = plan.channels[reminder.channel];
  row.zone = base.zones()[reminder.zone]->name();
  row.reason = reason_name(reminder.reason);
  if (reminder.asset != no_index) row.asset = base.asset_ids().text(reminder.asset);
  if (reminder.event != no_index) {
    std::string scratch;
    row.event = base.event_id(reminder.event, reminder.customer, scratch);
  }
  row.priority = priority_of(*plan.compiled, reminder.occasion, reminder.customer, reminder.due);
  if (reminder.state == State::merged) {
    row.state = OutboxState::merged;
    row.contact = plan.notes->contact_of(reminder.key);
  }
  const Extra* extra = plan.extras->empty() ? nullptr : plan.extras->of(reminder.key);
  if (extra == nullptr) return row;
  row.partner = extra->partner;
  if (extra->gesture == nullptr) return row;
  row.gesture = extra->gesture->name;
  row.cost = extra->gesture->cost;
  if (!extra->gesture->message.empty()) row.message = extra->gesture->message;
  return row;
}

}  // namespace courtesy
