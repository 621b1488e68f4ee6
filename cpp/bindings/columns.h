// NumPy arrays as the core's columns.
#pragma once

#include <pybind11/numpy.h>

#include <cstdint>
#include <span>

#include "casters.h"

namespace courtesy::bindings {

template <typename Cell>
using Column = py::array_t<Cell, py::array::c_style | py::array::forcecast>;

template <typename Cell>
std::span<const Cell> cells(const Column<Cell>& column) {
  return {column.data(), static_cast<std::size_t>(column.size())};
}

// A column of as many cells as `given` has, filled by fill(given, cells) while other Python threads run.
template <typename Fill>
py::array_t<std::int64_t> filled(const Column<std::int64_t>& given, const Fill& fill) {
  py::array_t<std::int64_t> out(given.size());
  const std::span<std::int64_t> made{out.mutable_data(), static_cast<std::size_t>(out.size())};
  const auto from = cells(given);
  const py::gil_scoped_release released;
  fill(from, made);
  return out;
}

}  // namespace courtesy::bindings
