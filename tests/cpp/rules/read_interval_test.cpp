// `every`: lengths by time and use, and the keys that go with them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

Interval interval(const std::string& keys) { return std::get<Interval>(occasion(keys).anchor); }

TEST(ReadInterval, TakesLengthsOfTime) {
  struct Case {
    const char* every;
    Span time;
  };
  const std::vector<Case> cases{
      {"'6 months'", {.months = 6}},
      {"'P1Y6M'", {.months = 18}},
      {"'20 business days'", {.business_days = 20}},
      {"{ months = 6 }", {.months = 6}},
      {"{ years = 1, months = 6, weeks = 2, days = 3 }", {.months = 18, .days = 17}},
      {"{ years = 9999 }", {.months = 119'988}},
  };
  for (const Case& c : cases) {
    const Interval made = interval("since = 'service'\nevery = " + std::string(c.every));
    EXPECT_EQ(made.every.time, c.time) << c.every;
    EXPECT_FALSE(made.every.use) << c.every;
    EXPECT_EQ(made.meter, "") << c.every;
    EXPECT_FALSE(made.first) << c.every;
    EXPECT_EQ(made.since, Lines{"service"}) << c.every;
    EXPECT_EQ(made.whichever, Interval::Whichever::first);
    EXPECT_EQ(made.restart, Interval::Restart::actual);
  }
}

TEST(ReadInterval, TakesOneUseBesideTheTime) {
  const Interval both = interval("since = ['service', 'delivery']\nevery = { months = 12, km = 15000 }");
  EXPECT_EQ(both.every.time, (Span{.months = 12}));
  EXPECT_EQ(both.every.use, 15'000.0);
  EXPECT_EQ(both.every.unit, "km");
  EXPECT_EQ(both.meter, "km");  // what its readings carry, where nothing else is said
  EXPECT_EQ(both.since, (Lines{"service", "delivery"}));

  const Interval use = interval(
      "since = 'service'\nevery = { hours = 250.5 }\nfirst = { hours = 50 }\nmeter = 'run time'\n"
      "restart = 'actual'");
  EXPECT_TRUE(use.every.time.zero());
  EXPECT_EQ(use.every.use, 250.5);
  EXPECT_EQ(use.first.value().use, 50.0);
  EXPECT_EQ(use.meter, "run time");

  const Interval later = interval("since = 'service'\nevery = { years = 1, km = 9 }\nwhichever = 'later'");
  EXPECT_EQ(later.whichever, Interval::Whichever::later);
  const Interval first = interval("since = 'service'\nevery = '1 year'\nfirst = { years = 3, km = 9 }");
  EXPECT_EQ(first.meter, "km");
  EXPECT_EQ(first.first.value().time, (Span{.months = 36}));
  const Interval kept = interval("since = 'inspection'\nevery = '1 year'\nrestart = 'scheduled'");
  EXPECT_EQ(kept.restart, Interval::Restart::scheduled);
}

TEST(ReadInterval, RefusesLengthsThatAreNone) {
  const std::string form = "expected a span such as '6 months' or a table such as { months = 12, km = 15000 }";
  const auto at = [](int column, const std::string& said) {
    return "rules.toml:4:" + std::to_string(column) + ": occasion 'a'" + said;
  };
  const std::vector<Complaint> cases{
      {"12", {at(9, ": 'every': " + form + ", found 12")}},
      {"''", {at(9, ": 'every': " + form + ", found an empty text")}},
      {"'-6 months'", {at(9, ": 'every': " + form + ", which is never negative, found '-6 months'")}},
      {"'0 days'", {at(9, ": 'every': expected a span longer than nothing, found '0 days'")}},
      {"'4 hours'", {at(9, ": 'every': expected whole days or longer, found '4 hours'")}},
      {"'6 moths'",
       {at(9, ": 'every': expected a span such as '3 days' or 'P6M', found '6 moths' (did you mean 'months'?)")}},
      {"{}", {at(9, ": 'every': expected a table such as { months = 12, km = 15000 }, found an empty table")}},
      {"{ months = -6 }", {at(20, ", every: 'months': expected a whole number from 1 to 119988, found -6")}},
      {"{ months = 0 }", {at(20, ", every: 'months': expected a whole number from 1 to 119988, found 0")}},
      {"{ months = 1.5 }", {at(20, ", every: 'months': expected a whole number from 1 to 119988, found 1.5")}},
      {"{ months = '6' }", {at(20, ", every: 'months': expected a whole number from 1 to 119988, found '6'")}},
      {"{ years = 10000 }", {at(19, ", every: 'years': expected a whole number from 1 to 9999, found 10000")}},
      {"{ km = 0 }", {at(16, ", every: 'km': expected an amount of use above zero, such as 15000, found 0")}},
      {"{ km = -1 }", {at(16, ", every: 'km': expected an amount of use above zero, such as 15000, found -1")}},
      {"{ km = nan }", {at(16, ", every: 'km': expected an amount of use above zero, such as 15000, found nan")}},
      {"{ km = inf }", {at(16, ", every: 'km': expected an amount of use above zero, such as 15000, found inf")}},
      {"{ km = 'x' }", {at(16, ", every: 'km': expected an amount of use above zero, such as 15000, found 'x'")}},
      {"{ km = 5, hours = 5 }", {at(19, ", every: an interval counts one kind of use, found both 'km' and 'hours'")}},
      {"{ '' = 5 }", {at(11, ", every: a unit has no name")}},
      // A misspelt month would pass for a use of that name, and never fall due.
      {"{ month = 6 }", {at(11, ", every: unknown unit 'month' (did you mean 'months'?)")}},
      {"{ Weeks = 6 }", {at(11, ", every: unknown unit 'Weeks' (did you mean 'weeks'?)")}},
      {"{ business_days = 6 }",
       {at(11, ", every: unknown unit 'business_days' (write business days as a text: \"20 business days\")")}},
  };
  for (const Complaint& c : cases) {
    EXPECT_EQ(complaints(occasion_text("since = 'service'\nevery = " + c.text)), c.said) << c.text;
  }
}

TEST(ReadInterval, RefusesKeysThatDoNotGoTogether) {
  const std::string a = ": occasion 'a': ";
  expect_occasion_complaints({
      {"every = '6 months'",
       {"rules.toml:3:1" + a + "'every' needs 'since', the event kinds it counts from, such as since = \"service\""}},
      {"every = '6 months'\nsince = []",
       {"rules.toml:4:9" + a + "'since': expected a text or a list of texts, found an empty list"}},
      {"every = '6 months'\nsince = 's'\nmeter = 'km'",
       {"rules.toml:5:1" + a + "'meter' goes with a use part, such as every = { months = 12, km = 15000 }"}},
      {"every = '6 months'\nsince = 's'\nwhichever = 'first'",
       {"rules.toml:5:1" + a + "'whichever' goes with both time and use, such as every = { months = 12, km = 15000 }"}},
      {"every = { km = 5 }\nsince = 's'\nwhichever = 'last'",
       {"rules.toml:5:1" + a + "'whichever' goes with both time and use, such as every = { months = 12, km = 15000 }",
        "rules.toml:5:13" + a + "'whichever': expected 'first' or 'later', found 'last'"}},
      {"every = { km = 5 }\nsince = 's'\nrestart = 'scheduled'",
       {"rules.toml:5:1" + a +
        "restart = \"scheduled\" goes with spans of time, not with use: use has no dates to keep"}},
      {"every = { km = 5 }\nsince = 's'\nfirst = { hours = 3 }",
       {"rules.toml:5:9" + a + "'every' counts 'km' and 'first' counts 'hours': expected one kind of use"}},
      {"every = '6 months'\nsince = 's'\nfirst = '0 days'",
       {"rules.toml:5:9" + a + "'first': expected a span longer than nothing, found '0 days'"}},
      {"every = '6 months'\nsince = ['s', 's']", {"rules.toml:4:9" + a + "'since': 's' is in it twice"}},
  });
}

}  // namespace
}  // namespace courtesy
