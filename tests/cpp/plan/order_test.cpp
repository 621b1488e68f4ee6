// The order of a plan against std::sort over (due, key).
#include <courtesy/plan/order.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>

namespace courtesy {
namespace {

struct Spread {
  std::string name;
  std::int64_t range;  // of dues, in units
  std::int64_t unit;   // in microseconds
  std::uint64_t keys;  // how many different ones
};

void PrintTo(const Spread& spread, std::ostream* out) { *out << spread.name; }

class PlanOrder : public testing::TestWithParam<Spread> {};

TEST_P(PlanOrder, IsByDueAndThenByKey) {
  const Spread& spread = GetParam();
  std::mt19937_64 random(11);
  PlannedRows rows;
  std::vector<std::tuple<Instant, Key>> expected;
  for (std::size_t i = 0; i < 70'000; ++i) {
    PlannedRow row;
    const auto units = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(spread.range));
    row.due = Instant{std::chrono::microseconds{units * spread.unit - 1'000 * spread.unit}};
    row.key = {random() % spread.keys * 0x9E37'79B9'7F4A'7C15, random()};
    rows.add(row);
    expected.emplace_back(row.due, row.key);
  }
  ASSERT_EQ(rows.size(), expected.size());
  std::sort(expected.begin(), expected.end());
  std::vector<std::tuple<Instant, Key>> found;
  for (const std::uint64_t name : plan_order(rows)) found.emplace_back(rows.row(name).due, rows.row(name).key);
  EXPECT_TRUE(found == expected);
}

constexpr std::int64_t second = 1'000'000;
INSTANTIATE_TEST_SUITE_P(Spreads, PlanOrder,
                         testing::Values(Spread{"one instant", 1, second, ~0ULL}, Spread{"one key", 2'000, second, 1},
                                         Spread{"whole minutes of a month", 43'200, 60 * second, ~0ULL},
                                         Spread{"whole seconds of a month", 2'592'000, second, ~0ULL},
                                         Spread{"microseconds of a second", second, 1, ~0ULL},
                                         Spread{"microseconds of eight thousand years",
                                                std::int64_t{8'000} * 365 * 86'400 * second, 1, ~0ULL},
                                         Spread{"minutes of eight thousand years", std::int64_t{8'000} * 365 * 1'440,
                                                60 * second, ~0ULL}));

TEST(PlanOrder, OfNothingIsNothing) { EXPECT_TRUE(plan_order(PlannedRows{}).empty()); }

TEST(PlannedRows, KeepTheirPlacesWhenAppended) {
  PlannedRows some;
  PlannedRows more;
  PlannedRow row;
  for (Index i = 0; i < 40'000; ++i) {
    row.customer = i;
    row.due = Instant{std::chrono::seconds{i}};
    (i % 3 == 0 ? some : more).add(row);
  }
  some.append(std::move(more));
  const auto order = plan_order(some);
  ASSERT_EQ(order.size(), 40'000U);
  for (Index i = 0; i < 40'000; ++i) ASSERT_EQ(some.row(order[i]).customer, i);
}

}  // namespace
}  // namespace courtesy
