#include <courtesy/channel.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/toml.h>
#include <courtesy/rules/toml_limits.h>

#include <set>

#include "casters.h"

namespace courtesy::bindings {
namespace {

// A tree of plain Python values. datetime is a subclass of date, and bool of int: the narrower one is asked first.
Node to_node(const py::handle& value, int depth) {
  constexpr int deepest = 64;
  Node node;
  if (depth > deepest) throw Error(ErrorKind::rule, "the rules are nested more than 64 levels deep");
  const py::module_ datetime = py::module_::import("datetime");
  if (value.is_none()) return node;
  if (py::isinstance<py::bool_>(value)) {
    node.value = value.cast<bool>();
  } else if (py::isinstance<py::int_>(value)) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
    if (overflow != 0) {
      node.value = PyLong_AsDouble(value.ptr());
      if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    } else {
      node.value = static_cast<std::int64_t>(number);
    }
  } else if (py::isinstance<py::float_>(value)) {
    node.value = value.cast<double>();
  } else if (py::isinstance<py::str>(value)) {
    node.value = value.cast<std::string>();
  } else if (py::isinstance(value, datetime.attr("datetime"))) {
    const auto parsed = parse_date_time(value.attr("isoformat")().cast<std::string>());
    if (!parsed) throw Error(ErrorKind::rule, "a date-time of the rules lies outside the years 1600 to 9999");
    if (parsed->instant) {
      node.value = *parsed->instant;
    } else {
      node.value = parsed->wall;
    }
  } else if (py::isinstance(value, datetime.attr("date"))) {
    const auto day = parse_date(value.attr("isoformat")().cast<std::string>());
    if (!day) throw Error(ErrorKind::rule, "a date of the rules lies outside the years 1600 to 9999");
    node.value = *day;
  } else if (py::isinstance(value, datetime.attr("time"))) {
    if (value.attr("second").cast<int>() != 0 || value.attr("microsecond").cast<int>() != 0 ||
        !value.attr("tzinfo").is_none()) {
      throw Error(ErrorKind::rule, "expected a time of day in whole minutes and without a zone, found " +
                                       value.attr("isoformat")().cast<std::string>());
    }
    node.value = TimeOfDay{value.attr("hour").cast<int>() * 60 + value.attr("minute").cast<int>()};
  } else if (py::isinstance<py::dict>(value)) {
    Node::Entries entries;
    for (const auto& [key, item] : value.cast<py::dict>()) {
      entries.emplace_back(py::str(key).cast<std::string>(), to_node(item, depth + 1));
    }
    node.value = std::move(entries);
  } else if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
    Node::Array items;
    for (const auto& item : value) items.push_back(to_node(item, depth + 1));
    node.value = std::move(items);
  } else {
    throw Error(ErrorKind::rule, "the rules hold a value of the type '" +
                                     py::type::of(value).attr("__name__").cast<std::string>() +
                                     "'; give texts, numbers, booleans, dates, times, lists and dicts");
  }
  return node;
}

py::object& holiday_function() {
  // Never destroyed: the interpreter may be gone before this library is.
  static auto* held = new py::object(py::none());
  return *held;
}

// The Python face's holidays: (country, subdivision or None, categories or None) -> weekend, holidays, worked, source.
HolidayAnswer holidays_of(const HolidayRequest& request) {
  const py::gil_scoped_acquire acquired;
  const auto or_none = [](const auto& value) { return value.empty() ? py::object(py::none()) : py::cast(value); };
  using Numbers = std::vector<std::int64_t>;
  const auto [said, weekend, holidays, worked, source] =
      holiday_function()(request.country, or_none(request.subdivision), or_none(request.categories))
          .cast<std::tuple<std::string, std::vector<unsigned>, Numbers, Numbers, std::string>>();
  if (!said.empty()) throw Error(ErrorKind::missing, said);
  const auto days = [](const Numbers& numbers) {
    std::vector<Day> out;
    for (const std::int64_t number : numbers) out.push_back(day_of_number(number));
    return out;
  };
  return {weekend, days(holidays), days(worked), source};
}

