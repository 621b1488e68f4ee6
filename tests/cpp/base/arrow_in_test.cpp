#include <courtesy/base/arrow_in.h>

#include <gtest/gtest.h>

#include "arrow_fixture.h"

namespace courtesy {
namespace {

using fixture::Array;
using fixture::bytes;
using fixture::chars;
using fixture::Stream;

// The cells of one column as text, "∅" for an empty one.
std::string shown(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> std::string {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return "∅";
        } else if constexpr (std::is_same_v<T, bool>) {
          return value ? "true" : "false";
        } else if constexpr (std::is_arithmetic_v<T>) {
          std::string text = std::to_string(value);
          return text.find('.') == std::string::npos ? text : text.substr(0, text.find('.') + 3);
        } else if constexpr (std::is_same_v<T, std::string_view>) {
          return std::string(value);
        } else if constexpr (std::is_same_v<T, TimeOfDay>) {
          return clock_text(value);
        } else if constexpr (std::is_same_v<T, std::vector<std::string_view>>) {
          std::string out = "[";
          for (const std::string_view item : value) out.append(item).append(" ");
          return out + "]";
        } else {
          return iso_text(value);
        }
      },
      cell);
}

std::vector<std::string> cells(const Column& column) {
  std::vector<std::string> out;
  for (std::size_t row = 0; row < column.rows(); ++row) out.push_back(shown(column.cell(row)));
  return out;
}

struct TypeCase {
  const char* what;
  Array array;
  ColumnType type;
  std::vector<std::string> expected;
};

class ArrowTypes : public testing::TestWithParam<TypeCase> {};

TEST_P(ArrowTypes, AreReadCellByCell) {
  Stream stream({{GetParam().array}});
  const Table table = table_from_stream(stream.get(), "customers");
  ASSERT_EQ(table.columns.size(), 1U);
  EXPECT_EQ(table.columns[0].type(), GetParam().type) << GetParam().what;
  EXPECT_EQ(cells(table.columns[0]), GetParam().expected) << GetParam().what;
}

