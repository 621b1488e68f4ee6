// Lists of values as sets: in order, and none twice.
#pragma once

#include <algorithm>
#include <vector>

namespace courtesy {

template <typename Value>
void make_set(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace courtesy
