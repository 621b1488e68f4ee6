// The anchor on = ["complaint", "reopened"], after, repeat and times.
#include <gtest/gtest.h>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

AfterEvent anchor(const std::string& keys) { return std::get<AfterEvent>(occasion(keys).anchor); }

TEST(ReadAfter, TakesOneKindOrSeveral) {
  EXPECT_EQ(anchor("on = 'purchase'").kinds, Lines{"purchase"});
  EXPECT_EQ(anchor("on = ['complaint', 'reopened']").kinds, (Lines{"complaint", "reopened"}));
  EXPECT_FALSE(anchor("on = ['complaint', 'reopened']").hears_breaches());
  EXPECT_TRUE(anchor("on = ['complaint', 'broken']").hears_breaches());
}

TEST(ReadAfter, TakesARepetition) {
  EXPECT_FALSE(anchor("on = 'complaint'").repeat);
  const AfterEvent often = anchor("on = 'complaint'\nafter = '4 hours'\nrepeat = '3 business days'\ntimes = 5");
  EXPECT_EQ(often.after, (Span{.time = std::chrono::hours{4}}));
  EXPECT_EQ(often.repeat, (Span{.business_days = 3}));
  EXPECT_EQ(often.times, 5);
  EXPECT_FALSE(anchor("on = 'complaint'\nrepeat = '1 month'").times);
}

TEST(ReadAfter, CountsFromTheEventInOneStep) {
  const AfterEvent often = anchor("on = 'complaint'\nafter = '1 day'\nrepeat = '1 month 3 days'");
  EXPECT_EQ(often.span_to(0), (Span{.days = 1}));
  EXPECT_EQ(often.span_to(2), (Span{.months = 2, .days = 7}));
  EXPECT_FALSE(often.span_to(4'000'001));
}

TEST(ReadAfter, WarnsOfWhatNothingEnds) {
  const auto warnings = [](const std::string& keys) {
    Lines out;
    const auto rules = rules_from_toml(occasion_text(keys), "rules.toml");
    for (const Problem& one : rules->warnings) out.push_back(one.message);
    return out;
  };
  EXPECT_EQ(warnings("on = 'x'\nrepeat = '3 days'"),
            Lines{"occasion 'a': 'repeat' goes on for ever, as neither 'times' nor 'until' ends it"});
  EXPECT_EQ(warnings("on = 'x'\nrepeat = '3 days'\ntimes = 2"), Lines{});
  EXPECT_EQ(warnings("on = 'x'\nrepeat = '3 days'\nuntil = 'y'"), Lines{});
}

TEST(ReadAfter, RefusesWhatIsWrong) {
  const std::string a = ": occasion 'a': ";
  const std::string days = "expected whole days or longer, found ";
  const std::vector<Complaint> cases{
      {"on = []", {"rules.toml:3:6" + a + "'on': expected a text or a list of texts, found an empty list"}},
      {"on = 3", {"rules.toml:3:6" + a + "'on': expected a text or a list of texts, found 3"}},
      {"on = ['x', 'x']", {"rules.toml:3:6" + a + "'on': 'x' is in it twice"}},
      {"on = ['broken', 'promise']",
       {"rules.toml:3:6" + a +
        "'on': 'broken' hears of each promise that is broken, so 'promise' cannot stand beside it; make an occasion of "
        "each"}},
      {"on = ['renegotiated', 'broken']",
       {"rules.toml:3:6" + a +
        "'on': 'broken' hears of each promise that is broken, so 'renegotiated' cannot stand beside it; make an "
        "occasion of each"}},
      {"on = 'x'\nrepeat = '4 hours'", {"rules.toml:4:10" + a + "'repeat': " + days + "'4 hours'"}},
      {"on = 'x'\nrepeat = '1 day 4 hours'", {"rules.toml:4:10" + a + "'repeat': " + days + "'1 day 4 hours'"}},
      {"on = 'x'\nrepeat = '4 opening hours'", {"rules.toml:4:10" + a + "'repeat': " + days + "'4 opening hours'"}},
      {"on = 'x'\nrepeat = '0 days'",
       {"rules.toml:4:10" + a + "'repeat': expected a span longer than nothing, found '0 days'"}},
      {"on = 'x'\nrepeat = 3", {"rules.toml:4:10" + a + "'repeat': expected a span such as '3 days', found 3"}},
      {"on = 'x'\ntimes = 3",
       {"rules.toml:4:1" + a + "'times' says how often it repeats; write repeat = \"3 days\" beside it"}},
      {"on = 'x'\nrepeat = '3 days'\ntimes = 0",
       {"rules.toml:5:9" + a + "'times': expected a whole number from 1 to 1000, found 0"}},
      {"on = 'x'\nrepeat = '3 days'\ntimes = 1001",
       {"rules.toml:5:9" + a + "'times': expected a whole number from 1 to 1000, found 1001"}},
      {"yearly = 'x'\nrepeat = '3 days'", {"rules.toml:4:1" + a + "'repeat' goes with 'on', not with 'yearly'"}},
      {"due = 'x'\ntimes = 3", {"rules.toml:4:1" + a + "'times' goes with 'on', not with 'due'"}},
      {"on = 'x'\nreapet = '3 days'", {"rules.toml:4:1" + a + "unknown key 'reapet' (did you mean 'repeat'?)"}},
  };
  for (const Complaint& c : cases) EXPECT_EQ(complaints(occasion_text(c.text)), c.said) << c.text;
}

}  // namespace
}  // namespace courtesy
