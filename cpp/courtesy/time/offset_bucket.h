// A zone's offsets between 1900 and 2100, laid out so that a look-up is one load and one compare.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace courtesy {

// A stretch of 2^20 seconds (12 days) with the offsets before and after the one threshold in it, in a single word.
class OffsetBucket {
 public:
  static constexpr int width_bits = 20;
  static constexpr std::int64_t width = std::int64_t{1} << width_bits;

  // `threshold` counts from the stretch's begin; `width` stands for none.
  constexpr OffsetBucket(std::chrono::seconds threshold, std::chrono::seconds before, std::chrono::seconds after)
      : word_(static_cast<std::uint64_t>(threshold.count()) << (2 * offset_bits) |
              static_cast<std::uint64_t>(before.count() + bias) << offset_bits |
              static_cast<std::uint64_t>(after.count() + bias)) {}
  // A stretch that this form cannot tell: two thresholds, or an offset of more than a day and a half.
  [[nodiscard]] static constexpr OffsetBucket inexact() { return OffsetBucket{}; }
  [[nodiscard]] static constexpr bool can_hold(std::chrono::seconds offset) {
    return offset.count() > -bias && offset.count() < bias;
  }

  [[nodiscard]] constexpr bool exact() const noexcept { return word_ != 0; }
  [[nodiscard]] constexpr std::chrono::seconds offset(std::chrono::seconds since_epoch) const noexcept {
    const auto threshold = static_cast<std::int64_t>(word_ >> (2 * offset_bits));
    const bool after = (since_epoch.count() & (width - 1)) >= threshold;
    const std::uint64_t biased = (word_ >> (after ? 0 : offset_bits)) & ((std::uint64_t{1} << offset_bits) - 1);
    return std::chrono::seconds{static_cast<std::int64_t>(biased) - bias};
  }

 private:
  static constexpr int offset_bits = 18;
  static constexpr std::int64_t bias = std::int64_t{1} << (offset_bits - 1);

  constexpr OffsetBucket() = default;

  std::uint64_t word_ = 0;  // threshold, offset before, offset after
};

// What a zone's buckets cover; a zone of one offset has none.
inline constexpr std::chrono::sys_seconds buckets_from =
    std::chrono::sys_days{std::chrono::year{1900} / std::chrono::January / 1};
inline constexpr std::chrono::sys_seconds buckets_to =
    std::chrono::sys_days{std::chrono::year{2101} / std::chrono::January / 1};
inline constexpr std::int64_t first_bucket = buckets_from.time_since_epoch().count() >> OffsetBucket::width_bits;
inline constexpr std::int64_t last_bucket = (buckets_to.time_since_epoch().count() - 1) >> OffsetBucket::width_bits;

// The offset at that second (of UTC or of the wall's clock, as the buckets were made), where the buckets tell it.
[[nodiscard]] constexpr std::optional<std::chrono::seconds> find_offset(std::span<const OffsetBucket> buckets,
                                                                        std::chrono::seconds since_epoch) noexcept {
  const auto index = static_cast<std::size_t>((since_epoch.count() >> OffsetBucket::width_bits) - first_bucket);
  if (index >= buckets.size() || !buckets[index].exact()) [[unlikely]] return std::nullopt;
  return buckets[index].offset(since_epoch);
}

}  // namespace courtesy
