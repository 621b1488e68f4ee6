// Who is like whom: pairs of customers who share what they care for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace courtesy {

// Members by number, in the order in which they go first. Features are numbers as well: a tag, a model, a postcode.
class Likeness {
 public:
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t no_group = nobody;
  // Where very many share a feature each of them is compared with so many of the next ones.
  static constexpr std::size_t most_compared = 64;

  // Pairs have at least so many features in common. `grouped`: only members of the same group are paired.
  Likeness(std::uint32_t least, bool grouped) : least_(least), grouped_(grouped) {}

  // The next member: its features, each once, in rising order; without a group it is nobody's partner.
  void add(std::span<const std::uint32_t> features, std::uint32_t group);
  [[nodiscard]] std::size_t size() const { return groups_.size(); }

  [[nodiscard]] std::span<const std::uint32_t> features_of(std::uint32_t member) const {
    return std::span(features_).subspan(begin_[member], begin_[member + 1] - begin_[member]);
  }

  // How many features two members have in common, and one for their common group; nothing (0) where that is too little.
  [[nodiscard]] std::uint32_t score(std::uint32_t a, std::uint32_t b) const;

  enum class Part : std::uint8_t { absent, taken, free };
  // Each free member's partner, or nobody. The pair with the highest score goes first; of equals the one whose first
  // member does, then whose second. Two of whom `met` says so are no pair. Taken members have one already, and keep
  // their place among those who are compared, so that it makes no difference when they were paired.
  [[nodiscard]] std::vector<std::uint32_t> pairs(std::span<const Part> parts,
                                                 const std::function<bool(std::uint32_t, std::uint32_t)>& met) const;

 private:
  std::uint32_t least_;
  bool grouped_;
  std::vector<std::size_t> begin_{0};
  std::vector<std::uint32_t> features_;
  std::vector<std::uint32_t> groups_;
};

}  // namespace courtesy
