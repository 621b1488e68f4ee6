#include <courtesy/insight/similarity.h>

#include <algorithm>

namespace courtesy {
namespace {

// An entry of the inverted index: who has a feature (within a group), in the order of the members.
struct Entry {
  std::uint64_t feature;
  std::uint32_t member;
};

std::uint32_t shared(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  std::uint32_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++count;
    const bool step = a[i] <= b[j];
    j += b[j] <= a[i] ? 1 : 0;
    i += step ? 1 : 0;
  }
  return count;
}

}  // namespace

void Likeness::add(std::span<const std::uint32_t> features, std::uint32_t group) {
  features_.insert(features_.end(), features.begin(), features.end());
  begin_.push_back(features_.size());
  groups_.push_back(group);
}

std::uint32_t Likeness::score(std::uint32_t a, std::uint32_t b) const {
  if (grouped_ && (groups_[a] != groups_[b] || groups_[a] == no_group)) return 0;
  const std::uint32_t count = shared(features_of(a), features_of(b));
  return count < least_ ? 0 : count + (grouped_ ? 1 : 0);
}

std::vector<std::uint32_t> Likeness::pairs(std::span<const Part> parts,
                                           const std::function<bool(std::uint32_t, std::uint32_t)>& met) const {
  // Features are below 2^32 - 1, which stands for the group itself.
  std::vector<Entry> index;
  for (std::uint32_t member = 0; member < size(); ++member) {
    if (parts[member] == Part::absent || (grouped_ && groups_[member] == no_group)) continue;
    const std::uint64_t group = grouped_ ? std::uint64_t{groups_[member]} << 32 : 0;
    for (const std::uint32_t feature : features_of(member)) index.push_back({group | feature, member});
    if (least_ == 0) index.push_back({group | nobody, member});
  }
  std::stable_sort(index.begin(), index.end(), [](const Entry& a, const Entry& b) { return a.feature < b.feature; });
  std::vector<std::size_t> begin(size() + 1);
  for (const Entry& entry : index) ++begin[entry.member + 1];
  for (std::size_t member = 0; member < size(); ++member) begin[member + 1] += begin[member];
  std::vector<std::size_t> places(index.size());
  std::vector<std::size_t> end(begin.begin(), begin.end() - 1);
  for (std::size_t place = 0; place < index.size(); ++place) places[end[index[place].member]++] = place;

  std::vector<std::uint32_t> partner(size(), nobody);
  const auto is_free = [&](std::uint32_t member) { return parts[member] == Part::free && partner[member] == nobody; };
  // The first free member after `a` with that score, and the highest score below it.
  struct Found {
    std::uint32_t other = nobody;
    std::uint32_t below = 0;
  };
  const auto look = [&](std::uint32_t a, std::uint32_t wanted) {
    Found found;
    for (std::size_t at = begin[a]; at < begin[a + 1]; ++at) {
      const std::size_t from = places[at] + 1;
      for (std::size_t i = from; i < std::min(from + most_compared, index.size()); ++i) {
        const std::uint32_t b = index[i].member;
        if (index[i].feature != index[from - 1].feature) break;
        if (!is_free(b) || b >= found.other) continue;
        const std::uint32_t likeness = score(a, b);
        const bool as_wanted = likeness == wanted && likeness != 0;
        if (!as_wanted && (likeness >= wanted || likeness <= found.below)) continue;
        if (met(a, b)) continue;
        if (as_wanted) {
          found.other = b;
        } else {
          found.below = likeness;
        }
      }
    }
    return found;
  };
  // From the highest score down: most members are looked at but twice.
  std::vector<std::uint32_t> best(size());
  std::uint32_t highest = 0;
  for (std::uint32_t a = 0; a < size(); ++a) {
    if (is_free(a)) best[a] = look(a, std::numeric_limits<std::uint32_t>::max()).below;
    highest = std::max(highest, best[a]);
  }
  for (std::uint32_t wanted = highest; wanted > 0;) {
    std::uint32_t next_lower = 0;
    for (std::uint32_t a = 0; a < size(); ++a) {
      if (best[a] == wanted && is_free(a)) {
        const Found found = look(a, wanted);
        if (found.other != nobody) {
          partner[a] = found.other;
          partner[found.other] = a;
          continue;
        }
        best[a] = found.below;
      }
      if (best[a] < wanted && is_free(a)) next_lower = std::max(next_lower, best[a]);
    }
    wanted = next_lower;
  }
  return partner;
}

}  // namespace courtesy
