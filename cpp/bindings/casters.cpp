#include "casters.h"

namespace courtesy::bindings {
namespace {

py::object datetime_type(const char* name) { return py::module_::import("datetime").attr(name); }

py::object naive_datetime(std::int64_t microseconds) {
  const py::object epoch = datetime_type("datetime")(1970, 1, 1);
  return epoch + datetime_type("timedelta")(py::arg("microseconds") = microseconds);
}

void release_capsule(PyObject* capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream == nullptr) return;
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

}  // namespace

py::capsule capsule_of(std::unique_ptr<ArrowArrayStream> stream) {
  PyObject* capsule = PyCapsule_New(stream.get(), "arrow_array_stream", release_capsule);
  if (capsule == nullptr) throw py::error_already_set();
  stream.release();
  return py::reinterpret_steal<py::capsule>(capsule);
}

py::object to_python(Day day) {
  const auto date = calendar_date(day);
  return datetime_type("date")(int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

py::object to_python(TimeOfDay time) {
  // A day's end is written 24:00 in rules; a Python time ends at 23:59.
  const auto minutes = time.count() % (24 * 60);
  return datetime_type("time")(minutes / 60, minutes % 60);
}

py::object to_python(Instant at) {
  const py::object utc = datetime_type("timezone").attr("utc");
  return naive_datetime(ticks(at)).attr("replace")(py::arg("tzinfo") = utc);
}

py::object to_python(WallTime wall) { return naive_datetime(ticks(wall)); }

}  // namespace courtesy::bindings
