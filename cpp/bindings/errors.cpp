// courtesy::Error becomes a Python exception: the Python face says which, by a factory it registers.
#include <courtesy/error.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

const char* kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::data:
      return "data";
    case ErrorKind::rule:
      return "rule";
    case ErrorKind::zone:
      return "zone";
    case ErrorKind::time:
      return "time";
    case ErrorKind::missing:
      return "missing";
    case ErrorKind::store:
      return "store";
    case ErrorKind::lease:
      return "lease";
  }
  return "data";
}

py::dict to_dict(const Problem& problem) {
  py::dict out;
  out["message"] = problem.message;
  out["file"] = problem.where.file;
  out["line"] = problem.where.line;
  out["column"] = problem.where.column;
  out["table"] = problem.where.table;
  out["row"] = problem.where.row;
  out["field"] = problem.where.field;
  return out;
}

py::object& factory() {
  // Never destroyed: the interpreter may be gone before this library is.
  static auto* held = new py::object(py::none());
  return *held;
}

void raise(const Error& error) {
  py::list problems;
  for (const Problem& problem : error.problems()) problems.append(to_dict(problem));
  if (factory().is_none()) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
    return;
  }
  const py::object exception = factory()(kind_name(error.kind()), std::string(error.what()), problems);
  PyErr_SetObject(py::type::of(exception).ptr(), exception.ptr());
}

}  // namespace

void bind_errors(py::module_& module) {
  module.def(
      "set_error_factory", [](py::object make) { factory() = std::move(make); }, py::arg("factory"),
      "Sets the callable (kind, message, problems) -> Exception that makes the exceptions raised from here on.");
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const Error& error) {
      raise(error);
    }
  });
}

}  // namespace courtesy::bindings
