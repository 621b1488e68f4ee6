#include <courtesy/time/recurrence.h>

#include <algorithm>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/make_set.h>
#include <courtesy/time/rule_walk.h>
#include <courtesy/time/walk.h>

namespace courtesy {
namespace {

using std::chrono::ceil;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::seconds;

// Of each rule that is asked whether it takes a moment away.
constexpr std::int64_t steps_of_an_exrule = 20;
constexpr std::size_t most_exrules = 100;
// With a zone the first year begins before UTC's.
constexpr Tick earliest = first_tick - days{2};

struct Stretch {
  Tick from;
  Tick to;
};

bool whole_second(microseconds time) { return time % seconds{1} == microseconds{0}; }

RuleStart start_of(const RecurrenceParts& parts) {
  const auto* day = std::get_if<Day>(&parts.start);
  if (day && parts.zone) {
    fail_in("DTSTART", "a start that is a date has no zone (leave the zone out, or give the start a time of day)");
  }
  const WallTime wall = day ? WallTime{*day} : std::get<WallTime>(parts.start);
  const auto second = floor<seconds>(wall);
  if (second.time_since_epoch() < first_tick || second.time_since_epoch() >= end_tick) {
    fail_in("DTSTART", "expected a start in the years 1600 to 9999, found " + iso_text(wall));
  }
  if (!whole_second(wall.time_since_epoch())) {
    fail_in("DTSTART", "expected a start at a whole second, found " + iso_text(wall) + " (leave the fraction out)");
  }
  return {second, day != nullptr, parts.zone, parts.include_start};
}

}  // namespace

// The rules' walks, and the dates beside them, on one line.
class Recurrence::Lines {
 public:
  explicit Lines(RecurrenceParts parts) : parts_(std::move(parts)) {
    RuleStart start = start_of(parts_);
    // One budget for the COUNT of all of them.
    Steps to_count;
    kind_ = start.whole_days ? Kind::day : parts_.zone ? Kind::instant : Kind::wall;
    if (parts_.exrules.size() > most_exrules) {
      fail_in("EXRULE", "expected at most " + std::to_string(most_exrules) + " of them, found " +
                            std::to_string(parts_.exrules.size()));
    }
    for (RecurrenceRule& rule : parts_.exrules) rule = checked(std::move(rule));
    if (parts_.rule) {
      parts_.rule = checked(std::move(*parts_.rule));
      rule_ = rule_walk(*parts_.rule, start, to_count);
      // Else each of its occurrences would be found, and then taken away again.
      const bool taken_away =
          std::find(parts_.exrules.begin(), parts_.exrules.end(), *parts_.rule) != parts_.exrules.end();
      if (taken_away || !happens(*rule_)) rule_.reset();
    }
    start.always_counts = false;
    for (const RecurrenceRule& rule : parts_.exrules) exrules_.push_back(rule_walk(rule, start, to_count));
    for (auto* moments : {&parts_.rdates, &parts_.exdates}) {
      for (Moment& each : *moments) each = as_start(each);
      make_set(*moments);
    }
    for (const Moment& at : parts_.rdates) rdates_.push_back(added(at));
    if (parts_.include_start) rdates_.push_back(floor<seconds>(line(std::visit(as_moment, parts_.start))));
    make_set(rdates_);
    for (const Moment& at : parts_.exdates) add_exdate(at);
    make_set(exdates_);
    plain_ = rule_ && rdates_.empty() && parts_.exdates.empty() && exrules_.empty();
    never_ = rdates_.empty() && !rule_;
  }

  [[nodiscard]] const RecurrenceParts& parts() const { return parts_; }
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool never() const { return never_; }
  [[nodiscard]] bool endless() const { return rule_ && !parts_.rule->count && !parts_.rule->until; }

  // A moment on the line.
  [[nodiscard]] microseconds line(const Moment& moment) const {
    if (const auto* at = std::get_if<Instant>(&moment)) {
      if (kind_ == Kind::instant) return at->time_since_epoch();
      throw Error{ErrorKind::time, "this recurrence has no zone, and an instant cannot be compared with its " +
                                       std::string{kind_ == Kind::day ? "dates" : "wall times"} +
                                       " (give it a zone, or ask with a wall time)"};
    }
    const auto* day = std::get_if<Day>(&moment);
    const WallTime wall = day ? WallTime{*day} : std::get<WallTime>(moment);
    return kind_ == Kind::instant ? parts_.zone->to_utc(wall).time_since_epoch() : wall.time_since_epoch();
  }

