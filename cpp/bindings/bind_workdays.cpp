#include <optional>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/time/opening_hours.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

std::vector<Day> days_of(const std::vector<std::int64_t>& numbers) {
  std::vector<Day> out;
  out.reserve(numbers.size());
  for (const std::int64_t number : numbers) out.push_back(day_of_number(number));
  return out;
}

std::optional<std::int64_t> number(const std::optional<Day>& day) {
  return day ? std::optional{ticks(*day)} : std::nullopt;
}

std::optional<std::int64_t> number(const std::optional<Instant>& at) {
  return at ? std::optional{ticks(*at)} : std::nullopt;
}

Roll roll_of(const std::string& name) {
  if (name == "next") return Roll::next;
  if (name == "previous") return Roll::previous;
  if (name == "nearest") return Roll::nearest;
  if (name == "modified following") return Roll::modified_following;
  if (name == "modified preceding") return Roll::modified_preceding;
  throw Error(ErrorKind::time,
              "roll: expected 'next', 'previous', 'nearest', 'modified following' or 'modified preceding', found '" +
                  name + "'");
}

OpeningHours make_hours(const std::vector<std::pair<std::string, std::string>>& lines, const Workdays& workdays,
                        const std::string& zone) {
  OpeningTable table;
  for (const auto& [days, hours] : lines) {
    try {
      table.set(days, hours);
    } catch (const Error& error) {
      throw Error(error.kind(), "hours of " + in_quotes(days) + ": " + error.problems().front().message);
    }
  }
  return {std::move(table), workdays, Zone::named(zone)};
}

}  // namespace

void bind_workdays(py::module_& module) {
  py::class_<Workdays>(module, "Workdays", "Business days. Days are numbers of days since 1970-01-01.")
      .def(py::init([](const std::vector<unsigned>& weekend, const std::vector<std::int64_t>& holidays,
                       const std::vector<std::int64_t>& worked) {
             return Workdays(weekend, days_of(holidays), days_of(worked));
           }),
           py::arg("weekend"), py::arg("holidays"), py::arg("worked"))
      .def(
          "is_business_day",
          [](const Workdays& self, std::int64_t day) { return self.is_business_day(day_of_number(day)); },
          py::arg("day"))
      .def(
          "is_holiday", [](const Workdays& self, std::int64_t day) { return self.is_holiday(day_of_number(day)); },
          py::arg("day"))
      .def(
          "rolled",
          [](const Workdays& self, std::int64_t day, const std::string& roll) {
            return number(self.rolled(day_of_number(day), roll_of(roll)));
          },
          py::arg("day"), py::arg("roll"))
      .def(
          "add",
          [](const Workdays& self, std::int64_t day, int count) { return number(self.add(day_of_number(day), count)); },
          py::arg("day"), py::arg("count"))
      .def(
          "count",
          [](const Workdays& self, std::int64_t from, std::int64_t to) {
            return self.count(day_of_number(from), day_of_number(to));
          },
          py::arg("start"), py::arg("end"));
  py::class_<OpeningHours>(module, "OpeningHours", "Opening hours. Instants and lengths are µs.")
      .def(py::init(&make_hours), py::arg("lines"), py::arg("workdays"), py::arg("zone"))
      .def_property_readonly("zone", [](const OpeningHours& self) { return self.zone().name(); })
      .def(
          "is_open", [](const OpeningHours& self, std::int64_t at) { return self.is_open(instant_of(at)); },
          py::arg("at"))
      .def(
          "next_open", [](const OpeningHours& self, std::int64_t at) { return number(self.next_open(instant_of(at))); },
          py::arg("at"))
      .def(
          "next_close",
          [](const OpeningHours& self, std::int64_t at) { return number(self.next_close(instant_of(at))); },
          py::arg("at"))
      .def(
          "add",
          [](const OpeningHours& self, std::int64_t at, std::int64_t open_time) {
            return number(self.add(instant_of(at), std::chrono::microseconds{open_time}));
          },
          py::arg("at"), py::arg("open_time"))
      .def(
          "between",
          [](const OpeningHours& self, std::int64_t from, std::int64_t to) {
            return static_cast<std::int64_t>(self.between(instant_of(from), instant_of(to)).count());
          },
          py::arg("start"), py::arg("end"))
      .def(
          "on",
          [](const OpeningHours& self, std::int64_t day) {
            std::vector<std::pair<std::int64_t, std::int64_t>> out;
            for (const OpenTime& each : self.on(day_of_number(day))) {
              out.emplace_back(ticks(each.from), ticks(each.to));
            }
            return out;
          },
          py::arg("day"));
}

}  // namespace courtesy::bindings
