#include <courtesy/insight/fleet.h>

#include <gtest/gtest.h>

namespace courtesy {
namespace {

TEST(ErrorRange, OfFewErrorsIsWide) {
  // Of two the places 0.3 and 2.7 are the ends.
  EXPECT_DOUBLE_EQ(error_range({}).low, 2.0 / 3);
  EXPECT_DOUBLE_EQ(error_range({}).high, 1.5);
}

TEST(ErrorRange, LiesBetweenPlacesOnTheirLine) {
  // With 2/3 and 3/2 these are 9, at the places 1 and 9: 0.5 and 2.
  const ErrorRange of_nine = error_range({0.5, 0.9, 1, 1, 1, 1.1, 2});
  EXPECT_DOUBLE_EQ(of_nine.low, 0.5);
  EXPECT_DOUBLE_EQ(of_nine.high, 2);
  // These are 14, at the places 1.5 and 13.5: half way from 0.2 to 0.4, and from 1.5 to 2.5.
  const ErrorRange of_fourteen = error_range({0.2, 0.4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.5});
  EXPECT_DOUBLE_EQ(of_fourteen.low, 0.3);
  EXPECT_DOUBLE_EQ(of_fourteen.high, 2);
}

TEST(FleetRate, IsTheMedianOfThreeOrMore) {
  EXPECT_FALSE(fleet_rate({}));
  EXPECT_FALSE(fleet_rate({10, 20}));
  ASSERT_TRUE(fleet_rate({40, 10, 20}));
  EXPECT_EQ(fleet_rate({40, 10, 20})->per_day, 20);
  EXPECT_EQ(fleet_rate({40, 10, 20, 30})->per_day, 25);
  // Their errors are 0.5, 1 and 2; with 2/3 and 3/2 the ends of five.
  EXPECT_DOUBLE_EQ(fleet_rate({40, 10, 20})->errors.low, 0.5);
  EXPECT_DOUBLE_EQ(fleet_rate({40, 10, 20})->errors.high, 2);
}

}  // namespace
}  // namespace courtesy
