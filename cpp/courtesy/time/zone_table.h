// The offsets of one zone at every instant: its listed transitions, and the rule that holds after the last of them.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <courtesy/time/offset_bucket.h>
#include <courtesy/time/posix_rule.h>
#include <courtesy/time/transition.h>

namespace courtesy {

// What the time zone database says of one zone.
struct ZoneData {
  std::chrono::seconds first{0};        // the offset before all transitions
  std::vector<Transition> transitions;  // in order of time; the offset may stay as it was
  std::optional<PosixRule> rule;        // from the last of them on, or, where there are none, always
};

class ZoneTable {
 public:
  explicit ZoneTable(ZoneData data);

  // The offset before all transitions.
  [[nodiscard]] std::chrono::seconds first() const noexcept { return first_; }
  // The last transition at or before the instant.
  [[nodiscard]] std::optional<Transition> last_at(std::chrono::sys_seconds at) const;
  // The last transition around which, or after which, a clock shows this wall time: at + min(before, after) <= wall.
  [[nodiscard]] std::optional<Transition> last_shown(std::chrono::local_seconds wall) const;
  // The transitions in [from, to), in order; the rule's up to the year 32,765.
  [[nodiscard]] std::vector<Transition> transitions(std::chrono::sys_seconds from, std::chrono::sys_seconds to) const;

  [[nodiscard]] std::chrono::seconds offset_at(std::chrono::sys_seconds at) const;
  // The offset that turns a wall time into an instant: in a gap and in an overlap the one before the transition, which
  // moves a gap's wall times forward by its length and takes an overlap's first instant. One threshold per
  // transition, at + max(before, after), tells both.
  [[nodiscard]] std::chrono::seconds offset_of(std::chrono::local_seconds wall) const;
  // The same two, for most instants and faster.
  [[nodiscard]] const OffsetBuckets& by_instant() const noexcept { return by_instant_; }
  [[nodiscard]] const OffsetBuckets& by_wall() const noexcept { return by_wall_; }

 private:
  template <typename Threshold>
  [[nodiscard]] std::optional<Transition> last(std::chrono::seconds since_epoch, Threshold threshold) const;
  template <typename Threshold>
  [[nodiscard]] OffsetBuckets make_buckets(Threshold threshold) const;
  template <typename Threshold>
  [[nodiscard]] std::vector<OffsetBucket> make_buckets(std::chrono::seconds begin, std::size_t count,
                                                       Threshold threshold) const;
  // Whether no transition is listed around `at` or later.
  [[nodiscard]] bool is_settled(std::chrono::seconds at) const;

  std::chrono::seconds first_;
  std::vector<Transition> listed_;  // those that change the offset
  std::optional<PosixRule> rule_;   // where it changes the offset
  std::chrono::sys_seconds rule_from_;
  OffsetBuckets by_instant_{{}, {}};
  OffsetBuckets by_wall_{{}, {}};
};

}  // namespace courtesy
