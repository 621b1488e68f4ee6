#include <courtesy/insight/meter.h>

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace courtesy {
namespace {

using std::chrono::days;

constexpr Day day0{days{20'000}};  // 2024-10-04
Day on(int day) { return day0 + days{day}; }
int number(Day day) { return static_cast<int>((day - day0).count()); }

std::vector<double> values(const Meter& meter) {
  std::vector<double> out;
  for (const KeptReading& reading : meter.kept()) out.push_back(reading.value);
  return out;
}

std::vector<double> totals(const Meter& meter) {
  std::vector<double> out;
  for (const KeptReading& reading : meter.kept()) out.push_back(reading.total);
  return out;
}

// Ten, twenty and forty units a day.
MeterFacts with_fleet() { return {{}, {}, fleet_rate({10, 20, 40})}; }

TEST(Meter, HasNoRateWithoutTwoReadings) {
  EXPECT_FALSE(Meter({}).rate_per_day());
  EXPECT_FALSE(Meter({{on(0), 100}}).rate_per_day());
  EXPECT_FALSE(Meter({}).total_on(on(0)));
  EXPECT_FALSE(Meter({{on(0), 100}}).total_on(on(5)));
  EXPECT_EQ(Meter({{on(0), 100}}).total_on(on(0)), 100);
  EXPECT_FALSE(Meter({{on(0), 100}}).reaches(200, on(0), 100));
}

TEST(Meter, RateOfAnEvenUseIsThatUse) {
  EXPECT_DOUBLE_EQ(*Meter({{on(0), 0}, {on(10), 500}, {on(15), 750}, {on(400), 20'000}}).rate_per_day(), 50);
}

TEST(Meter, RateGivesRecentUseMoreWeight) {
  // 60 days at 10 a day, then 60 at 40. By h = 60 the first 60 weigh half: (600 / 2 + 2400) / (60 / 2 + 60) = 30.
  // By h = 365 they weigh w = 2^(-60/365) = 0.8923: (600 w + 2400) / (60 w + 60) = 25.854. The mean of both.
  const Meter meter({{on(0), 0}, {on(60), 600}, {on(120), 3'000}});
  EXPECT_NEAR(*meter.rate_per_day(), 27.927, 0.0005);
  EXPECT_EQ(meter.measured_days(), 120);
}

TEST(Meter, InterpolatesBetweenReadingsAndRunsOnAtTheRate) {
  const Meter meter({{on(0), 1'000}, {on(10), 2'000}});
  EXPECT_EQ(meter.total_on(on(5)), 1'500);
  EXPECT_EQ(meter.total_on(on(12)), 2'200);
  EXPECT_EQ(meter.total_on(on(-5)), 500);
  EXPECT_EQ(meter.total_on(on(-100)), 0) << "a meter never stood below zero";
}

TEST(Meter, SetsAsideWhatIsNotBelieved) {
  const Meter meter({{on(0), 1'000}, {on(5), 90}, {on(10), 2'000}});
  EXPECT_EQ(values(meter), (std::vector<double>{1'000, 2'000}));
  ASSERT_EQ(meter.set_aside().size(), 1U);
  EXPECT_EQ(meter.set_aside()[0].day, on(5));
  EXPECT_EQ(meter.total_on(on(5)), 1'500);
}

TEST(Meter, DoesNotBelieveTenTimesTheUsual) {
  // At 10 a day the most in 30 days is 10 x 10 x 30 = 3,000.
  for (const auto& [last, believed] : {std::pair(6'600.0, true), std::pair(6'601.0, false)}) {
    const Meter meter({{on(0), 3'000}, {on(30), 3'300}, {on(60), 3'600}, {on(90), last}});
    EXPECT_EQ(meter.set_aside().empty(), believed) << last;
  }
  // Of the fleet's 20 a day 10 x 20 x 30 = 6,000, where the own slopes are fewer than three.
  for (const auto& [last, believed] : {std::pair(6'000.0, true), std::pair(6'001.0, false)}) {
    EXPECT_EQ(Meter({{on(0), 0}, {on(30), last}}, with_fleet()).set_aside().empty(), believed) << last;
  }
}

TEST(Meter, BelievesWhatTheRulesCallPlausible) {
  for (const auto& [most, believed] : {std::pair(100.0, true), std::pair(99.0, false)}) {
    EXPECT_EQ(Meter({{on(0), 0}, {on(10), 1'000}}, {{}, most, {}}).set_aside().empty(), believed) << most;
  }
}

TEST(Meter, KeepsTheHighestOfSeveralReadingsOnOneDay) {
  const Meter meter({{on(0), 1'000}, {on(0), 1'010}, {on(10), 2'010}});
  EXPECT_EQ(values(meter), (std::vector<double>{1'010, 2'010}));
  EXPECT_TRUE(meter.set_aside().empty());
}

TEST(Meter, GoesOnWhereItIsReplaced) {
  // 100 a day: 1,000 from day 10 to 20, on which it is replaced, and the new one begins at 50.
  const Meter meter({{on(0), 4'000}, {on(10), 5'000}, {on(30), 1'050}}, {{{on(20), 50}}, {}, {}});
  EXPECT_EQ(values(meter), (std::vector<double>{4'000, 5'000, 50, 1'050}));
  EXPECT_EQ(totals(meter), (std::vector<double>{4'000, 5'000, 6'000, 7'000}));
  EXPECT_EQ(meter.rate_per_day(), 100);
  EXPECT_EQ(meter.measured_days(), 20);
  EXPECT_EQ(meter.shown(on(20), 6'000), 6'000) << "the old one, on the very day";
  EXPECT_EQ(meter.shown(on(21), 6'100), 150);
  EXPECT_EQ(number(meter.reaches(8'000, on(0), 4'000)->day), 40);
}

TEST(Meter, ReadOnTheDayOfItsEndIsTheOldOne) {
  const Meter meter({{on(0), 4'000}, {on(20), 5'500}, {on(30), 1'000}}, {{{on(20), 0}}, {}, {}});
  EXPECT_EQ(totals(meter), (std::vector<double>{4'000, 5'500, 5'500, 6'500}));
  EXPECT_TRUE(meter.set_aside().empty());
}

TEST(Meter, GoesOnWhereItBeganAnewByItself) {
  const Meter meter({{on(0), 4'000}, {on(10), 5'000}, {on(20), 100}, {on(30), 1'100}, {on(40), 2'100}});
  ASSERT_EQ(meter.resets().size(), 1U);
  EXPECT_EQ(meter.resets()[0].day, on(20));
  EXPECT_EQ(totals(meter), (std::vector<double>{4'000, 5'000, 6'000, 7'000, 8'000}));
}

TEST(Meter, TakesAReadingThatAgreesAtItsWord) {
  const Meter meter({{on(0), 1'000}, {on(10), 2'000}, {on(10), 1'900}, {on(20), 500}}, {{{on(15), 0}}, {}, {}});
  struct Case {
    const char* what;
    Reading reading;
    std::optional<double> total;
  };
  const std::vector<Case> cases = {
      {"the one that is kept", {on(10), 2'000}, 2'000},
      {"a lower one of its day", {on(10), 1'900}, 1'900},
      {"higher than the one that is kept", {on(10), 2'001}, {}},
      {"lower than the day before", {on(10), 999}, {}},
      {"of a day without one", {on(5), 1'500}, {}},
      {"of the day of a new meter, whose old one was not read", {on(15), 0}, {}},
  };
  for (const Case& test : cases) EXPECT_EQ(meter.total_of(test.reading), test.total) << test.what;
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
  EXPECT_EQ(number(passing->day), GetParam().day) << GetParam().what;
  EXPECT_EQ(passing->reached, GetParam().reached) << GetParam().what;
  EXPECT_FALSE(passing->by_fleet);
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

TEST(Meter, FallsBackToTheFleet) {
  struct Case {
    const char* what;
    std::vector<Reading> readings;
    double mark;
    int day;
    bool by_fleet;
  };
  const std::vector<Case> cases = {
      {"a single reading: 1,000 at 20 a day", {{on(0), 1'000}}, 2'000, 50, true},
      {"27 days are too few", {{on(0), 1'000}, {on(27), 1'270}}, 2'270, 27 + 50, true},
      {"28 days are enough: 1,000 at 10 a day", {{on(0), 1'000}, {on(28), 1'280}}, 2'280, 28 + 100, false},
      {"a year ahead it is the own", {{on(0), 1'000}, {on(28), 1'280}}, 4'930, 28 + 365, false},
      {"then the fleet's: 20 more", {{on(0), 1'000}, {on(28), 1'280}}, 4'950, 28 + 366, true},
      {"at rest for a year, and then the fleet's", {{on(0), 1'000}, {on(28), 1'000}}, 1'200, 28 + 375, true},
  };
  for (const Case& test : cases) {
    const Meter meter(test.readings, with_fleet());
    const auto passing = meter.reaches(test.mark, test.readings.front().day, test.readings.front().value);
    ASSERT_TRUE(passing) << test.what;
    EXPECT_EQ(number(passing->day), test.day) << test.what;
    EXPECT_EQ(passing->by_fleet, test.by_fleet) << test.what;
  }
}

TEST(Meter, RangeByTheFleetHasItsRates) {
  // 1,000 at 20 a day take 50 days, at half that 100, and at twice 25.
  const auto passing = Meter({{on(0), 1'000}}, with_fleet()).reaches(2'000, on(0), 1'000);
  EXPECT_EQ(number(passing->earliest), 25);
  ASSERT_TRUE(passing->latest);
  EXPECT_EQ(number(*passing->latest), 100);
}

TEST(Meter, RangeOfFewReadingsIsWide) {
  // No past error: 1,200 at 100 a day take 12 days, or 12 / 1.5 = 8, or 12 x 1.5 = 18.
  const auto passing = Meter({{on(0), 0}, {on(10), 1'000}}).reaches(2'200, on(0), 0);
  EXPECT_EQ(number(passing->day), 22);
  EXPECT_EQ(number(passing->earliest), 18);
  EXPECT_EQ(number(*passing->latest), 28);
}

TEST(Meter, RangeOfEvenUseIsNarrow) {
  // Thirty past errors of 1, with 2/3 and 3/2 among 32 at the places 3.3 and 29.7: the day itself.
  std::vector<Reading> readings;
  for (int i = 0; i <= 31; ++i) readings.push_back({on(10 * i), 1'000.0 * i});
  const auto passing = Meter(readings).reaches(32'000, on(0), 0);
  EXPECT_EQ(number(passing->day), 320);
  EXPECT_EQ(passing->earliest, passing->day);
  EXPECT_EQ(passing->latest, passing->day);
}

TEST(Meter, RangeOfWhatIsKnownIsItsDay) {
  const auto passing = Meter({{on(0), 0}, {on(10), 1'000}}).reaches(400, on(0), 0);
  EXPECT_EQ(number(passing->earliest), 4);
  EXPECT_EQ(number(*passing->latest), 4);
}

TEST(Meter, ThatMayNeverComeHasNoLatestDay) {
  // At 100 a day for 10 days, and then none for 60: of the past errors, 40 days ahead, most are 0.
  std::vector<Reading> readings{{on(0), 0}, {on(10), 1'000}};
  for (int i = 2; i <= 10; ++i) readings.push_back({on(10 * i), 1'000});
  const auto passing = Meter(readings).reaches(2'000, on(0), 0);
  ASSERT_TRUE(passing);
  EXPECT_FALSE(passing->latest);
}

TEST(SurelyBelieved, IsWhatRisesNoFasterThanTheLowestLimit) {
  const MeterFacts alone, most_100{{}, 100, {}}, replaced{{{on(5), 0}}, {}, {}};
  struct Case {
    const char* what;
    std::vector<Reading> readings;
    MeterFacts facts;
    bool sure;
  };
  const std::vector<Case> cases = {
      {"no reading", {}, alone, true},
      {"a single one", {{on(0), 100}}, alone, true},
      {"a meter that stands still", {{on(0), 100}, {on(10), 100}, {on(20), 100}}, most_100, true},
      {"an even use", {{on(0), 0}, {on(30), 300}, {on(60), 600}, {on(90), 900}}, alone, true},
      {"ten times the slowest rise", {{on(0), 0}, {on(30), 300}, {on(60), 3'300}}, alone, true},
      {"more than that", {{on(0), 0}, {on(30), 300}, {on(60), 3'301}}, alone, false},
      {"two near each other, as if a month apart", {{on(0), 0}, {on(30), 300}, {on(31), 3'300}}, alone, true},
      {"ten times the fleet's rate", {{on(0), 0}, {on(30), 6'000}}, with_fleet(), true},
      {"more than that", {{on(0), 0}, {on(30), 6'001}}, with_fleet(), false},
      {"more than that, and usual here",
       {{on(0), 0}, {on(30), 9'000}, {on(60), 18'000}, {on(90), 27'000}},
       with_fleet(),
       false},
      {"as much as is plausible", {{on(0), 0}, {on(1), 100}, {on(3), 300}}, most_100, true},
      {"more than is plausible", {{on(0), 0}, {on(1), 101}}, most_100, false},
      {"one that is lower", {{on(0), 100}, {on(10), 99}, {on(20), 110}}, alone, false},
      {"two on one day", {{on(0), 100}, {on(0), 100}}, alone, false},
      {"out of order", {{on(10), 100}, {on(0), 200}}, alone, false},
      {"a meter that was replaced", {{on(0), 100}, {on(10), 200}}, replaced, false},
      {"less than can be told apart from no use", {{on(0), 0}, {on(30), 7e-323}}, {{}, 5e-324, {}}, true},
      {"as little, and more than is plausible", {{on(0), 0}, {on(30), 2e-322}}, {{}, 5e-324, {}}, false},
  };
  for (const Case& test : cases) EXPECT_EQ(surely_believed(test.readings, test.facts), test.sure) << test.what;
}

// Of use that is steady, wild or near a limit, of readings in and out of order, and of any scale.
struct DrawnMeter {
  std::vector<Reading> readings;
  MeterFacts facts;
};

DrawnMeter drawn_meter(std::mt19937_64& random) {
  const auto below = [&](std::uint64_t end) { return random() % end; };
  const auto part = [&] { return static_cast<double>(below(1'000'001)) / 1e6; };
  constexpr std::array scales{1.0, 1.0, 1.0, 0.1, 1e-3, 1e12, 1e300, 5e-324, 1e-320};
  const double usual = scales[below(scales.size())] * static_cast<double>(1 + below(40));
  DrawnMeter drawn;
  const std::uint64_t sort = below(3);
  if (sort == 0) drawn.facts.plausible = usual * static_cast<double>(1 + below(3));
  if (sort == 1 || below(8) == 0) drawn.facts.fleet = FleetRate{usual, {0.5, 2}};
  if (below(20) == 0) drawn.facts.replaced.push_back({on(static_cast<int>(below(200))), usual});
  const std::uint64_t wildness = below(4);
  const bool untidy = below(5) == 0;
  int day = 0;
  double value = below(2) == 0 ? 0 : usual * 1'000;
  for (std::uint64_t left = below(9); left > 0; --left) {
    drawn.readings.push_back({on(day), value});
    const int gap = static_cast<int>(1 + below(below(2) == 0 ? 3 : 90));
    const double time = sort == 0 ? gap : std::max(gap, 30);
    const double limit = sort == 0 ? *drawn.facts.plausible : 10 * usual;
    switch (below(4) < wildness ? below(4) : 4) {
      case 0:
        value += limit * time;
        break;  // as much as can be
      case 1:
        value += limit * time * (1 + (part() - 0.5) * 1e-8);
        break;  // or about that
      case 2:
        value += usual * gap * 20 * part();
        break;
      case 3:
        value -= below(3) == 0 ? value * part() : 0;
        break;
      default:
        value += usual * gap * (0.5 + part() / 2);
    }
    day += untidy && below(4) == 0 ? -static_cast<int>(below(3)) : gap;
  }
  return drawn;
}

TEST(SurelyBelieved, AreReadingsOfWhichAMeterSetsNoneAside) {
  std::mt19937_64 random(20'261'126);
  std::array<int, 3> sure{};
  int sure_of_many = 0;
  int odd = 0;
  for (int i = 0; i < 100'000; ++i) {
    const DrawnMeter drawn = drawn_meter(random);
    const Meter meter(drawn.readings, drawn.facts);
    const bool all_kept = meter.set_aside().empty() && meter.resets().empty() &&
                          meter.kept().size() == drawn.readings.size() && drawn.facts.replaced.empty();
    if (!all_kept) ++odd;
    if (!surely_believed(drawn.readings, drawn.facts)) continue;
    ASSERT_TRUE(all_kept) << "case " << i;
    ++sure[drawn.facts.plausible ? 0U : drawn.facts.fleet ? 1U : 2U];
    if (drawn.readings.size() > 3) ++sure_of_many;
  }
  for (const int count : sure) EXPECT_GT(count, 5'000);
  EXPECT_GT(sure_of_many, 5'000);
  EXPECT_GT(odd, 5'000);
}

}  // namespace
}  // namespace courtesy
