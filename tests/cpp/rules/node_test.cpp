#include <courtesy/rules/node.h>

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "rules/rule_text.h"
#include "support/dates.h"

namespace courtesy {
namespace {

using rule_text::list;
using rule_text::node;
using rule_text::table;

TEST(Node, FindsTheKeysOfATable) {
  const Node tree = table({{"b", node(std::int64_t{2})}, {"a", node(std::int64_t{1})}});
  ASSERT_NE(tree.find("a"), nullptr);
  EXPECT_EQ(std::get<std::int64_t>(tree.find("a")->value), 1);
  EXPECT_EQ(tree.find("c"), nullptr);
  EXPECT_EQ(node("a").find("a"), nullptr);
}

TEST(Node, SaysWhatItIs) {
  struct Case {
    Node value;
    const char* type;
    const char* shown;
  };
  const std::vector<Case> cases{
      {Node{}, "nothing", "nothing"},
      {node(true), "a boolean", "true"},
      {node(std::int64_t{-12}), "a whole number", "-12"},
      {node(1.5), "a number", "1.5"},
      {node("gold"), "a text", "'gold'"},
      {node(""), "a text", "an empty text"},
      {node(" \t"), "a text", "a blank text"},
      {node("a\x1b[1mb"), "a text", "'a?[1mb'"},
      {node(dates::day("2026-12-01")), "a date", "2026-12-01"},
      {node(TimeOfDay{570}), "a time of day", "09:30"},
      {node(dates::instant("2026-12-01T09:30Z")), "a date-time with an offset", "2026-12-01T09:30:00Z"},
      {node(dates::wall("2026-12-01T09:30")), "a date-time", "2026-12-01T09:30:00"},
      {list({}), "a list", "an empty list"},
      {list({node("a")}), "a list", "a list"},
      {table({}), "a table", "an empty table"},
      {table({{"a", node("b")}}), "a table", "a table"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(c.value.type_name(), c.type);
    EXPECT_EQ(shown(c.value), c.shown);
  }
}

TEST(Node, HoldsANumberOrNot) {
  EXPECT_EQ(number_in(node(std::int64_t{-12})), -12.0);
  EXPECT_EQ(number_in(node(1.5)), 1.5);
  for (const Node& other : {Node{}, node(true), node("1"), node(std::numeric_limits<double>::infinity()),
                            node(std::numeric_limits<double>::quiet_NaN()), list({node(1.5)})}) {
    EXPECT_EQ(number_in(other), std::nullopt) << shown(other);
  }
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  const std::vector<std::pair<double, const char*>> cases{{0.1, "0.1"},
                                                          {15'000, "15000"},
                                                          {-2.5, "-2.5"},
                                                          {1e300, "1e+300"},
                                                          {std::numeric_limits<double>::infinity(), "inf"},
                                                          {0.30000000000000004, "0.30000000000000004"}};
  for (const auto& [number, text] : cases) EXPECT_EQ(number_text(number), text);
}

}  // namespace
}  // namespace courtesy
