// Columns of times answer as the zones do cell by cell.
#include <courtesy/time/zone_column.h>

#include <gtest/gtest.h>

#include <limits>
#include <random>
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

// Times of all kinds, so that some rows of each block are looked up in another way than those around them.
TEST(ZoneColumn, AnswersAsTheZonesDoCellByCell) {
  const std::vector<std::string> zones{"Europe/London", "Africa/Cairo", "Pacific/Apia", "UTC", "-03:30", "nobody's"};
  std::mt19937_64 random{3};
  std::vector<std::int64_t> times;
  std::vector<std::int32_t> codes;
  for (int n = 0; n < 20'000; ++n) {
    const bool any_time = random() % 16 == 0;
    const auto near = static_cast<std::int64_t>(random() % 8'000'000'000'000'000) - 3'000'000'000'000'000;
    times.push_back(random() % 50 == 0 ? no_time : any_time ? static_cast<std::int64_t>(random()) : near);
    codes.push_back(static_cast<std::int32_t>(random() % 6) - 1);
  }
  times.insert(times.end(), {no_time, no_time + 1, std::numeric_limits<std::int64_t>::max()});
  codes.insert(codes.end(), {0, 0, 1});
  std::vector<std::int64_t> utc(times.size());
  std::vector<std::int64_t> local(times.size());
  std::vector<std::int64_t> in_place = times;
  to_utc(times, ZoneColumn(zones, codes), Gap::forward, Overlap::first, utc);
  to_local(times, ZoneColumn(zones, codes), local);
  to_utc(in_place, ZoneColumn(zones, codes), Gap::forward, Overlap::first, in_place);
  EXPECT_EQ(in_place, utc);
  std::vector<std::int64_t> in_london(times.size());
  to_utc(times, ZoneColumn("Europe/London"), Gap::forward, Overlap::first, in_london);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::chrono::microseconds time{times[i]};
    const bool missing = times[i] == no_time || codes[i] == no_zone;
    const auto zone = Zone::named(missing ? "UTC" : zones[static_cast<std::size_t>(codes[i])]);
    ASSERT_EQ(utc[i], missing ? no_time : zone->to_utc(WallTime{time}).time_since_epoch().count()) << times[i];
    ASSERT_EQ(local[i], missing ? no_time : zone->to_local(Instant{time}).time_since_epoch().count()) << times[i];
    const auto london =
        times[i] == no_time ? no_time : Zone::named("Europe/London")->to_utc(WallTime{time}).time_since_epoch().count();
    ASSERT_EQ(in_london[i], london) << times[i];
  }
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
