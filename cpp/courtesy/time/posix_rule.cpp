#include <courtesy/time/posix_rule.h>

#include <utility>

namespace courtesy {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::year;

class PosixRule::Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] bool at(char wanted) const { return !rest_.empty() && rest_.front() == wanted; }

  bool take(char wanted) {
    if (!at(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // "GMT" or "<+0330>": three characters or more.
  bool name() {
    const bool quoted = take('<');
    std::size_t size = 0;
    while (size < rest_.size() &&
           (letter(rest_[size]) || (quoted && (digit(rest_[size]) || rest_[size] == '+' || rest_[size] == '-')))) {
      ++size;
    }
    if (size < 3) return false;
    rest_.remove_prefix(size);
    return !quoted || take('>');
  }

  std::optional<int> number(int least, int most) {
    int value = 0;
    std::size_t size = 0;
    while (size < rest_.size() && size < 3 && digit(rest_[size])) value = value * 10 + (rest_[size++] - '0');
    if (size == 0 || value < least || value > most) return std::nullopt;
    rest_.remove_prefix(size);
    return value;
  }

  // "[+-]hh[:mm[:ss]]"
  std::optional<seconds> time(int most_hours) {
    const bool negative = take('-');
    if (!negative) take('+');
    const auto h = number(0, most_hours);
    if (!h) return std::nullopt;
    seconds value = hours{*h};
    if (take(':')) {
      const auto m = number(0, 59);
      if (!m) return std::nullopt;
      value += minutes{*m};
      if (take(':')) {
        const auto s = number(0, 59);
        if (!s) return std::nullopt;
        value += seconds{*s};
      }
    }
    return negative ? -value : value;
  }

  // "M3.5.0/1", "J60", "59/-2"
  std::optional<Change> change() {
    Change out;
    if (take('M')) {
      const auto month = number(1, 12);
      if (!month || !take('.')) return std::nullopt;
      const auto week = number(1, 5);
      if (!week || !take('.')) return std::nullopt;
      const auto weekday = number(0, 6);
      if (!weekday) return std::nullopt;
      out.kind = Change::Kind::weekday_of_month;
      out.month = std::chrono::month{static_cast<unsigned>(*month)};
      out.week = static_cast<unsigned>(*week);
      out.weekday = std::chrono::weekday{static_cast<unsigned>(*weekday)};
    } else if (take('J')) {
      const auto day = number(1, 365);
      if (!day) return std::nullopt;
      out.kind = Change::Kind::julian;
      out.day = days{*day - 1};
    } else {
      const auto day = number(0, 365);
      if (!day) return std::nullopt;
      out.day = days{*day};
    }
    out.time = hours{2};
    if (take('/')) {
      const auto at = time(167);
      if (!at) return std::nullopt;
      out.time = *at;
    }
    return out;
  }

 private:
  static bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
  static bool digit(char c) { return c >= '0' && c <= '9'; }

  std::string_view rest_;
};

std::optional<PosixRule> PosixRule::parse(std::string_view text) {
  PosixRule rule;
  Reader reader{text};
  if (!reader.name()) return std::nullopt;
  const auto west = reader.time(24);
  if (!west) return std::nullopt;
  // POSIX counts offsets westward: "EST5" is five hours behind UTC.
  rule.standard_ = -*west;
  if (reader.done()) return rule;

  if (!reader.name()) return std::nullopt;
  rule.daylight_ = rule.standard_ + hours{1};
  if (!reader.at(',')) {
    const auto daylight_west = reader.time(24);
    if (!daylight_west) return std::nullopt;
    rule.daylight_ = -*daylight_west;
  }
  if (!reader.take(',')) return std::nullopt;
  const auto to_daylight = reader.change();
  if (!to_daylight || !reader.take(',')) return std::nullopt;
  const auto to_standard = reader.change();
  if (!to_standard || !reader.done()) return std::nullopt;
  rule.to_daylight_ = *to_daylight;
  rule.to_standard_ = *to_standard;
  if (rule.daylight_all_year()) {
    rule.standard_ = rule.daylight_;
  } else {
    rule.changes_ = rule.standard_ != rule.daylight_;
  }
  return rule;
}

std::chrono::local_seconds PosixRule::Change::in(year y) const {
  using std::chrono::local_days;
  const local_days new_year{y / std::chrono::January / 1};
  switch (kind) {
    case Kind::weekday_of_month:
      return (week == 5 ? local_days{y / month / weekday[std::chrono::last]} : local_days{y / month / weekday[week]}) +
             time;
    case Kind::julian: {
      // 29 February is never counted: day 60 is 1 March in every year.
      constexpr days january_and_february{59};
      return new_year + day + (y.is_leap() && day >= january_and_february ? days{1} : days{0}) + time;
    }
    case Kind::day_of_year:
      break;
  }
  return new_year + day + time;
}

std::array<Transition, 2> PosixRule::transitions(year y) const {
  const Transition start{std::chrono::sys_seconds{to_daylight_.in(y).time_since_epoch() - standard_}, standard_,
                         daylight_};
  const Transition end{std::chrono::sys_seconds{to_standard_.in(y).time_since_epoch() - daylight_}, daylight_,
                       standard_};
  if (end.at < start.at) return {end, start};
  return {start, end};
}

bool PosixRule::daylight_all_year() const {
  // Daylight-saving time that begins again at the instant it ends, as in "EST5EDT,0/0,J365/25". A leap year and the
  // common years around it show it for all.
  const year sample{2027};
  for (int n = 0; n < 4; ++n) {
    const seconds ends = to_standard_.in(sample + std::chrono::years{n}).time_since_epoch() - daylight_;
    const seconds begins = to_daylight_.in(sample + std::chrono::years{n + 1}).time_since_epoch() - standard_;
    if (ends < begins) return false;
  }
  return true;
}

}  // namespace courtesy
