// Scans the days of all events of one kind.
#pragma once

#include <optional>
#include <span>

#include <courtesy/plan/candidate_batch.h>
#include <courtesy/plan/row_filter.h>
#include <courtesy/plan/standing.h>

namespace courtesy {

class EventScan {
 public:
  // Blocks of `range` are scanned one after the other, from its start on. `cache`: of the occasion's steps, or null.
  EventScan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Code kind,
            CustomerRange range, DueCache* cache);

  void scan(CustomerRange block, CandidateBatch& batch);

 private:
  // Which of a customer's events are anchors.
  enum class Keep : std::uint8_t { all, first_of_customer, last_of_customer };

  [[nodiscard]] static Keep keep_of(const CompiledOccasion& occasion);
  void make_tables();
  [[nodiscard]] std::size_t end_of(Index customer) const;
  [[nodiscard]] Index customer_of(Index event, Index end);
  [[nodiscard]] bool kept(std::size_t row, Index customer) const;
  void scan_with_tables(std::size_t end, Index last_customer, CandidateBatch& batch);
  void scan_one_by_one(std::size_t end, Index last_customer, CandidateBatch& batch);
  void add(std::size_t row, Index customer, CandidateBatch& batch);

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  const CustomerBase& base_;
  const KindEvents& kind_;
  DueCache* cache_;
  Keep keep_;
  bool has_asset_ = false;
  bool repeats_ = false;  // numbers count how often
  Repetition repetition_;
  // The kind's events of the range, and the next one and its customer's place in it.
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t next_ = 0;
  Index customer_ = 0;
  // What a day leads to, where there are events enough to work it out for all days: the subject's first interval, any
  // later one.
  std::optional<SlotTable> later_, first_;
  RowFilter filter_;
};

}  // namespace courtesy
