// What a step says of its time and of whom it is for.
#include <gtest/gtest.h>

#include <string>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;
using namespace std::chrono_literals;

TEST(ReadSteps, TheTimeOfDayMayBeTheCustomersBest) {
  const Step plain = occasion("on = 'x'").steps.at(0);
  EXPECT_FALSE(plain.best_hour);
  const Step best = occasion("on = 'x'\nat = 'best'").steps.at(0);
  EXPECT_TRUE(best.best_hour);
  EXPECT_FALSE(best.at);
  // A step's own goes first, in both directions.
  const auto steps = occasion("on = 'x'\nat = 'best'\nsteps = [{}, { at = '10:00' }]").steps;
  EXPECT_TRUE(steps.at(0).best_hour);
  EXPECT_FALSE(steps.at(1).best_hour);
  EXPECT_EQ(steps.at(1).at, TimeOfDay{10h});
  const Step later = occasion("on = 'x'\nat = '10:00'\nsteps = [{ at = 'best' }]").steps.at(0);
  EXPECT_TRUE(later.best_hour);
  EXPECT_FALSE(later.at);
}

TEST(ReadSteps, ATeamIsOfStaff) {
  EXPECT_EQ(occasion("on = 'x'\naudience = 'staff'\nteam = 'front desk'").steps.at(0).team, "front desk");
  EXPECT_EQ(occasion("on = 'x'\naudience = 'staff'").steps.at(0).team, "");
  // Reminders to customers are alike, whatever team the other steps are for.
  const auto steps =
      occasion("on = 'x'\nteam = 'a'\nsteps = [{}, { audience = 'staff' }, { audience = 'staff', team = 'b' }]").steps;
  EXPECT_EQ(steps.at(0).team, "");
  EXPECT_EQ(steps.at(1).team, "a");
  EXPECT_EQ(steps.at(2).team, "b");
}

TEST(ReadSteps, RefusesWhatIsWrong) {
  expect_occasion_complaints({
      {"on = 'x'\nteam = ''", {"rules.toml:4:8: occasion 'a': 'team': expected a text, found an empty text"}},
      {"on = 'x'\nsteps = [{ team = ['a'], audience = 'staff' }]",
       {"rules.toml:4:19: occasion 'a', step 1: 'team': expected a text, found a list"}},
      {"on = 'x'\nsteps = [{ before = '-1 day' }]",
       {"rules.toml:4:21: occasion 'a', step 1: 'before': expected a span such as '3 days', which is never negative, "
        "found '-1 day'"}},
      {"on = 'x'\nsteps = [{ at = 'noon' }]",
       {"rules.toml:4:17: occasion 'a', step 1: 'at': expected a time of day such as \"09:00\", or \"best\", found "
        "'noon'"}},
  });
}

}  // namespace
}  // namespace courtesy
