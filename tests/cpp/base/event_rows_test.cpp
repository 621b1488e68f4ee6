// Events row by row, and cell by cell: what was not put is empty, and ids are numbers where all are.
#include <courtesy/base/event_rows.h>
#include <courtesy/base/ids.h>

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace courtesy {
namespace {

const Column& column_of(const Table& table, const char* name) { return *table.find(name); }

TEST(EventRows, WhatWasNotPutIsEmpty) {
  EventRows rows;
  rows.begin();
  rows.put(EventColumn::kind, "purchase");
  rows.begin();
  rows.put(EventColumn::note, "a note");
  rows.put_value(2.5);
  rows.begin();
  const Table table = rows.table();
  EXPECT_EQ(table.rows, 3U);
  EXPECT_EQ(column_of(table, "kind").cell(0), Cell(std::string_view("purchase")));
  for (const std::size_t row : {1U, 2U}) EXPECT_EQ(column_of(table, "kind").cell(row), Cell(std::string_view()));
  EXPECT_EQ(column_of(table, "note").cell(1), Cell(std::string_view("a note")));
  EXPECT_EQ(column_of(table, "value").cell(1), Cell(2.5));
  EXPECT_EQ(column_of(table, "value").cell(2), Cell());
  for (const char* const name : {"id", "customer", "asset", "at", "unit", "due", "ref", "channel", "by", "topic"}) {
    EXPECT_EQ(column_of(table, name).type(), ColumnType::null) << name;
    EXPECT_EQ(column_of(table, name).rows(), 3U) << name;
  }
}

TEST(EventRows, GoOnGrowingAfterATableWasMadeOfThem) {
  EventRows rows;
  EventRow row;
  row.customer = "ada";
  row.kind = "purchase";
  for (std::size_t i = 1; i <= 20; ++i) {
    row.note = i % 3 == 0 ? "note" : "";
    rows.add(row);
    const Table table = rows.table();
    ASSERT_EQ(table.rows, i);
    for (std::size_t n = 0; n < i && i >= 3; ++n) {
      EXPECT_EQ(column_of(table, "note").cell(n), Cell(std::string_view((n + 1) % 3 == 0 ? "note" : "")));
    }
  }
}

TEST(EventRows, IdsAreNumbersUntilOneIsNot) {
  struct Case {
    std::vector<const char*> ids;
    ColumnType type;
  };
  for (const Case& each : {Case{{"1", "", "17", "-3"}, ColumnType::integer}, Case{{"", ""}, ColumnType::null},
                           Case{{"1", "", "c2", "3"}, ColumnType::text}, Case{{"c", "2"}, ColumnType::text},
                           Case{{"1", "007"}, ColumnType::text}, Case{{"1", "-0"}, ColumnType::text},
                           Case{{"1", "99999999999999999999"}, ColumnType::text}}) {
    EventRows rows;
    for (const char* const id : each.ids) {
      rows.begin();
      if (const auto number = id_number(id)) {
        rows.put(EventColumn::id, *number);
        rows.put(EventColumn::customer, id);
      } else {
        rows.put(EventColumn::id, id);
        rows.put(EventColumn::customer, id);
      }
    }
    const Table table = rows.table();
    for (const char* const name : {"id", "customer"}) {
      const Column& column = column_of(table, name);
      EXPECT_EQ(column.type(), each.type);
      for (std::size_t row = 0; row < each.ids.size(); ++row) {
        const std::string id = each.ids[row];
        const Cell cell = column.cell(row);
        if (each.type == ColumnType::integer) {
          EXPECT_EQ(cell, id.empty() ? Cell() : Cell(std::int64_t{std::stoll(id)})) << id;
        } else if (each.type == ColumnType::text) {
          EXPECT_EQ(cell, Cell(std::string_view(id)));
        }
      }
    }
  }
}

TEST(IdNumber, IsOneWhereItIsWrittenAsOne) {
  const std::map<std::string, std::optional<std::int64_t>> cases{
      {"0", 0},
      {"7", 7},
      {"-7", -7},
      {"10", 10},
      {"", std::nullopt},
      {"-", std::nullopt},
      {"-0", std::nullopt},
      {"007", std::nullopt},
      {"+7", std::nullopt},
      {" 7", std::nullopt},
      {"7 ", std::nullopt},
      {"7.0", std::nullopt},
      {"1e3", std::nullopt},
      {"-07", std::nullopt},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"9223372036854775808", std::nullopt}};
  for (const auto& [text, number] : cases) EXPECT_EQ(id_number(text), number) << text;
}

}  // namespace
}  // namespace courtesy
