// [[occasion]]: its anchor, its steps and what is common to all.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"
#include "support/dates.h"

namespace courtesy {
namespace {

using namespace rule_text;
using namespace std::chrono_literals;

const std::string a = ": occasion 'a': ";

TEST(ReadOccasion, HasDefaults) {
  const Occasion plain = occasion("on = 'purchase'");
  EXPECT_EQ(plain.name, "a");
  EXPECT_EQ(std::get<AfterEvent>(plain.anchor).kinds, Lines{"purchase"});
  EXPECT_TRUE(std::get<AfterEvent>(plain.anchor).after.zero());
  ASSERT_EQ(plain.steps.size(), 1U);
  EXPECT_EQ(plain.steps[0].name, "1");
  EXPECT_TRUE(plain.steps[0].offset.zero());
  EXPECT_FALSE(plain.steps[0].before);
  EXPECT_FALSE(plain.steps[0].at);
  EXPECT_EQ(plain.steps[0].audience, Audience::customer);
  EXPECT_TRUE(plain.steps[0].channels.empty());
  EXPECT_EQ(plain.steps[0].message, "");
  EXPECT_FALSE(plain.when);
  EXPECT_TRUE(plain.until.empty());
  EXPECT_EQ(plain.purpose, Purpose::care);
  EXPECT_EQ(plain.priority, 0);
  EXPECT_FALSE(plain.expires);
  EXPECT_EQ(plain.late, Late::once);
  EXPECT_EQ(plain.move, std::nullopt);
  EXPECT_EQ(plain.tolerance, (Span{.days = 7}));
  EXPECT_FALSE(plain.not_before);
  EXPECT_EQ(plain.where.file, "rules.toml");
  EXPECT_EQ(plain.where.line, 1);
}

TEST(ReadOccasion, TakesEveryKey) {
  const Occasion full = occasion(
      "on = 'purchase'\nafter = '1 day'\nat = '10:00'\naudience = 'staff'\nchannels = ['call', 'email']\n"
      "message = 'thanks'\nuntil = 'refund'\npurpose = 'recovery'\npriority = -3\nexpires = '10 days'\n"
      "late = 'skip'\nmove = 'nearest business day'\ntolerance = '1 month'\nnot_before = 2026-12-01");
  EXPECT_EQ(std::get<AfterEvent>(full.anchor).after, (Span{.days = 1}));
  ASSERT_EQ(full.steps.size(), 1U);
  EXPECT_TRUE(full.steps[0].offset.zero());  // `after` is the anchor's
  EXPECT_EQ(full.steps[0].at, TimeOfDay{10h});
  EXPECT_EQ(full.steps[0].audience, Audience::staff);
  EXPECT_EQ(full.steps[0].channels, (Lines{"call", "email"}));
  EXPECT_EQ(full.steps[0].message, "thanks");
  EXPECT_EQ(full.until, Lines{"refund"});
  EXPECT_EQ(full.purpose, Purpose::recovery);
  EXPECT_EQ(full.priority, -3);
  EXPECT_EQ(full.expires, (Span{.days = 10}));
  EXPECT_EQ(full.late, Late::skip);
  EXPECT_EQ(full.move, Roll::nearest);
  EXPECT_EQ(full.tolerance, (Span{.months = 1}));
  EXPECT_EQ(full.not_before, dates::day("2026-12-01"));
}

TEST(ReadOccasion, TakesAnniversaries) {
  const auto yearly = [](const std::string& keys) { return std::get<Yearly>(occasion(keys).anchor); };
  const Yearly birthday = yearly("yearly = 'birthday'");
  EXPECT_TRUE(birthday.birthday);
  EXPECT_EQ(birthday.leap, Leap::feb28);
  EXPECT_TRUE(birthday.milestones.empty());
  const Yearly each = yearly("yearly = 'purchase'\nof = 'each'\nmilestones = [10, 1, 5]\nleap = 'mar1'");
  EXPECT_FALSE(each.birthday);
  EXPECT_EQ(each.kind, "purchase");
  EXPECT_EQ(each.of, Yearly::Of::each);
  EXPECT_EQ(each.milestones, (std::vector<int>{1, 5, 10}));
  EXPECT_EQ(each.leap, Leap::mar1);
  EXPECT_EQ(yearly("yearly = 'purchase'").of, Yearly::Of::first);

  const Step step = occasion("yearly = 'birthday'\nbefore = '3 days'").steps.at(0);
  EXPECT_TRUE(step.before);
  EXPECT_EQ(step.offset, (Span{.days = 3}));
  EXPECT_EQ(occasion("yearly = 'birthday'\nafter = '1 day'").steps.at(0).offset, (Span{.days = 1}));
}

TEST(ReadOccasion, StepsHaveTheOccasionsKeysWhereTheyHaveNone) {
  const Occasion made = occasion(
      "on = 'purchase'\nafter = '1 month'\nat = '10:00'\nchannels = 'email'\nmessage = 'first'\n"
      "steps = [{ before = '3 days' }, { name = 'call', after = '2 days', at = 08:30:00, audience = 'staff', "
      "channels = ['call'], message = 'ring' }, {}]");
  EXPECT_EQ(std::get<AfterEvent>(made.anchor).after, (Span{.months = 1}));
  ASSERT_EQ(made.steps.size(), 3U);
  EXPECT_EQ(made.steps[0].name, "1");
  EXPECT_TRUE(made.steps[0].before);
  EXPECT_EQ(made.steps[0].offset, (Span{.days = 3}));
  EXPECT_EQ(made.steps[0].at, TimeOfDay{10h});
  EXPECT_EQ(made.steps[0].channels, Lines{"email"});
  EXPECT_EQ(made.steps[0].message, "first");
  EXPECT_EQ(made.steps[1].name, "call");
  EXPECT_FALSE(made.steps[1].before);
  EXPECT_EQ(made.steps[1].offset, (Span{.days = 2}));
  EXPECT_EQ(made.steps[1].at, TimeOfDay{8h + 30min});
  EXPECT_EQ(made.steps[1].audience, Audience::staff);
  EXPECT_EQ(made.steps[1].channels, Lines{"call"});
  EXPECT_EQ(made.steps[1].message, "ring");
  EXPECT_EQ(made.steps[2].name, "3");
  EXPECT_TRUE(made.steps[2].offset.zero());
}

TEST(ReadOccasion, HasOneAnchor) {
  const std::string none =
      "it has no anchor: expected one of on = \"purchase\", yearly = \"birthday\", every = \"6 months\", rrule = "
      "\"FREQ=MONTHLY;BYDAY=1TU\", silent = \"180 days\" or due = \"promise\"";
  expect_occasion_complaints({
      {"", {"rules.toml:1:1" + a + none}},
      // Keys of an anchor are no misspellings because it is missing.
      {"after = '1 day'\nleap = 'skip'", {"rules.toml:1:1" + a + none}},
      {"on = 'purchase'\nyearly = 'birthday'",
       {"rules.toml:4:1" + a + "expected one anchor, found 'on' and 'yearly'; make an occasion of each"}},
      {"every = '1 year'\nyearly = 'birthday'\non = 'x'",
       {"rules.toml:4:1" + a + "expected one anchor, found 'on' and 'yearly' and 'every'; make an occasion of each"}},
      {"target = 0.6\nagainst = 'due'", {"rules.toml:1:1" + a + none}},
      {"due = 'promise'\nsilent = '1 year'\nsince = 'x'",
       {"rules.toml:3:1" + a + "expected one anchor, found 'silent' and 'due'; make an occasion of each"}},
  });
}

TEST(ReadOccasion, SuggestsTheRightKey) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"silnet = '180 days'", "unknown key 'silnet' (did you mean 'silent'?)"},
      {"deu = 'promise'", "unknown key 'deu' (did you mean 'due'?)"},
      {"due = 'promise'\ntarge = 0.6", "unknown key 'targe' (did you mean 'target'?)"},
      {"on = 'purchase'\naudience = 'staff'\nteem = 'desk'", "unknown key 'teem' (did you mean 'team'?)"},
      {"yerly = 'birthday'", "unknown key 'yerly' (did you mean 'yearly'?)"},
      {"evry = '6 months'", "unknown key 'evry' (did you mean 'every'?)"},
      {"ON = 'purchase'", "unknown key 'ON' (did you mean 'on'?)"},
      {"on = 'purchase'\nchanels = ['email']", "unknown key 'chanels' (did you mean 'channels'?)"},
      {"on = 'purchase'\nexpire = '1 day'", "unknown key 'expire' (did you mean 'expires'?)"},
      {"on = 'purchase'\nnot-before = 2026-01-01", "unknown key 'not-before' (did you mean 'not_before'?)"},
      {"on = 'purchase'\ncolour = 'red'", "unknown key 'colour'"},
      {"on = 'purchase'\n'' = 'red'", "unknown key ''"},
  };
  for (const auto& [keys, said] : cases) {
    const Lines all = complaints(occasion_text(keys));
    ASSERT_EQ(all.size(), 1U) << keys;
    EXPECT_TRUE(all[0].ends_with(said)) << all[0];
  }
}

