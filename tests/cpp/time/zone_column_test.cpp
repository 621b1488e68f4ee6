// Columns of times answer as the zones do cell by cell.
#include <courtesy/time/zone_column.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <courtesy/error.h>

#include "support/dates.h"

namespace courtesy {
namespace {

const std::vector<std::string> names{"Europe/London", "Asia/Tokyo", "nobody's"};

std::int64_t cell(std::string_view wall) { return dates::wall(wall).time_since_epoch().count(); }

TEST(ZoneColumn, HasOneZoneForAllRowsOrOneForEach) {
  const std::vector<std::int64_t> walls{cell("2026-07-01T09:00:00"), cell("2026-07-01T09:00:00"), no_time,
                                        cell("2026-07-01T09:00:00")};
  const std::vector<std::int32_t> codes{0, 1, 0, no_zone};
  std::vector<std::int64_t> utc(4);
  to_utc(walls, ZoneColumn(names, codes), Gap::forward, Overlap::first, utc);
  EXPECT_EQ(utc,
            (std::vector<std::int64_t>{cell("2026-07-01T08:00:00"), cell("2026-07-01T00:00:00"), no_time, no_time}));
  std::vector<std::int64_t> back(4);
  to_local(utc, ZoneColumn(names, codes), back);
  EXPECT_EQ(back, (std::vector<std::int64_t>{walls[0], walls[1], no_time, no_time}));
  to_utc(walls, ZoneColumn("+05:30"), Gap::forward, Overlap::first, utc);
  EXPECT_EQ(utc[3], cell("2026-07-01T03:30:00"));
}

TEST(ZoneColumn, NamesTheRowThatIsWrong) {
  const auto row_of = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.problems().front().where.row;
    }
    return std::int64_t{-2};
  };
  const std::vector<std::int32_t> unknown{0, 1, 2};
  EXPECT_EQ(row_of([&] { ZoneColumn zones(names, unknown); }), 2);
  const std::vector<std::int32_t> outside{0, 7};
  EXPECT_EQ(row_of([&] { ZoneColumn zones(names, outside); }), 1);
  const std::vector<std::int64_t> walls{cell("2026-07-01T09:00:00"), cell("2026-03-29T01:30:00")};
  std::vector<std::int64_t> utc(2);
  EXPECT_EQ(row_of([&] { to_utc(walls, ZoneColumn("Europe/London"), Gap::error, Overlap::first, utc); }), 1);
  const std::vector<std::int32_t> one{0};
  EXPECT_THROW(to_utc(walls, ZoneColumn(names, one), Gap::forward, Overlap::first, utc), Error);
}

}  // namespace
}  // namespace courtesy
