// A zone's offsets from 1900 on, laid out so that a look-up is one load and one compare.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

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
inline constexpr std::size_t bucket_count = static_cast<std::size_t>(last_bucket - first_bucket + 1);

// Where in a zone's buckets a time is: `index` is past the last one for what they do not cover.
struct BucketPlace {
  std::uint64_t index;
  std::uint64_t second;  // from the bucket's begin
};

[[nodiscard]] constexpr BucketPlace bucket_place(std::chrono::microseconds since_epoch) {
  // Unsigned, so that what lies before the first bucket lies past the last one too, and the division needs no rounding.
  constexpr auto begin = static_cast<std::uint64_t>(
      std::chrono::microseconds{std::chrono::seconds{first_bucket * OffsetBucket::width}}.count());
  const std::uint64_t second = (static_cast<std::uint64_t>(since_epoch.count()) - begin) / 1'000'000U;
  return {second >> OffsetBucket::width_bits, second & (OffsetBucket::width - 1)};
}

// What comes after them repeats itself with the Gregorian calendar, whose 400 years are whole weeks.
inline constexpr std::chrono::seconds cycle_begin{(last_bucket + 1) * OffsetBucket::width};
inline constexpr std::chrono::seconds cycle_length = std::chrono::days{146'097};
inline constexpr std::size_t cycle_bucket_count =
    static_cast<std::size_t>((cycle_length.count() - 1) >> OffsetBucket::width_bits) + 1;

// The offsets of a zone, by instants or by wall times.
class OffsetBuckets {
 public:
  // `near` has bucket_count of them from first_bucket on, and `cycle` cycle_bucket_count from cycle_begin on, or none
  // where offsets do not change by a rule then.
  OffsetBuckets(std::vector<OffsetBucket> near, std::vector<OffsetBucket> cycle)
      : near_(std::move(near)), cycle_(std::move(cycle)) {}

  // What columns read by themselves, with bucket_place.
  [[nodiscard]] const OffsetBucket* near() const noexcept { return near_.data(); }

  // The offset at that time; what `search` answers where the buckets do not tell it. (Not an optional: that goes
  // through memory, and takes longer than the look-up.)
  template <typename Search>
  [[nodiscard]] std::chrono::seconds find(std::chrono::microseconds since_epoch, Search search) const {
    const BucketPlace place = bucket_place(since_epoch);
    if (place.index < bucket_count) [[likely]] {
      const OffsetBucket bucket = near_[place.index];
      return bucket.exact() ? bucket.offset(place.second) : search();
    }
    if (since_epoch < cycle_begin || cycle_.empty()) return search();
    const auto second = (static_cast<std::uint64_t>(since_epoch.count()) / 1'000'000U -
                         static_cast<std::uint64_t>(cycle_begin.count())) %
                        static_cast<std::uint64_t>(cycle_length.count());
    const OffsetBucket bucket = cycle_[second >> OffsetBucket::width_bits];
    return bucket.exact() ? bucket.offset(second & (OffsetBucket::width - 1)) : search();
  }

 private:
  std::vector<OffsetBucket> near_;
  std::vector<OffsetBucket> cycle_;
};

}  // namespace courtesy