  [[nodiscard]] Moment moment(Tick tick) const {
    if (kind_ == Kind::day) return day_of(tick);
    if (kind_ == Kind::wall) return WallTime{tick};
    return Instant{tick};
  }

  // The first in [from, to).
  [[nodiscard]] std::optional<Tick> next(Tick from, Tick to, Steps& steps) const {
    while (from < to) {
      auto found = rule_ ? rule_->next(from, to, steps) : std::nullopt;
      const auto beside = std::lower_bound(rdates_.begin(), rdates_.end(), from);
      if (beside != rdates_.end() && *beside < to && (!found || *beside < *found)) found = *beside;
      if (!found || plain_ || !taken_away(*found, steps)) return found;
      steps.take(4);
      from = *found + seconds{1};
    }
    return std::nullopt;
  }

  // The last in [from, to).
  [[nodiscard]] std::optional<Tick> last(Tick from, Tick to, Steps& steps) const {
    while (from < to) {
      auto found = rule_ ? rule_->last(from, to, steps) : std::nullopt;
      const auto beside = std::lower_bound(rdates_.begin(), rdates_.end(), to);
      if (beside != rdates_.begin() && *(beside - 1) >= from && (!found || *(beside - 1) > *found)) {
        found = *(beside - 1);
      }
      if (!found || plain_ || !taken_away(*found, steps)) return found;
      steps.take(4);
      to = *found;
    }
    return std::nullopt;
  }

  // The first `most` in [from, to).
  [[nodiscard]] std::vector<Moment> first(Tick from, Tick to, std::size_t most) const {
    std::vector<Moment> out;
    Steps steps;
    each(from, to, most, steps, [&](Tick at) { out.push_back(moment(at)); });
    return out;
  }

  [[nodiscard]] std::size_t fill(Tick from, Tick to, std::span<std::int64_t> out) const {
    Steps steps;
    if (plain_) return rule_->fill(from, to, out, steps);
    return each(from, to, out.size(), steps,
                [cell = out.begin()](Tick at) mutable { *cell++ = microseconds_cell(at); });
  }

  [[nodiscard]] std::size_t fill(Tick from, Tick to, std::span<std::int32_t> out) const {
    Steps steps;
    if (plain_) return rule_->fill_days(from, to, out, steps);
    return each(from, to, out.size(), steps, [cell = out.begin()](Tick at) mutable { *cell++ = day_cell(at); });
  }

  [[nodiscard]] std::int64_t count(Tick from, Tick to) const {
    Steps steps;
    steps.give_nothing_out();
    if (exrules_.empty()) return count_given(from, to, steps) - count_excluded(from, to, steps);
    std::int64_t count = 0;
    while (const auto found = next(from, to, steps)) {
      steps.take(4);
      ++count;
      from = *found + seconds{1};
    }
    return count;
  }

 private:
  static constexpr auto as_moment = [](auto at) { return Moment{at}; };

  template <typename Take>
  std::size_t each(Tick from, Tick to, std::size_t most, Steps& steps, Take take) const {
    return take_each([&](Tick at) { return next(at, to, steps); }, from, most, steps, take);
  }

  [[nodiscard]] bool in_rule(Tick at, Steps& steps) const {
    steps.take(8);
    return rule_ && rule_->next(at, at + seconds{1}, steps).has_value();
  }

  static std::span<const Tick> within(const std::vector<Tick>& ticks, Tick from, Tick to) {
    const auto begin = std::lower_bound(ticks.begin(), ticks.end(), from);
    return {begin, std::lower_bound(begin, ticks.end(), std::max(from, to))};
  }

  // How many the rule and the dates beside it give, before any are taken away.
  [[nodiscard]] std::int64_t count_given(Tick from, Tick to, Steps& steps) const {
    std::int64_t count = rule_ ? rule_->count(from, to, steps) : 0;
    for (const Tick at : within(rdates_, from, to)) count += in_rule(at, steps) ? 0 : 1;
    return count;
  }

