#include <courtesy/time/parse_recurrence.h>

#include <string>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/time/content_line.h>
#include <courtesy/time/parse_rule.h>

namespace courtesy {
namespace {

constexpr std::size_t most_bytes = 1 << 20;

[[noreturn]] void fail(const ContentLine& line, std::size_t at, const std::string& part, const std::string& message) {
  Where where = line.place(at);
  where.field = part;
  throw Error{ErrorKind::rule, part + ": " + message, where};
}

class Parser {
 public:
  RecurrenceParts parse(std::string_view text) {
    if (text.size() > most_bytes) {
      throw Error{ErrorKind::rule, "expected a recurrence of at most " + std::to_string(most_bytes) + " bytes, found " +
                                       std::to_string(text.size())};
    }
    const std::vector<ContentLine> lines = content_lines(text);
    for (const ContentLine& line : lines) take_line(line);
    if (!has_start_) {
      Where where;
      where.line = 1;
      where.column = 1;
      where.field = "DTSTART";
      throw Error{ErrorKind::rule, "DTSTART: is missing (expected a line such as 'DTSTART:20261201T090000')", where};
    }
    for (auto& [moments, written] : {std::pair{&parts_.rdates, &rdates_}, std::pair{&parts_.exdates, &exdates_}}) {
      for (const Written& each : *written) moments->push_back(moment(each));
    }
    return std::move(parts_);
  }

 private:
  // A time, and the zone of its TZID.
  struct Written {
    Rfc5545Time time;
    std::shared_ptr<const Zone> zone;
  };

  void take_line(const ContentLine& line) {
    const ContentProperty property = property_of(line);
    if (property.name == "DTSTART") {
      take_start(line, property);
    } else if (property.name == "RRULE") {
      if (parts_.rule) fail(line, 0, "RRULE", "stands twice");
      parts_.rule = rule(line, property);
    } else if (property.name == "EXRULE") {
      parts_.exrules.push_back(rule(line, property));
    } else if (property.name == "RDATE") {
      take_times(line, property, rdates_);
    } else if (property.name == "EXDATE") {
      take_times(line, property, exdates_);
    } else {
      const std::string near = did_you_mean(property.name, {"DTSTART", "RRULE", "RDATE", "EXDATE", "EXRULE"});
      throw Error{ErrorKind::rule,
                  "there is no property " + in_quotes(property.name) + " of a recurrence" +
                      (near.empty() ? " (expected DTSTART, RRULE, RDATE, EXDATE or EXRULE)" : near),
                  line.place(0)};
    }
  }

  // RFC 5545, section 3.2: what other programs add for themselves is ignored.
  static bool is_of_other_programs(const ContentParameter& parameter) { return parameter.name.starts_with("X-"); }

  static RecurrenceRule rule(const ContentLine& line, const ContentProperty& property) {
    for (const ContentParameter& parameter : property.parameters) {
      if (is_of_other_programs(parameter)) continue;
      fail(line, parameter.at, property.name, "has no parameters (expected 'FREQ=' after a ':')");
    }
    try {
      return parse_rule(property.value);
    } catch (const Error& error) {
      Problem problem = error.problems().front();
      const std::string field = problem.where.field;
      problem.where = line.place(property.value_at + static_cast<std::size_t>(problem.where.column - 1));
      problem.where.field = field;
      throw Error{error.kind(), {problem}};
    }
  }

  void take_start(const ContentLine& line, const ContentProperty& property) {
    if (has_start_) fail(line, 0, "DTSTART", "stands twice");
    has_start_ = true;
    std::vector<Written> written;
    take_times(line, property, written);
    if (written.size() != 1) fail(line, property.value_at, "DTSTART", "expected one date or time, found several");
    const Rfc5545Time& time = written.front().time;
    parts_.zone = time.kind == Rfc5545Time::Kind::utc ? Zone::named("UTC") : written.front().zone;
    if (time.kind == Rfc5545Time::Kind::date) {
      parts_.start = std::chrono::floor<std::chrono::days>(time.at);
    } else {
      parts_.start = WallTime{time.at};
    }
  }

