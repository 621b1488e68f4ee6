// Suggestions for misspelt names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace courtesy {

// The candidates nearest to `name` (optimal string alignment distance, letter case ignored, at most a third of
// its length and `furthest` away, and at most one edit further than the best), best first, `most` of them at the most.
std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates,
                                 std::size_t most = 3, std::size_t furthest = 128);

// " (did you mean 'a' or 'b'?)", or nothing where no candidate is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
// The same of names that have been chosen.
std::string did_you_mean(const std::vector<std::string>& names);

}  // namespace courtesy
