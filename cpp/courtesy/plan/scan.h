// Finds the candidates of a step among many customers by reading one or two dense columns.
#pragma once

#include <functional>
#include <span>

#include <courtesy/plan/candidate.h>

namespace courtesy {

// A range of customers, half-open.
struct CustomerRange {
  Index from = 0;
  Index to = 0;
};

// Hands over the candidates of the range's customers that could end in the window, ordered by customer and then by
// event, in batches small enough to stay in a processor's cache.
using TakeCandidates = std::function<void(std::span<const Candidate>)>;
void scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
          const TakeCandidates& take);

}  // namespace courtesy
