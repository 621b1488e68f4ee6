// gestures and novelty of a step; [policy] compensation and budgets
#include <gtest/gtest.h>

#include <string>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

const std::string gesture_form = "{ name = \"card\", cost = 1.5 }";
const std::string a = ": occasion 'a': ";

TEST(ReadGestures, TakesEveryKey) {
  const Giving giving = occasion(
                            "on = 'purchase'\nnovelty = '6 months'\ngestures = [{ name = 'card' }, "
                            "{ name = 'wine', cost = 12, message = 'cheers', when = { tier = 'gold' } }]")
                            .steps.at(0)
                            .giving;
  EXPECT_FALSE(giving.compensates);
  EXPECT_EQ(giving.novelty, (Span{.months = 6}));
  ASSERT_EQ(giving.gestures.size(), 2U);
  EXPECT_EQ(giving.gestures[0].name, "card");
  EXPECT_EQ(giving.gestures[0].cost, 0);
  EXPECT_EQ(giving.gestures[0].message, "");
  EXPECT_FALSE(giving.gestures[0].when);
  EXPECT_EQ(giving.gestures[1].cost, 12);
  EXPECT_EQ(giving.gestures[1].message, "cheers");
  EXPECT_EQ(giving.gestures[1].when->text, "tier is 'gold'");
}

TEST(ReadGestures, AreNoneUnlessTheyAreNamed) {
  const Giving giving = occasion("on = 'purchase'").steps.at(0).giving;
  EXPECT_FALSE(giving.any());
  EXPECT_EQ(giving.novelty, (Span{.months = 24}));
}

TEST(ReadGestures, AStepsOwnGoFirst) {
  const auto steps = rules("[policy]\ncompensation = [{ name = 'voucher' }]\n" +
                           occasion_text("on = 'purchase'\ngestures = [{ name = 'card' }]\n"
                                         "steps = [{}, { gestures = [{ name = 'wine' }] }, "
                                         "{ gestures = 'compensation' }]"))
                         ->occasions.at(0)
                         .steps;
  EXPECT_EQ(steps.at(0).giving.gestures.at(0).name, "card");
  EXPECT_EQ(steps.at(1).giving.gestures.at(0).name, "wine");
  EXPECT_TRUE(steps.at(2).giving.compensates);
  EXPECT_TRUE(steps.at(2).giving.gestures.empty());
}

TEST(ReadGestures, ComplainsOfWhatIsNoGesture) {
  const std::string list = "'gestures': expected a list of tables such as " + gesture_form + ", or \"compensation\"";
  expect_occasion_complaints({
      {"on = 'x'\ngestures = []", {"rules.toml:4:12" + a + list + ", found an empty list"}},
      {"on = 'x'\ngestures = 'card'", {"rules.toml:4:12" + a + list + ", found 'card'"}},
      {"on = 'x'\ngestures = 'compensaton'",
       {"rules.toml:4:12" + a + list + ", found 'compensaton' (did you mean 'compensation'?)"}},
      {"on = 'x'\ngestures = ['card']",
       {"rules.toml:4:13" + a + "'gestures': expected a table such as " + gesture_form + ", found 'card'"}},
      {"on = 'x'\ngestures = [{ cost = 1 }]",
       {"rules.toml:4:13" + a.substr(0, a.size() - 2) + ", gesture 1: 'name' is missing; a gesture is written " +
        gesture_form}},
      {"on = 'x'\ngestures = [{ name = 'card', cots = 1 }]",
       {"rules.toml:4:30" + a.substr(0, a.size() - 2) + ", gesture 1: unknown key 'cots' (did you mean 'cost'?)"}},
      {"on = 'x'\ngestures = [{ name = 'card', cost = -1 }]",
       {"rules.toml:4:37" + a.substr(0, a.size() - 2) +
        ", gesture 1: 'cost': expected an amount such as 1.5, never negative, found -1"}},
      {"on = 'x'\ngestures = [{ name = 'card', topic = 'late' }]",
       {"rules.toml:4:30" + a.substr(0, a.size() - 2) +
        ", gesture 1: 'topic' goes with the gestures of the policy's 'compensation'"}},
      {"on = 'x'\ngestures = [{ name = 'card' }, { name = 'card' }]",
       {"rules.toml:4:41" + a.substr(0, a.size() - 2) +
        ", gesture 2: another gesture of the list has the name 'card'; names must differ"}},
      {"on = 'x'\ngestures = [{ name = 'card' }]\nnovelty = '3 hours'",
       {"rules.toml:5:11" + a + "'novelty': expected whole days or longer, found '3 hours'"}},
      {"on = 'x'\ngestures = [{ name = 'card' }]\nnovelty = '3 business days'",
       {"rules.toml:5:11" + a +
        "'novelty': expected calendar days or longer, such as '2 years', found '3 business days'"}},
      {"rrule = 'FREQ=MONTHLY;BYDAY=1TU'\nmatch = { club = 'drivers' }\ngestures = [{ name = 'card' }]",
       {"rules.toml:5:1" + a + "'gestures' do not go with a 'match'; make an occasion of each"}},
      {"on = 'x'\ncost = 3",
       {"rules.toml:4:1" + a + "'cost' stands in each of the 'gestures', as in gestures = [" + gesture_form + "]"}},
      {"on = 'x'\ngestures = 'compensation'",
       {"rules.toml:1:1: occasion 'a' brings compensation, and [policy] grants none (write compensation = [" +
        gesture_form + "])"}},
  });
}

