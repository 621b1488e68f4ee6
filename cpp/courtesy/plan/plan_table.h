// A plan as a table for others: names instead of codes.
#pragma once

#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/plan/plan.h>

namespace courtesy {

// The plan's columns, in this order: key (32 hex digits), customer, asset, occasion, step, state, due (UTC), local
// (wall time), zone, channel, audience, purpose, priority, anchor, expires (UTC), reason, event, message, contact (of
// the reminder whose contact says it), team, gesture, cost, partner.
[[nodiscard]] std::vector<OutColumn> plan_table(const Plan& plan);

}  // namespace courtesy
