#include <algorithm>

#include <courtesy/error.h>
#include <courtesy/time/implied_parts.h>
#include <courtesy/time/parse_recurrence.h>
#include <courtesy/time/parse_rule.h>
#include <courtesy/time/recurrence.h>

#include "casters.h"
#include "columns.h"

namespace courtesy::bindings {
namespace {

// A moment as Python gives and gets it: what it is (0 a date, 1 a wall time, 2 an instant), and its days or µs.
using PyMoment = std::pair<int, std::int64_t>;

Moment moment_of(const PyMoment& given) {
  if (given.first == 0) return day_of_number(given.second);
  if (given.first == 1) return wall_of(given.second);
  return instant_of(given.second);
}

PyMoment to_pair(const Moment& moment) {
  return {static_cast<int>(moment.index()), std::visit([](auto at) { return ticks(at); }, moment)};
}

PyMoment start_pair(const RecurrenceParts& parts) {
  return std::visit([](auto at) { return to_pair(Moment{at}); }, parts.start);
}

std::optional<PyMoment> to_pair(const std::optional<Moment>& moment) {
  return moment ? std::optional{to_pair(*moment)} : std::nullopt;
}

std::vector<std::int64_t> all_ticks(const std::vector<Moment>& moments) {
  std::vector<std::int64_t> out;
  out.reserve(moments.size());
  for (const Moment& moment : moments) out.push_back(to_pair(moment).second);
  return out;
}

std::vector<Moment> moments_of(const std::vector<PyMoment>& given) {
  std::vector<Moment> out;
  for (const PyMoment& each : given) out.push_back(moment_of(each));
  return out;
}

Recurrence make(const std::optional<std::string>& rule, const PyMoment& start, const std::optional<std::string>& zone,
                const std::vector<PyMoment>& rdates, const std::vector<PyMoment>& exdates,
                const std::vector<std::string>& exrules, bool include_start) {
  RecurrenceParts parts;
  if (rule) parts.rule = parse_rule(*rule);
  const Moment first = moment_of(start);
  if (const auto* day = std::get_if<Day>(&first)) {
    parts.start = *day;
  } else {
    parts.start = std::get<WallTime>(first);
  }
  if (zone) parts.zone = Zone::named(*zone);
  parts.rdates = moments_of(rdates);
  parts.exdates = moments_of(exdates);
  for (const std::string& each : exrules) parts.exrules.push_back(parse_rule(each));
  parts.include_start = include_start;
  return Recurrence(std::move(parts));
}

Recurrence parse(const std::string& text, bool include_start) {
  RecurrenceParts parts = parse_recurrence(text);
  parts.include_start = include_start;
  return Recurrence(std::move(parts));
}

// Those in [from, to), read some at a time while other Python threads run.
py::array_t<std::int64_t> column(const Recurrence& self, const PyMoment& from, const PyMoment& to) {
  const Moment end = moment_of(to);
  std::vector<std::int64_t> cells;
  {
    const py::gil_scoped_release released;
    const bool days = self.kind() == Recurrence::Kind::day;
    Moment at = moment_of(from);
    for (std::size_t room = 512;;) {
      const std::size_t before = cells.size();
      cells.resize(before + room);
      const std::size_t found = self.fill(at, end, std::span(cells).subspan(before));
      cells.resize(before + found);
      if (found < room) break;
      at = self.kind() == Recurrence::Kind::instant ? Moment{instant_of(cells.back() + 1)}
                                                    : Moment{wall_of(cells.back() + 1)};
      room = std::min<std::size_t>(2 * room, 1 << 20);
    }
    if (days) {
      constexpr std::int64_t microseconds_per_day = 86'400'000'000;
      for (std::int64_t& cell : cells) cell = cell / microseconds_per_day - (cell % microseconds_per_day < 0 ? 1 : 0);
    }
  }
  return py::array_t<std::int64_t>(static_cast<py::ssize_t>(cells.size()), cells.data());
}

py::dict rule_dict(const RecurrenceRule& rule) {
  py::dict out;
  out["freq"] = std::string(frequency_name(rule.frequency));
  out["interval"] = rule.interval;
  out["count"] = rule.count;
  out["until"] = rule.until ? py::object(py::cast(std::pair{rule.until->kind == Rfc5545Time::Kind::date,
                                                            ticks(WallTime{rule.until->at})}))
                            : py::object(py::none());
  out["week_start"] = rule.week_start;
  out["skip"] = rule.skip == Skip::omit ? "omit" : (rule.skip == Skip::backward ? "backward" : "forward");
  out["months"] = rule.months;
  out["week_numbers"] = rule.week_numbers;
  out["year_days"] = rule.year_days;
  out["month_days"] = rule.month_days;
  std::vector<std::pair<unsigned, int>> weekdays;
  for (const RuleWeekday& day : rule.weekdays) weekdays.emplace_back(day.weekday, day.nth);
  out["weekdays"] = weekdays;
  out["hours"] = rule.hours;
  out["minutes"] = rule.minutes;
  out["seconds"] = rule.seconds;
  out["positions"] = rule.positions;
  return out;
}

// The days that a rule takes from its start are spelled out; times of day are as they are written.
py::dict rule_dict(const RecurrenceRule& rule, const RecurrenceParts& parts) {
  const WallTime start = std::visit([](auto at) { return WallTime{at}; }, parts.start);
  RecurrenceRule whole = with_implied_parts(rule, std::chrono::floor<std::chrono::seconds>(start), false);
  whole.hours = rule.hours;
  whole.minutes = rule.minutes;
  return rule_dict(whole);
}

// Whether the start is an occurrence that the rule alone does not have.
bool is_start_beside(const RecurrenceParts& parts) {
  if (!parts.include_start || !parts.rule) return parts.include_start;
  RecurrenceParts alone;
  alone.rule = parts.rule;
  alone.start = parts.start;
  alone.zone = parts.zone;
  const Moment start = std::visit([](auto at) { return Moment{at}; }, parts.start);
  const Recurrence of_rule(std::move(alone));
  return of_rule.after(start, true) != of_rule.before(start, true);
}

py::dict parts_dict(const RecurrenceParts& parts) {
  py::dict out;
  out["rule"] = parts.rule ? py::object(rule_dict(*parts.rule, parts)) : py::object(py::none());
  out["start_beside"] = is_start_beside(parts);
  out["start"] = start_pair(parts);
  py::list rdates, exdates, exrules;
  for (const Moment& each : parts.rdates) rdates.append(to_pair(each));
  for (const Moment& each : parts.exdates) exdates.append(to_pair(each));
  for (const RecurrenceRule& each : parts.exrules) exrules.append(rule_dict(each, parts));
  out["rdates"] = rdates;
  out["exdates"] = exdates;
  out["exrules"] = exrules;
  return out;
}

}  // namespace

void bind_recurrence(py::module_& module) {
  py::class_<Recurrence>(module, "Recurrence", "Moments that recur, by RFC 5545.")
      .def_static("make", &make, py::arg("rule"), py::arg("start"), py::arg("zone"), py::arg("rdates"),
                  py::arg("exdates"), py::arg("exrules"), py::arg("include_start"))
      .def_static("parse", &parse, py::arg("text"), py::arg("include_start"),
                  "From the lines DTSTART, RRULE, RDATE, EXDATE and EXRULE of an iCalendar object.")
      .def_property_readonly(
          "kind", [](const Recurrence& self) { return static_cast<int>(self.kind()); },
          "What occurrences are: 0 dates, 1 wall times, 2 instants.")
      .def_property_readonly("never", &Recurrence::never)
      .def_property_readonly(
          "zone",
          [](const Recurrence& self) {
            const auto& zone = self.parts().zone;
            return zone ? std::optional{std::string{zone->name()}} : std::nullopt;
          },
          "The name of the zone; None where occurrences have none.")
      .def_property_readonly(
          "start", [](const Recurrence& self) { return start_pair(self.parts()); },
          "What the start is, 0 a date or 1 a wall time, and its days or µs.")
      .def_property_readonly("include_start", [](const Recurrence& self) { return self.parts().include_start; })
      .def(
          "parts", [](const Recurrence& self) { return parts_dict(self.parts()); }, "What words are made of.")
      .def("to_rfc5545", [](const Recurrence& self) { return self.parts().to_rfc5545(); })
      .def(
          "after",
          [](const Recurrence& self, const PyMoment& at, bool inclusive) {
            return to_pair(self.after(moment_of(at), inclusive));
          },
          py::arg("moment"), py::arg("inclusive"))
      .def(
          "before",
          [](const Recurrence& self, const PyMoment& at, bool inclusive) {
            return to_pair(self.before(moment_of(at), inclusive));
          },
          py::arg("moment"), py::arg("inclusive"))
      .def(
          "between",
          [](const Recurrence& self, const PyMoment& from, const PyMoment& to) {
            return all_ticks(self.between(moment_of(from), moment_of(to)));
          },
          py::arg("start"), py::arg("end"), "Those in [start, end), in days or µs.")
      .def(
          "first", [](const Recurrence& self, std::size_t most) { return all_ticks(self.first(most)); },
          py::arg("most"))
      .def(
          "first_after",
          [](const Recurrence& self, const PyMoment& at, std::size_t most) {
            return all_ticks(self.first_after(moment_of(at), most));
          },
          py::arg("moment"), py::arg("most"))
      .def(
          "count", [](const Recurrence& self) { return self.count(); }, "How many; None where it is endless.")
      .def("column", &column, py::arg("start"), py::arg("end"), "Those in [start, end), in days or µs.")
      .def(
          "after_column",
          [](const Recurrence& self, const Column<std::int64_t>& moments, bool inclusive) {
            return filled(moments, [&](auto from, auto to) { self.after(from, inclusive, to); });
          },
          py::arg("moments"), py::arg("inclusive"), "after() of many moments, in µs; NaT where there is none.")
      .def("equals", [](const Recurrence& self, const Recurrence& other) { return self == other; }, py::arg("other"));
  module.def(
      "next_after",
      [](const std::string& rule, const Column<std::int64_t>& starts, bool whole_days,
         const std::optional<std::string>& zone, const PyMoment& moment, bool inclusive) {
        const RecurrenceRule read = parse_rule(rule);
        const auto in = zone ? Zone::named(*zone) : nullptr;
        return filled(starts, [&](auto from, auto to) {
          next_after(read, from, whole_days, in, moment_of(moment), inclusive, to);
        });
      },
      py::arg("rule"), py::arg("starts"), py::arg("whole_days"), py::arg("zone"), py::arg("moment"),
      py::arg("inclusive"), "For a rule that starts many times: the first occurrence after the moment, in µs.");
}

}  // namespace courtesy::bindings
