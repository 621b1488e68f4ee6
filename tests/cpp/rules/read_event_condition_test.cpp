// `count` and `spend` within `when`.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;
using Op = Condition::Op;
using Value = Condition::Value;

std::string with(const std::string& when) { return "on = 'purchase'\nwhen = " + when; }

Condition condition(const std::string& when) { return occasion(with(when)).when.value(); }

TEST(ReadEventCondition, SaysItselfInWords) {
  struct Case {
    const char* when;
    const char* text;
  };
  const std::vector<Case> cases{
      {"{ count = { kind = 'service', min = 2 } }", "at least 2 of 'service'"},
      {"{ count = { kind = 'service', over = '2 years', min = 2 } }", "at least 2 of 'service' within 2 years"},
      {"{ count = { kind = 'service', max = 0 } }", "none of 'service'"},
      {"{ count = { kind = 'service', min = 1, max = 5 } }", "at least 1 and at most 5 of 'service'"},
      {"{ count = { kind = 'service', min = 3, max = 3 } }", "exactly 3 of 'service'"},
      {"{ count = { kind = ['a', 'b'], min = 2 } }", "at least 2 of 'a' or 'b'"},
      {"{ count = { kind = ['a', 'b', 'c'], min = 2 } }", "at least 2 of 'a', 'b' or 'c'"},
      {"{ asset = { count = { kind = 'service', min = 2 } } }", "at least 2 of the asset's 'service'"},
      {"{ count = { kind = 'complaint', topic = 'late', max = 0 } }", "none of 'complaint' about 'late'"},
      {"{ count = { kind = 'complaint', topic = ['late', 'rude', 'dirty'], over = '1 year', max = 2 } }",
       "at most 2 of 'complaint' about 'late', 'rude' or 'dirty' within 1 year"},
      {"{ spend = { topic = 'tyres', min = 500, unit = 'EUR' } }",
       "'purchase' adds up to at least 500 EUR about 'tyres'"},
      {"{ spend = { max = 0 } }", "'purchase' adds up to at most 0"},
      {"{ spend = { min = 500 } }", "'purchase' adds up to at least 500"},
      {"{ spend = { over = '365 days', min = 500, unit = 'EUR' } }",
       "'purchase' adds up to at least 500 EUR within 365 days"},
      {"{ spend = { kind = ['purchase', 'fee'], max = 99.5 } }", "'purchase' and 'fee' add up to at most 99.5"},
      {"{ spend = { min = -10, max = 10, unit = 'EUR' } }", "'purchase' adds up to at least -10 and at most 10 EUR"},
      {"{ asset = { spend = { kind = 'repair', min = 500 } } }", "the asset's 'repair' adds up to at least 500"},
      {"{ tier = 'gold', count = { kind = 'service', min = 2 } }", "tier is 'gold' and at least 2 of 'service'"},
      {"{ not = { count = { kind = 'service', min = 2 } } }", "not (at least 2 of 'service')"},
      {"{ any = [{ count = { kind = 'service', min = 2 } }, { spend = { min = 500 } }] }",
       "at least 2 of 'service' or 'purchase' adds up to at least 500"},
      {"{ asset = { kind = 'car', any = [{ count = { kind = 'service', min = 2 } }, { spend = { min = 500 } }] } }",
       "asset's kind is 'car' and (at least 2 of the asset's 'service' or the asset's 'purchase' adds up to at least "
       "500)"},
  };
  for (const Case& c : cases) EXPECT_EQ(condition(c.when).text, c.text) << c.when;
}

TEST(ReadEventCondition, CountsEvents) {
  const Condition count = condition("{ count = { kind = ['a', 'b'], over = '6 months', min = 2, max = 5 } }");
  EXPECT_EQ(count.op, Op::count);
  EXPECT_EQ(count.kinds, (Lines{"a", "b"}));
  EXPECT_EQ(count.over, (Span{.months = 6}));
  EXPECT_EQ(count.min, Value{2.0});
  EXPECT_EQ(count.max, Value{5.0});
  EXPECT_FALSE(count.of_asset);
  EXPECT_EQ(count.where.line, 4);
  EXPECT_EQ(count.where.file, "rules.toml");
  const Condition of_asset = condition("{ asset = { count = { kind = 'a', max = 0 } } }");
  EXPECT_TRUE(of_asset.of_asset);
  EXPECT_EQ(of_asset.kinds, Lines{"a"});
  EXPECT_FALSE(of_asset.over);
  EXPECT_FALSE(of_asset.min);
  EXPECT_EQ(of_asset.max, Value{0.0});
}