  // How many of those the dates take away.
  [[nodiscard]] std::int64_t count_excluded(Tick from, Tick to, Steps& steps) const {
    std::int64_t count = 0;
    for (const Stretch& day : exdays_) {
      const Tick begin = std::max(day.from, from);
      const Tick end = std::min(day.to, to);
      if (begin < end) count += count_given(begin, end, steps);
    }
    for (const Tick at : within(exdates_, from, to)) {
      const bool given = std::binary_search(rdates_.begin(), rdates_.end(), at) || in_rule(at, steps);
      count += given && !in_exday(at) ? 1 : 0;
    }
    return count;
  }

  [[nodiscard]] bool in_exday(Tick at) const {
    const auto day = std::upper_bound(exdays_.begin(), exdays_.end(), at,
                                      [](Tick tick, const Stretch& each) { return tick < each.from; });
    return day != exdays_.begin() && at < (day - 1)->to;
  }

  // Where the budget does not tell, the answer is yes: each question then tells for itself.
  static bool happens(const Walk& rule) {
    try {
      Steps steps;
      return rule.next(rule.first(), rule.end(), steps).has_value();
    } catch (const Error&) {
      return true;
    }
  }

  void check_kind(const char* part, const Moment& moment) const {
    const bool day = std::holds_alternative<Day>(moment);
    if (day != (kind_ == Kind::day)) {
      fail_in(part, day ? "is a date, but the start has a time of day (write the time too)"
                        : "has a time of day, but the start is a date (write the date alone)");
    }
    if (std::holds_alternative<Instant>(moment) && kind_ != Kind::instant) {
      fail_in(part, "is an instant, but the start has no zone (write a wall time, or give the start a zone)");
    }
  }

  [[nodiscard]] Tick added(const Moment& moment) const {
    check_kind("RDATE", moment);
    const microseconds at = line(moment);
    if (!whole_second(at)) fail_in("RDATE", "expected a whole second (leave the fraction out)");
    if (at < earliest || at >= end_tick) fail_in("RDATE", "expected a moment in the years 1600 to 9999");
    return floor<seconds>(at);
  }

  // With UTC as its zone, an instant is a wall time too: as such, equal parts compare equal.
  [[nodiscard]] Moment as_start(const Moment& moment) const {
    const auto* at = std::get_if<Instant>(&moment);
    return at && parts_.zone && parts_.zone->name() == "UTC" ? Moment{WallTime{at->time_since_epoch()}} : moment;
  }

  void add_exdate(const Moment& moment) {
    if (const auto* day = std::get_if<Day>(&moment)) {
      exdays_.push_back({ceil<seconds>(line(*day)), ceil<seconds>(line(*day + days{1}))});
      return;
    }
    check_kind("EXDATE", moment);
    if (whole_second(line(moment))) exdates_.push_back(floor<seconds>(line(moment)));
  }

  [[nodiscard]] bool taken_away(Tick at, Steps& steps) const {
    if (std::binary_search(exdates_.begin(), exdates_.end(), at)) return true;
    if (in_exday(at)) return true;
    std::int64_t asked = 0;
    const bool by_rule = std::any_of(exrules_.begin(), exrules_.end(), [&](const auto& rule) {
      ++asked;
      return rule->next(at, at + seconds{1}, steps).has_value();
    });
    // What stays is paid for as it is found; what is taken away could go on for ever.
    if (by_rule) steps.take(asked * steps_of_an_exrule);
    return by_rule;
  }

