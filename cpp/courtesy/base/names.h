// A small dictionary of names.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace courtesy {

using Code = std::uint16_t;  // of a kind, a zone, a channel: an entry of a dictionary
inline constexpr Code no_code = std::numeric_limits<Code>::max();

// code ↔ name
class Names {
 public:
  Code add(std::string_view name);  // its code, made where new; throws Error{data} past 65,534 names
  [[nodiscard]] Code find(std::string_view name) const;  // no_code where absent
  [[nodiscard]] const std::string& name(Code code) const { return names_[code]; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& all() const noexcept { return names_; }

 private:
  void place(Code code);

  std::vector<std::string> names_;
  std::vector<Code> buckets_;
};

}  // namespace courtesy
