#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/time/opening_hours.h>

namespace courtesy {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr TimeOfDay whole_day{24 * 60};

[[noreturn]] void unexpected(std::string_view text, const std::string& why = "") {
  throw Error{ErrorKind::rule,
              "expected opening hours such as '08:00-12:00, 13:00-17:00' or 'closed', found " + in_quotes(text) + why};
}

OpenStretch parse_stretch(std::string_view piece, std::string_view whole) {
  const std::size_t dash = piece.find('-');
  if (dash == std::string_view::npos) unexpected(whole);
  const auto from = parse_time_of_day(trimmed(piece.substr(0, dash)));
  auto to = parse_time_of_day(trimmed(piece.substr(dash + 1)), true);
  if (!from || !to) unexpected(whole);
  if (*to == *from) unexpected(whole, " (it opens and closes at once; a whole day is '00:00-24:00')");
  if (*to < *from) *to += whole_day;
  return {*from, *to};
}

std::optional<std::size_t> weekday_named(std::string_view text) {
  const std::string wanted = lower(trimmed(text));
  const auto found = std::find(weekdays.begin(), weekdays.end(), wanted);
  if (found == weekdays.end()) return std::nullopt;
  return static_cast<std::size_t>(found - weekdays.begin());
}

// A date, or the first and the last of a range.
std::optional<std::pair<Day, Day>> dates_named(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = parse_date(trimmed(text.substr(0, slash)));
  const auto last = slash == std::string_view::npos ? first : parse_date(trimmed(text.substr(slash + 1)));
  if (!first || !last) return std::nullopt;
  if (*last < *first) throw Error{ErrorKind::rule, "the range " + in_quotes(text) + " ends before it starts"};
  constexpr std::chrono::days longest{366};
  if (*last - *first > longest) {
    throw Error{ErrorKind::rule, "expected a range of a year at the most, found " + in_quotes(text)};
  }
  return std::pair{*first, *last};
}

}  // namespace

std::vector<OpenStretch> parse_open_stretches(std::string_view text) {
  std::string_view rest = trimmed(text);
  if (lower(rest) == "closed") return {};
  std::vector<OpenStretch> out;
  while (true) {
    const std::size_t comma = rest.find(',');
    out.push_back(parse_stretch(trimmed(rest.substr(0, comma)), trimmed(text)));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  std::sort(out.begin(), out.end(), [](const OpenStretch& a, const OpenStretch& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].from < out[i - 1].to) unexpected(trimmed(text), " (they overlap)");
  }
  return out;
}

void OpeningTable::set(std::string_view days, std::string_view hours) {
  auto stretches = parse_open_stretches(hours);
  if (const auto range = dates_named(days)) {
    for (Day day = range->first; day <= range->second; day += std::chrono::days{1}) exceptions[day] = stretches;
    return;
  }
  const std::size_t dash = days.find('-');
  const auto first = weekday_named(days.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : weekday_named(days.substr(dash + 1));
  if (!first || !last) {
    throw Error{ErrorKind::rule,
                "expected a weekday such as 'mon', several such as 'mon-fri', a date, or a range of dates "
                "such as '2026-12-27/2027-01-01', found " +
                    in_quotes(trimmed(days))};
  }
  for (std::size_t day = *first;; day = (day + 1) % weekdays.size()) {
    week[day] = stretches;
    if (day == *last) break;
  }
}

}  // namespace courtesy
