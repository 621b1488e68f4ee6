// Codes of names in the order in which they are met, for columns of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace courtesy
