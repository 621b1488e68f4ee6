// What is read and has no effect, or looks odd.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

TEST(RulesWarnings, ThereIsNoOccasion) {
  for (const char* text : {"", "\n\n", "# nothing yet", "[shop]\nname = 'x'", "occasion = []"}) {
    EXPECT_EQ(warnings(text), Lines{"rules.toml: there is no occasion in the rules, so nothing will be planned"});
    EXPECT_TRUE(rules(text)->occasions.empty());
  }
}

TEST(RulesWarnings, WhatHasNoEffectIsToldOnceForAll) {
  const std::string moved = "on = 'purchase'\nmove = 'next business day'";
  EXPECT_EQ(warnings(occasion_text("on = 'purchase'", "a") + occasion_text(moved, "b")),
            Lines{"rules.toml:4:1: occasion 'b': 'move' moves nothing, as [policy] has no business_days"});
  EXPECT_EQ(warnings(occasion_text(moved, "a") + occasion_text(moved, "b")),
            Lines{"rules.toml:1:1: occasion 'a' and 1 other: 'move' moves nothing, as [policy] has no business_days"});
  EXPECT_EQ(warnings("[policy]\nbusiness_days = { weekend = ['sun'] }\n" + occasion_text(moved)), Lines{});
  EXPECT_EQ(warnings(occasion_text(moved, "a") + occasion_text(moved, "b") + occasion_text(moved, "c")),
            Lines{"rules.toml:1:1: occasion 'a' and 2 others: 'move' moves nothing, as [policy] has no business_days"});
}

TEST(RulesWarnings, AChannelLooksLikeASlipOfThePen) {
  const std::string some = occasion_text("on = 'purchase'");
  EXPECT_EQ(warnings("[policy]\nchannels = ['emial', 'sms']\n" + some),
            Lines{"rules.toml:2:12: policy: 'channels': 'emial' is taken as a channel of the shop's own (did you mean "
                  "'email'?)"});
  EXPECT_EQ(warnings("[policy]\nchannels = ['E-Mail', 'SMS', 'Pigeon']\n" + some), Lines{});
}

// Keys of one occasion 'a', and what is said of them.
TEST(RulesWarnings, AKeyOfAStepIsOfAnotherAudience) {
  const std::string team = ": 'team' has no effect without audience = \"staff\"";
  const std::string best = ": at = \"best\" is the customer's own hour; staff are reminded at the policy's 'at'";
  const std::vector<Complaint> cases{
      {"on = 'x'\nteam = 'desk'", {"rules.toml:4:1: occasion 'a'" + team}},
      {"on = 'x'\nteam = 'desk'\naudience = 'staff'", {}},
      {"on = 'x'\nteam = 'desk'\nsteps = [{}, { audience = 'staff' }]", {}},
      {"on = 'x'\nteam = 'desk'\nsteps = [{}, {}]", {"rules.toml:4:1: occasion 'a'" + team}},
      {"on = 'x'\nsteps = [{ audience = 'staff', team = 'a' }, { team = 'b' }]",
       {"rules.toml:4:48: occasion 'a', step 2" + team}},
      {"on = 'x'\nat = 'best'", {}},
      {"on = 'x'\nat = 'best'\naudience = 'staff'", {"rules.toml:4:1: occasion 'a'" + best}},
      {"on = 'x'\nat = 'best'\nsteps = [{}, { audience = 'staff' }]", {}},
      {"on = 'x'\naudience = 'staff'\nsteps = [{ at = 'best' }]", {"rules.toml:5:12: occasion 'a', step 1" + best}},
      {"on = 'x'\naudience = 'staff'\nat = '10:00'\nsteps = [{ at = 'best' }]",
       {"rules.toml:6:12: occasion 'a', step 1" + best}},
  };
  for (const Complaint& c : cases) EXPECT_EQ(warnings(occasion_text(c.text)), c.said) << c.text;
}

TEST(RulesWarnings, NoStepCountsFromTheTarget) {
  const Lines idle{
      "rules.toml:4:1: occasion 'a': 'target' has no effect, as no step counts from it (those of staff do, and with "
      "against = \"target\")"};
  const std::vector<Complaint> cases{
      {"", idle},
      {"audience = 'staff'", {}},
      {"audience = 'staff'\nagainst = 'due'", idle},
      {"against = 'target'", {}},
      {"steps = [{}, { audience = 'staff' }]", {}},
      {"steps = [{}, { against = 'target' }]", {}},
      {"steps = [{}, { audience = 'staff', against = 'due' }]", idle},
  };
  for (const Complaint& c : cases) {
    EXPECT_EQ(warnings(occasion_text("due = 'promise'\ntarget = 0.6\n" + c.text)), c.said) << c.text;
  }
}

TEST(RulesWarnings, ACountAlwaysHolds) {
  const std::string on = "on = 'purchase'\nwhen = { count = { kind = 'x', min = 0";
  EXPECT_EQ(warnings(occasion_text(on + " } }")),
            Lines{"rules.toml:4:38: occasion 'a', when, count: it always holds, as there are never fewer than 0"});
  EXPECT_EQ(warnings(occasion_text(on + ", max = 3 } }")), Lines{});
}

TEST(RulesWarnings, TheSpreadIsAfterNoQuietHours) {
  const std::string some = occasion_text("on = 'purchase'");
  EXPECT_EQ(warnings("[policy]\nspread = '2 hours'\n" + some),
            Lines{"rules.toml:2:1: policy: 'spread' has no effect for customers without quiet hours of their own, as "
                  "there are no 'quiet_hours'"});
  EXPECT_EQ(warnings("[policy]\nspread = '2 hours'\nquiet_hours = { from = '20:00', to = '08:00' }\n" + some), Lines{});
}

TEST(RulesWarnings, NoOccasionUsesWhatThePolicyNames) {
  const std::string by_call = occasion_text("on = 'x'\naudience = 'staff'\nteam = 'front desk'\nchannels = 'call'");
  struct Case {
    std::string policy;
    std::string occasions;
    Lines said;
  };
  const std::vector<Case> cases{
      {"merge = ['call', 'email']", by_call, {"rules.toml:2:9: policy: 'merge': no occasion uses the channel 'email'"}},
      {"merge = true", by_call, {}},
      {"merge = 'phone'", by_call, {}},  // which calls are by
      // Where a step names none, its customers may have any.
      {"merge = 'email'", by_call + occasion_text("on = 'x'", "b"), {}},
      {"capacity = [{ channels = ['call', 'visit'], most = 5 }]",
       by_call,
       {"rules.toml:2:26: policy, capacity 1: 'channels': no occasion uses the channel 'visit'"}},
      {"capacity = [{ channels = 'call', team = 'front desk', most = 5 }]", by_call, {}},
      {"capacity = [{ channels = 'call', most = 5 }, { channels = 'call', team = 'frontdesk', most = 5 }]",
       by_call,
       {"rules.toml:2:74: policy, capacity 2: 'team': no step is for the team 'frontdesk' (did you mean 'front "
        "desk'?)"}},
      {"caps = [{ purposes = 'offer', most = 1, per = '1 month' }]", by_call, {}},
      {"holds = [{ purposes = 'offer' }]", by_call, {}},
  };
  for (const Case& c : cases) EXPECT_EQ(warnings("[policy]\n" + c.policy + "\n" + c.occasions), c.said) << c.policy;
}

}  // namespace
}  // namespace courtesy
