// A filter over a column against looking at each cell.
#include <courtesy/plan/row_filter.h>

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace courtesy {
namespace {

struct Wanted {
  std::string name;
  std::vector<std::uint8_t> cells;
};

void PrintTo(const Wanted& wanted, std::ostream* out) { *out << wanted.name; }

std::vector<std::uint8_t> cells(std::size_t count, auto is_wanted) {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(is_wanted(i) ? 1 : 0);
  return out;
}

class RowFilterFinds : public testing::TestWithParam<Wanted> {};

template <typename Cell>
void compare(std::int32_t first, const std::vector<std::uint8_t>& wanted) {
  const RowFilter filter(first, wanted);
  std::mt19937 random(5);
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{1'000}, RowFilter::most_rows}) {
    std::vector<Cell> column;
    std::vector<std::uint32_t> expected;
    for (std::uint32_t row = 0; row < count; ++row) {
      const std::size_t i = random() % wanted.size();
      column.push_back(static_cast<Cell>(first + static_cast<std::int32_t>(i)));
      if (wanted[i] != 0) expected.push_back(row);
    }
    std::vector<std::uint32_t> rows(RowFilter::most_rows);
    rows.resize(filter.find(column, rows.data()));
    EXPECT_EQ(rows, expected) << count << " rows";
  }
}

TEST_P(RowFilterFinds, TheRowsOfWantedCells) {
  compare<std::int32_t>(-200, GetParam().cells);
  compare<std::int32_t>(2'147'483'000, GetParam().cells);
  compare<std::uint16_t>(0, GetParam().cells);
}

INSTANTIATE_TEST_SUITE_P(
    Cells, RowFilterFinds,
    testing::Values(Wanted{"none", cells(500, [](std::size_t) { return false; })},
                    Wanted{"all", cells(500, [](std::size_t) { return true; })},
                    Wanted{"the first", cells(500, [](std::size_t i) { return i == 0; })},
                    Wanted{"the last", cells(500, [](std::size_t i) { return i == 499; })},
                    Wanted{"a range", cells(500, [](std::size_t i) { return i > 100 && i < 140; })},
                    Wanted{"both ends", cells(500, [](std::size_t i) { return i < 20 || i > 480; })},
                    Wanted{"three ranges", cells(500, [](std::size_t i) { return i % 200 < 30; })},
                    Wanted{"many ranges", cells(500, [](std::size_t i) { return i % 30 < 7; })}));

TEST(RowFilter, IsEmptyWhereNothingIsWanted) {
  EXPECT_TRUE(RowFilter().empty());
  EXPECT_TRUE(RowFilter(0, {0, 0}).empty());
  EXPECT_FALSE(RowFilter(0, {0, 1}).empty());
}

}  // namespace
}  // namespace courtesy
