#include <courtesy/letters.h>
#include <courtesy/nearest.h>

#include <algorithm>
#include <utility>

namespace courtesy {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates, std::size_t most,
                                 std::size_t furthest) {
  // Longer names cannot be near a short candidate, and a hostile one must not cost time.
  constexpr std::size_t longest = 128;
  std::vector<std::pair<std::size_t, const std::string*>> found;
  if (name.empty() || name.size() > longest) return {};
  const std::string wanted = lower(name);
  const std::size_t limit = std::min(furthest, std::max<std::size_t>(1, wanted.size() / 3));
  for (const std::string& candidate : candidates) {
    const std::size_t gap =
        candidate.size() > wanted.size() ? candidate.size() - wanted.size() : wanted.size() - candidate.size();
    if (gap > limit) continue;
    const std::size_t far = distance(wanted, lower(candidate));
    if (far <= limit) found.emplace_back(far, &candidate);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  // Beside a close match, distant ones only distract.
  while (!found.empty() && found.back().first > found.front().first + 1) found.pop_back();
  if (found.size() > most) found.resize(most);
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const auto& hit : found) names.push_back(*hit.second);
  return names;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  return did_you_mean(nearest(name, candidates));
}

std::string did_you_mean(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::string out = " (did you mean ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += "'" + names[i] + "'";
  }
  return out + "?)";
}

}  // namespace courtesy
