// Candidates on their way from a scan to the gates, in batches small enough to stay in a processor's cache.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <courtesy/plan/candidate.h>

namespace courtesy {

// A range of customers, half-open.
struct CustomerRange {
  Index from = 0;
  Index to = 0;
};

using TakeCandidates = std::function<void(std::span<const Candidate>)>;

class CandidateBatch {
 public:
  explicit CandidateBatch(const TakeCandidates& take) : take_(take) {}
  void add(const Candidate& candidate) { candidates_.push_back(candidate); }
  // To be appended to.
  [[nodiscard]] std::vector<Candidate>& candidates() { return candidates_; }
  void flush_if_full() {
    constexpr std::size_t full = 1024;
    if (candidates_.size() >= full) flush();
  }
  void flush() {
    if (!candidates_.empty()) take_(candidates_);
    candidates_.clear();
  }

 private:
  const TakeCandidates& take_;
  std::vector<Candidate> candidates_;
};

}  // namespace courtesy
