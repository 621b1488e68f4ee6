// Codes of names in the order in which they are met, for columns of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/arrow_out.h>

namespace courtesy {

class Dictionary {
 public:
  std::int32_t code(std::string_view name) {
    const auto [at, is_new] = codes_.try_emplace(std::string(name), static_cast<std::int32_t>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return at->second;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, std::int32_t, std::less<>> codes_;
  std::vector<std::string> names_;
};

// A column of few different texts; an empty one is an empty cell.
class NameColumn {
 public:
  void add(std::string_view name) { codes_.push_back(name.empty() ? -1 : dictionary_.code(name)); }
  [[nodiscard]] OutColumn finish(std::string name) && {
    return OutColumn::codes(std::move(name), std::move(codes_), dictionary_.names());
  }

 private:
  Dictionary dictionary_;
  std::vector<std::int32_t> codes_;
};

}  // namespace courtesy
