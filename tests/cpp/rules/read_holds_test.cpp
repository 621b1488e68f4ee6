// [policy] holds
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

std::string with(const std::string& holds) {
  return "[policy]\nholds = " + holds + "\n" + occasion_text("on = 'purchase'");
}

std::vector<Hold> holds(const std::string& text) { return rules(with(text))->policy.holds; }

void expect_default(const Hold& hold) {
  EXPECT_EQ(hold.after, (Lines{"complaint", "reopened"}));
  EXPECT_EQ(hold.until, Lines{"resolution"});
  EXPECT_EQ(hold.purposes, (std::vector{Purpose::care, Purpose::offer}));
  EXPECT_EQ(hold.cool_down, (Span{.days = 7}));
}

TEST(ReadHolds, AnOpenComplaintHoldsWhereNothingIsSaid) {
  const auto silent = rules(occasion_text("on = 'purchase'"))->policy.holds;
  ASSERT_EQ(silent.size(), 1U);
  expect_default(silent[0]);
  const auto empty = holds("[{}]");
  ASSERT_EQ(empty.size(), 1U);
  expect_default(empty[0]);
  EXPECT_TRUE(holds("[]").empty());
}

TEST(ReadHolds, TakesEveryKey) {
  const auto two = holds(
      "[{ after = 'claim', until = ['paid', 'refused'], purposes = 'offer', cool_down = '1 month' }, "
      "{ after = ['a', 'b'], cool_down = '0 days' }, { cool_down = '3 business days' }]");
  ASSERT_EQ(two.size(), 3U);
  EXPECT_EQ(two[0].after, Lines{"claim"});
  EXPECT_EQ(two[0].until, (Lines{"paid", "refused"}));
  EXPECT_EQ(two[0].purposes, std::vector{Purpose::offer});
  EXPECT_EQ(two[0].cool_down, (Span{.months = 1}));
  EXPECT_EQ(two[1].after, (Lines{"a", "b"}));
  EXPECT_EQ(two[1].until, Lines{"resolution"});
  EXPECT_TRUE(two[1].cool_down.zero());
  EXPECT_EQ(two[2].cool_down, (Span{.business_days = 3}));
}

TEST(ReadHolds, RefusesWhatIsWrong) {
  const std::string purposes = "'purposes': expected 'service', 'care', 'offer' or 'recovery', found ";
  const std::vector<Complaint> cases{
      {"true", {"9: policy: 'holds': expected a list of tables, found true"}},
      {"{ after = 'x' }", {"9: policy: 'holds': expected a list of tables, found a table"}},
      {"['complaint']",
       {"10: policy: 'holds': expected a table such as { after = \"complaint\", until = \"resolution\" }, found "
        "'complaint'"}},
      {"[{}, { after = [] }]",
       {"24: policy, hold 2: 'after': expected a text or a list of texts, found an empty list"}},
      {"[{ until = 3 }]", {"20: policy, hold 1: 'until': expected a text or a list of texts, found 3"}},
      {"[{ after = ['a', 'a'] }]", {"20: policy, hold 1: 'after': 'a' is in it twice"}},
      {"[{ purposes = [] }]", {"23: policy, hold 1: 'purposes': expected one purpose or more, found an empty list"}},
      {"[{ purposes = 'ofer' }]", {"23: policy, hold 1: " + purposes + "'ofer' (did you mean 'offer'?)"}},
      {"[{ cool_down = '12 hours' }]", {"24: policy, hold 1: 'cool_down': expected whole days, found '12 hours'"}},
      {"[{ cool_down = '4 opening hours' }]",
       {"24: policy, hold 1: 'cool_down': expected whole days, found '4 opening hours'"}},
      {"[{ cool_down = 7 }]", {"24: policy, hold 1: 'cool_down': expected a span such as '3 days', found 7"}},
      {"[{ cooldown = '7 days' }]", {"12: policy, hold 1: unknown key 'cooldown' (did you mean 'cool_down'?)"}},
      {"[{ scope = 'customer' }]",
       {"12: policy, hold 1: unknown key 'scope' (its keys are 'after', 'until', 'purposes' and 'cool_down')"}},
  };
  for (const Complaint& c : cases) {
    Lines said;
    for (const std::string& text : c.said) said.push_back("rules.toml:2:" + text);
    EXPECT_EQ(complaints(with(c.text)), said) << c.text;
  }
}

}  // namespace
}  // namespace courtesy