// Validity 0b10 with an offset of one: of the two visible cells the first is filled.
INSTANTIATE_TEST_SUITE_P(
    Formats, ArrowTypes,
    testing::Values(
        TypeCase{"int64 sliced, with nulls",
                 {"x", "l", 2, {bytes<std::uint8_t>({0b010}), bytes<std::int64_t>({1, 2, 3})}, 1},
                 ColumnType::integer,
                 {"2", "∅"}},
        TypeCase{"a null count of zero without a bitmap",
                 {"x", "i", 2, {{}, bytes<std::int32_t>({-5, 7})}, 0, 0},
                 ColumnType::integer,
                 {"-5", "7"}},
        TypeCase{"uint8", {"x", "C", 1, {{}, bytes<std::uint8_t>({255})}}, ColumnType::integer, {"255"}},
        TypeCase{"booleans are bits",
                 {"x", "b", 3, {{}, bytes<std::uint8_t>({0b0101})}, 1},
                 ColumnType::boolean,
                 {"false", "true", "false"}},
        TypeCase{"float64", {"x", "g", 1, {{}, bytes<double>({2.5})}}, ColumnType::real, {"2.50"}},
        TypeCase{"decimal128 of scale 2",
                 {"x", "d:19,2", 2, {{}, bytes<std::int64_t>({1250, 0, -1250, -1})}},
                 ColumnType::real,
                 {"12.50", "-12.50"}},
        TypeCase{"text sliced",
                 {"x", "u", 2, {{}, bytes<std::int32_t>({0, 1, 3, 3}), chars("abc")}, 1},
                 ColumnType::text,
                 {"bc", ""}},
        TypeCase{"large text",
                 {"x", "U", 2, {{}, bytes<std::int64_t>({0, 1, 3}), chars("abc")}},
                 ColumnType::text,
                 {"a", "bc"}},
        TypeCase{"dictionary with an empty value and an empty index",
                 {"x",
                  "c",
                  3,
                  {bytes<std::uint8_t>({0b011}), bytes<std::int8_t>({1, 0, 0})},
                  0,
                  -1,
                  {},
                  {Array{"", "u", 2, {bytes<std::uint8_t>({0b10}), bytes<std::int32_t>({0, 0, 1}), chars("a")}}}},
                 ColumnType::text,
                 {"a", "∅", "∅"}},
        TypeCase{"dates in days", {"x", "tdD", 1, {{}, bytes<std::int32_t>({-1})}}, ColumnType::date, {"1969-12-31"}},
        TypeCase{"dates in milliseconds",
                 {"x", "tdm", 1, {{}, bytes<std::int64_t>({86'400'000})}},
                 ColumnType::date,
                 {"1970-01-02"}},
        TypeCase{"seconds with a zone",
                 {"x", "tss:UTC", 1, {{}, bytes<std::int64_t>({-1})}},
                 ColumnType::instant,
                 {"1969-12-31T23:59:59Z"}},
        TypeCase{"nanoseconds before 1970 are rounded to the past",
                 {"x", "tsn:UTC", 1, {{}, bytes<std::int64_t>({-1})}},
                 ColumnType::instant,
                 {"1969-12-31T23:59:59.999999Z"}},
        TypeCase{"milliseconds without a zone",
                 {"x", "tsm:", 1, {{}, bytes<std::int64_t>({60'000})}},
                 ColumnType::wall_time,
                 {"1970-01-01T00:01:00"}},
        TypeCase{
            "times of day", {"x", "tts", 1, {{}, bytes<std::int32_t>({79'200})}}, ColumnType::time_of_day, {"22:00"}},
        TypeCase{"lists of texts",
                 {"x",
                  "+l",
                  2,
                  {{}, bytes<std::int32_t>({0, 2, 2})},
                  0,
                  -1,
                  {Array{"item", "u", 2, {{}, bytes<std::int32_t>({0, 1, 2}), chars("ab")}}}},
                 ColumnType::text_list,
                 {"[a b ]", "[]"}},
        TypeCase{"nulls", {"x", "n", 2, {}}, ColumnType::null, {"∅", "∅"}}));

TEST(ArrowTextViews, AreInlineUpToTwelveBytesAndElseInABuffer) {
  std::vector<std::uint8_t> views(32);
  const std::string small = "short";
  const std::string large = "a text that is longer than twelve";
  const auto put = [&](std::size_t at, std::int32_t value) { std::memcpy(views.data() + at, &value, sizeof value); };
  put(0, static_cast<std::int32_t>(small.size()));
  std::memcpy(views.data() + 4, small.data(), small.size());
  put(16, static_cast<std::int32_t>(large.size()));
  std::memcpy(views.data() + 20, large.data(), 4);
  put(24, 0);
  put(28, 3);
  Stream stream({{Array{"x", "vu", 2, {{}, views, chars("xyz" + large), bytes<std::int64_t>({0})}}}});
  const Table table = table_from_stream(stream.get(), "customers");
  EXPECT_EQ(cells(table.columns[0]), (std::vector<std::string>{small, large}));
}

TEST(ArrowStream, OfSeveralChunksIsOneColumn) {
  const auto chunk = [](std::int64_t a) { return std::vector<Array>{{"x", "l", 1, {{}, bytes<std::int64_t>({a})}}}; };
  Stream stream({chunk(1), chunk(2), chunk(3)});
  const Table table = table_from_stream(stream.get(), "customers");
  EXPECT_EQ(table.rows, 3U);
  EXPECT_EQ(cells(table.columns[0]), (std::vector<std::string>{"1", "2", "3"}));
}

TEST(ArrowStream, LivesAsLongAsItsColumnsAndNoLonger) {
  Stream stream({{Array{"x", "l", 1, {{}, bytes<std::int64_t>({4})}}}});
  {
    const Table table = table_from_stream(stream.get(), "customers");
    EXPECT_TRUE(stream.released());
    EXPECT_GT(stream.alive(), 0);
  }
  EXPECT_EQ(stream.alive(), 0);
}

struct BadCase {
  const char* what;
  std::vector<Array> columns;
  const char* message;
};

class BadArrow : public testing::TestWithParam<BadCase> {};

TEST_P(BadArrow, IsAnErrorThatNamesTableAndColumn) {
  Stream stream({GetParam().columns});
  try {
    (void)table_from_stream(stream.get(), "events");
    FAIL() << GetParam().what;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_NE(std::string(error.what()).find(GetParam().message), std::string::npos) << error.what();
  }
  EXPECT_TRUE(stream.released());
  EXPECT_EQ(stream.alive(), 0);
}

INSTANTIATE_TEST_SUITE_P(Inputs, BadArrow,
                         testing::Values(BadCase{"binary",
                                                 {{"x", "z", 0, {{}, {}, {}}}},
                                                 "events, column 'x': cannot take the Arrow type 'z' (binary)"},
                                         BadCase{"a struct", {{"x", "+s", 0, {{}}}}, "column 'x'"},
                                         BadCase{"a duration", {{"x", "tDs", 0, {{}, {}}}}, "a duration"},
                                         BadCase{"two columns of one name",
                                                 {{"x", "l", 0, {{}, {}}}, {"x", "l", 0, {{}, {}}}},
                                                 "two columns called 'x'"},
                                         BadCase{"an unsigned number that is too large",
                                                 {{"x", "L", 2, {{}, bytes<std::uint64_t>({1, ~0ULL})}}},
                                                 "events, row 1, column 'x'"},
                                         BadCase{"a timestamp past the end of time",
                                                 {{"x", "tss:UTC", 1, {{}, bytes<std::int64_t>({INT64_MAX})}}},
                                                 "row 0, column 'x'"},
                                         BadCase{"an index outside the dictionary",
                                                 {{"x",
                                                   "c",
                                                   1,
                                                   {{}, bytes<std::int8_t>({3})},
                                                   0,
                                                   -1,
                                                   {},
                                                   {Array{"", "u", 1, {{}, bytes<std::int32_t>({0, 1}), chars("a")}}}}},
                                                 "no entry 3"}));

TEST(ArrowStream, ThatFailsPassesItsMessageOn) {
  Stream bad_schema(std::vector<std::vector<Array>>(1));
  bad_schema.fail_schema();
  Stream bad_batch({{Array{"x", "l", 1, {{}, bytes<std::int64_t>({4})}}}});
  bad_batch.fail_at(0);
  for (Stream* stream : {&bad_schema, &bad_batch}) {
    try {
      (void)table_from_stream(stream->get(), "events");
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()), "events: the table could not be read: the database went away");
    }
  }
}

}  // namespace
}  // namespace courtesy