TEST(ReadOccasion, RefusesKeysOfAnotherAnchor) {
  expect_occasion_complaints({
      {"on = 'purchase'\nleap = 'skip'", {"rules.toml:4:1" + a + "'leap' goes with 'yearly', not with 'on'"}},
      {"on = 'purchase'\nsince = 'x'\nmeter = 'km'",
       {"rules.toml:4:1" + a + "'since' goes with 'every' and 'silent', not with 'on'",
        "rules.toml:5:1" + a + "'meter' goes with 'every', not with 'on'"}},
      {"yearly = 'purchase'\nrestart = 'actual'",
       {"rules.toml:4:1" + a + "'restart' goes with 'every', not with 'yearly'"}},
      {"every = '1 year'\nsince = 'x'\nof = 'first'",
       {"rules.toml:5:1" + a + "'of' goes with 'yearly', not with 'every'"}},
      {"yearly = 'birthday'\nof = 'last'",
       {"rules.toml:4:1" + a + "'of' goes with a kind of event; a customer has one birthday"}},
      {"on = 'purchase'\nbefore = '2 days'",
       {"rules.toml:4:1" + a + "'before' goes with every other anchor, and with a step; beside 'on' write 'after'"}},
      {"due = 'promise'\nsince = 'x'",
       {"rules.toml:4:1" + a + "'since' goes with 'every' and 'silent', not with 'due'"}},
      {"silent = '1 year'\nsince = 'x'\ntarget = 0.6\nmeter = 'km'",
       {"rules.toml:5:1" + a + "'target' goes with 'due', not with 'silent'",
        "rules.toml:6:1" + a + "'meter' goes with 'every', not with 'silent'"}},
      {"on = 'purchase'\nagainst = 'due'", {"rules.toml:4:1" + a + "'against' goes with 'due', not with 'on'"}},
      {"due = 'promise'\nafter = '1 day'\nsteps = [{}]",
       {"rules.toml:4:1" + a + "'after' stands in each step where there are 'steps'"}},
      {"yearly = 'birthday'\nafter = '1 day'\nsteps = [{}]",
       {"rules.toml:4:1" + a + "'after' stands in each step where there are 'steps'"}},
      {"on = 'purchase'\nbefore = '1 day'\nsteps = [{}]",
       {"rules.toml:4:1" + a + "'before' stands in each step where there are 'steps'"}},
  });
}

