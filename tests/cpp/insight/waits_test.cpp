#include <courtesy/insight/waits.h>

#include <gtest/gtest.h>

#include <map>

namespace courtesy {
namespace {

Waits waits(std::initializer_list<Wait> all) {
  Waits out;
  for (const Wait& wait : all) out.add(wait);
  out.sort();
  return out;
}

// How often each number of days was drawn, of all draws; -1 stands for never.
std::map<std::int32_t, double> shares(const Waits& own, const Waits& everybody, std::int32_t elapsed) {
  Draws draws(5, {"waits"});
  constexpr int drawn = 40'000;
  std::map<std::int32_t, double> found;
  for (int i = 0; i < drawn; ++i) {
    const auto wait = draw_wait(own, everybody, elapsed, draws);
    found[wait && wait->came ? wait->days : -1] += 1.0 / drawn;
  }
  return found;
}

// Five standard deviations of a share of one half.
constexpr double close = 0.0125;

TEST(Waits, what_always_took_28_days_takes_28_days) {
  EXPECT_EQ(shares(waits({{28, true}, {28, true}, {11, false}}), waits({{28, true}, {11, false}}), 0),
            shares({}, waits({{28, true}}), 27));
}

TEST(Waits, what_has_not_come_yet_counts_as_one_of_the_longer_ones) {
  // Kaplan and Meier: 1/3 have come after 10 days; of the two left, of which one is lost after 20, all after 30.
  auto found = shares({}, waits({{10, true}, {20, false}, {30, true}}), -1);
  EXPECT_NEAR(found[10], 1.0 / 3, close);
  EXPECT_NEAR(found[30], 2.0 / 3, close);
  EXPECT_EQ(found.size(), 2U);
}

TEST(Waits, who_waits_already_waits_longer) {
  const Waits all = waits({{10, true}, {20, false}, {30, true}, {50, true}});
  // Of the waits that are longer than 10 days, the lost one is shared among 30 and 50.
  auto found = shares({}, all, 10);
  EXPECT_NEAR(found[30], 0.5, close);
  EXPECT_NEAR(found[50], 0.5, close);
  EXPECT_EQ(shares({}, all, 30).begin()->first, 50);
}

TEST(Waits, beyond_the_longest_that_came_it_never_comes) {
  // Half have come after 10 days, and the other has been waiting for 90.
  auto found = shares({}, waits({{10, true}, {90, false}}), -1);
  EXPECT_NEAR(found[10], 0.5, close);
  EXPECT_NEAR(found[-1], 0.5, close);
  Draws draws(5, {"none"});
  EXPECT_FALSE(draw_wait({}, waits({{10, true}, {90, false}}), 90, draws).has_value());
}

TEST(Waits, who_has_waited_longer_than_anybody_is_known_comes_as_seldom_as_the_longest_waits_end) {
  // Nine of ten came within 90 days. Then one came in 10 + 2 x 110 days: 1 in 230 a day.
  Waits all;
  for (std::int32_t days = 10; days <= 100; days += 10) all.add({days, true});
  all.add({200, false});
  all.add({200, false});
  all.sort();
  EXPECT_DOUBLE_EQ(all.per_day_at_last(), 1.0 / 230);
  Draws draws(5, {"tail"});
  double sum = 0;
  constexpr int drawn = 40'000;
  for (int i = 0; i < drawn; ++i) {
    const auto days = draw_days({}, all, 250, draws);
    ASSERT_TRUE(days.has_value());
    ASSERT_GT(*days, 250);
    sum += *days - 250;
  }
  // Five standard deviations of the mean of so many, each of about 230.
  EXPECT_NEAR(sum / drawn, 230, 5.75);
}

TEST(Waits, where_no_wait_is_long_nothing_comes_late) {
  // All came after 28 days, or had waited for less: nothing is known of longer waits.
  Draws draws(5, {"regular"});
  EXPECT_FALSE(draw_days({}, waits({{28, true}, {28, true}, {11, false}}), 30, draws).has_value());
  EXPECT_EQ(draw_days({}, waits({{28, true}, {28, true}, {11, false}}), 27, draws), 28);
}

TEST(Waits, everybody_counts_as_two_of_ones_own) {
  // (2 own of 10 days + 2 x 1/2 of everybody's) of 2 + 2.
  auto found = shares(waits({{10, true}, {10, true}}), waits({{10, true}, {10, true}, {40, true}, {40, true}}), -1);
  EXPECT_NEAR(found[10], 0.75, close);
  EXPECT_NEAR(found[40], 0.25, close);
  // Past all of one's own, everybody's alone are left.
  EXPECT_EQ(shares(waits({{10, true}}), waits({{10, true}, {40, true}}), 10).begin()->first, 40);
}

TEST(Waits, one_says_which_it_was) {
  Draws draws(5, {"what"});
  const auto wait = draw_wait({}, waits({{3, true, 7}, {9, true, 8}}), 5, draws);
  ASSERT_TRUE(wait.has_value());
  EXPECT_EQ(wait->what, 8U);
}

}  // namespace
}  // namespace courtesy
