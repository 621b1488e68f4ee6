#include <courtesy/insight/draws.h>

#include <gtest/gtest.h>

#include <vector>

namespace courtesy {
namespace {

std::vector<std::uint64_t> first_ten(Draws draws) {
  std::vector<std::uint64_t> numbers;
  for (int i = 0; i < 10; ++i) numbers.push_back(draws.next());
  return numbers;
}

TEST(Draws, a_name_gives_the_same_numbers_whatever_else_is_drawn) {
  Draws other(1, {"visit", "bob"});
  const auto before = first_ten(Draws(1, {"visit", "ada"}));
  (void)other.next();
  EXPECT_EQ(first_ten(Draws(1, {"visit", "ada"})), before);
}

TEST(Draws, another_seed_name_or_cut_gives_others) {
  const auto numbers = first_ten(Draws(1, {"ab", "c"}));
  EXPECT_NE(first_ten(Draws(2, {"ab", "c"})), numbers);
  EXPECT_NE(first_ten(Draws(1, {"ab", "d"})), numbers);
  EXPECT_NE(first_ten(Draws(1, {"a", "bc"})), numbers);
  EXPECT_NE(first_ten(Draws(1, {"abc"})), numbers);
}

TEST(Draws, shares_fill_the_whole_range_evenly) {
  Draws draws(3, {"even"});
  std::vector<int> tenths(10);
  constexpr int drawn = 100'000;
  for (int i = 0; i < drawn; ++i) {
    const double share = draws.share();
    ASSERT_GE(share, 0);
    ASSERT_LT(share, 1);
    ++tenths[static_cast<std::size_t>(share * 10)];
  }
  // Five standard deviations of a count of 10,000.
  for (const int count : tenths) EXPECT_NEAR(count, drawn / 10, 475);
}

TEST(Draws, below_a_count_every_number_comes) {
  Draws draws(3, {"dice"});
  std::vector<int> sides(6);
  for (int i = 0; i < 6000; ++i) ++sides[draws.below(6)];
  for (const int count : sides) EXPECT_NEAR(count, 1000, 145);
}

}  // namespace
}  // namespace courtesy
