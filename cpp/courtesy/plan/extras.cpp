#include <courtesy/plan/extras.h>

#include <algorithm>

namespace courtesy {

Extras::Extras(std::vector<Extra> extras) {
  std::stable_sort(extras.begin(), extras.end(), [](const Extra& a, const Extra& b) { return a.key < b.key; });
  extras_.reserve(extras.size());
  for (Extra& extra : extras) {
    if (extras_.empty() || extras_.back().key != extra.key) {
      extras_.push_back(std::move(extra));
      continue;
    }
    Extra& same = extras_.back();
    if (extra.gesture != nullptr) {
      same.gesture = extra.gesture;
      same.times = extra.times;
      same.last = extra.last;
    }
    if (!extra.partner.empty()) same.partner = std::move(extra.partner);
  }
}

const Extra* Extras::of(const Key& key) const {
  const auto found = std::lower_bound(extras_.begin(), extras_.end(), key,
                                      [](const Extra& extra, const Key& wanted) { return extra.key < wanted; });
  return found == extras_.end() || found->key != key ? nullptr : &*found;
}

}  // namespace courtesy
