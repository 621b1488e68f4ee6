// What a plan owes comes into the outbox by the hundred thousand: straight from the plan's columns.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <courtesy/plan/plan.h>
#include <courtesy/store/many_rows.h>
#include <courtesy/store/steps.h>
#include <courtesy/store/words.h>

namespace courtesy {

// Planned rows of a plan, in its order; each is a contact of its own, without gesture or partner (merge.h).
struct FreshRows {
  const Plan& plan;
  std::span<const FreshRow> rows;
  std::span<const std::int64_t> numbers;            // in the store, by the base's customers
  std::function<OwedRow(std::uint32_t row)> whole;  // a row of the plan with all its texts: asked once for each step
};

class OutboxFiller {
 public:
  OutboxFiller(Database& database, Words& words, Steps& steps, const FreshRows& fresh);

  struct First {
    std::int64_t channel;
    Instant wake;
    Key key;
  };
  // The first row of each channel.
  std::vector<First> fill(Instant now);

 private:
  [[nodiscard]] std::vector<std::vector<FreshRow>> by_channel() const;
  [[nodiscard]] std::int64_t step_code(std::uint32_t row);
  void fill_outbox(std::int64_t channel, std::span<const FreshRow> rows, Instant now);
  void bind_customer(Statement& to, int place, Index customer) const;
  void fill_owed(std::span<const std::int64_t> channels);

  Words& words_;
  Steps& steps_;
  const Plan& plan_;
  FreshRows fresh_;
  ManyRows outbox_, owed_;
  std::vector<std::int64_t> zones_, reasons_;     // codes, by those of the base and ReasonCode; 0: not looked up yet
  std::vector<std::vector<std::int64_t>> codes_;  // of steps, by occasion
};

}  // namespace courtesy
