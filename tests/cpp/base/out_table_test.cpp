#include <courtesy/base/out_table.h>
#include <courtesy/base/table_builder.h>

#include <gtest/gtest.h>

#include <cmath>

namespace courtesy {
namespace {

const Day first_of_may{std::chrono::days{20574}};
const WallTime its_midnight{first_of_may};
const Instant its_beginning{its_midnight.time_since_epoch()};

TEST(OutTable, IsReadAsItIsGivenAway) {
  OutColumn::Texts texts;
  texts.add("ada");
  texts.add_empty();
  const OutTable table({
      std::move(texts).finish("text"),
      OutColumn::codes("code", {1, -1}, {"no", "yes"}),
      OutColumn::reals("real", {0.25, std::nan("")}),
      OutColumn::booleans("truth", {true, std::nullopt}),
      OutColumn::dates("day", std::vector{first_of_may, Day::max()}),
      OutColumn::instants("at", {its_beginning, Instant::max()}),
      OutColumn::wall_times("wall", {its_midnight, WallTime::max()}),
  });
  ASSERT_EQ(table.rows(), 2U);
  const std::vector<Cell> filled{
      std::string_view("ada"), std::string_view("yes"), 0.25, true, first_of_may, its_beginning, its_midnight};
  for (std::size_t i = 0; i < filled.size(); ++i) {
    EXPECT_EQ(table.cells().columns[i].cell(0), filled[i]) << i;
    EXPECT_EQ(table.cells().columns[i].cell(1), Cell{}) << i;
  }
}

TEST(OutTable, CopiesWhatABuilderMade) {
  TableBuilder builder("report");
  builder.integers("whole", {7, std::nullopt}).reals("real", {std::nullopt, 1.5}).booleans("truth", {true, false});
  builder.texts("text", {std::nullopt, "a"}).dates("day", {first_of_may, std::nullopt}).nulls("nothing", 2);
  builder.times("clock", {TimeOfDay{90}, std::nullopt});
  builder.lists("tags", {std::nullopt, std::vector<std::string>{"a", "", "b,c"}}).lists("none", {{{}}, {{}}});
  const Table given = builder.build();
  const OutTable table = OutTable::of(given);
  EXPECT_EQ(column_names(table.cells()), column_names(given));
  for (std::size_t i = 0; i < given.columns.size(); ++i) {
    for (std::size_t row = 0; row < 2; ++row)
      EXPECT_EQ(table.cells().columns[i].cell(row), given.columns[i].cell(row)) << i << ", " << row;
  }
  EXPECT_EQ(table.cells().find("nothing")->type(), ColumnType::text) << "so that the type stays whoever takes it";
}

TEST(OutTable, MayHaveNoRowsAndNoColumns) {
  EXPECT_EQ(OutTable({}).rows(), 0U);
  EXPECT_EQ(OutTable({OutColumn::reals("a", {})}).rows(), 0U);
}

}  // namespace
}  // namespace courtesy
