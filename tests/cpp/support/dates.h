// Dates and times as tests write them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <courtesy/time/civil.h>

namespace courtesy::dates {

inline Day day(std::string_view text) {
  const auto parsed = parse_date(text);
  if (!parsed) throw std::invalid_argument("no date: " + std::string{text});
  return *parsed;
}

inline WallTime wall(std::string_view text) {
  const auto parsed = parse_date_time(text);
  if (!parsed || parsed->instant) throw std::invalid_argument("no wall time: " + std::string{text});
  return parsed->wall;
}

inline Instant instant(std::string_view text) {
  const auto parsed = parse_date_time(text);
  if (!parsed || !parsed->instant) throw std::invalid_argument("no instant: " + std::string{text});
  return *parsed->instant;
}

}  // namespace courtesy::dates