TEST(ReadOccasion, RefusesWrongValues) {
  const std::string clock = "expected a time of day such as \"09:00\", or \"best\", found ";
  const std::string moves =
      "'move': expected 'none', 'next business day', 'previous business day', 'nearest business day', 'modified "
      "following' or 'modified preceding', found ";
  struct Case {
    const char* line;
    std::string said;  // with the column
  };
  const std::vector<Case> cases{
      {"after = 3", "9" + a + "'after': expected a span such as '3 days', found 3"},
      {"after = '-3 days'", "9" + a + "'after': a span is never negative: write 'before' instead of '-3 days'"},
      {"expires = '-1 day'",
       "11" + a + "'expires': expected a span such as '3 days', which is never negative, found '-1 day'"},
      {"expires = '3 dayz'", "11" + a +
                                 "'expires': expected a span such as '3 days' or 'P6M', found '3 dayz' "
                                 "(did you mean 'days'?)"},
      {"tolerance = '2 years'", "13" + a + "'tolerance': expected calendar days, a year at the most, found '2 years'"},
      {"tolerance = '2 business days'",
       "13" + a + "'tolerance': expected calendar days, a year at the most, found '2 business days'"},
      {"at = '25:00'", "6" + a + "'at': " + clock + "'25:00'"},
      {"at = '24:00'", "6" + a + "'at': " + clock + "'24:00'"},
      {"at = 'Best'", "6" + a + "'at': " + clock + "'Best'"},
      {"at = '9'", "6" + a + "'at': " + clock + "'9'"},
      {"at = 9", "6" + a + "'at': " + clock + "9"},
      {"at = 10:00:30", "6" + a + "'at': " + clock + "'10:00:30'"},
      {"at = 10:00:00.5", "6" + a + "'at': " + clock + "'10:00:00.…'"},
      {"at = 2026-12-01T10:00:00", "6" + a + "'at': " + clock + "2026-12-01T10:00:00"},
      {"audience = 'stuff'",
       "12" + a + "'audience': expected 'customer' or 'staff', found 'stuff' (did you mean 'staff'?)"},
      {"channels = []", "12" + a + "'channels': expected a text or a list of texts, found an empty list"},
      {"channels = ['email', 3]", "22" + a + "'channels': expected a text, found 3"},
      {"channels = ['email', ' ']", "22" + a + "'channels': expected a text, found a blank text"},
      {"channels = ['email', 'email']", "12" + a + "'channels': 'email' is in it twice"},
      {"message = ''", "11" + a + "'message': expected a text, found an empty text"},
      {"message = true", "11" + a + "'message': expected a text, found true"},
      {"until = { kind = 'x' }", "9" + a + "'until': expected a text or a list of texts, found a table"},
      {"purpose = 'spam'", "11" + a + "'purpose': expected 'service', 'care', 'offer' or 'recovery', found 'spam'"},
      {"purpose = 'Offer'", "11" + a +
                                "'purpose': expected 'service', 'care', 'offer' or 'recovery', found 'Offer' "
                                "(did you mean 'offer'?)"},
      {"priority = 1.5", "12" + a + "'priority': expected a whole number from -1000000 to 1000000, found 1.5"},
      {"priority = 1000001", "12" + a + "'priority': expected a whole number from -1000000 to 1000000, found 1000001"},
      {"late = 'never'", "8" + a + "'late': expected 'once', 'skip' or 'all', found 'never'"},
      {"move = 'next'", "8" + a + moves + "'next' (did you mean 'next business day'?)"},
      {"move = 1", "8" + a + moves + "1"},
      {"not_before = '2026-02-30'", "14" + a +
                                        "'not_before': expected a date such as \"2026-12-25\", from 1600 to 9999, "
                                        "found '2026-02-30'"},
      {"not_before = 0001-01-01", "14" + a +
                                      "'not_before': expected a date such as \"2026-12-25\", from 1600 to 9999, "
                                      "found 0001-01-01"},
      {"steps = []", "9" + a + "'steps': expected a list of tables, one for each step, found an empty list"},
      {"steps = {}", "9" + a + "'steps': expected a list of tables, one for each step, found an empty table"},
      {"steps = [{}, 'x']", "14" + a + "'steps': expected a table for each step, found 'x'"},
      {"steps = [{ before = '1 day', after = '1 day' }]",
       "30: occasion 'a', step 1: a step is either before or after its day, found both 'before' and 'after'"},
      {"steps = [{}, { afer = '1 day' }]", "16: occasion 'a', step 2: unknown key 'afer' (did you mean 'after'?)"},
      {"steps = [{ at = '99:00' }]", "17: occasion 'a', step 1: 'at': " + clock + "'99:00'"},
      {"steps = [{ name = 'x' }, { name = 'x' }]",
       "26: occasion 'a', step 2: another step has the name 'x' (a step without a name has its number for one); "
       "names of steps must differ"},
      {"steps = [{ name = '2' }, {}]",
       "26: occasion 'a', step 2: another step has the name '2' (a step without a name has its number for one); "
       "names of steps must differ"},
      {"steps = [{ name = '' }]", "19: occasion 'a', step 1: 'name': expected a text, found an empty text"},
  };
  for (const Case& c : cases) {
    const std::string text = occasion_text(std::string("on = 'purchase'\n") + c.line);
    EXPECT_EQ(complaints(text), Lines{"rules.toml:4:" + c.said}) << c.line;
  }
}

