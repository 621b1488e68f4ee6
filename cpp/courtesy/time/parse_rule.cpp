#include <courtesy/time/parse_rule.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>

namespace courtesy {
namespace {

// No list of distinct values that RFC 5545 allows is longer than the 749 of BYDAY.
constexpr std::size_t most_values = 1000;

// A piece of the text, and where it starts there (from 0).
struct Piece {
  std::string_view text;
  std::size_t at = 0;
};

// Calls take(piece) for the pieces between separators; there is always one.
template <typename Take>
void split(Piece whole, char separator, Take take) {
  while (true) {
    const std::size_t end = whole.text.find(separator);
    take(Piece{whole.text.substr(0, end), whole.at});
    if (end == std::string_view::npos) return;
    whole = {whole.text.substr(end + 1), whole.at + end + 1};
  }
}

class Parser {
 public:
  RecurrenceRule parse(Piece text) {
    if (text.text.empty()) fail("", text.at, "expected a rule such as 'FREQ=MONTHLY;BYDAY=-1FR', found an empty text");
    split(text, ';', [this](Piece part) { take_part(part); });
    if (!places_.contains("FREQ")) {
      fail("FREQ", text.at, "is missing (expected FREQ=YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY)");
    }
    if (const auto fault = fault_of(rule_)) fail(fault->part, places_[fault->part], fault->message);
    return checked(std::move(rule_));
  }

 private:
  [[noreturn]] static void fail(const std::string& part, std::size_t at, const std::string& message) {
    Where where;
    where.line = 1;
    where.column = static_cast<std::int64_t>(at) + 1;
    where.field = part;
    throw Error{ErrorKind::rule, part.empty() ? message : part + ": " + message, where};
  }

  using Read = void (Parser::*)(Piece);

  static const std::vector<std::pair<std::string, Read>>& parts() {
    static const std::vector<std::pair<std::string, Read>> all{
        {"FREQ", &Parser::frequency},
        {"INTERVAL", &Parser::interval},
        {"COUNT", &Parser::count},
        {"UNTIL", &Parser::until},
        {"WKST", &Parser::week_start},
        {"BYMONTH", &Parser::numbers<&RecurrenceRule::months>},
        {"BYWEEKNO", &Parser::numbers<&RecurrenceRule::week_numbers>},
        {"BYYEARDAY", &Parser::numbers<&RecurrenceRule::year_days>},
        {"BYMONTHDAY", &Parser::numbers<&RecurrenceRule::month_days>},
        {"BYDAY", &Parser::weekdays},
        {"BYHOUR", &Parser::numbers<&RecurrenceRule::hours>},
        {"BYMINUTE", &Parser::numbers<&RecurrenceRule::minutes>},
        {"BYSECOND", &Parser::numbers<&RecurrenceRule::seconds>},
        {"BYSETPOS", &Parser::numbers<&RecurrenceRule::positions>},
        {"RSCALE", &Parser::calendar},
        {"SKIP", &Parser::skip},
    };
    return all;
  }

  void take_part(Piece part) {
    if (part.text.empty()) fail("", part.at, "expected a part such as 'INTERVAL=2' between and after semicolons");
    const std::size_t equals = part.text.find('=');
    if (equals == std::string_view::npos) {
      fail("", part.at, "expected a part such as 'INTERVAL=2', found " + in_quotes(part.text) + " without '='");
    }
    name_ = upper(part.text.substr(0, equals));
    const auto found =
        std::find_if(parts().begin(), parts().end(), [&](const auto& known) { return known.first == name_; });
    if (found == parts().end()) {
      std::vector<std::string> names;
      for (const auto& [name, read] : parts()) names.push_back(name);
      fail("", part.at, "there is no rule part " + in_quotes(part.text.substr(0, equals)) + did_you_mean(name_, names));
    }
    const Piece value{part.text.substr(equals + 1), part.at + equals + 1};
    if (!places_.emplace(name_, value.at).second) fail(name_, part.at, "stands twice in the rule");
    if (value.text.empty()) fail(name_, value.at, "has no value");
    (this->*found->second)(value);
  }

  void frequency(Piece value) {
    std::vector<std::string> names;
    const std::string name = upper(value.text);
    for (int i = 0; i <= static_cast<int>(Frequency::secondly); ++i) {
      rule_.frequency = static_cast<Frequency>(i);
      if (frequency_name(rule_.frequency) == name) return;
      names.emplace_back(frequency_name(rule_.frequency));
    }
    const std::string near = did_you_mean(name, names);
    fail(name_, value.at,
         "there is no frequency " + in_quotes(value.text) +
             (near.empty() ? " (expected YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY)" : near));
  }

