#include <courtesy/time/zone_column.h>

#include <algorithm>
#include <array>

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
    throw Error{ErrorKind::data, "expected as many zones as times, found " + std::to_string(zones.codes().size()) +
                                     " zones and " + std::to_string(times) + " times"};
  }
}

// The cell of a row that is missing, or else what convert(zone, cell) gives.
template <typename Convert>
std::int64_t converted(const ZoneColumn& zones, std::size_t row, std::int64_t cell, const Convert& convert) {
  const Zone* const zone = zones.same() != nullptr ? zones.same() : zones.at(row);
  return zone == nullptr || cell == no_time ? no_time : convert(*zone, cell);
}

// Where rows have no zone: no bucket tells an offset.
const OffsetBucket* no_buckets() {
  static const std::vector<OffsetBucket> none(bucket_count, OffsetBucket::inexact());
  return none.data();
}

// Looks offsets up for all rows alike, so that no row waits for another or for a guess where to go on, and sets those
// aside that the buckets do not tell: few, which go through `convert`.
template <int sign, typename Buckets, typename Convert>
void shift_rows(std::span<const std::int64_t> times, const ZoneColumn& zones, std::span<std::int64_t> out,
                const Buckets& buckets, const Convert& convert) {
  constexpr std::size_t block = 512;
  std::array<std::uint16_t, block> aside;
  for (std::size_t begin = 0; begin < times.size(); begin += block) {
    const std::size_t size = std::min(block, times.size() - begin);
    std::size_t aside_count = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::int64_t cell = times[begin + i];
      const BucketPlace place = bucket_place(std::chrono::microseconds{cell});
      const bool covered = place.index < bucket_count;
      const OffsetBucket bucket = buckets(begin + i)[covered ? place.index : 0];
      const bool told = covered & bucket.exact();
      const std::int64_t shift = std::chrono::microseconds{bucket.offset(place.second)}.count();
      // Covered times lie far from the ends of what 64 bits hold; what wraps here is set aside.
      const auto moved = static_cast<std::uint64_t>(cell) + static_cast<std::uint64_t>(sign * shift);
      out[begin + i] = told ? static_cast<std::int64_t>(moved) : cell;
      aside[aside_count] = static_cast<std::uint16_t>(i);
      aside_count += told ? 0 : 1;
    }
    for (std::size_t n = 0; n < aside_count; ++n) {
      const std::size_t row = begin + aside[n];
      out[row] = converted(zones, row, out[row], convert);
    }
  }
}

// `buckets_of` gives a zone's, by wall times or by instants.
template <int sign, typename BucketsOf, typename Convert>
void shift_all(std::span<const std::int64_t> times, const ZoneColumn& zones, std::span<std::int64_t> out,
               const BucketsOf& buckets_of, const Convert& convert) {
  check_lengths(times.size(), zones);
  if (const Zone* const zone = zones.same()) {
    const OffsetBucket* const all = buckets_of(*zone);
    shift_rows<sign>(times, zones, out, [all](std::size_t) { return all; }, convert);
    return;
  }
  // From no_zone on.
  std::vector<const OffsetBucket*> each{no_buckets()};
  for (const auto& zone : zones.zones()) each.push_back(zone ? buckets_of(*zone) : no_buckets());
  const std::int32_t* const codes = zones.codes().data();
  const OffsetBucket* const* const of_code = each.data() - no_zone;
  shift_rows<sign>(times, zones, out, [=](std::size_t row) { return of_code[codes[row]]; }, convert);
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
    shift_all<-1>(
        walls, zones, out, [](const Zone& zone) { return zone.buckets_by_wall(); },
        [](const Zone& zone, std::int64_t cell) { return number(zone.to_utc(wall(cell))); });
    return;
  }
  check_lengths(walls.size(), zones);
  for (std::size_t row = 0; row < walls.size(); ++row) {
    out[row] = converted(zones, row, walls[row], [&](const Zone& zone, std::int64_t cell) {
      try {
        return number(zone.to_utc(wall(cell), gap, overlap));
      } catch (const Error& error) {
        fail_at(error, row);
      }
    });
  }
}

void to_local(std::span<const std::int64_t> instants, const ZoneColumn& zones, std::span<std::int64_t> out) {
  shift_all<1>(
      instants, zones, out, [](const Zone& zone) { return zone.buckets_by_instant(); },
      [](const Zone& zone, std::int64_t cell) {
        return zone.to_local(Instant{std::chrono::microseconds{cell}}).time_since_epoch().count();
      });
}

}  // namespace courtesy
