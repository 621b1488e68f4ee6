// A comparison as tables for others: names instead of codes.
#pragma once

#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/plan/compare.h>

namespace courtesy {

// One row for each way in which reminders go out: occasion, audience, channel, before, after, more, fewer, rerouted_in,
// rerouted_out, moved, same.
[[nodiscard]] std::vector<OutColumn> counts_table(const Comparison& comparison);

// One row for each reminder that changes: key, customer, asset, occasion, step, change, and each with _before and
// _after due (UTC), local (wall time), audience, channel, state and reason. Cells of a plan that has no such reminder
// are empty.
[[nodiscard]] std::vector<OutColumn> changes_table(const Comparison& comparison);

}  // namespace courtesy
