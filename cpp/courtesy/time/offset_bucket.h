// A zone's offsets between 1900 and 2100, laid out so that a look-up is one load and one compare.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace courtesy {

// A stretch of 2^21 seconds (24 days) with the offsets before and after the one threshold in it, in a single word.
class OffsetBucket {
 public:
  static constexpr int width_bits = 21;
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
  // `second` counts from the stretch's begin.
  [[nodiscard]] constexpr std::chrono::seconds offset(std::uint64_t second) const noexcept {
    const bool after = second >= word_ >> (2 * offset_bits);
    const std::uint64_t biased = (word_ >> (after ? 0 : offset_bits)) & ((std::uint64_t{1} << offset_bits) - 1);
    return std::chrono::seconds{static_cast<std::int64_t>(biased) - bias};
  }

 private:
  static constexpr int offset_bits = 18;
  static constexpr std::int64_t bias = std::int64_t{1} << (offset_bits - 1);

  constexpr OffsetBucket() = default;

  std::uint64_t word_ = 0;  // threshold, offset before, offset after
};

// What the buckets cover; they are made for every zone, also for one of a single offset, so that it is no slower.
inline constexpr std::chrono::sys_seconds buckets_from =
    std::chrono::sys_days{std::chrono::year{1900} / std::chrono::January / 1};
inline constexpr std::chrono::sys_seconds buckets_to =
    std::chrono::sys_days{std::chrono::year{2101} / std::chrono::January / 1};
inline constexpr std::int64_t first_bucket = buckets_from.time_since_epoch().count() >> OffsetBucket::width_bits;
inline constexpr std::int64_t last_bucket = (buckets_to.time_since_epoch().count() - 1) >> OffsetBucket::width_bits;

// The offset at that time (of UTC or of the wall's clock, as the buckets were made); what `search` answers where the
// buckets do not tell it. (Not an optional: that goes through memory, and takes longer than the look-up.)
template <typename Search>
[[nodiscard]] std::chrono::seconds find_offset(std::span<const OffsetBucket> buckets,
                                               std::chrono::microseconds since_epoch, Search search) {
  // Unsigned, so that what lies before the first bucket lies past the last one too, and the division needs no rounding.
  constexpr auto begin = static_cast<std::uint64_t>(
      std::chrono::microseconds{std::chrono::seconds{first_bucket * OffsetBucket::width}}.count());
  const std::uint64_t second = (static_cast<std::uint64_t>(since_epoch.count()) - begin) / 1'000'000U;
  const std::uint64_t index = second >> OffsetBucket::width_bits;
  if (index >= buckets.size() || !buckets[index].exact()) [[unlikely]]
    return search();
  return buckets[index].offset(second & (OffsetBucket::width - 1));
}

}  // namespace courtesy
