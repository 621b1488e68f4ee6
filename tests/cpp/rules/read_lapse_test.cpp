// silent = "180 days", or { cadence = 1.5, segment = "tier" }
#include <gtest/gtest.h>

#include <string>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

const std::string a = ": occasion 'a': ";
const std::string in_table = ": occasion 'a', silent: ";

Lapse lapse(const std::string& keys) { return std::get<Lapse>(occasion(keys).anchor); }

TEST(ReadLapse, TakesASpan) {
  const Lapse days = lapse("silent = '180 days'\nsince = 'purchase'");
  EXPECT_EQ(days.span, (Span{.days = 180}));
  EXPECT_EQ(days.since, Lines{"purchase"});
  EXPECT_FALSE(days.cadence);
  EXPECT_EQ(days.segment, "");
  EXPECT_EQ(lapse("silent = '1 year 10 business days'\nsince = ['purchase', 'service']").span,
            (Span{.months = 12, .business_days = 10}));
  EXPECT_EQ(lapse("silent = '1 day'\nsince = ['purchase', 'service']").since, (Lines{"purchase", "service"}));
}

TEST(ReadLapse, TakesTheCustomersOwnCadence) {
  const Lapse own = lapse("silent = { cadence = 1.5, segment = 'tier' }\nsince = 'purchase'");
  EXPECT_EQ(own.cadence, 1.5);
  EXPECT_EQ(own.segment, "tier");
  EXPECT_TRUE(own.span.zero());
  EXPECT_EQ(lapse("silent = { cadence = 2 }\nsince = 'purchase'").cadence, 2.0);
  EXPECT_EQ(lapse("silent = { cadence = 1000 }\nsince = 'purchase'").segment, "");
}

TEST(ReadLapse, HasStepsBeforeAndAfter) {
  const Step step = occasion("silent = '180 days'\nsince = 'purchase'\nbefore = '2 weeks'").steps.at(0);
  EXPECT_TRUE(step.before);
  EXPECT_EQ(step.offset, (Span{.days = 14}));
  EXPECT_EQ(occasion("silent = '180 days'\nsince = 'purchase'\nafter = '1 day'").steps.at(0).offset, (Span{.days = 1}));
}

TEST(ReadLapse, RefusesWhatIsWrong) {
  const std::string form = "'silent': expected a span such as '180 days' or a table such as { cadence = 1.5 }";
  const std::string missing = "'cadence' is missing; write silent = { cadence = 1.5 }, or a span such as \"180 days\"";
  const std::string times = "'cadence': expected a number above 0 and up to 1000, found ";
  const std::string since = "\nsince = 'purchase'";
  expect_occasion_complaints({
      {"silent = '180 days'",
       {"rules.toml:3:1" + a +
        "'silent' needs 'since', the event kinds that break the silence, such as since = \"purchase\""}},
      {"silent = '180 days'\nsince = []",
       {"rules.toml:4:9" + a + "'since': expected a text or a list of texts, found an empty list"}},
      {"silent = '180 days'\nsince = ['x', 'x']", {"rules.toml:4:9" + a + "'since': 'x' is in it twice"}},
      {"silent = 180" + since, {"rules.toml:3:10" + a + form + ", found 180"}},
      {"silent = ''" + since, {"rules.toml:3:10" + a + form + ", found an empty text"}},
      {"silent = '-3 days'" + since, {"rules.toml:3:10" + a + form + ", which is never negative, found '-3 days'"}},
      {"silent = '180 dyas'" + since,
       {"rules.toml:3:10" + a +
        "'silent': expected a span such as '3 days' or 'P6M', found '180 dyas' (did you mean 'days'?)"}},
      {"silent = '0 days'" + since,
       {"rules.toml:3:10" + a + "'silent': expected a span longer than nothing, found '0 days'"}},
      {"silent = '90 days 3 hours'" + since,
       {"rules.toml:3:10" + a + "'silent': expected whole days or longer, found '90 days 3 hours'"}},
      {"silent = '4 opening hours'" + since,
       {"rules.toml:3:10" + a + "'silent': expected whole days or longer, found '4 opening hours'"}},
      {"silent = {}" + since, {"rules.toml:3:10" + in_table + missing}},
      {"silent = { days = 180 }" + since,
       {"rules.toml:3:10" + in_table + missing,
        "rules.toml:3:12" + in_table + "unknown key 'days' (its keys are 'cadence' and 'segment')"}},
      {"silent = { cadense = 1.5 }" + since,
       {"rules.toml:3:10" + in_table + missing,
        "rules.toml:3:12" + in_table + "unknown key 'cadense' (did you mean 'cadence'?)"}},
      {"silent = { cadence = 0 }" + since, {"rules.toml:3:22" + in_table + times + "0"}},
      {"silent = { cadence = -1.5 }" + since, {"rules.toml:3:22" + in_table + times + "-1.5"}},
      {"silent = { cadence = 1000.5 }" + since, {"rules.toml:3:22" + in_table + times + "1000.5"}},
      {"silent = { cadence = nan }" + since, {"rules.toml:3:22" + in_table + times + "nan"}},
      {"silent = { cadence = '1.5' }" + since, {"rules.toml:3:22" + in_table + times + "'1.5'"}},
      {"silent = { cadence = 1, segment = ['tier'] }" + since,
       {"rules.toml:3:35" + in_table + "'segment': expected a text, found a list"}},
      {"silent = { segment = 'tier' }" + since, {"rules.toml:3:10" + in_table + missing}},
  });
}

}  // namespace
}  // namespace courtesy
