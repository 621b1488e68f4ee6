// Numbers drawn by name: the same name gives the same numbers, whoever else draws what, in which order, on how many
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include <courtesy/base/hash.h>

namespace courtesy {

// A counter that is hashed with a name's hash (as splitmix64 does: Steele, Lea and Flood 2014,
// doi 10.1145/2660193.2660195).
class Draws {
 public:
  // Names that differ in how they are cut differ: {"ab", "c"} is not {"a", "bc"}.
  Draws(std::uint64_t seed, std::initializer_list<std::string_view> name);

  [[nodiscard]] std::uint64_t next();
  [[nodiscard]] double share();                        // from 0 to below 1
  [[nodiscard]] std::size_t below(std::size_t count);  // from 0 to below count, which is not 0
  // The name's hash, of which nothing was drawn: an identity for what is made of the draws.
  [[nodiscard]] const Hash128& name() const noexcept { return name_; }

 private:
  Hash128 name_;
  std::uint64_t counter_ = 0;
};

}  // namespace courtesy
