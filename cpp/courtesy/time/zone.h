// Time zones: from instants to wall times and back, right to 2100 and beyond for every zone of the IANA database.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/time/civil.h>
#include <courtesy/time/offset_bucket.h>
#include <courtesy/time/transition.h>

namespace courtesy {

// A wall time that no clock shows: forward by the gap's length (the offset before it), backward by it, or an error.
enum class Gap { forward, backward, error };
// A wall time that a clock shows twice.
enum class Overlap { first, second, error };

// What a zone says of a wall time. `before` and `after` are the offsets around `transition`;
// for a unique wall time both are its offset and `transition` is unset (the epoch).
struct WallLookup {
  enum class Kind { unique, gap, overlap };
  Kind kind;
  std::chrono::seconds before;
  std::chrono::seconds after;
  std::chrono::sys_seconds transition;
};

class ZoneTable;

// One zone's offsets. Immutable once made; share it freely between threads.
class Zone {
 public:
  // The zone of that IANA name (links too), "UTC" or "Z", or a fixed offset: "+05:30", "-0300", "+02". Tables are made
  // once per process, and names of UTC and of fixed offsets need no database: they are "UTC" and "+05:30".
  // Throws Error{zone} naming the nearest names where there is none, and the package to install where the system has
  // no time zone database.
  static std::shared_ptr<const Zone> named(std::string_view name);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::chrono::seconds offset_at(Instant at) const {
    return by_instant_->find(at.time_since_epoch(), [&] { return searched_offset_at(at); });
  }
  [[nodiscard]] WallLookup lookup(WallTime wall) const;
  // Stops at the ends of what an Instant can hold, as to_utc does.
  [[nodiscard]] WallTime to_local(Instant at) const { return WallTime{moved(at.time_since_epoch(), offset_at(at))}; }
  // Throws Error{time} for a gap with Gap::error or an overlap with Overlap::error.
  [[nodiscard]] Instant to_utc(WallTime wall, Gap gap = Gap::forward, Overlap overlap = Overlap::first) const {
    if (gap != Gap::forward || overlap != Overlap::first) return resolved(wall, gap, overlap);
    const auto offset = by_wall_->find(wall.time_since_epoch(), [&] { return searched_offset_of(wall); });
    return Instant{moved(wall.time_since_epoch(), -offset)};
  }
  // The transitions in [from, to), in order.
  [[nodiscard]] std::vector<Transition> transitions(Instant from, Instant to) const;

  // What columns look up by themselves.
  [[nodiscard]] const OffsetBucket* buckets_by_instant() const noexcept { return by_instant_->near(); }
  [[nodiscard]] const OffsetBucket* buckets_by_wall() const noexcept { return by_wall_->near(); }

  Zone(std::string name, std::unique_ptr<const ZoneTable> table);
  ~Zone();
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

 private:
  // A time moved by an offset; stops at the ends of what 64 bits of microseconds hold.
  [[nodiscard]] static std::chrono::microseconds moved(std::chrono::microseconds time, std::chrono::seconds offset) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(time.count(), std::chrono::microseconds{offset}.count(), &sum)) {
      return offset.count() < 0 ? std::chrono::microseconds::min() : std::chrono::microseconds::max();
    }
    return std::chrono::microseconds{sum};
  }
  [[nodiscard]] std::chrono::seconds searched_offset_at(Instant at) const;
  [[nodiscard]] std::chrono::seconds searched_offset_of(WallTime wall) const;
  [[nodiscard]] Instant resolved(WallTime wall, Gap gap, Overlap overlap) const;

  std::string name_;
  std::unique_ptr<const ZoneTable> table_;
  const OffsetBuckets* by_instant_;  // the table's
  const OffsetBuckets* by_wall_;
};

// The names of the system's time zone database, sorted. Throws Error{zone} where there is none.
[[nodiscard]] std::vector<std::string> zone_names();
// The release of that database, such as "2025b"; "unknown" where it does not tell.
[[nodiscard]] std::string tzdata_version();

}  // namespace courtesy
