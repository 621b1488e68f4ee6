// The rule that a time zone follows after its last listed transition, written as a POSIX TZ string.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include <courtesy/time/transition.h>

namespace courtesy {

// Standard time and, where the zone keeps it, daylight-saving time between two days of each year:
// "GMT0BST,M3.5.0/1,M10.5.0". POSIX.1-2017 (XBD 8.3) with the extensions of RFC 8536, section 3.3.1:
// hours of a change from -167 to 167, so that it may fall on another day, and daylight-saving time all year.
class PosixRule {
 public:
  // Nothing where the text is no such rule.
  [[nodiscard]] static std::optional<PosixRule> parse(std::string_view text);

  // Whether the offset changes at all.
  [[nodiscard]] bool changes() const noexcept { return changes_; }
  // The offset from UTC of a zone whose offset never changes; standard time else.
  [[nodiscard]] std::chrono::seconds offset() const noexcept { return standard_; }
  // The two changes that the rule gives for that year, in order of time. Only where changes().
  [[nodiscard]] std::array<Transition, 2> transitions(std::chrono::year year) const;

 private:
  // A day of each year, and the time of that day on the clock before the change.
  struct Change {
    enum class Kind { weekday_of_month, julian, day_of_year };
    Kind kind = Kind::day_of_year;
    std::chrono::month month{1};
    unsigned week = 1;  // 5: the last
    std::chrono::weekday weekday{0};
    std::chrono::days day{0};  // after 1 January
    std::chrono::seconds time{0};

    [[nodiscard]] std::chrono::local_seconds in(std::chrono::year year) const;
  };
  class Reader;

  [[nodiscard]] bool daylight_all_year() const;

  std::chrono::seconds standard_{0};
  std::chrono::seconds daylight_{0};
  Change to_daylight_;
  Change to_standard_;
  bool changes_ = false;
};

}  // namespace courtesy