TEST(ReadEventCondition, AddsUpValues) {
  const Condition sum = condition("{ spend = { over = '365 days', min = 499.5, unit = 'EUR' } }");
  EXPECT_EQ(sum.op, Op::spend);
  EXPECT_EQ(sum.kinds, Lines{"purchase"});
  EXPECT_EQ(sum.over, (Span{.days = 365}));
  EXPECT_EQ(sum.min, Value{499.5});
  EXPECT_FALSE(sum.max);
  EXPECT_EQ(sum.unit, "EUR");
  EXPECT_EQ(condition("{ spend = { kind = 'repair', max = 100 } }").kinds, Lines{"repair"});
  EXPECT_EQ(condition("{ spend = { max = 100 } }").unit, "");
}

TEST(ReadEventCondition, RefusesWhatIsWrong) {
  const std::string at = "rules.toml:4:";
  const std::string of_count = ": occasion 'a', when, count: ";
  const std::string of_spend = ": occasion 'a', when, spend: ";
  const std::string count_form = "count = { kind = \"service\", over = \"2 years\", min = 2 }";
  const std::string spend_form = "spend = { over = \"365 days\", min = 500 }";
  const std::string whole = "expected a whole number from 0 to 1000000000, found ";
  const std::vector<Complaint> cases{
      {"{ count = 3 }", {at + "18: occasion 'a', when: 'count': expected a table, as in " + count_form + ", found 3"}},
      {"{ spend = [500] }",
       {at + "18: occasion 'a', when: 'spend': expected a table, as in " + spend_form + ", found a list"}},
      {"{ count = {} }",
       {at + "18" + of_count + "'kind' is missing; write " + count_form,
        at + "18" + of_count + "expected 'min', 'max' or both; write " + count_form}},
      {"{ spend = {} }", {at + "18" + of_spend + "expected 'min', 'max' or both; write " + spend_form}},
      {"{ count = { kind = [], min = 1 } }",
       {at + "27" + of_count + "'kind': expected a text or a list of texts, found an empty list"}},
      {"{ count = { kind = 'x', topic = '', min = 1 } }",
       {at + "40" + of_count + "'topic': expected a text, found an empty text"}},
      {"{ count = { kind = 'x', min = 1.5, max = -1 } }",
       {at + "38" + of_count + "'min': " + whole + "1.5", at + "49" + of_count + "'max': " + whole + "-1"}},
      {"{ count = { kind = 'x', min = 5, max = 2 } }",
       {at + "18" + of_count + "min is above max: nothing is at least 5 and at most 2"}},
      {"{ count = { kind = 'x', min = 1, over = '3 hours' } }",
       {at + "48" + of_count + "'over': expected whole days or longer, found '3 hours'"}},
      {"{ count = { kind = 'x', min = 1, over = '0 days' } }",
       {at + "48" + of_count + "'over': expected a span longer than nothing, found '0 days'"}},
      {"{ count = { kind = 'x', min = 1, over = '3 business days' } }",
       {at + "48" + of_count + "'over': expected calendar days or longer, such as '30 days', found '3 business days'"}},
      {"{ count = { kind = 'x', min = 1, over = 30 } }",
       {at + "48" + of_count + "'over': expected a span such as '2 years', found 30"}},
      {"{ count = { kind = 'x', min = 1, within = '1 year' } }",
       {at + "41" + of_count + "unknown key 'within' (its keys are 'kind', 'topic', 'over', 'min' and 'max')"}},
      {"{ count = { kind = 'x', min = 1, unit = 'EUR' } }",
       {at + "41" + of_count + "unknown key 'unit' (its keys are 'kind', 'topic', 'over', 'min' and 'max')"}},
      {"{ count = { kinds = 'x', min = 1 } }",
       {at + "18" + of_count + "'kind' is missing; write " + count_form,
        at + "20" + of_count + "unknown key 'kinds' (did you mean 'kind'?)"}},
      {"{ spend = { min = '500' } }", {at + "26" + of_spend + "'min': expected a number such as 500, found '500'"}},
      {"{ spend = { max = inf } }", {at + "26" + of_spend + "'max': expected a number such as 500, found inf"}},
      {"{ spend = { max = 9007199254740993 } }",
       {at + "26" + of_spend + "'max': expected a number such as 500, found 9007199254740993"}},
      {"{ spend = { min = 2, max = 1.5 } }",
       {at + "18" + of_spend + "min is above max: nothing is at least 2 and at most 1.5"}},
      {"{ spend = { min = 2, unit = '' } }", {at + "36" + of_spend + "'unit': expected a text, found an empty text"}},
      {"{ spend = { min = 2, unti = 'EUR' } }", {at + "29" + of_spend + "unknown key 'unti' (did you mean 'unit'?)"}},
      {"{ asset = { any = [{ count = { min = 2 } }] } }",
       {at + "37: occasion 'a', when, count: 'kind' is missing; write " + count_form}},
  };
  for (const Complaint& c : cases) EXPECT_EQ(complaints(occasion_text(with(c.text))), c.said) << c.text;
}

}  // namespace
}  // namespace courtesy