  static std::shared_ptr<const Zone> zone_of(const ContentLine& line, const ContentParameter& parameter) {
    try {
      return Zone::named(parameter.value);
    } catch (const Error& error) {
      Where where = line.place(parameter.at);
      where.field = "TZID";
      throw Error{error.kind(), "TZID: " + error.problems().front().message, where};
    }
  }

  void take_times(const ContentLine& line, const ContentProperty& property, std::vector<Written>& out) {
    std::shared_ptr<const Zone> zone;
    std::string type;
    for (const ContentParameter& parameter : property.parameters) {
      if (parameter.name == "TZID") {
        zone = zone_of(line, parameter);
      } else if (parameter.name == "VALUE") {
        type = parameter.value;
        const bool known = type == "DATE" || type == "DATE-TIME" || (type == "PERIOD" && property.name == "RDATE");
        if (!known) fail(line, parameter.at, property.name, "there is no VALUE " + in_quotes(type) + " of it");
      } else if (!is_of_other_programs(parameter)) {
        fail(line, parameter.at, property.name,
             "expected the parameter TZID or VALUE, found " + in_quotes(parameter.name));
      }
    }
    std::string_view rest = property.value;
    for (std::size_t at = property.value_at;;) {
      const std::size_t end = rest.find(',');
      const std::string_view text = rest.substr(0, end);
      out.push_back({time(line, property, at, text, type), zone});
      check_zone(line, property, at, out.back());
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      at += end + 1;
    }
  }

  static Rfc5545Time time(const ContentLine& line, const ContentProperty& property, std::size_t at,
                          std::string_view text, const std::string& type) {
    const bool period = type == "PERIOD";
    const std::size_t slash = text.find('/');
    if (period && slash == std::string_view::npos) {
      fail(line, at, property.name, "expected a period such as 20261201T100000Z/PT1H, found " + in_quotes(text));
    }
    const auto found = parse_rfc5545_time(period ? text.substr(0, slash) : text);
    const bool date = found && found->kind == Rfc5545Time::Kind::date;
    if (!found || (type == "DATE" && !date) || ((period || type == "DATE-TIME") && date)) {
      const std::string expected = type == "DATE" ? "a date such as 20261201"
                                   : type.empty() ? "a date or time such as 20261201 or 20261201T100000"
                                                  : "a time such as 20261201T100000";
      fail(line, at, property.name, "expected " + expected + " of the years 1600 to 9999, found " + in_quotes(text));
    }
    return *found;
  }

  static void check_zone(const ContentLine& line, const ContentProperty& property, std::size_t at,
                         const Written& written) {
    if (!written.zone || written.time.kind == Rfc5545Time::Kind::wall) return;
    fail(line, at, property.name,
         written.time.kind == Rfc5545Time::Kind::utc ? "a time in UTC has no TZID (leave the Z or the TZID out)"
                                                     : "a date has no TZID (leave it out)");
  }

  [[nodiscard]] Moment moment(const Written& written) const {
    const WallTime wall{written.time.at};
    switch (written.time.kind) {
      case Rfc5545Time::Kind::date:
        return day_of(wall);
      case Rfc5545Time::Kind::utc:
        return Instant{wall.time_since_epoch()};
      default:
        if (!written.zone || (parts_.zone && parts_.zone->name() == written.zone->name())) return wall;
        return written.zone->to_utc(wall);
    }
  }

  RecurrenceParts parts_;
  bool has_start_ = false;
  std::vector<Written> rdates_;
  std::vector<Written> exdates_;
};

}  // namespace

RecurrenceParts parse_recurrence(std::string_view text) { return Parser{}.parse(text); }

}  // namespace courtesy
