// How long things take, of which some are not over yet: what span to promise so that it will be kept.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace courtesy {

// How long one thing took, or how long it has lasted without being over.
struct PromiseSpan {
  double days = 0;
  bool over = true;
};
// That of a thing which never comes about: a promise that was broken.
inline constexpr PromiseSpan never{std::numeric_limits<double>::infinity(), false};

// The shortest of the spans that were seen within which a new one will be over with a probability of `chance` (above 0
// and below 1): the product-limit estimate of Kaplan and Meier (1958, doi 10.1080/01621459.1958.10501452) with one
// observation more, at infinity, which stands for the new one. Where all are over that is the ceil((n + 1) × chance)-th
// shortest of n, which holds whatever the spans' distribution is. What is not over after so long as another took counts
// as longer. Nothing where the history is too short to say it.
[[nodiscard]] std::optional<double> quote(std::vector<PromiseSpan> waits, double chance);

// How many more must be over for there to be a quote, if each takes longer than all before; 0 where there is one.
[[nodiscard]] std::int64_t missing_for_quote(std::vector<PromiseSpan> waits, double chance);

// The shortest of some spans, in order, that at least such a share of them does not exceed; nothing of none.
[[nodiscard]] std::optional<double> quantile(std::span<const double> sorted, double share);

}  // namespace courtesy