TEST(ReadOccasion, RefusesMilestonesThatAreNoYears) {
  const std::string years = "'milestones': expected whole numbers of years from 1 to 9999, found ";
  expect_occasion_complaints({
      {"yearly = 'birthday'\nmilestones = [1, 0, -5, 2.5, 10000]",
       {"rules.toml:4:18" + a + years + "0", "rules.toml:4:21" + a + years + "-5",
        "rules.toml:4:25" + a + years + "2.5", "rules.toml:4:30" + a + years + "10000"}},
      {"yearly = 'birthday'\nmilestones = [5, 1, 5]", {"rules.toml:4:14" + a + "'milestones': 5 is in it twice"}},
      {"yearly = 'birthday'\nmilestones = []",
       {"rules.toml:4:14" + a + "'milestones': expected a list of years such as [1, 5, 10], found an empty list"}},
      {"yearly = 'birthday'\nmilestones = 5",
       {"rules.toml:4:14" + a + "'milestones': expected a list of years such as [1, 5, 10], found 5"}},
  });
}

TEST(ReadOccasion, NeedsAName) {
  const std::string none = "it has no name: write name = \"…\"";
  const std::string line = "'name': expected a name of one line, without control characters, found ";
  expect_complaints({
      {"[[occasion]]\non = 'purchase'", {"rules.toml:1:1: occasion 1: " + none}},
      {"[[occasion]]\nname = ''\non = 'purchase'",
       {"rules.toml:2:8: occasion 1: 'name': expected a text, found an empty text"}},
      {"[[occasion]]\nname = 3\non = 'purchase'", {"rules.toml:2:8: occasion 1: 'name': expected a text, found 3"}},
      {"[[occasion]]\nname = \"a\\nb\"\non = 'purchase'", {"rules.toml:2:8: occasion 'a?b': " + line + "'a?b'"}},
  });
}

TEST(ReadOccasion, HasAThousandStepsAtTheMost) {
  const auto steps = [](std::size_t count) {
    std::string text = "on = 'purchase'\nsteps = [";
    for (std::size_t i = 0; i < count; ++i) text += "{},";
    return text + "]";
  };
  EXPECT_EQ(occasion(steps(1'000)).steps.size(), 1'000U);
  EXPECT_EQ(complaints(occasion_text(steps(1'001))),
            Lines{"rules.toml:4:9" + a + "'steps': expected at most 1000, found 1001"});
}

}  // namespace
}  // namespace courtesy
