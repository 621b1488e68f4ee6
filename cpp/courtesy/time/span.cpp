#include <courtesy/time/span.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// Dates end with the year 9999, so no span reaches further; every sum below stays far inside its type.
constexpr std::int64_t most_years = 9999;

// How a unit is added: the part of the span it belongs to.
enum class Part { calendar, civil, business, clock, open };

struct Unit {
  std::string_view name;  // in the singular
  Part part;
  std::int64_t factor;  // months, days or seconds in one
  std::int64_t most;
};

constexpr std::int64_t most_days = most_years * 366;
// Years of them, and still few enough to be counted one by one.
constexpr std::int64_t most_open_hours = 10'000;

constexpr std::array units{
    Unit{"year", Part::calendar, 12, most_years},
    Unit{"month", Part::calendar, 1, most_years * 12},
    Unit{"week", Part::civil, 7, most_days / 7},
    Unit{"day", Part::civil, 1, most_days},
    Unit{"business day", Part::business, 1, most_days},
    Unit{"hour", Part::clock, 3'600, most_days * 24},
    Unit{"minute", Part::clock, 60, most_days * 1'440},
    Unit{"second", Part::clock, 1, most_days * 86'400},
    Unit{"opening hour", Part::open, 3'600, most_open_hours},
    Unit{"opening minute", Part::open, 60, most_open_hours * 60},
};

std::string plural(const Unit& unit) { return std::string{unit.name} + "s"; }

// What ISO 8601 writes for a unit, in the order it must stand in; 'T' goes before hours, minutes and seconds.
struct Designator {
  char letter;
  bool after_t;
  const Unit* unit;
};

constexpr std::array designators{
    Designator{'Y', false, &units[0]}, Designator{'M', false, &units[1]}, Designator{'W', false, &units[2]},
    Designator{'D', false, &units[3]}, Designator{'H', true, &units[5]},  Designator{'M', true, &units[6]},
    Designator{'S', true, &units[7]},
};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool separator(char c) { return space(c) || c == ','; }

// Reads one text; every complaint shows the whole of it.
class Parser {
 public:
  explicit Parser(std::string_view text) : whole_(trimmed(text)), rest_(whole_) {}

  Span span() {
    if (whole_.empty()) unexpected("");
    if (negative()) {
      throw Error{ErrorKind::rule, "a span is never negative: write 'before' instead of " + in_quotes(whole_)};
    }
    if (rest_.front() == 'P') {
      iso();
    } else {
      words();
    }
    return span_;
  }

 private:
  [[noreturn]] void unexpected(const std::string& why) const {
    throw Error{ErrorKind::rule, "expected a span such as '3 days' or 'P6M', found " +
                                     (whole_.empty() ? "an empty text" : in_quotes(whole_)) + why};
  }

  // "-3 days", "-P3D", "P-3D", "1 year -2 days": a minus before a digit or a P.
  [[nodiscard]] bool negative() const {
    for (std::size_t i = 0; i + 1 < whole_.size(); ++i) {
      const std::size_t next = whole_.find_first_not_of(' ', i + 1);
      if (whole_[i] == '-' && next != std::string_view::npos && (digit(whole_[next]) || whole_[next] == 'P') &&
          (i == 0 || !digit(whole_[i - 1]))) {
        return true;
      }
    }
    return false;
  }

  std::optional<std::int64_t> number() {
    // Longer ones are past every limit, whatever the unit; they must not overflow on the way.
    constexpr std::int64_t ceiling = 1'000'000'000'000'000;
    std::size_t size = 0;
    std::int64_t value = 0;
    for (; size < rest_.size() && digit(rest_[size]); ++size)
      value = std::min(value * 10 + (rest_[size] - '0'), ceiling);
    if (size == 0) return std::nullopt;
    rest_.remove_prefix(size);
    if (!rest_.empty() && (rest_.front() == '.' || rest_.front() == ',') && rest_.size() > 1 && digit(rest_[1])) {
      unexpected(" (write whole numbers, in a smaller unit where needed)");
    }
    return value;
  }

  void add(const Unit& unit, std::int64_t count) {
    if (std::find(seen_.begin(), seen_.end(), &unit) != seen_.end()) {
      unexpected(" (" + plural(unit) + " are given twice)");
    }
    seen_.push_back(&unit);
    if (count > unit.most && unit.part == Part::open) {
      unexpected(" (expected at most " + std::to_string(most_open_hours) + " opening hours)");
    }
    if (count > unit.most) too_long();
    const std::int64_t value = count * unit.factor;
    switch (unit.part) {
      case Part::calendar:
        span_.months += static_cast<int>(value);
        break;
      case Part::civil:
        span_.days += static_cast<int>(value);
        break;
      case Part::business:
        span_.business_days += static_cast<int>(value);
        break;
      case Part::clock:
        span_.time += seconds{value};
        break;
      case Part::open:
        span_.open_time += seconds{value};
        break;
    }
    if (span_.months > most_years * 12 || span_.days > most_days || span_.time > days{most_days}) too_long();
  }

  [[noreturn]] void too_long() const {
    throw Error{ErrorKind::rule,
                "expected a span of at most " + std::to_string(most_years) + " years, found " + in_quotes(whole_)};
  }

  void iso() {
    rest_.remove_prefix(1);
    bool after_t = false;
    auto next = designators.begin();
    while (!rest_.empty()) {
      if (!after_t && rest_.front() == 'T') {
        after_t = true;
        rest_.remove_prefix(1);
        if (rest_.empty()) unexpected(" (a number should follow the T)");
      }
      const auto count = number();
      if (!count || rest_.empty()) unexpected(" (ISO 8601 writes 'P1Y2M3D', 'P2W' or 'PT4H30M')");
      const char letter = rest_.front();
      next = std::find_if(next, designators.end(),
                          [&](const Designator& d) { return d.letter == letter && d.after_t == after_t; });
      if (next == designators.end()) unexpected(" (ISO 8601 writes 'P1Y2M3D', 'P2W' or 'PT4H30M')");
      add(*next->unit, *count);
      ++next;
      rest_.remove_prefix(1);
    }
    if (seen_.empty()) unexpected(" (a number should follow the P)");
  }

  void words() {
    while (!rest_.empty()) {
      const auto count = number();
      if (!count) unexpected(seen_.empty() ? "" : " (a number should follow each unit)");
      const std::string word = unit_words();
      if (word.empty()) unexpected(" (a unit such as 'days' should follow the number)");
      add(unit_named(word), *count);
      // A comma may stand between two parts, and nothing may end with one.
      skip(space);
      if (rest_.empty()) return;
      if (rest_.front() == ',') {
        rest_.remove_prefix(1);
        skip(space);
        if (rest_.empty()) unexpected(" (nothing follows the comma)");
      }
    }
  }

  template <typename Which>
  void skip(Which which) {
    while (!rest_.empty() && which(rest_.front())) rest_.remove_prefix(1);
  }

  // The words up to the next number, in lower case and a space apart: "business days".
  std::string unit_words() {
    std::string words;
    while (true) {
      skip(space);
      std::size_t size = 0;
      while (size < rest_.size() && !separator(rest_[size]) && !digit(rest_[size])) ++size;
      if (size == 0) return words;
      if (!words.empty()) words += ' ';
      for (const char c : rest_.substr(0, size)) words += lower(c);
      rest_.remove_prefix(size);
    }
  }

  [[nodiscard]] const Unit& unit_named(const std::string& word) const {
    std::vector<std::string> names;
    for (const Unit& unit : units) {
      if (word == unit.name || word == plural(unit)) return unit;
      names.push_back(plural(unit));
    }
    const std::string near = did_you_mean(word, names);
    unexpected(near.empty() ? " (" + in_quotes(word) + " is no unit: try years, months, weeks, days, business days, " +
                                  "hours, minutes, seconds or opening hours)"
                            : near);
  }

  std::string_view whole_;
  std::string_view rest_;
  Span span_;
  std::vector<const Unit*> seen_;
};

void append_part(std::string& out, std::int64_t count, std::string_view unit) {
  if (count == 0) return;
  if (!out.empty()) out += ' ';
  out += std::to_string(count) + ' ';
  out += unit;
  if (count != 1) out += 's';
}

Day moved(Day day, std::int64_t by) {
  // Years past the calendar's end stop there, as in add_months.
  return std::clamp(day + days{by}, Day{std::chrono::year::min() / std::chrono::January / 1},
                    Day{std::chrono::year::max() / std::chrono::December / 31});
}

}  // namespace

Span parse_span(std::string_view text) { return Parser{text}.span(); }

std::string span_text(const Span& span) {
  std::string out;
  append_part(out, span.months / 12, "year");
  append_part(out, span.months % 12, "month");
  append_part(out, span.days, "day");
  append_part(out, span.business_days, "business day");
  const std::int64_t time = span.time.count();
  append_part(out, time / 3'600, "hour");
  append_part(out, time / 60 % 60, "minute");
  append_part(out, time % 60, "second");
  const std::int64_t open_time = span.open_time.count();
  append_part(out, open_time / 3'600, "opening hour");
  append_part(out, open_time / 60 % 60, "opening minute");
  return out.empty() ? "0 days" : out;
}

Day add_days(Day anchor, const Span& span) {
  return moved(span.months == 0 ? anchor : add_months(anchor, span.months), span.days);
}

Day subtract_days(Day anchor, const Span& span) {
  return moved(span.months == 0 ? anchor : add_months(anchor, -span.months), -span.days);
}

int longest_days(const Span& span) {
  // A month has at most 31 days, and twelve of them 366.
  const std::int64_t by_months = std::int64_t{span.months / 12} * 366 + std::int64_t{span.months % 12} * 31;
  // A weekend leaves at least one day of each week; a year of holidays comes on top.
  const std::int64_t by_business_days = span.business_days == 0 ? 0 : std::int64_t{span.business_days} * 7 + 366;
  const std::int64_t by_time = std::chrono::ceil<days>(span.time).count();
  const std::int64_t total = by_months + span.days + by_business_days + by_time;
  return static_cast<int>(std::min<std::int64_t>(total, std::numeric_limits<int>::max()));
}

}  // namespace courtesy