// Why nothing will ever go out by a channel of that name; empty where something may.
std::string never_used(const Rules& rules, const std::string& channel) {
  std::set<std::string> names(known_channels().begin(), known_channels().end());
  names.insert(rules.policy.channels.begin(), rules.policy.channels.end());
  for (const Occasion& occasion : rules.occasions) {
    for (const Step& step : occasion.steps) names.insert(step.channels.begin(), step.channels.end());
  }
  if (names.contains(channel)) return {};
  return "no rule names the channel '" + channel + "'" + did_you_mean(channel, {names.begin(), names.end()});
}

py::dict describe(const Rules& rules, const std::string& name) {
  for (const Occasion& occasion : rules.occasions) {
    if (occasion.name != name) continue;
    py::dict out;
    out["name"] = occasion.name;
    out["purpose"] = std::string(purpose_name(occasion.purpose));
    out["priority"] = occasion.priority;
    py::list steps;
    for (const Step& step : occasion.steps) {
      py::dict entry;
      entry["name"] = step.name;
      entry["before"] = step.before;
      entry["offset"] = span_text(step.offset);
      entry["audience"] = std::string(audience_name(step.audience));
      entry["channels"] = step.channels;
      entry["message"] = step.message;
      steps.append(entry);
    }
    out["steps"] = steps;
    return out;
  }
  std::vector<std::string> names;
  for (const Occasion& occasion : rules.occasions) names.push_back(occasion.name);
  throw Error(ErrorKind::missing, "there is no occasion '" + name + "' in the rules" + did_you_mean(name, names));
}

}  // namespace

void bind_rules(py::module_& module) {
  module.def(
      "set_holiday_function", [](py::object function) { holiday_function() = std::move(function); },
      py::arg("function"), "Sets what answers for a country's holidays.");
  py::class_<Rules, std::shared_ptr<Rules>>(module, "Rules", "A shop's occasions and policy, checked.")
      .def_static(
          "from_toml",
          [](const std::string& text, const std::string& file) {
            const py::gil_scoped_release released;
            return std::const_pointer_cast<Rules>(rules_from_toml(text, file, holidays_of));
          },
          py::arg("text"), py::arg("file"))
      .def_static(
          "check_size", [](std::size_t bytes, const std::string& file) { check_toml_size(bytes, file); },
          py::arg("bytes"), py::arg("file"))
      .def_static(
          "from_tree",
          [](const py::dict& tree) {
            return std::const_pointer_cast<Rules>(read_rules(to_node(tree, 0), {}, holidays_of));
          },
          py::arg("tree"))
      .def_property_readonly("shop_name", [](const Rules& rules) { return rules.shop.name; })
      .def_property_readonly("shop_zone", [](const Rules& rules) { return rules.shop.zone; })
      .def_property_readonly("holidays_from", [](const Rules& rules) { return rules.policy.holidays_from; })
      .def_property_readonly("written", [](const Rules& rules) { return rules.written; })
      .def_property_readonly("shop_locale", [](const Rules& rules) { return rules.shop.locale; })
      .def_property_readonly("occasions",
                             [](const Rules& rules) {
                               std::vector<std::string> names;
                               for (const Occasion& occasion : rules.occasions) names.push_back(occasion.name);
                               return names;
                             })
      .def_property_readonly(
          "warnings",
          [](const Rules& rules) {
            py::list out;
            for (const Problem& warning : rules.warnings) {
              out.append(py::make_tuple(warning.message, warning.where.file, warning.where.line, warning.where.column));
            }
            return out;
          })
      .def("never_used", &never_used, py::arg("channel"),
           "Why nothing will ever go out by a channel of that name; empty where something may.")
      .def("describe", &describe, py::arg("occasion"));
}

}  // namespace courtesy::bindings
