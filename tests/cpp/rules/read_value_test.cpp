// [policy] value_years and goodwill, and when = { lifetime_value = { … } }
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

std::string with(const std::string& policy) { return "[policy]\n" + policy + "\n" + occasion_text("on = 'purchase'"); }
Policy policy(const std::string& text) { return rules(with(text))->policy; }

TEST(ReadValue, LooksThreeYearsAheadWhereNothingIsSaid) {
  EXPECT_EQ(policy("").value_years, 3);
  EXPECT_EQ(policy("value_years = 5").value_years, 5);
  EXPECT_EQ(policy("value_years = 0.5").value_years, 0.5);
}

TEST(ReadValue, RefusesYearsThatAreNone) {
  const std::string expected = "rules.toml:2:15: policy: 'value_years': expected a number of years above 0, up to 100";
  expect_complaints(
      {{with("value_years = 0"), {expected + ", found 0"}},
       {with("value_years = -1"), {expected + ", found -1"}},
       {with("value_years = 101"), {expected + ", found 101"}},
       {with("value_years = nan"), {expected + ", found nan"}},
       {with("value_years = '3 years'"), {expected + ", found '3 years'"}},
       {with("value_year = 3"), {"rules.toml:2:1: policy: unknown key 'value_year' (did you mean 'value_years'?)"}}});
}

TEST(ReadGoodwill, IsPaidReferralAndFeedbackWhereNothingIsSaid) {
  EXPECT_EQ(policy("").goodwill, (Lines{"paid", "referral", "feedback"}));
  EXPECT_EQ(policy("goodwill = []").goodwill, Lines{});
  EXPECT_EQ(policy("goodwill = 'paid'").goodwill, Lines{"paid"});
  EXPECT_EQ(policy("goodwill = ['helped', 'paid']").goodwill, (Lines{"helped", "paid"}));
}

TEST(ReadGoodwill, ThatIsAComplaintIsRefused) {
  const std::string never =
      " is none: complaints never raise a priority (who complains is answered by an occasion of its own, with purpose "
      "= "
      "\"recovery\")";
  expect_complaints({
      {with("goodwill = ['paid', 'complaint']"), {"rules.toml:2:21: policy: 'goodwill': 'complaint'" + never}},
      {with("goodwill = 'reopened'"), {"rules.toml:2:12: policy: 'goodwill': 'reopened'" + never}},
      {with("goodwill = ['broken', ' Complaint']"),
       {"rules.toml:2:13: policy: 'goodwill': 'broken'" + never,
        "rules.toml:2:23: policy: 'goodwill': ' Complaint'" + never}},
      {with("goodwill = ['paid', 'paid']"), {"rules.toml:2:12: policy: 'goodwill': 'paid' is in it twice"}},
      {with("goodwill = [3]"), {"rules.toml:2:13: policy: 'goodwill': expected a text, found 3"}},
      {with("goodwill = true"),
       {"rules.toml:2:12: policy: 'goodwill': expected a text or a list of texts, found true"}},
      {with("goodwil = ['paid']"), {"rules.toml:2:1: policy: unknown key 'goodwil' (did you mean 'goodwill'?)"}},
  });
  std::string many = "goodwill = [";
  for (int i = 0; i < 65; ++i) many += "'k" + std::to_string(i) + "', ";
  expect_complaints({{with(many + "]"), {"rules.toml:2:12: policy: 'goodwill': expected at most 64, found 65"}}});
}

std::string text_of(const std::string& when) { return occasion("on = 'x'\nwhen = " + when).when->text; }

TEST(ReadValueCondition, IsSaidInWords) {
  EXPECT_EQ(text_of("{ lifetime_value = { min = 500 } }"), "lifetime value is at least 500");
  EXPECT_EQ(text_of("{ lifetime_value = { max = 99.5 } }"), "lifetime value is at most 99.5");
  EXPECT_EQ(text_of("{ lifetime_value = { min = 1, max = 2 }, tier = 'gold' }"),
            "lifetime value is at least 1 and at most 2 and tier is 'gold'");
  EXPECT_EQ(text_of("{ not = { lifetime_value = { min = 500 } } }"), "not (lifetime value is at least 500)");
  // An asset's is a column of the assets'.
  EXPECT_EQ(text_of("{ asset = { lifetime_value = 500 } }"), "asset's lifetime_value is 500");
}

TEST(ReadValueCondition, RefusesWhatIsWrong) {
  const auto when = [](const std::string& test) { return "on = 'x'\nwhen = { lifetime_value = " + test + " }"; };
  const std::string place = "rules.toml:4:27: occasion 'a', when";
  expect_occasion_complaints({
      {when("500"), {place + ": 'lifetime_value': expected a table, as in lifetime_value = { min = 500 }, found 500"}},
      {when("{ }"), {place + ", lifetime_value: expected 'min', 'max' or both; write lifetime_value = { min = 500 }"}},
      {when("{ min = 3, max = 2 }"),
       {place + ", lifetime_value: min is above max: nothing is at least 3 and at most 2"}},
      {when("{ min = 'x' }"),
       {"rules.toml:4:35: occasion 'a', when, lifetime_value: 'min': expected a number such as 500, found 'x'"}},
      {when("{ min = 3, over = '1 year' }"),
       {"rules.toml:4:38: occasion 'a', when, lifetime_value: unknown key 'over' (its keys are 'min' and 'max')"}},
  });
}

}  // namespace
}  // namespace courtesy
