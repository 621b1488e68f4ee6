// Ids of customers, assets and events, as they were given.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace courtesy {

using Index = std::uint32_t;  // of a customer, an asset or an event
inline constexpr Index no_index = std::numeric_limits<Index>::max();

// The whole number that an id stands for; nothing where it is a text: "007" and "-0" are not how a number is written.
[[nodiscard]] std::optional<std::int64_t> id_number(std::string_view text);

// All integers, or all texts.
class Ids {
 public:
  Ids() = default;
  explicit Ids(std::vector<std::int64_t> numbers);
  // Numbers in somebody else's memory, which must outlive the ids.
  explicit Ids(std::span<const std::int64_t> numbers) : numbers_(numbers) {}
  Ids(Ids&&) = default;
  Ids& operator=(Ids&&) = default;
  // Texts are appended to one arena.
  static Ids texts(std::size_t expected);
  void add(std::string_view text);
  [[nodiscard]] std::size_t size() const noexcept { return integers_ ? numbers_.size() : ends_.size() - 1; }
  [[nodiscard]] bool are_integers() const noexcept { return integers_; }
  [[nodiscard]] std::int64_t number(Index i) const { return numbers_[i]; }  // where are_integers()
  [[nodiscard]] std::string_view text_view(Index i) const {                 // where not are_integers()
    return {arena_.data() + ends_[i], static_cast<std::size_t>(ends_[i + 1] - ends_[i])};
  }
  [[nodiscard]] std::string text(Index i) const;  // decimal digits of an integer

  // Makes find() ready, and gives the first row whose id stood before, or no_index.
  [[nodiscard]] Index index();
  // The first row with that id (in its text form); a hash look-up. no_index where there is none.
  [[nodiscard]] Index find(std::string_view text) const;
  [[nodiscard]] Index find(std::int64_t number) const;
  // The same for many at once, to as many places: memory is waited for but once.
  void find(std::span<const std::string_view> texts, Index* found) const;

 private:
  // A slot of the hash table: a row, and the upper half of its id's hash, so that the id itself, which lies anywhere in
  // memory, is hardly ever looked at in vain.
  struct Slot {
    std::uint32_t tag = 0;
    Index row = no_index;
  };

  [[nodiscard]] std::uint64_t hash_of(Index i) const;
  [[nodiscard]] bool same(Index a, Index b) const;
  [[nodiscard]] Index find_hashed(std::string_view text, std::uint64_t hash) const;

  std::vector<std::int64_t> own_numbers_;
  std::span<const std::int64_t> numbers_;  // own_numbers_, or somebody else's
  std::vector<char> arena_;
  std::vector<std::uint64_t> ends_{0};
  bool integers_ = true;
  bool consecutive_ = false;  // numbers_[i] == numbers_[0] + i: found without a table
  std::vector<Slot> slots_;   // open addressing
};

}  // namespace courtesy
