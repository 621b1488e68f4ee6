// A million customers with a history, and rules with every anchor and every gate: gates_job.toml.
#pragma once

#include <courtesy/base/customer_base.h>
#include <courtesy/plan/plan.h>

#include <memory>

namespace courtesy::bench {

inline constexpr std::size_t customers_with_history = 1'000'000;

[[nodiscard]] std::shared_ptr<const CustomerBase> base_with_history();  // made once
[[nodiscard]] std::shared_ptr<const Rules> all_gates();
[[nodiscard]] Window window_of_all_gates();  // 30 days from 2026-12-01

}  // namespace courtesy::bench
