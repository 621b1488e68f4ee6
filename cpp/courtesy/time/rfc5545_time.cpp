#include <courtesy/time/rfc5545_time.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::local_seconds;

// The number in the next `width` digits.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Day> date(std::string_view text) {
  const auto y = digits(text, 0, 4);
  const auto m = digits(text, 4, 2);
  const auto d = digits(text, 6, 2);
  if (!y || !m || !d) return std::nullopt;
  const std::chrono::year_month_day found{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                                          std::chrono::day{static_cast<unsigned>(*d)}};
  if (!found.ok() || found.year() < first_year || found.year() > last_year) return std::nullopt;
  return Day{found};
}

}  // namespace

std::optional<Rfc5545Time> parse_rfc5545_time(std::string_view text) {
  const auto day = date(text);
  if (!day) return std::nullopt;
  if (text.size() == 8) return Rfc5545Time{Rfc5545Time::Kind::date, local_seconds{*day}};
  const bool utc = text.size() == 16 && text[15] == 'Z';
  if (text[8] != 'T' || (text.size() != 15 && !utc)) return std::nullopt;
  const auto h = digits(text, 9, 2);
  const auto m = digits(text, 11, 2);
  const auto s = digits(text, 13, 2);
  if (!h || *h > 23 || !m || *m > 59 || !s || *s > 60) return std::nullopt;
  const local_seconds at =
      *day + std::chrono::hours{*h} + std::chrono::minutes{*m} + std::chrono::seconds{std::min(*s, 59)};
  return Rfc5545Time{utc ? Rfc5545Time::Kind::utc : Rfc5545Time::Kind::wall, at};
}

std::string rfc5545_text(Day day) {
  std::string text = iso_text(day);
  std::erase(text, '-');
  return text;
}

std::string rfc5545_text(local_seconds wall) {
  const Day day = std::chrono::floor<std::chrono::days>(wall);
  std::string clock = iso_text(WallTime{wall}).substr(iso_text(day).size());
  std::erase(clock, ':');
  return rfc5545_text(day) + clock;
}

}  // namespace courtesy
