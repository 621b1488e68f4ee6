// Where the public holidays of a country come from: the core has none of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <courtesy/time/civil.h>

namespace courtesy {

// business_days = { country = "GB", subdivision = "ENG", categories = ["public"] }
struct HolidayRequest {
  std::string country;
  std::string subdivision;              // empty: the whole country's
  std::vector<std::string> categories;  // empty: the public ones

  friend bool operator==(const HolidayRequest&, const HolidayRequest&) = default;
};

struct HolidayAnswer {
  std::vector<unsigned> weekend;  // ISO weekdays
  std::vector<Day> holidays;
  std::vector<Day> worked;  // business days whatever else they are
  std::string source;       // what they are from, and its version
};

// Throws Error{missing} for a place or category that it does not know.
using HolidaySource = std::function<HolidayAnswer(const HolidayRequest&)>;

}  // namespace courtesy
