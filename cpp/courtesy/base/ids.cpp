#include <courtesy/base/hash.h>
#include <courtesy/base/ids.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace courtesy {
namespace {

std::uint64_t hash_of_number(std::int64_t number) {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
  const auto bits = static_cast<std::uint64_t>(number) * golden;
  return bits ^ bits >> 32U;
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

std::optional<std::int64_t> id_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const bool negative = text[0] == '-';
  const bool plain = text[negative ? 1 : 0] != '0' || (text.size() == 1);
  return plain ? std::optional(number) : std::nullopt;
}

Ids::Ids(std::vector<std::int64_t> numbers) : own_numbers_(std::move(numbers)), numbers_(own_numbers_) {}

Ids Ids::texts(std::size_t expected) {
  Ids ids;
  ids.integers_ = false;
  ids.ends_.reserve(expected + 1);
  return ids;
}

void Ids::add(std::string_view text) {
  arena_.insert(arena_.end(), text.begin(), text.end());
  ends_.push_back(arena_.size());
}

std::string Ids::text(Index i) const { return integers_ ? std::to_string(numbers_[i]) : std::string(text_view(i)); }

std::uint64_t Ids::hash_of(Index i) const { return integers_ ? hash_of_number(numbers_[i]) : hash64(text_view(i)); }

bool Ids::same(Index a, Index b) const { return integers_ ? numbers_[a] == numbers_[b] : text_view(a) == text_view(b); }

Index Ids::index() {
  const auto count = static_cast<Index>(size());
  consecutive_ = integers_ && count > 0;
  for (Index i = 1; i < count && consecutive_; ++i) consecutive_ = numbers_[i] - 1 == numbers_[i - 1];
  if (consecutive_ || count == 0) return no_index;
  slots_.assign(std::bit_ceil(std::max<std::size_t>(16, std::size_t{count} * 3 / 2)), {});
  const std::size_t mask = slots_.size() - 1;
  Index repeated = no_index;
  // Slots are on their way from memory while earlier ids are placed.
  constexpr Index group = 32;
  std::array<std::uint64_t, group> hashes;
  for (Index from = 0; from < count; from += group) {
    const Index to = from + std::min(group, count - from);
    for (Index i = from; i < to; ++i) {
      hashes[i - from] = hash_of(i);
      __builtin_prefetch(&slots_[hashes[i - from] & mask], 1);
    }
    for (Index i = from; i < to; ++i) {
      const std::uint64_t hash = hashes[i - from];
      std::size_t at = hash & mask;
      while (slots_[at].row != no_index && !(slots_[at].tag == tag_of(hash) && same(slots_[at].row, i))) {
        at = (at + 1) & mask;
      }
      if (slots_[at].row == no_index) {
        slots_[at] = {tag_of(hash), i};
      } else if (repeated == no_index) {
        repeated = i;
      }
    }
  }
  return repeated;
}

Index Ids::find(std::int64_t number) const {
  if (!integers_) return find(std::to_string(number));
  if (consecutive_) {
    const auto distance = static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(numbers_.front());
    return distance < numbers_.size() ? static_cast<Index>(distance) : no_index;
  }
  if (slots_.empty()) return no_index;
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t hash = hash_of_number(number);
  for (std::size_t at = hash & mask; slots_[at].row != no_index; at = (at + 1) & mask) {
    if (slots_[at].tag == tag_of(hash) && numbers_[slots_[at].row] == number) return slots_[at].row;
  }
  return no_index;
}

Index Ids::find(std::string_view text) const {
  if (integers_) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    return whole && std::to_string(number) == text ? find(number) : no_index;
  }
  return slots_.empty() ? no_index : find_hashed(text, hash64(text));
}

Index Ids::find_hashed(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].row != no_index; at = (at + 1) & mask) {
    if (slots_[at].tag == tag_of(hash) && text_view(slots_[at].row) == text) return slots_[at].row;
  }
  return no_index;
}

void Ids::find(std::span<const std::string_view> texts, Index* found) const {
  if (integers_ || slots_.empty()) {
    for (const std::string_view text : texts) *found++ = find(text);
    return;
  }
  constexpr std::size_t group = 32;
  const std::size_t mask = slots_.size() - 1;
  std::array<std::uint64_t, group> hashes;
  for (std::size_t from = 0; from < texts.size(); from += group) {
    const std::size_t count = std::min(group, texts.size() - from);
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = hash64(texts[from + i]);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    // The first slot is the right one most of the time, and leads to where the id begins, and that to its text.
    for (std::size_t i = 0; i < count; ++i) {
      const Index row = slots_[hashes[i] & mask].row;
      if (row != no_index) __builtin_prefetch(&ends_[row]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Index row = slots_[hashes[i] & mask].row;
      if (row != no_index) __builtin_prefetch(arena_.data() + ends_[row]);
    }
    for (std::size_t i = 0; i < count; ++i) found[from + i] = find_hashed(texts[from + i], hashes[i]);
  }
}

}  // namespace courtesy
