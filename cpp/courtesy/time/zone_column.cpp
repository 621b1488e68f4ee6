#include <courtesy/time/zone_column.h>

#include <algorithm>

#include <courtesy/error.h>

namespace courtesy {
namespace {

Where at_row(std::size_t row) {
  Where where;
  where.row = static_cast<std::int64_t>(row);
  return where;
}

[[noreturn]] void fail_at(const Error& error, std::size_t row) {
  throw Error{error.kind(), "row " + std::to_string(row) + ": " + error.problems().front().message, at_row(row)};
}

void check_lengths(std::size_t times, const ZoneColumn& zones) {
  if (!zones.has_rows(times)) {
    throw Error{ErrorKind::data, "there are " + std::to_string(times) + " times, and another number of zones"};
  }
}

template <typename Convert>
void each_row(std::span<const std::int64_t> times, const ZoneColumn& zones, std::span<std::int64_t> out,
              const Convert& convert) {
  check_lengths(times.size(), zones);
  if (const Zone* const zone = zones.same()) {
    for (std::size_t row = 0; row < times.size(); ++row) {
      out[row] = times[row] == no_time ? no_time : convert(*zone, times[row], row);
    }
    return;
  }
  for (std::size_t row = 0; row < times.size(); ++row) {
    const Zone* zone = zones.at(row);
    out[row] = zone == nullptr || times[row] == no_time ? no_time : convert(*zone, times[row], row);
  }
}

std::int64_t number(Instant at) { return at.time_since_epoch().count(); }

WallTime wall(std::int64_t cell) { return WallTime{std::chrono::microseconds{cell}}; }

}  // namespace

ZoneColumn::ZoneColumn(const std::string& name) : zones_{Zone::named(name)}, same_(true) {}

ZoneColumn::ZoneColumn(const std::vector<std::string>& names, std::span<const std::int32_t> codes) : codes_(codes) {
  std::vector<std::size_t> first(names.size(), codes.size());
  for (std::size_t row = codes.size(); row-- > 0;) {
    if (codes[row] == no_zone) continue;
    if (codes[row] < 0 || static_cast<std::size_t>(codes[row]) >= names.size()) {
      throw Error{ErrorKind::data,
                  "row " + std::to_string(row) + ": the code " + std::to_string(codes[row]) + " is none of " +
                      std::to_string(names.size()) + " zones",
                  at_row(row)};
    }
    first[static_cast<std::size_t>(codes[row])] = row;
  }
  zones_.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    // A dictionary may hold names that no row has.
    if (first[i] == codes.size()) continue;
    try {
      zones_[i] = Zone::named(names[i]);
    } catch (const Error& error) {
      fail_at(error, first[i]);
    }
  }
}

void to_utc(std::span<const std::int64_t> walls, const ZoneColumn& zones, Gap gap, Overlap overlap,
            std::span<std::int64_t> out) {
  if (gap == Gap::forward && overlap == Overlap::first) {
    each_row(walls, zones, out,
             [](const Zone& zone, std::int64_t cell, std::size_t) { return number(zone.to_utc(wall(cell))); });
    return;
  }
  each_row(walls, zones, out, [&](const Zone& zone, std::int64_t cell, std::size_t row) {
    try {
      return number(zone.to_utc(wall(cell), gap, overlap));
    } catch (const Error& error) {
      fail_at(error, row);
    }
  });
}

void to_local(std::span<const std::int64_t> instants, const ZoneColumn& zones, std::span<std::int64_t> out) {
  each_row(instants, zones, out, [](const Zone& zone, std::int64_t cell, std::size_t) {
    return zone.to_local(Instant{std::chrono::microseconds{cell}}).time_since_epoch().count();
  });
}

}  // namespace courtesy