  void interval(Piece value) { rule_.interval = large_number(value); }
  void count(Piece value) { rule_.count = large_number(value); }

  void until(Piece value) {
    rule_.until = parse_rfc5545_time(upper(value.text));
    if (!rule_.until) {
      fail(name_, value.at,
           "expected a date or time such as 20261231, 20261231T235959 or 20261231T235959Z of the years 1600 to 9999, "
           "found " +
               in_quotes(value.text));
    }
  }

  void week_start(Piece value) { rule_.week_start = weekday(value, value.text); }

  void calendar(Piece value) {
    if (upper(value.text) != "GREGORIAN") {
      fail(name_, value.at, "expected GREGORIAN, the one calendar that is known, found " + in_quotes(value.text));
    }
  }

  void skip(Piece value) {
    const std::string name = upper(value.text);
    if (name == "OMIT") {
      rule_.skip = Skip::omit;
    } else if (name == "BACKWARD") {
      rule_.skip = Skip::backward;
    } else if (name == "FORWARD") {
      rule_.skip = Skip::forward;
    } else {
      fail(name_, value.at, "expected OMIT, BACKWARD or FORWARD, found " + in_quotes(value.text));
    }
  }

  template <std::vector<int> RecurrenceRule::* Values>
  void numbers(Piece value) {
    each(value, [&](Piece one) {
      if (name_ == "BYMONTH" && one.text.ends_with('L')) {
        fail(name_, one.at, "leap months such as " + in_quotes(one.text) + " are not of the Gregorian calendar");
      }
      (rule_.*Values).push_back(checked_value(one, one.text));
    });
  }

  void weekdays(Piece value) {
    each(value, [&](Piece one) {
      const std::size_t letters = one.text.size() < 2 ? 0 : one.text.size() - 2;
      RuleWeekday day;
      day.weekday = weekday(one, one.text.substr(letters));
      if (letters > 0) day.nth = checked_value(one, one.text.substr(0, letters));
      rule_.weekdays.push_back(day);
    });
  }

  int checked_value(Piece place, std::string_view text) {
    const int value = small_number(place, text);
    if (const auto fault = fault_of_value(name_, value)) fail(name_, place.at, *fault);
    return value;
  }

  template <typename Take>
  void each(Piece value, Take take) {
    std::size_t count = 0;
    split(value, ',', [&](Piece one) {
      if (++count > most_values) {
        fail(name_, one.at, "has more than " + std::to_string(most_values) + " values");
      }
      if (one.text.empty()) fail(name_, one.at, "expected a value between and after commas");
      take(one);
    });
  }

  unsigned weekday(Piece place, std::string_view text) {
    const std::string name = upper(text);
    for (unsigned day = 1; day <= 7; ++day) {
      if (weekday_code(day) == name) return day;
    }
    fail(name_, place.at, "expected a weekday MO, TU, WE, TH, FR, SA or SU, found " + in_quotes(place.text));
  }

  // "-1", "+2", "31": at most three digits matter.
  int small_number(Piece place, std::string_view text) {
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+')) text.remove_prefix(1);
    const bool all_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || !all_digits) {
      fail(name_, place.at, "expected a whole number, found " + in_quotes(place.text));
    }
    int value = 0;
    for (const char c : text) value = std::min(value * 10 + (c - '0'), 100'000);
    return minus ? -value : value;
  }

  std::int64_t large_number(Piece value) {
    std::int64_t number = 0;
    for (const char c : value.text) {
      if (c < '0' || c > '9' || number > most_of_rule) {
        number = 0;
        break;
      }
      number = number * 10 + (c - '0');
    }
    if (number < 1 || number > most_of_rule) {
      fail(name_, value.at,
           "expected a whole number from 1 to " + std::to_string(most_of_rule) + ", found " + in_quotes(value.text));
    }
    return number;
  }

  RecurrenceRule rule_;
  std::string name_;                           // of the part that is read
  std::map<std::string, std::size_t> places_;  // of each part's value
};

}  // namespace

RecurrenceRule parse_rule(std::string_view text) {
  constexpr std::string_view property = "RRULE:";
  const bool named = upper(text.substr(0, property.size())) == property;
  const std::size_t at = named ? property.size() : 0;
  return Parser{}.parse({text.substr(at), at});
}

}  // namespace courtesy
