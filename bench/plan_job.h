// The job that is measured: a million customers, five occasions, thirty days; all numbers drawn from a seed.
#pragma once

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/customer_base.h>
#include <courtesy/plan/plan.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace courtesy::bench {

inline constexpr std::size_t customers = 1'000'000;

// Columns as a data frame or a database hands them over; giving them away copies nothing.
struct Tables {
  std::vector<OutColumn> customers;
  std::vector<OutColumn> events;
};

// Ids are the row numbers, a customer's events stand together.
[[nodiscard]] const Tables& plain_tables();
// The same customers and events as a shop's journal has them: ids are texts, events stand in the order of their days.
[[nodiscard]] const Tables& journal_tables();

[[nodiscard]] std::shared_ptr<const CustomerBase> base_of(const Tables& tables);
[[nodiscard]] std::shared_ptr<const CustomerBase> plain_base();  // made once
[[nodiscard]] std::shared_ptr<const Rules> rules();              // plan_job.toml
[[nodiscard]] Window window();                                   // 2026-12-01, 30 days of the shop

}  // namespace courtesy::bench
