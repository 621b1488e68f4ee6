// due = "promise", its internal target, and what its steps count from.
#include <gtest/gtest.h>

#include <string>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;
using namespace std::chrono_literals;

const std::string a = ": occasion 'a': ";
const std::string in_table = ": occasion 'a', target: ";

Deadline deadline(const std::string& keys) { return std::get<Deadline>(occasion(keys).anchor); }

TEST(ReadDeadline, TakesItsTargetAsAShareOrASpan) {
  const Deadline plain = deadline("due = 'promise'");
  EXPECT_EQ(plain.kind, "promise");
  EXPECT_FALSE(plain.has_target());
  const Deadline share = deadline("due = 'promise'\ntarget = 0.6");
  EXPECT_EQ(share.target_share, 0.6);
  EXPECT_FALSE(share.target_before);
  EXPECT_TRUE(share.has_target());
  const Deadline before = deadline("due = 'promise'\ntarget = { before = '4 days' }");
  EXPECT_EQ(before.target_before, (Span{.days = 4}));
  EXPECT_FALSE(before.target_share);
  EXPECT_TRUE(before.has_target());
  EXPECT_EQ(deadline("due = 'promise'\ntarget = { before = '4 hours' }").target_before, (Span{.time = 4h}));
}

TEST(ReadDeadline, HasStepsThatCountFromTheDueOrTheTarget) {
  const Step step = occasion("due = 'promise'\nbefore = '2 days'").steps.at(0);
  EXPECT_TRUE(step.before);
  EXPECT_EQ(step.offset, (Span{.days = 2}));
  EXPECT_FALSE(step.against);
  EXPECT_EQ(occasion("due = 'promise'\nagainst = 'due'").steps.at(0).against, Against::due);

  const auto steps =
      occasion("due = 'promise'\ntarget = 0.6\nagainst = 'target'\nsteps = [{}, { against = 'due' }]").steps;
  EXPECT_EQ(steps.at(0).against, Against::target);
  EXPECT_EQ(steps.at(1).against, Against::due);
}

TEST(ReadDeadline, RefusesWhatIsWrong) {
  const std::string form =
      "'target': expected a share of the promised span between 0 and 1, such as 0.6, or a table such as { before = "
      "\"4 days\" }, found ";
  const std::string missing =
      "'before' is missing; write target = { before = \"4 days\" }, or a share of the promised span such as 0.6";
  const std::string due = "due = 'promise'\n";
  const std::string no_target = "against = \"target\" needs a 'target' beside 'due', such as target = 0.6";
  expect_occasion_complaints({
      {"due = ['promise', 'warranty']", {"rules.toml:3:7" + a + "'due': expected a text, found a list"}},
      {"due = 2026-12-01", {"rules.toml:3:7" + a + "'due': expected a text, found 2026-12-01"}},
      {due + "target = 0", {"rules.toml:4:10" + a + form + "0"}},
      {due + "target = 1", {"rules.toml:4:10" + a + form + "1"}},
      {due + "target = 1.2", {"rules.toml:4:10" + a + form + "1.2"}},
      {due + "target = nan", {"rules.toml:4:10" + a + form + "nan"}},
      {due + "target = '4 days'", {"rules.toml:4:10" + a + form + "'4 days'"}},
      {due + "target = {}", {"rules.toml:4:10" + in_table + missing}},
      {due + "target = { befor = '4 days' }",
       {"rules.toml:4:10" + in_table + missing,
        "rules.toml:4:12" + in_table + "unknown key 'befor' (did you mean 'before'?)"}},
      {due + "target = { before = '4 days', share = 0.6 }",
       {"rules.toml:4:31" + in_table + "unknown key 'share' (its key is 'before')"}},
      {due + "target = { before = '0 hours' }",
       {"rules.toml:4:21" + in_table + "'before': expected a span longer than nothing, found '0 hours'"}},
      {due + "target = { before = '-4 days' }",
       {"rules.toml:4:21" + in_table +
        "'before': expected a span such as '3 days', which is never negative, found '-4 days'"}},
      {due + "target = { before = 4 }",
       {"rules.toml:4:21" + in_table + "'before': expected a span such as '3 days', found 4"}},
      {due + "target = { before = '4 opening hours' }",
       {"rules.toml:1:1: occasion 'a' counts opening hours, and [policy] has none (write opening_hours = { mon-fri = "
        "\"08:00-17:00\" })"}},
      {due + "target = 0.6\nagainst = 'targets'",
       {"rules.toml:5:11" + a + "'against': expected 'due' or 'target', found 'targets' (did you mean 'target'?)"}},
      {due + "against = 'target'", {"rules.toml:4:11" + a + no_target}},
      {due + "steps = [{}, { against = 'target' }]", {"rules.toml:4:26: occasion 'a', step 2: " + no_target}},
      {"on = 'purchase'\nsteps = [{ against = 'due' }]",
       {"rules.toml:4:12: occasion 'a', step 1: 'against' goes with the anchor 'due'"}},
      {"silent = '1 year'\nsince = 'x'\nsteps = [{ against = 'target' }]",
       {"rules.toml:5:12: occasion 'a', step 1: 'against' goes with the anchor 'due'"}},
  });
}

TEST(ReadDeadline, ATargetThatIsWrongIsToldOnce) {
  EXPECT_EQ(complaints(occasion_text("due = 'promise'\ntarget = 2\nagainst = 'target'")).size(), 1U);
}

}  // namespace
}  // namespace courtesy
