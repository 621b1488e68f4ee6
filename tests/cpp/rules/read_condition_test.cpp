// `when`: what is read, the words it is given for reasons, and what is refused.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"
#include "support/dates.h"

namespace courtesy {
namespace {

using namespace rule_text;
using Op = Condition::Op;
using Value = Condition::Value;
using Values = std::vector<Value>;

std::string with(const std::string& when) { return "on = 'purchase'\nwhen = " + when; }

Condition condition(const std::string& when) { return occasion(with(when)).when.value(); }

TEST(ReadCondition, SaysItselfInWords) {
  struct Case {
    const char* when;
    const char* text;
  };
  const std::vector<Case> cases{
      {"{ tier = 'gold' }", "tier is 'gold'"},
      {"{ tier = ['gold', 'silver'] }", "tier is 'gold' or 'silver'"},
      {"{ tier = ['gold', 'silver', 'bronze'] }", "tier is 'gold', 'silver' or 'bronze'"},
      {"{ age = 18 }", "age is 18"},
      {"{ rate = 0.1 }", "rate is 0.1"},
      {"{ fleet = true }", "fleet is true"},
      {"{ since = 2026-12-01 }", "since is 2026-12-01"},
      {"{ age = { min = 18 } }", "age is at least 18"},
      {"{ age = { max = 65 } }", "age is at most 65"},
      {"{ age = { min = 18, max = 65 } }", "age is at least 18 and at most 65"},
      {"{ age = { missing = true } }", "age is missing"},
      {"{ age = { missing = false } }", "age is known"},
      {"{ age = { missing = false, max = 65 } }", "age is at most 65 and is known"},
      {"{ tier = { not = 'gold' } }", "tier is not 'gold'"},
      {"{ tier = { not = ['gold', 'silver'] } }", "tier is not 'gold' or 'silver'"},
      {"{ age = { min = 18, not = 20 } }", "age is at least 18 and age is not 20"},
      {"{ tags = 'vip' }", "tags have 'vip'"},
      {"{ tags = ['vip', 'fleet'] }", "tags have any of 'vip', 'fleet'"},
      {"{ tags = { all = ['vip', 'fleet'] } }", "tags have all of 'vip', 'fleet'"},
      {"{ tags = { none = 'trade' } }", "tags have none of 'trade'"},
      {"{ tags = { any = ['a', 'b'], none = ['c'] } }", "tags have any of 'a', 'b' and tags have none of 'c'"},
      {"{ asset = { fuel = 'diesel' } }", "asset's fuel is 'diesel'"},
      {"{ asset = { fuel = { not = 'diesel' }, km = { min = 5 } } }",
       "asset's fuel is not 'diesel' and asset's km is at least 5"},
      // The keys' own order, not the alphabet's.
      {"{ tier = 'gold', country = 'DE', age = 18 }", "tier is 'gold' and country is 'DE' and age is 18"},
      {"{ any = [{ tier = 'gold' }, { country = 'DE' }] }", "tier is 'gold' or country is 'DE'"},
      {"{ any = [{ tier = 'gold', age = 18 }, { country = 'DE' }] }",
       "(tier is 'gold' and age is 18) or country is 'DE'"},
      {"{ all = [{ tier = 'gold' }, { country = 'DE' }], age = 18 }",
       "tier is 'gold' and country is 'DE' and age is 18"},
      {"{ any = [{ tier = 'gold' }, { country = 'DE' }], age = 18 }",
       "(tier is 'gold' or country is 'DE') and age is 18"},
      {"{ not = { any = [{ tier = 'gold' }, { country = 'DE' }], age = 18 } }",
       "not ((tier is 'gold' or country is 'DE') and age is 18)"},
      {"{ any = [{ tags = ['a', 'b'] }, { tags = { all = ['c', 'd'] } }] }",
       "tags have any of 'a', 'b' or tags have all of 'c', 'd'"},
      {"{ any = [{ tier = 'gold' }] }", "tier is 'gold'"},
      {"{ not = { tier = 'gold' } }", "not (tier is 'gold')"},
      {"{ not = { any = [{ tier = 'gold' }, { tags = 'vip' }] } }", "not (tier is 'gold' or tags have 'vip')"},
  };
  for (const Case& c : cases) EXPECT_EQ(condition(c.when).text, c.text) << c.when;
}

TEST(ReadCondition, TestsAnAttribute) {
  const Condition equal = condition("{ tier = ['gold', 2, true, 2026-12-01] }");
  EXPECT_EQ(equal.op, Op::attribute);
  EXPECT_EQ(equal.name, "tier");
  EXPECT_FALSE(equal.of_asset);
  EXPECT_EQ(equal.any_of, (Values{"gold", 2.0, true, dates::day("2026-12-01")}));
  EXPECT_EQ(equal.where.line, 4);
  EXPECT_EQ(equal.where.file, "rules.toml");

  const Condition between = condition("{ since = { min = '2020-01-01', max = 2026-12-01 } }");
  EXPECT_EQ(between.min, Value{dates::day("2020-01-01")});
  EXPECT_EQ(between.max, Value{dates::day("2026-12-01")});
  EXPECT_TRUE(between.any_of.empty());
  EXPECT_FALSE(between.missing);

  EXPECT_EQ(condition("{ tier = { missing = true } }").missing, true);
  EXPECT_TRUE(condition("{ asset = { fuel = 'diesel' } }").of_asset);
  // An asset has no tags; what is called so there is an attribute.
  EXPECT_EQ(condition("{ asset = { tags = 'vip' } }").op, Op::attribute);

  const Condition unlike = condition("{ tier = { not = 'gold' } }");
  EXPECT_EQ(unlike.op, Op::none);
  ASSERT_EQ(unlike.parts.size(), 1U);
  EXPECT_EQ(unlike.parts[0].any_of, Values{"gold"});
}

TEST(ReadCondition, TestsTags) {
  const std::vector<std::pair<const char*, Op>> cases{{"{ tags = ['a', 'b'] }", Op::any},
                                                      {"{ tags = { any = ['a', 'b'] } }", Op::any},
                                                      {"{ tags = { all = ['a', 'b'] } }", Op::all},
                                                      {"{ tags = { none = ['a', 'b'] } }", Op::none}};
  for (const auto& [when, op] : cases) {
    const Condition tags = condition(when);
    EXPECT_EQ(tags.op, op) << when;
    ASSERT_EQ(tags.parts.size(), 2U) << when;
    EXPECT_EQ(tags.parts[0].op, Op::tag);
    EXPECT_EQ(tags.parts[0].name, "a");
    EXPECT_EQ(tags.parts[1].name, "b");
  }
}

TEST(ReadCondition, TakesSeveralKeysAsAllOfThem) {
  const Condition all = condition("{ tier = 'gold', any = [{ age = 18 }, { age = 21 }], not = { country = 'DE' } }");
  EXPECT_EQ(all.op, Op::all);
  ASSERT_EQ(all.parts.size(), 3U);
  EXPECT_EQ(all.parts[0].op, Op::attribute);
  EXPECT_EQ(all.parts[1].op, Op::any);
  EXPECT_EQ(all.parts[2].op, Op::none);
}

TEST(ReadCondition, RefusesWhatIsNoTest) {
  const std::string value = "expected a text, a number up to 2^53, true, false or a date";
  const std::string table = "expected a table such as { tier = \"gold\" }";
  const std::string at = "rules.toml:4:";
  const std::vector<Complaint> cases{
      {"'gold'", {at + "8: occasion 'a', when: 'when': " + table + ", found 'gold'"}},
      {"{}", {at + "8: occasion 'a', when: 'when': " + table + ", found an empty table"}},
      {"{ tier = [] }", {at + "17: occasion 'a', when: 'tier': expected one value or more, found an empty list"}},
      {"{ tier = '' }",
       {at + "17: occasion 'a', when: 'tier': " + value +
        " (for an empty cell write { missing = true }), found an empty text"}},
      {"{ tier = ['gold', ['silver']] }", {at + "26: occasion 'a', when: 'tier': " + value + ", found a list"}},
      {"{ age = nan }", {at + "16: occasion 'a', when: 'age': " + value + ", found nan"}},
      {"{ age = inf }", {at + "16: occasion 'a', when: 'age': " + value + ", found inf"}},
      {"{ age = 9007199254740993 }", {at + "16: occasion 'a', when: 'age': " + value + ", found 9007199254740993"}},
      {"{ at = 10:00:00 }", {at + "15: occasion 'a', when: 'at': " + value + ", found 10:00"}},
      {"{ age = {} }",
       {at + "16: occasion 'a', when: 'age': expected a value, a list of values, or a table with min, max, not or "
             "missing, found an empty table"}},
      {"{ age = { mim = 18 } }", {at + "18: occasion 'a', when, age: unknown key 'mim' (did you mean 'min'?)"}},
      {"{ age = { min = 'old' } }",
       {at + "24: occasion 'a', when: 'age': min: expected a number or a date, found 'old'"}},
      {"{ age = { max = true } }",
       {at + "24: occasion 'a', when: 'age': max: expected a number or a date, found true"}},
      {"{ age = { missing = 'yes' } }",
       {at + "28: occasion 'a', when, age: 'missing': expected true or false, found 'yes'"}},
      {"{ age = { min = 65, max = 18 } }",
       {at + "16: occasion 'a', when: 'age': min is above max: nothing is at least 65 and at most 18"}},
      {"{ age = { min = 18, max = 2026-12-01 } }",
       {at + "16: occasion 'a', when: 'age': expected two numbers or two dates, found min = 18 and max = 2026-12-01"}},
      {"{ age = { missing = true, min = 18 } }",
       {at + "16: occasion 'a', when: 'age': a missing value has no min or max"}},
      {"{ tags = {} }",
       {at + "17: occasion 'a', when: 'tags': expected a table with any, all or none, found an empty table"}},
      {"{ tags = { non = ['a'] } }", {at + "19: occasion 'a', when, tags: unknown key 'non' (did you mean 'none'?)"}},
      {"{ tags = 3 }", {at + "17: occasion 'a', when: 'tags': expected a text or a list of texts, found 3"}},
      {"{ tags = ['a', ''] }", {at + "23: occasion 'a', when: 'tags': expected a text, found an empty text"}},
      {"{ tags = ['a', 'a'] }", {at + "17: occasion 'a', when: 'tags': 'a' is in it twice"}},
      {"{ asset = 'car' }", {at + "18: occasion 'a', when: 'asset': " + table + ", found 'car'"}},
      {"{ not = ['gold'] }", {at + "16: occasion 'a', when: 'not': " + table + ", found a list"}},
      {"{ any = { tier = 'gold' } }",
       {at + "16: occasion 'a', when: 'any': expected a list of tables such as [{ tier = \"gold\" }, { country = "
             "\"DE\" }], found a table"}},
      {"{ any = [{ tier = 'gold' }, 'silver'] }",
       {at + "36: occasion 'a', when: 'any': " + table + ", found 'silver'"}},
  };
  for (const Complaint& c : cases) EXPECT_EQ(complaints(occasion_text(with(c.text))), c.said) << c.text;
}

TEST(ReadCondition, StopsAtADepthThatNobodyMeans) {
  const auto nested = [](int depth) {
    std::string when;
    for (int i = 0; i < depth; ++i) when += "{ not = ";
    when += "{ tier = 'gold' }";
    return when + std::string(static_cast<std::size_t>(depth), '}');
  };
  EXPECT_EQ(complaints(occasion_text(with(nested(32)))), Lines{});
  const Lines said = complaints(occasion_text(with(nested(33))));
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("nested more than 32 deep"), std::string::npos);
}

}  // namespace
}  // namespace courtesy
