// Between the core's time types and Python's datetime objects: instants are aware and UTC, wall times naive.
// (pybind11/chrono.h makes naive local times of instants and ignores an incoming zone, so it is not used.)
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <memory>
#include <string>

#include <courtesy/base/arrow_abi.h>
#include <courtesy/time/civil.h>

namespace courtesy::bindings {

namespace py = pybind11;

inline Instant instant_of(std::int64_t microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }
inline WallTime wall_of(std::int64_t microseconds) { return WallTime{std::chrono::microseconds{microseconds}}; }
inline Day day_of_number(std::int64_t days) { return Day{std::chrono::days{days}}; }

template <typename Time>
std::int64_t ticks(Time time) {
  return static_cast<std::int64_t>(time.time_since_epoch().count());
}

py::object to_python(Day day);         // datetime.date
py::object to_python(TimeOfDay time);  // datetime.time
py::object to_python(Instant at);      // datetime.datetime, UTC
py::object to_python(WallTime wall);   // datetime.datetime, naive

// An Arrow C stream in a capsule, which releases what nobody took.
py::capsule capsule_of(std::unique_ptr<ArrowArrayStream> stream);

// What each file of bindings adds to the module.
void bind_errors(py::module_& module);
void bind_recurrence(py::module_& module);
void bind_table(py::module_& module);
void bind_report(py::module_& module);
void bind_base(py::module_& module);
void bind_meter(py::module_& module);
void bind_rules(py::module_& module);
void bind_plan(py::module_& module);
void bind_compare(py::module_& module);
void bind_insight(py::module_& module);
void bind_simulate(py::module_& module);
void bind_spans(py::module_& module);
void bind_store(py::module_& module);
void bind_workdays(py::module_& module);
void bind_zone(py::module_& module);

}  // namespace courtesy::bindings
