// How often a customer comes: the usual gap between visits, shrunk toward the segment's where a customer has few.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/insight/median.h>

namespace courtesy {

struct UsualGap {
  double days = 0;
  std::size_t own_gaps = 0;  // of the customer
};

// The gaps between the civil days of some kinds' events, for every customer of a base. Several events of a day are one
// visit. Customers whose cells of a column are alike are one segment.
class Cadence {
 public:
  // So many of the segment's gaps are added to the customer's own.
  static constexpr double prior_gaps = 2;

  // `kinds`: by kind of the base, whether its events are visits. Without `segment` all customers are one.
  Cadence(const CustomerBase& base, std::vector<std::uint8_t> kinds, const Column* segment);

  // (n × the median of the customer's own n gaps up to that event + 2 × the median of the segment's) / (n + 2);
  // nothing where the segment has no gap.
  [[nodiscard]] std::optional<UsualGap> usual(Index customer, Index up_to) const;
  // The customer's cell of the segment's column; empty without one.
  [[nodiscard]] std::string segment_of(Index customer) const;

 private:
  // Calls take(gap) for each of the customer's gaps up to that event.
  template <typename Take>
  void each_gap(Index customer, Index up_to, Take take) const;

  const CustomerBase& base_;
  std::vector<std::uint8_t> kinds_;
  const Column* segment_column_;
  std::vector<std::uint32_t> segments_;  // by customer; empty: all are one
  std::vector<std::optional<double>> medians_;
};

}  // namespace courtesy
