// Digits against std::to_string.
#include <courtesy/base/digits.h>

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <random>
#include <string>

namespace courtesy {
namespace {

std::string digits(std::int64_t number) {
  std::array<char, most_digits> text;
  return {text.data(), static_cast<std::size_t>(put_digits(text.data(), number) - text.data())};
}

TEST(Digits, AroundEachPowerOfTen) {
  for (std::int64_t power = 1; power <= 1'000'000'000'000'000'000 / 10; power *= 10) {
    for (const std::int64_t number : {power - 1, power, power + 1, 2 * power, -power, 1 - power}) {
      EXPECT_EQ(digits(number), std::to_string(number));
    }
  }
}

TEST(Digits, AtTheEnds) {
  for (const std::int64_t number :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), std::int64_t{0},
        std::int64_t{-1}, std::int64_t{99'999'999}, std::int64_t{100'000'000}}) {
    EXPECT_EQ(digits(number), std::to_string(number));
  }
}

TEST(Digits, OfEachNumberOfFourDigitsInEitherHalf) {
  for (std::int64_t number = 0; number < 10'000; ++number) {
    EXPECT_EQ(digits(number), std::to_string(number));
    EXPECT_EQ(digits(number * 10'000), std::to_string(number * 10'000));
    EXPECT_EQ(digits(number * 10'000 + 9'999 - number), std::to_string(number * 10'000 + 9'999 - number));
  }
}

TEST(Digits, OfNumbersOfAnySize) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    const auto number = static_cast<std::int64_t>(random() >> random() % 64);
    ASSERT_EQ(digits(number), std::to_string(number));
  }
}

}  // namespace
}  // namespace courtesy
