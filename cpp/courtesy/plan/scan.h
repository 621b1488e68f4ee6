// Finds the candidates of a step among many customers by reading one or two dense columns.
#pragma once

#include <vector>

#include <courtesy/plan/candidate.h>

namespace courtesy {

// A range of customers, half-open.
struct CustomerRange {
  Index from = 0;
  Index to = 0;
};

// The candidates of the range's customers, ordered by customer and then by event: those that could end in the window.
void scan(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, CustomerRange range,
          std::vector<Candidate>& out);

}  // namespace courtesy
