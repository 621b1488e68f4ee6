// A whole tree: its top-level keys, names, warnings, and all problems at once.
#include <courtesy/rules/rules.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rules/rule_text.h"
#include "support/dates.h"

namespace courtesy {
namespace {

using namespace rule_text;

Lines complaints_of_tree(const Node& tree) {
  return complaints_of([&] { (void)read_rules(tree); });
}

TEST(Rules, TakesTheTablesInAnyOrder) {
  const std::vector<std::string> parts{"[shop]\nzone = 'Europe/London'\n", "[policy]\nat = '10:00'\n",
                                       occasion_text("on = 'purchase'", "a"),
                                       occasion_text("yearly = 'birthday'", "b")};
  std::vector<std::size_t> order{0, 1, 2, 3};
  do {
    std::string text;
    for (const std::size_t part : order) text += parts[part];
    const auto made = rules(text);
    EXPECT_EQ(made->shop.zone, "Europe/London");
    EXPECT_EQ(made->policy.at, std::chrono::hours{10});
    ASSERT_EQ(made->occasions.size(), 2U);
    const bool a_first = text.find("\"a\"") < text.find("\"b\"");
    EXPECT_EQ(made->occasions[0].name, a_first ? "a" : "b");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Rules, TellsEveryProblemInTheOrderOfTheFile) {
  EXPECT_EQ(complaints("[[occasions]]\nname = 'x'\n\n[policy]\nat = 'noon'\n\n[shop]\nzone = 3\n\n[[occasion]]\n"
                       "name = 'birthday'\nyerly = 'birthday'\nat = '26:00'\n"),
            (Lines{"rules.toml:1:3: unknown key 'occasions' (did you mean 'occasion'?)",
                   "rules.toml:5:6: policy: 'at': expected a time of day such as \"09:00\", found 'noon'",
                   "rules.toml:8:8: shop: 'zone': expected a text, found 3",
                   "rules.toml:12:1: occasion 'birthday': unknown key 'yerly' (did you mean 'yearly'?)",
                   "rules.toml:13:6: occasion 'birthday': 'at': expected a time of day such as \"09:00\", or \"best\", "
                   "found '26:00'"}));
}

TEST(Rules, TellsAHundredProblemsAndCountsTheRest) {
  const auto broken = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += occasion_text("on = 3", std::to_string(i));
    return text;
  };
  EXPECT_EQ(complaints(broken(100)).size(), 100U);
  const Lines said = complaints(broken(1'234));
  ASSERT_EQ(said.size(), 101U);
  EXPECT_EQ(said[0], "rules.toml:3:6: occasion '0': 'on': expected a text or a list of texts, found 3");
  EXPECT_EQ(said[99], "rules.toml:300:6: occasion '99': 'on': expected a text or a list of texts, found 3");
  EXPECT_EQ(said[100], "… and 1134 more");
}

TEST(Rules, RefusesTheSameNameTwice) {
  EXPECT_EQ(
      complaints(occasion_text("on = 'x'", "a") + occasion_text("on = 'y'", "b") + occasion_text("on = 'z'", "a")),
      Lines{"rules.toml:8:8: occasion 'a': the occasion of line 1 has that name already; names must differ"});
  // Also where the first one has other faults.
  EXPECT_EQ(complaints(occasion_text("", "a") + occasion_text("on = 'z'", "a")).size(), 2U);
}

TEST(Rules, RefusesOtherShapes) {
  expect_complaints({
      {"[occasion]\nname = 'a'",
       {"rules.toml:1:1: 'occasion': expected a list of tables (write [[occasion]], in two brackets, before each), "
        "found a table"}},
      {"occasion = [1]", {"rules.toml:1:13: 'occasion': expected a table for each, found 1"}},
      {"polcy = 1", {"rules.toml:1:1: unknown key 'polcy' (did you mean 'policy'?)"}},
      {"[customers]", {"rules.toml:1:2: unknown key 'customers' (its keys are 'shop', 'policy' and 'occasion')"}},
  });
  EXPECT_EQ(complaints_of_tree(node("x")), Lines{"expected a table of rules, found 'x'"});
  EXPECT_EQ(complaints_of_tree(Node{}), Lines{"expected a table of rules, found nothing"});
}

// --- trees of objects, which have no lines

Node thanks() {
  return table({{"name", node("thanks")},
                {"on", node("purchase")},
                {"after", node("1 day")},
                {"at", node(TimeOfDay{600})},
                {"not_before", node(dates::day("2026-12-01"))}});
}

TEST(Rules, ReadsTreesOfObjects) {
  const auto made =
      read_rules(table({{"occasion", list({thanks()})}, {"shop", table({{"zone", node("Asia/Tokyo")}})}}));
  ASSERT_EQ(made->occasions.size(), 1U);
  EXPECT_EQ(made->occasions[0].name, "thanks");
  EXPECT_EQ(made->occasions[0].steps.at(0).at, TimeOfDay{600});
  EXPECT_EQ(made->occasions[0].not_before, dates::day("2026-12-01"));
  EXPECT_EQ(made->occasions[0].where, Where{});
  EXPECT_EQ(made->shop.zone, "Asia/Tokyo");
}

TEST(Rules, NamesThePlaceInATreeByItsPath) {
  const Node tree = table(
      {{"occasion", list({thanks(),
                          table({{"name", node("birthday")},
                                 {"yearly", node("birthday")},
                                 {"steps", list({table({{"before", node(std::int64_t{3})}})})}}),
                          table({{"on", node("purchase")}}), thanks(), table({{"name", node("x")}, {"on", Node{}}}),
                          table({{"name", node("y")}, {"on", node("x")}, {"at", node(TimeOfDay{1'440})}})})},
       {"policy", table({{"quiet_hours", table({{"from", node(0.5)}, {"to", node("08:00")}})}})}});
  EXPECT_EQ(complaints_of_tree(tree),
            (Lines{"policy, quiet_hours: 'from': expected a time of day such as \"09:00\", found 0.5",
                   "occasion 2 ('birthday'), step 1: 'before': expected a span such as '3 days', found 3",
                   "occasion 3: it has no name: write name = \"…\"",
                   "occasion 4 ('thanks'): occasion 1 has that name already; names must differ",
                   "occasion 5 ('x'): 'on': expected a text or a list of texts, found nothing",
                   "occasion 6 ('y'): 'at': expected a time of day such as \"09:00\", or \"best\", found 24:00"}));
}

}  // namespace
}  // namespace courtesy
