// [policy] caps, merge and capacity
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

const std::string some_occasion = occasion_text("on = 'purchase'");

Policy policy(const std::string& keys) { return rules("[policy]\n" + keys + "\n" + some_occasion)->policy; }

TEST(ReadCaps, TakesEveryKey) {
  const auto caps = policy(
                        "caps = [{ purposes = ['care', 'offer'], most = 2, per = '7 days' }, "
                        "{ purposes = 'offer', most = 1, per = '1 month 3 days', scope = 'household' }, "
                        "{ purposes = 'care', most = 9, per = '1 year', scope = 'address' }]")
                        .caps;
  ASSERT_EQ(caps.size(), 3U);
  EXPECT_EQ(caps[0].purposes, (std::vector{Purpose::care, Purpose::offer}));
  EXPECT_EQ(caps[0].most, 2);
  EXPECT_EQ(caps[0].per, (Span{.days = 7}));
  EXPECT_EQ(caps[0].scope, Cap::Scope::customer);
  EXPECT_EQ(caps[1].purposes, std::vector{Purpose::offer});
  EXPECT_EQ(caps[1].per, (Span{.months = 1, .days = 3}));
  EXPECT_EQ(caps[1].scope, Cap::Scope::household);
  EXPECT_EQ(caps[2].scope, Cap::Scope::address);
  EXPECT_TRUE(policy("caps = []").caps.empty());
}

TEST(ReadMerge, TakesAllOrSomeChannels) {
  EXPECT_TRUE(policy("merge = true").merge.all);
  EXPECT_FALSE(policy("merge = false").merge.all);
  EXPECT_TRUE(policy("merge = true").merge.channels.empty());
  const Merge some = policy("merge = ['E-Mail', 'letter']").merge;
  EXPECT_FALSE(some.all);
  EXPECT_EQ(some.channels, (Lines{"email", "letter"}));
  EXPECT_EQ(policy("merge = 'SMS'").merge.channels, Lines{"sms"});
}

TEST(ReadCapacity, TakesEveryKey) {
  const auto capacity =
      policy("capacity = [{ channels = 'Call', most = 0 }, { channels = ['call', 'visit'], most = 1000000 }]").capacity;
  ASSERT_EQ(capacity.size(), 2U);
  EXPECT_EQ(capacity[0].channels, Lines{"call"});
  EXPECT_EQ(capacity[0].most, 0);
  EXPECT_EQ(capacity[0].team, "");
  EXPECT_EQ(capacity[1].channels, (Lines{"call", "visit"}));
  EXPECT_EQ(capacity[1].most, 1'000'000);
  EXPECT_EQ(policy("capacity = [{ channels = 'call', team = 'front desk', most = 20 }]").capacity.at(0).team,
            "front desk");
  EXPECT_TRUE(policy("capacity = []").capacity.empty());
}

TEST(ReadCaps, AreSixtyFourAtTheMost) {
  const auto policy_with = [](std::size_t count) {
    std::string text = "caps = [";
    for (std::size_t i = 0; i < count; ++i) text += "{ purposes = 'care', most = 1, per = '7 days' },";
    return text + "]";
  };
  EXPECT_EQ(policy(policy_with(64)).caps.size(), 64U);
  EXPECT_EQ(complaints("[policy]\n" + policy_with(65) + "\n" + some_occasion),
            Lines{"rules.toml:2:8: policy: 'caps': expected at most 64, found 65"});
}

TEST(ReadLimits, RefusesWhatIsWrong) {
  const std::string cap = "a cap is written { purposes = [\"care\", \"offer\"], most = 2, per = \"7 days\" }";
  const std::string merge = "'merge': expected true, false or channels such as [\"email\", \"letter\"], found ";
  const std::string form = "{ channels = [\"call\"], team = \"front desk\", most = 20 }";
  const std::vector<Complaint> cases{
      {"caps = { most = 1 }", {"8: policy: 'caps': expected a list of tables, found a table"}},
      {"caps = [3]",
       {"9: policy: 'caps': expected a table such as { purposes = [\"care\", \"offer\"], most = 2, per = \"7 days\" }, "
        "found 3"}},
      {"caps = [{}]",
       {"9: policy, cap 1: 'purposes' is missing; " + cap, "9: policy, cap 1: 'most' is missing; " + cap,
        "9: policy, cap 1: 'per' is missing; " + cap}},
      {"caps = [{ purposes = ['car'], most = 0, per = '0 days' }]",
       {"23: policy, cap 1: 'purposes': expected 'service', 'care', 'offer' or 'recovery', found 'car' (did you mean "
        "'care'?)",
        "38: policy, cap 1: 'most': expected a whole number from 1 to 1000000, found 0",
        "47: policy, cap 1: 'per': expected one day or more, in whole days, found '0 days'"}},
      {"caps = [{ purposes = [], most = 1, per = '2 hours' }]",
       {"22: policy, cap 1: 'purposes': expected one purpose or more, found an empty list",
        "42: policy, cap 1: 'per': expected one day or more, in whole days, found '2 hours'"}},
      {"caps = [{ purposes = 'care', most = 1, per = '3 business days' }]",
       {"46: policy, cap 1: 'per': expected calendar days, such as '7 days', found '3 business days'"}},
      {"caps = [{ purposes = 'care', most = 1, per = '7 days', scope = 'house' }]",
       {"64: policy, cap 1: 'scope': expected 'customer', 'household' or 'address', found 'house' (did you mean "
        "'household'?)"}},
      {"caps = [{ purposes = 'care', most = 1, per = '7 days', team = 'x' }]",
       {"56: policy, cap 1: unknown key 'team' (its keys are 'purposes', 'most', 'per' and 'scope')"}},
      {"merge = 1", {"9: policy: " + merge + "1"}},
      {"merge = []", {"9: policy: " + merge + "an empty list"}},
      {"merge = { channels = ['email'] }", {"9: policy: " + merge + "a table"}},
      {"merge = ''", {"9: policy: 'merge': expected a text, found an empty text"}},
      {"merge = ['email', true]", {"19: policy: 'merge': expected a text, found true"}},
      {"merge = ['email', 'email']", {"9: policy: 'merge': 'email' is in it twice"}},
      {"capacity = 20", {"12: policy: 'capacity': expected a list of tables, found 20"}},
      {"capacity = ['call']", {"13: policy: 'capacity': expected a table such as " + form + ", found 'call'"}},
      {"capacity = [{}]",
       {"13: policy, capacity 1: 'channels' is missing; a capacity is written " + form,
        "13: policy, capacity 1: 'most' is missing; a capacity is written " + form}},
      {"capacity = [{ channels = [], most = -1 }]",
       {"26: policy, capacity 1: 'channels': expected a text or a list of texts, found an empty list",
        "37: policy, capacity 1: 'most': expected a whole number from 0 to 1000000, found -1"}},
      {"capacity = [{ channels = 'call', most = 1.5, team = '' }]",
       {"41: policy, capacity 1: 'most': expected a whole number from 0 to 1000000, found 1.5",
        "53: policy, capacity 1: 'team': expected a text, found an empty text"}},
      {"capacity = [{ channel = 'call', most = 1 }]",
       {"13: policy, capacity 1: 'channels' is missing; a capacity is written " + form,
        "15: policy, capacity 1: unknown key 'channel' (did you mean 'channels'?)"}},
  };
  for (const Complaint& c : cases) {
    Lines said;
    for (const std::string& text : c.said) said.push_back("rules.toml:2:" + text);
    EXPECT_EQ(complaints("[policy]\n" + c.text + "\n" + some_occasion), said) << c.text;
  }
}

}  // namespace
}  // namespace courtesy
