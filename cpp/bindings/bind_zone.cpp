#include <optional>

#include <courtesy/error.h>
#include <courtesy/time/zone_column.h>

#include "casters.h"
#include "columns.h"

namespace courtesy::bindings {
namespace {

Gap gap_of(const std::string& name) {
  if (name == "forward") return Gap::forward;
  if (name == "backward") return Gap::backward;
  if (name == "error") return Gap::error;
  throw Error(ErrorKind::time, "gap: expected 'forward', 'backward' or 'error', found '" + name + "'");
}

Overlap overlap_of(const std::string& name) {
  if (name == "first") return Overlap::first;
  if (name == "second") return Overlap::second;
  if (name == "error") return Overlap::error;
  throw Error(ErrorKind::time, "overlap: expected 'first', 'second' or 'error', found '" + name + "'");
}

// Every row in names[0], or each in the zone of its code.
ZoneColumn zone_column(const std::vector<std::string>& names, const std::optional<Column<std::int32_t>>& codes) {
  return codes ? ZoneColumn(names, cells(*codes)) : ZoneColumn(names.at(0));
}

}  // namespace

void bind_zone(py::module_& module) {
  module.def(
      "to_utc",
      [](const std::string& zone, std::int64_t wall, const std::string& gap, const std::string& overlap) {
        return ticks(Zone::named(zone)->to_utc(wall_of(wall), gap_of(gap), overlap_of(overlap)));
      },
      py::arg("zone"), py::arg("wall"), py::arg("gap"), py::arg("overlap"),
      "The instant (µs UTC) of a wall time (µs on the zone's clock).");
  module.def(
      "to_utc_many",
      [](const std::string& name, const std::vector<std::int64_t>& walls, int fold) {
        const auto zone = Zone::named(name);
        // PEP 495: in a gap fold=0 takes the offset before it and fold=1 the one after.
        const Gap gap = fold == 0 ? Gap::forward : Gap::backward;
        const Overlap overlap = fold == 0 ? Overlap::first : Overlap::second;
        std::vector<std::int64_t> out;
        out.reserve(walls.size());
        for (const std::int64_t wall : walls) out.push_back(ticks(zone->to_utc(wall_of(wall), gap, overlap)));
        return out;
      },
      py::arg("zone"), py::arg("walls"), py::arg("fold"), "to_utc for many wall times, with PEP 495's fold.");
  module.def(
      "to_utc_column",
      [](const std::vector<std::string>& names, const std::optional<Column<std::int32_t>>& codes,
         const Column<std::int64_t>& walls, const std::string& gap, const std::string& overlap) {
        const ZoneColumn zones = zone_column(names, codes);
        return filled(walls, [&, g = gap_of(gap), o = overlap_of(overlap)](auto from, auto to) {
          to_utc(from, zones, g, o, to);
        });
      },
      py::arg("zones"), py::arg("codes"), py::arg("walls"), py::arg("gap"), py::arg("overlap"),
      "to_utc for columns: all in zones[0], or each in the zone of its code (-1: none). NaT stays.");
  module.def(
      "to_local_column",
      [](const std::vector<std::string>& names, const std::optional<Column<std::int32_t>>& codes,
         const Column<std::int64_t>& instants) {
        const ZoneColumn zones = zone_column(names, codes);
        return filled(instants, [&](auto from, auto to) { to_local(from, zones, to); });
      },
      py::arg("zones"), py::arg("codes"), py::arg("instants"),
      "The wall times (µs) of instants (µs UTC) in columns, as to_utc_column.");
  module.def(
      "utc_offsets",
      [](const std::string& name, const std::vector<std::int64_t>& instants) {
        const auto zone = Zone::named(name);
        std::vector<std::int64_t> out;
        out.reserve(instants.size());
        for (const std::int64_t at : instants) out.push_back(zone->offset_at(instant_of(at)).count());
        return out;
      },
      py::arg("zone"), py::arg("instants"), "The zone's offsets from UTC in seconds at those instants (µs UTC).");
  module.def(
      "local_midnight",
      [](const std::string& zone, std::int64_t day) {
        return ticks(Zone::named(zone)->to_utc(WallTime{day_of_number(day)}));
      },
      py::arg("zone"), py::arg("day"), "The instant (µs UTC) at which that civil day (since 1970-01-01) begins.");
  module.def("zone_names", &zone_names, "The names of the system's time zones.");
  module.def("tzdata_version", &tzdata_version, "The version of the system's zone data.");
}

}  // namespace courtesy::bindings
