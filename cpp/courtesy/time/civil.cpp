#include <courtesy/time/civil.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::year;
using std::chrono::year_month_day;

// std::chrono::year holds no more than these, and wraps round silently outside them.
constexpr Day first_day = local_days{year_month_day{year::min(), month{1}, day{1}}};
constexpr Day last_day = local_days{year_month_day{year::max(), month{12}, day{31}}};

constexpr Day within_calendar(Day day) { return std::clamp(day, first_day, last_day); }

// Reads a text from the left; every take leaves the text alone where it does not fit.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> digits(std::size_t fewest, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') {
      value = value * 10 + (rest_[count] - '0');
      ++count;
    }
    if (count < fewest) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }

  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

std::optional<Day> read_date(Reader& reader) {
  const auto y = reader.digits(4, 4);
  if (!y || !reader.take('-')) return std::nullopt;
  const auto m = reader.digits(2, 2);
  if (!m || !reader.take('-')) return std::nullopt;
  const auto d = reader.digits(2, 2);
  if (!d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok() || date.year() < first_year || date.year() > last_year) return std::nullopt;
  return Day{date};
}

std::optional<minutes> read_offset(Reader& reader) {
  const bool west = reader.take('-');
  if (!west && !reader.take('+')) return std::nullopt;
  const auto h = reader.digits(2, 2);
  if (!h || *h > 23) return std::nullopt;
  reader.take(':');
  const auto m = reader.digits(2, 2);
  if (!m || *m > 59) return std::nullopt;
  const minutes offset = hours{*h} + minutes{*m};
  return west ? -offset : offset;
}

void append_padded(std::string& out, long long value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

Day add_months(Day anchor, int months) {
  const year_month_day date{within_calendar(anchor)};
  const std::int64_t count =
      std::int64_t{static_cast<int>(date.year())} * 12 + (static_cast<unsigned>(date.month()) - 1U) + months;
  const std::int64_t y = (count >= 0 ? count : count - 11) / 12;
  if (y < static_cast<int>(year::min())) return first_day;
  if (y > static_cast<int>(year::max())) return last_day;
  const std::chrono::year_month into{year{static_cast<int>(y)}, month{static_cast<unsigned>(count - y * 12) + 1U}};
  const day last = (into / std::chrono::last).day();
  return Day{into / std::min(date.day(), last)};
}

std::optional<Day> anniversary(Day anchor, year in, Leap leap) {
  const year_month_day date = calendar_date(anchor);
  const year_month_day same{in, date.month(), date.day()};
  if (same.ok()) return Day{same};
  switch (leap) {
    case Leap::feb28:
      return Day{in / std::chrono::February / 28};
    case Leap::mar1:
      return Day{in / std::chrono::March / 1};
    case Leap::skip:
      break;
  }
  return std::nullopt;
}

unsigned iso_weekday(Day day) { return std::chrono::weekday{day}.iso_encoding(); }

std::optional<Day> parse_date(std::string_view text) {
  Reader reader{text};
  const auto date = read_date(reader);
  return reader.done() ? date : std::nullopt;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text, bool midnight_end) {
  Reader reader{text};
  const auto h = reader.digits(1, 2);
  if (!h || !reader.take(':')) return std::nullopt;
  const auto m = reader.digits(2, 2);
  if (!m || *m > 59) return std::nullopt;
  // A time of day is kept in minutes: seconds may be written, as clocks do, but must not be lost.
  if (reader.take(':') && reader.digits(2, 2) != 0) return std::nullopt;
  if (!reader.done()) return std::nullopt;
  const TimeOfDay time = hours{*h} + minutes{*m};
  const TimeOfDay midnight = hours{24};
  if (time > midnight || (time == midnight && !midnight_end)) return std::nullopt;
  return time;
}

std::optional<ParsedDateTime> parse_date_time(std::string_view text) {
  Reader reader{text};
  const auto date = read_date(reader);
  if (!date || !(reader.take('T') || reader.take(' '))) return std::nullopt;
  const auto h = reader.digits(2, 2);
  if (!h || *h > 23 || !reader.take(':')) return std::nullopt;
  const auto m = reader.digits(2, 2);
  if (!m || *m > 59) return std::nullopt;
  WallTime wall = WallTime{*date} + hours{*h} + minutes{*m};
  if (reader.take(':')) {
    const auto s = reader.digits(2, 2);
    if (!s || *s > 59) return std::nullopt;
    wall += seconds{*s};
    if (reader.take('.')) {
      const std::size_t before = reader.left();
      auto fraction = reader.digits(1, 6);
      if (!fraction) return std::nullopt;
      for (std::size_t places = before - reader.left(); places < 6; ++places) *fraction *= 10;
      wall += microseconds{*fraction};
    }
  }
  if (reader.done()) return ParsedDateTime{wall, std::nullopt};
  const auto offset = reader.take('Z') ? minutes{0} : read_offset(reader);
  if (!offset || !reader.done()) return std::nullopt;
  return ParsedDateTime{wall, Instant{(wall - *offset).time_since_epoch()}};
}

std::string iso_text(Day day) {
  const year_month_day date{within_calendar(day)};
  const int y = static_cast<int>(date.year());
  std::string out;
  // Years outside 0000 to 9999 take a sign, as in ISO 8601's expanded form.
  if (y < 0) out += '-';
  if (y > static_cast<int>(last_year)) out += '+';
  append_padded(out, y < 0 ? -y : y, 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  return out;
}

std::string iso_text(WallTime wall) {
  const WallTime known = std::clamp(wall, WallTime{first_day}, WallTime{last_day + days{1}} - microseconds{1});
  const Day day = day_of(known);
  const std::chrono::hh_mm_ss<microseconds> clock{known - day};
  std::string out = iso_text(day) + 'T';
  append_padded(out, clock.hours().count(), 2);
  out += ':';
  append_padded(out, clock.minutes().count(), 2);
  out += ':';
  append_padded(out, clock.seconds().count(), 2);
  if (clock.subseconds() != microseconds{0}) {
    out += '.';
    append_padded(out, clock.subseconds().count(), 6);
  }
  return out;
}

std::string iso_text(Instant at) { return iso_text(WallTime{at.time_since_epoch()}) + 'Z'; }

std::string clock_text(TimeOfDay time) {
  std::string out;
  append_padded(out, time.count() / 60, 2);
  out += ':';
  append_padded(out, time.count() % 60, 2);
  return out;
}

}  // namespace courtesy