TEST(ReadCompensation, TakesTopicsAndConditions) {
  const auto granted = rules(
                           "[policy]\ncompensation = [{ name = 'voucher', cost = 20, topic = ['late', 'rude'], "
                           "when = { tier = 'gold' } }, { name = 'voucher', cost = 10, topic = 'late' }]\n" +
                           occasion_text("on = 'complaint'\ngestures = 'compensation'"))
                           ->policy.compensation;
  ASSERT_EQ(granted.size(), 2U);
  EXPECT_EQ(granted[0].topics, (Lines{"late", "rude"}));
  EXPECT_TRUE(granted[0].when);
  EXPECT_EQ(granted[1].topics, Lines{"late"});
  EXPECT_EQ(granted[1].cost, 10);
}

TEST(ReadBudgets, TakesAllOrSomeOccasions) {
  const auto budgets = rules("[policy]\nbudgets = [{ most = 200 }, { most = 12.5, occasions = 'a' }]\n" +
                             occasion_text("on = 'x'\ngestures = [{ name = 'card' }]"))
                           ->policy.budgets;
  ASSERT_EQ(budgets.size(), 2U);
  EXPECT_EQ(budgets[0].most, 200);
  EXPECT_TRUE(budgets[0].occasions.empty());
  EXPECT_EQ(budgets[1].most, 12.5);
  EXPECT_EQ(budgets[1].occasions, Lines{"a"});
}

TEST(ReadBudgets, ComplainsOfWhatIsNoBudget) {
  const std::string gives = occasion_text("on = 'x'\ngestures = [{ name = 'card' }]", "thank-you");
  expect_complaints({
      {"[policy]\nbudgets = [{ occasions = 'thank-you' }]\n" + gives,
       {"rules.toml:2:12: policy, budget 1: 'most' is missing; a budget is written { most = 200, occasions = "
        "[\"thank-you\"] }"}},
      {"[policy]\nbudgets = [{ most = 'much' }]\n" + gives,
       {"rules.toml:2:21: policy, budget 1: 'most': expected an amount such as 1.5, never negative, found 'much'"}},
      {"[policy]\nbudgets = [{ most = 2, occasions = ['thankyou'] }]\n" + gives,
       {"rules.toml:2:36: policy, budget 1: 'occasions': there is no occasion 'thankyou' (did you mean 'thank-you'?)"}},
      {"[policy]\nbudgets = { most = 2 }\n" + gives,
       {"rules.toml:2:11: policy: 'budgets': expected a list of tables, found a table"}},
  });
}

TEST(RuleWarnings, TellOfGesturesWithoutEffect) {
  const std::string plain = occasion_text("on = 'x'");
  const std::string gives = occasion_text("on = 'x'\ngestures = [{ name = 'card' }]", "b");
  EXPECT_EQ(warnings("[policy]\ncompensation = [{ name = 'voucher' }]\n" + plain),
            Lines{"rules.toml:2:1: policy: 'compensation' has no effect, as no step has gestures = \"compensation\""});
  EXPECT_EQ(warnings("[policy]\nbudgets = [{ most = 2 }]\n" + plain),
            Lines{"rules.toml:2:1: policy: 'budgets' pay for nothing, as no step has a list of 'gestures'"});
  EXPECT_EQ(warnings("[policy]\nbudgets = [{ most = 2, occasions = ['b', 'a'] }]\n" + plain + gives),
            Lines{"rules.toml:2:36: policy, budget 1: 'occasions': no step of 'a' has a list of 'gestures'"});
  EXPECT_EQ(warnings(occasion_text("on = 'x'\nnovelty = '1 year'\ngestures = [{ name = 'card' }]")),
            Lines{"rules.toml:4:1: occasion 'a': 'novelty' has no effect without several 'gestures' to take turns"});
  EXPECT_EQ(warnings(occasion_text("on = 'x'\nnovelty = '1 year'\ngestures = [{ name = 'card' }, { name = 'wine' }]")),
            Lines{});
}

}  // namespace
}  // namespace courtesy
