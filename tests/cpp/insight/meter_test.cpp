#include <courtesy/insight/meter.h>

#include <gtest/gtest.h>

namespace courtesy {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Day day0{days{20'000}};  // 2024-10-04
Day on(int day) { return day0 + days{day}; }

TEST(Meter, HasNoRateWithoutTwoReadings) {
  EXPECT_FALSE(Meter({}).rate_per_day());
  EXPECT_FALSE(Meter({{on(0), 100}}).rate_per_day());
  EXPECT_FALSE(Meter({}).value_on(on(0)));
  EXPECT_FALSE(Meter({{on(0), 100}}).value_on(on(5)));
  EXPECT_EQ(Meter({{on(0), 100}}).value_on(on(0)), 100);
}

TEST(Meter, TakesTheMedianOfAllSlopes) {
  // 50 a day, but for one mistyped reading: the slopes' median stays.
  const Meter meter({{on(0), 0}, {on(10), 500}, {on(20), 1'000}, {on(30), 1'900}, {on(40), 2'000}, {on(50), 2'500}});
  ASSERT_TRUE(meter.rate_per_day());
  EXPECT_NEAR(*meter.rate_per_day(), 50, 1e-9);
}

TEST(Meter, InterpolatesBetweenReadingsAndRunsOnAtTheRate) {
  const Meter meter({{on(0), 1'000}, {on(10), 2'000}});
  EXPECT_EQ(meter.value_on(on(5)), 1'500);
  EXPECT_EQ(meter.value_on(on(12)), 2'200);
  EXPECT_EQ(meter.value_on(on(-5)), 500);
  EXPECT_EQ(meter.value_on(on(-100)), 0) << "a meter never stood below zero";
}

TEST(Meter, SetsAsideReadingsThatRunBackwards) {
  const Meter meter({{on(0), 1'000}, {on(5), 90}, {on(10), 2'000}});
  EXPECT_EQ(meter.readings().size(), 2U);
  EXPECT_EQ(meter.value_on(on(5)), 1'500);
}

TEST(Meter, BelievesTheMostReadingsThatAgree) {
  struct Case {
    const char* what;
    std::vector<double> given;  // ten days apart
    std::vector<double> kept;
  };
  const std::vector<Case> cases = {
      {"one typed far too high", {1'000, 99'999, 2'000, 3'000}, {1'000, 2'000, 3'000}},
      {"the first typed far too high", {99'999, 1'000, 2'000}, {1'000, 2'000}},
      {"too high with as many after it: the gentler rise", {1'000, 99'999, 2'000}, {1'000, 2'000}},
      {"one typed too low", {1'000, 2'000, 30, 3'000}, {1'000, 2'000, 3'000}},
      {"a replaced meter with more readings than the old", {51'000, 100, 200}, {100, 200}},
      {"a replaced meter with fewer", {50'000, 51'000, 100}, {50'000, 51'000}},
      {"two that contradict each other: the earlier", {1'000, 90}, {1'000}},
      {"a meter that stands still", {500, 500, 500}, {500, 500, 500}},
  };
  for (const Case& test : cases) {
    std::vector<Reading> readings;
    for (const double value : test.given) readings.push_back({on(10 * static_cast<int>(readings.size())), value});
    const Meter meter(readings);
    std::vector<double> kept;
    for (const Reading& reading : meter.readings()) kept.push_back(reading.value);
    EXPECT_EQ(kept, test.kept) << test.what;
  }
}

TEST(Meter, BelievesWhatFitsBetweenItsReadings) {
  const Meter meter({{on(0), 1'000}, {on(10), 2'000}});
  EXPECT_TRUE(meter.believes({on(0), 1'000}));
  EXPECT_TRUE(meter.believes({on(5), 1'400}));
  EXPECT_TRUE(meter.believes({on(20), 9'000}));
  EXPECT_FALSE(meter.believes({on(-1), 1'001}));
  EXPECT_FALSE(meter.believes({on(5), 2'001}));
  EXPECT_FALSE(meter.believes({on(5), 999}));
  EXPECT_FALSE(meter.believes({on(20), 1'999}));
}

TEST(Meter, KeepsTheHighestOfSeveralReadingsOnOneDay) {
  const Meter meter({{on(0), 1'000}, {on(0), 1'010}, {on(10), 2'010}});
  EXPECT_EQ(meter.readings().size(), 2U);
  EXPECT_EQ(meter.value_on(on(0)), 1'010);
}

struct PassingCase {
  const char* what;
  double mark;
  int day;
  bool reached;
};

class MeterPassing : public testing::TestWithParam<PassingCase> {};

TEST_P(MeterPassing, IsTheFirstDayOnWhichTheMarkIsReached) {
  const Meter meter({{on(0), 1'000}, {on(10), 2'000}, {on(20), 3'000}});
  const auto passing = meter.reaches(GetParam().mark, on(0), 1'000);
  ASSERT_TRUE(passing) << GetParam().what;
  EXPECT_EQ((passing->day - day0).count(), GetParam().day) << GetParam().what;
  EXPECT_EQ(passing->reached, GetParam().reached) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Marks, MeterPassing,
                         testing::Values(PassingCase{"where it stood already", 1'000, 0, true},
                                         PassingCase{"exactly a reading", 2'000, 10, true},
                                         PassingCase{"exactly the last reading", 3'000, 20, true},
                                         PassingCase{"between readings, on a whole day", 1'500, 5, true},
                                         PassingCase{"between readings, within a day", 1'501, 6, true},
                                         PassingCase{"forecast, on a whole day", 4'000, 30, false},
                                         PassingCase{"forecast, within a day", 4'000.5, 31, false}));

TEST(Meter, OfAnAssetThatStandsStillReachesNothing) {
  EXPECT_FALSE(Meter({{on(0), 1'000}, {on(10), 1'000}}).reaches(2'000, on(0), 1'000));
  EXPECT_FALSE(Meter({{on(0), 1'000}, {on(100), 1'000.1}}).reaches(2'000, on(0), 1'000)) << "in some thousand years";
}

}  // namespace
}  // namespace courtesy
