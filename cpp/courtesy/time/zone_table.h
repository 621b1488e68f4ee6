// The offsets of one zone at every instant: its listed transitions, and the rule that holds after the last of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include <courtesy/time/civil.h>
#include <courtesy/time/posix_rule.h>
#include <courtesy/time/transition.h>

namespace courtesy {

// What the time zone database says of one zone.
struct ZoneData {
  std::chrono::seconds first{0};       // the offset before all transitions
  std::vector<Transition> transitions;  // in order of time; the offset may stay as it was
  std::optional<PosixRule> rule;       // from the last of them on, or, where there are none, always
};

class ZoneTable {
 public:
  explicit ZoneTable(ZoneData data);

  [[nodiscard]] std::chrono::seconds offset_at(std::chrono::sys_seconds at) const {
    const Bucket* bucket = find(by_instant_, at.time_since_epoch());
    return bucket != nullptr ? bucket->offset(at.time_since_epoch()) : exact_offset_at(at);
  }
  // The offset that turns a wall time into an instant: in a gap and in an overlap the one before the transition, which
  // moves a gap's wall times forward by its length and takes an overlap's first instant.
  [[nodiscard]] std::chrono::seconds offset_of(std::chrono::local_seconds wall) const {
    const Bucket* bucket = find(by_wall_, wall.time_since_epoch());
    return bucket != nullptr ? bucket->offset(wall.time_since_epoch()) : exact_offset_of(wall);
  }

  // The last transition at or before the instant.
  [[nodiscard]] std::optional<Transition> last_at(std::chrono::sys_seconds at) const;
  // The last transition around which, or after which, a clock shows this wall time: at + min(before, after) <= wall.
  [[nodiscard]] std::optional<Transition> last_shown(std::chrono::local_seconds wall) const;
  // The offset before all transitions.
  [[nodiscard]] std::chrono::seconds first() const noexcept { return first_; }
  [[nodiscard]] std::vector<Transition> transitions(std::chrono::sys_seconds from, std::chrono::sys_seconds to) const;

 private:
  // A stretch of 2^20 seconds (12 days) with the offsets before and after the one threshold in it, in a single word:
  // a look-up is one load and one compare.
  class Bucket {
   public:
    static constexpr int width_bits = 20;

    Bucket(std::int64_t threshold, std::chrono::seconds before, std::chrono::seconds after);
    // A stretch that this form cannot tell: two thresholds, or an offset of more than a day and a half.
    [[nodiscard]] static Bucket inexact() { return Bucket{}; }
    [[nodiscard]] static bool can_hold(std::chrono::seconds offset);

    [[nodiscard]] bool exact() const noexcept { return word_ != 0; }
    [[nodiscard]] std::chrono::seconds offset(std::chrono::seconds since_epoch) const noexcept {
      constexpr std::int64_t in_bucket = (std::int64_t{1} << width_bits) - 1;
      const auto threshold = static_cast<std::int64_t>(word_ >> (2 * offset_bits));
      const bool after = (since_epoch.count() & in_bucket) >= threshold;
      const std::uint64_t biased = (after ? word_ : word_ >> offset_bits) & ((std::uint64_t{1} << offset_bits) - 1);
      return std::chrono::seconds{static_cast<std::int64_t>(biased) - bias};
    }

   private:
    static constexpr int offset_bits = 18;
    static constexpr std::int64_t bias = std::int64_t{1} << (offset_bits - 1);

    Bucket() = default;

    std::uint64_t word_ = 0;  // threshold in the stretch, offset before, offset after
  };
  using Buckets = std::vector<Bucket>;

  [[nodiscard]] const Bucket* find(const Buckets& buckets, std::chrono::seconds since_epoch) const noexcept {
    const auto index = static_cast<std::uint64_t>((since_epoch.count() >> Bucket::width_bits) - first_bucket);
    return index < buckets.size() && buckets[index].exact() ? &buckets[index] : nullptr;
  }

  template <typename Threshold>
  [[nodiscard]] std::optional<Transition> last(std::chrono::seconds since_epoch, Threshold threshold) const;
  template <typename Threshold>
  [[nodiscard]] Buckets make_buckets(const std::vector<Transition>& changes, Threshold threshold) const;
  [[nodiscard]] std::chrono::seconds exact_offset_at(std::chrono::sys_seconds at) const;
  [[nodiscard]] std::chrono::seconds exact_offset_of(std::chrono::local_seconds wall) const;

  static const std::int64_t first_bucket;

  std::chrono::seconds first_;
  std::vector<Transition> listed_;  // those that change the offset
  std::optional<PosixRule> rule_;   // where it changes the offset
  std::chrono::sys_seconds rule_from_ = std::chrono::sys_seconds::min();
  Buckets by_instant_;
  Buckets by_wall_;
};

}  // namespace courtesy