  RecurrenceParts parts_;
  Kind kind_ = Kind::day;
  std::unique_ptr<Walk> rule_;
  std::vector<std::unique_ptr<Walk>> exrules_;
  std::vector<Tick> rdates_;
  std::vector<Tick> exdates_;
  std::vector<Stretch> exdays_;  // in order, as their days are
  bool plain_ = false;           // the rule is all there is
  bool never_ = false;
};

Recurrence::Recurrence(RecurrenceParts parts) : lines_(std::make_shared<const Lines>(std::move(parts))) {}

const RecurrenceParts& Recurrence::parts() const noexcept { return lines_->parts(); }
Recurrence::Kind Recurrence::kind() const noexcept { return lines_->kind(); }
bool Recurrence::never() const noexcept { return lines_->never(); }
bool Recurrence::endless() const noexcept { return lines_->endless(); }

std::optional<Moment> Recurrence::after(const Moment& moment, bool inclusive) const {
  if (never()) return std::nullopt;
  const microseconds at = lines_->line(moment);
  Steps steps;
  const auto found = lines_->next(inclusive ? ceil<seconds>(at) : floor<seconds>(at) + seconds{1}, end_tick, steps);
  return found ? std::optional{lines_->moment(*found)} : std::nullopt;
}

std::optional<Moment> Recurrence::before(const Moment& moment, bool inclusive) const {
  if (never()) return std::nullopt;
  const microseconds at = lines_->line(moment);
  Steps steps;
  const Tick to = inclusive ? floor<seconds>(at) + seconds{1} : ceil<seconds>(at);
  const auto found = lines_->last(earliest, to, steps);
  return found ? std::optional{lines_->moment(*found)} : std::nullopt;
}

std::vector<Moment> Recurrence::between(const Moment& from, const Moment& to) const {
  const Tick begin = ceil<seconds>(lines_->line(from));
  const Tick end = ceil<seconds>(lines_->line(to));
  if (never()) return {};
  std::vector<Moment> out = lines_->first(begin, end, most_between + 1);
  if (out.size() > most_between) {
    throw Error{ErrorKind::time, "more than " + std::to_string(most_between) +
                                     " occurrences are in this window (ask for a shorter one, or read them as a "
                                     "column, a part at a time)"};
  }
  return out;
}

std::vector<Moment> Recurrence::first(std::size_t most) const {
  if (never()) return {};
  return lines_->first(earliest, end_tick, most);
}

std::vector<Moment> Recurrence::first_after(const Moment& moment, std::size_t most) const {
  if (never()) return {};
  return lines_->first(floor<seconds>(lines_->line(moment)) + seconds{1}, end_tick, most);
}

std::optional<std::int64_t> Recurrence::count() const {
  if (never()) return 0;
  return endless() ? std::nullopt : std::optional{lines_->count(earliest, end_tick)};
}

std::size_t Recurrence::fill(const Moment& from, const Moment& to, std::span<std::int64_t> microseconds) const {
  if (never()) return 0;
  return lines_->fill(ceil<seconds>(lines_->line(from)), ceil<seconds>(lines_->line(to)), microseconds);
}

std::size_t Recurrence::fill(const Moment& from, const Moment& to, std::span<std::int32_t> days) const {
  if (kind() != Kind::day) {
    throw Error{ErrorKind::time, "occurrences with a time of day are read in microseconds, not in days"};
  }
  if (never()) return 0;
  return lines_->fill(ceil<seconds>(lines_->line(from)), ceil<seconds>(lines_->line(to)), days);
}

std::int64_t Recurrence::count(const Moment& from, const Moment& to) const {
  if (never()) return 0;
  return lines_->count(ceil<seconds>(lines_->line(from)), ceil<seconds>(lines_->line(to)));
}

void Recurrence::after(std::span<const std::int64_t> moments, bool inclusive, std::span<std::int64_t> out) const {
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (never() || moments[i] == no_cell) {
      out[i] = no_cell;
      continue;
    }
    const microseconds at{moments[i]};
    Steps steps;
    const auto found = lines_->next(inclusive ? ceil<seconds>(at) : floor<seconds>(at) + seconds{1}, end_tick, steps);
    out[i] = found ? microseconds{*found}.count() : no_cell;
  }
}

namespace {

std::optional<Moment> next_of(const RecurrenceParts& parts, const Moment& moment, bool inclusive, std::size_t row) {
  try {
    return Recurrence{parts}.after(moment, inclusive);
  } catch (const Error& error) {
    Where where;
    where.row = static_cast<std::int64_t>(row);
    throw Error{error.kind(), "row " + std::to_string(row) + ": " + error.problems().front().message, where};
  }
}

}  // namespace

void next_after(const RecurrenceRule& rule, std::span<const std::int64_t> starts, bool whole_days,
                const std::shared_ptr<const Zone>& zone, const Moment& moment, bool inclusive,
                std::span<std::int64_t> out) {
  RecurrenceParts parts;
  parts.rule = checked(rule);
  parts.zone = zone;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    out[i] = Recurrence::no_cell;
    if (starts[i] == Recurrence::no_cell) continue;
    const WallTime start{microseconds{starts[i]}};
    if (whole_days) {
      parts.start = day_of(start);
    } else {
      parts.start = start;
    }
    const auto found = next_of(parts, moment, inclusive, i);
    if (!found) continue;
    out[i] = std::visit([](auto at) { return std::chrono::duration_cast<microseconds>(at.time_since_epoch()).count(); },
                        *found);
  }
}

}  // namespace courtesy
