// The columns of a plan, and how rows are written to them.
#pragma once

#include <vector>

#include <courtesy/plan/order.h>

namespace courtesy {

// Columns of one length, ordered by due, then key.
struct PlanColumns {
  std::vector<Instant> due;
  std::vector<Key> key;
  std::vector<WallTime> local;
  std::vector<Instant> expires;
  std::vector<std::int32_t> anchor;  // days since 1970-01-01
  std::vector<Index> customer, asset, event;
  std::vector<std::uint32_t> occasion;
  std::vector<std::uint16_t> step;
  std::vector<Code> zone, channel;
  std::vector<State> state;
  std::vector<ReasonCode> reason;

  [[nodiscard]] std::size_t size() const noexcept { return due.size(); }
  [[nodiscard]] Reminder row(std::size_t i) const;
  void reserve(std::size_t rows);
  void add(const Reminder& row);
};

// The rows as columns, in the order of `names`.
[[nodiscard]] PlanColumns columns_of(const PlannedRows& rows, const std::vector<std::uint64_t>& names);

}  // namespace courtesy
