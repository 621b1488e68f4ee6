// A plan's reminder as a row of an outbox.
#pragma once

#include <span>

#include <courtesy/plan/owed.h>
#include <courtesy/plan/plan.h>

namespace courtesy {

// Of a planned or merged one. `numbers`: by the base's customers, their numbers in the store.
[[nodiscard]] OwedRow owed_row(const Plan& plan, const Reminder& reminder, std::span<const std::int64_t> numbers);

}  // namespace courtesy
