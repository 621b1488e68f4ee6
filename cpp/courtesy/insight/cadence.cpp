#include <courtesy/insight/cadence.h>

#include <unordered_map>

namespace courtesy {

template <typename Take>
void Cadence::each_gap(Index customer, Index up_to, Take take) const {
  if (base_.events() == 0) return;
  std::int32_t before = no_day;
  for (Index e = base_.event_begin()[customer]; e <= up_to; ++e) {
    if (kinds_[base_.event_kind()[e]] == 0) continue;
    const std::int32_t day = base_.event_day()[e];
    if (before != no_day && day != before) take(day - before);
    before = day;
  }
}

Cadence::Cadence(const CustomerBase& base, std::vector<std::uint8_t> kinds, const Column* segment)
    : base_(base), kinds_(std::move(kinds)), segment_column_(segment) {
  std::unordered_map<std::string, std::uint32_t> codes;
  if (segment != nullptr) {
    segments_.resize(base.customers());
    for (Index customer = 0; customer < base.customers(); ++customer) {
      const auto code = static_cast<std::uint32_t>(codes.size());
      segments_[customer] = codes.emplace(segment_of(customer), code).first->second;
    }
  }
  std::vector<std::vector<std::int32_t>> gaps(std::max<std::size_t>(1, codes.size()));
  for (Index customer = 0; base.events() != 0 && customer < base.customers(); ++customer) {
    const Index end = base.event_begin()[customer + 1];
    if (end < base.event_begin()[customer] + 2) continue;
    auto& of_segment = gaps[segments_.empty() ? 0 : segments_[customer]];
    each_gap(customer, end - 1, [&](std::int32_t gap) { of_segment.push_back(gap); });
  }
  medians_.reserve(gaps.size());
  for (auto& of_segment : gaps) medians_.push_back(median(of_segment));
}

std::optional<UsualGap> Cadence::usual(Index customer, Index up_to) const {
  const auto segments = medians_[segments_.empty() ? 0 : segments_[customer]];
  if (!segments) return std::nullopt;
  // Asked for each event of each customer: room for gaps is made once for each thread.
  static thread_local std::vector<std::int32_t> gaps;
  gaps.clear();
  each_gap(customer, up_to, [&](std::int32_t gap) { gaps.push_back(gap); });
  const std::size_t count = gaps.size();
  const auto n = static_cast<double>(count);
  const double own = median(gaps).value_or(0);
  return UsualGap{(n * own + prior_gaps * *segments) / (n + prior_gaps), count};
}

std::string Cadence::segment_of(Index customer) const {
  std::string text;
  if (segment_column_ != nullptr) (void)append_id_cell(segment_column_->cell(customer), text);
  return text;
}

}  // namespace courtesy
