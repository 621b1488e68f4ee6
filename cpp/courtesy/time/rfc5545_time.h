// Dates and times as RFC 5545 writes them: "20261201", "20261201T100000", "20261201T100000Z".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <courtesy/time/civil.h>

namespace courtesy {

struct Rfc5545Time {
  enum class Kind { date, wall, utc };
  Kind kind;
  std::chrono::local_seconds at;  // midnight of a date; the clock in UTC of a utc

  friend bool operator==(const Rfc5545Time&, const Rfc5545Time&) = default;
};

// Years 1600 to 9999; the second 60 is read as 59, as the RFC asks of those without leap seconds. Else nothing.
[[nodiscard]] std::optional<Rfc5545Time> parse_rfc5545_time(std::string_view text);

[[nodiscard]] std::string rfc5545_text(Day day);
[[nodiscard]] std::string rfc5545_text(std::chrono::local_seconds wall);

}  // namespace courtesy
