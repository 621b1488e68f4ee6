// What looks odd about rules and tables together is told, and what is in order is not.
#include <gtest/gtest.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Rows;
using testing_story::Story;

const std::string row0 = "customers, row 0, column 'channels': ";
const std::string no_channel = " is no channel that is known or that the rules name";

Story thanks(const std::string& more = "") {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\n" + more;
  story.events.header = {"id", "customer", "kind", "at", "channel", "note"};
  story.events.rows = {{"e0", "ada", "purchase", "2026-12-03", "", ""}};
  return story;
}

struct ConsentCase {
  std::vector<std::string> event;  // kind, channel, note
  Lines warnings;
};

class ConsentWarnings : public testing::TestWithParam<ConsentCase> {};

TEST_P(ConsentWarnings, NameTheRowAndWhatIsMadeOfIt) {
  Story story = thanks("channels = ['email', 'pigeon']");
  const auto& event = GetParam().event;
  story.events.rows.push_back({"e1", "ada", event[0], "2026-01-01", event[1], event[2]});
  EXPECT_EQ(story.plan().warnings, GetParam().warnings);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ConsentWarnings,
    testing::Values(
        ConsentCase{{"withdrawal", "email", "care"}, {}}, ConsentCase{{"withdrawal", "E-Mail", " Care "}, {}},
        ConsentCase{{"withdrawal", "pigeon", ""}, {}}, ConsentCase{{"withdrawal", "fax", ""}, {}},
        ConsentCase{{"contact", "owl", "rang twice"}, {}}, ConsentCase{{"visit", "owl", "rang twice"}, {}},
        ConsentCase{{"withdrawal", "emial", ""},
                    {"events, row 1, column 'channel': a withdrawal names 'emial', which is no channel that is known "
                     "or that the rules name (did you mean 'email'?); it is taken as one of all channels"}},
        ConsentCase{{"consent", "owl", ""},
                    {"events, row 1, column 'channel': a consent names 'owl', which is no channel that is known or "
                     "that the rules name; it is taken as one of none"}},
        // The note is not shown: people write all sorts of things into it.
        ConsentCase{{"withdrawal", "", "asked by phone"},
                    {"events, row 1, column 'note': a withdrawal names none of the purposes service, care, offer and "
                     "recovery, so it is taken as one of all of them"}},
        ConsentCase{{"consent", "", "offers"},
                    {"events, row 1, column 'note': a consent names none of the purposes service, care, offer and "
                     "recovery, so it is taken as one of none"}},
        ConsentCase{{"Withdrawal", "", ""},
                    {"events: the kind 'Withdrawal' means nothing to the rules (did you mean 'withdrawal'?)"}}));

TEST(KindWarnings, TellASlipOfTheKindsWithAMeaning) {
  Story story = thanks();
  int n = 0;
  for (const std::string kind : {"rating", "consult", "contract", "visit", "ship", "consents", "Reading", "withdrawl",
                                 "contacts", "compliant", "Resolution", "send now", "use-channel", "promisse"}) {
    story.events.rows.push_back({"k" + std::to_string(++n), "ada", kind, "2026-01-01", "", ""});
  }
  const std::string text = "' means nothing to the rules (did you mean '";
  EXPECT_EQ(
      story.plan().warnings,
      (Lines{"events: the kind 'consents" + text + "consent'?)", "events: the kind 'Reading" + text + "reading'?)",
             "events: the kind 'withdrawl" + text + "withdrawal'?)", "events: the kind 'contacts" + text + "contact'?)",
             "events: the kind 'compliant" + text + "complaint'?)",
             "events: the kind 'Resolution" + text + "resolution'?)",
             "events: the kind 'send now" + text + "send_now'?)",
             "events: the kind 'use-channel" + text + "use_channel'?)",
             "events: the kind 'promisse" + text + "promise'?)"}));
}

// A kind that the rules name and no event is of.
struct KindCase {
  const char* policy;
  const char* occasion;
  Lines warnings;
};

class UnknownKindWarnings : public testing::TestWithParam<KindCase> {};

TEST_P(UnknownKindWarnings, NameTheKeyAndTheNearest) {
  Story story = thanks();
  story.policy = GetParam().policy;
  story.occasion = std::string("name = 'x'\n") + GetParam().occasion;
  story.events.rows.push_back({"e1", "ada", "promise", "2026-12-01", "", ""});
  EXPECT_EQ(story.plan().warnings, GetParam().warnings);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, UnknownKindWarnings,
    testing::Values(
        KindCase{"",
                 "silent = '9 days'\nsince = ['purchase', 'promises']",
                 {"occasion 'x': since = 'promises', and no event is of that kind (did you mean 'promise'?)"}},
        KindCase{"", "due = 'warranty'", {"occasion 'x': due = 'warranty', and no event is of that kind"}},
        // Neither what ends a promise without being named, nor the hold that no rule has written.
        KindCase{"", "due = 'promise'", {"occasion 'x': due = 'promise', and no event of that kind has a 'due'"}},
        KindCase{"",
                 "on = 'purchase'\nwhen = { count = { kind = ['purchase', 'visit'], min = 2 } }",
                 {"occasion 'x': count = 'visit', and no event is of that kind"}},
        KindCase{"",
                 "on = 'purchase'\nwhen = { any = [{ spend = { kind = 'puchase', min = 2 } }] }",
                 {"occasion 'x': spend = 'puchase', and no event is of that kind (did you mean 'purchase'?)"}},
        KindCase{"", "on = 'purchase'\nwhen = { spend = { min = 2 } }", {}},
        KindCase{"holds = [{ after = ['complaint', 'dispute'], until = ['resolution', 'verdict'] }]",
                 "on = 'purchase'",
                 {"policy: a hold: after = 'dispute', and no event is of that kind",
                  "policy: a hold: until = 'verdict', and no event is of that kind"}}));

// What stands for one reminder: its row is named where it lacks what it is about.
struct OverrideCase {
  std::vector<std::string> event;  // kind, ref, due, channel
  Lines warnings;
};

const char* const a_key = "0123456789abcdef0123456789ABCDEF";

class OverrideWarnings : public testing::TestWithParam<OverrideCase> {};

TEST_P(OverrideWarnings, NameTheRowAndTheColumn) {
  Story story = thanks();
  const auto& event = GetParam().event;
  story.events = {{"id", "customer", "kind", "at", "ref", "due", "channel"},
                  {{"e0", "ada", "purchase", "2026-12-03", "", "", ""},
                   {"e1", "ada", event[0], "2026-12-03", event[1], event[2], event[3]},
                   {"e2", "ada", event[0], "2026-12-02", event[1], event[2], event[3]}}};
  EXPECT_EQ(story.plan().warnings, GetParam().warnings);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, OverrideWarnings,
    testing::Values(
        OverrideCase{{"skip", a_key, "", ""}, {}}, OverrideCase{{"snooze", a_key, "2026-12-09", ""}, {}},
        OverrideCase{{"send_now", a_key, "", ""}, {}}, OverrideCase{{"use_channel", a_key, "", "sms"}, {}},
        // A contact that no plan has asked for counts for the caps.
        OverrideCase{{"contact", "", "", ""}, {}},
        OverrideCase{{"skip", "the thank-you", "", ""},
                     {"events, row 1, column 'ref' (and 1 more): a skip names no reminder by its key, so it is not "
                      "heard"}},
        OverrideCase{
            {"use_channel", a_key, "", "emial"},
            {"events, row 1, column 'channel' (and 1 more): a use_channel names a channel that is neither known "
             "nor named by the rules"}},
        OverrideCase{{"skip", "", "", ""},
                     {"events, row 1, column 'ref' (and 1 more): a skip names no reminder by its key, so it is not "
                      "heard"}},
        OverrideCase{{"send_now", "", "", ""},
                     {"events, row 1, column 'ref' (and 1 more): a send_now names no reminder by its key, so it is not "
                      "heard"}},
        OverrideCase{{"snooze", a_key, "", ""},
                     {"events, row 1, column 'due' (and 1 more): a snooze says not until when, so it is not heard"}},
        OverrideCase{{"use_channel", "", "", ""},
                     {"events, row 1, column 'ref' (and 1 more): a use_channel names no reminder by its key, so it is "
                      "not heard",
                      "events, row 1, column 'channel' (and 1 more): a use_channel names no channel, so it is not "
                      "heard"}}));

TEST(GestureWarnings, TellASlipOfAGesturesName) {
  Story story = thanks("gestures = [{ name = 'card' }]");
  story.happened("contact", "2026-11-01", {{"topic", "cards"}}).happened("contact", "2026-11-02", {{"topic", "card"}});
  story.happened("contact", "2026-11-03", {{"topic", "call back"}}).happened("visit", "2026-11-03", {{"topic", "crd"}});
  EXPECT_EQ(story.plan().warnings,
            Lines{"events, row 1, column 'topic': 'cards' is no gesture of the rules (did you mean 'card'?)"});
}

TEST(GestureWarnings, TellOfTheirConditions) {
  Story story = thanks("gestures = [{ name = 'card', when = { count = { kind = 'purchace', min = 1 } } }]");
  EXPECT_EQ(story.plan().warnings, Lines{"occasion 'thanks': count = 'purchace', and no event is of that kind (did you "
                                         "mean 'purchase'?)"});
  story = thanks("gestures = [{ name = 'card', when = { id = { min = 1 } } }]");
  EXPECT_EQ(story.plan().warnings, Lines{"occasion 'thanks': asks whether 'id' is at least a number, and no cell of "
                                         "that column of customers is one"});
}

TEST(ScopeWarnings, TellOfAColumnThatIsNotThere) {
  Story story = thanks();
  story.policy = "caps = [{ purposes = 'care', most = 1, per = '7 days', scope = 'household' }]";
  EXPECT_EQ(story.plan().warnings,
            Lines{"policy: cap 1 counts by household, and the table customers has no such column, "
                  "so it counts each customer alone"});
  story.customers = {{"id", "household"}, {{"ada", "h"}}};
  EXPECT_TRUE(story.plan().warnings.empty());
}

TEST(HoldWarnings, TellOfWhatWaitsForItself) {
  const std::string text = "occasion 'x': it starts from 'complaint', which holds ";
  const std::string waits = ", so it waits while that is open";
  const std::string mend = "; purpose = 'recovery' does not wait";
  const std::string everything = "holds = [{ purposes = ['care', 'offer', 'service', 'recovery'] }]";
  struct Case {
    std::string policy;
    const char* occasion;
    Lines warnings;
  };
  const std::vector<Case> cases = {
      {"", "on = 'complaint'", {text + "care" + waits + mend}},
      {"", "every = '3 days'\nsince = 'complaint'\npurpose = 'offer'", {text + "offer" + waits + mend}},
      {"", "on = 'complaint'\npurpose = 'recovery'", {}},
      {"", "on = 'complaint'\npurpose = 'service'", {}},
      {"", "on = 'resolution'", {}},
      {"", "yearly = 'birthday'", {}},
      {"holds = []", "on = 'complaint'", {}},
      {everything, "on = 'complaint'\npurpose = 'recovery'", {text + "recovery" + waits}},
  };
  for (const Case& test : cases) {
    Story story;
    story.policy = test.policy;
    story.occasion = std::string("name = 'x'\n") + test.occasion;
    story.events.rows = {{"e0", "ada", "complaint", "2026-12-03"}, {"e1", "ada", "resolution", "2026-12-04"}};
    EXPECT_EQ(story.plan().warnings, test.warnings) << test.policy << test.occasion;
  }
}

TEST(ConsentWarnings, CountTheOthers) {
  Story story = thanks();
  for (const std::string id : {"e1", "e2", "e3"}) {
    story.events.rows.push_back({id, "ada", "withdrawal", "2026-01-01", "owl", ""});
  }
  ASSERT_EQ(story.plan().warnings.size(), 1U);
  EXPECT_EQ(story.plan().warnings[0].substr(0, 45), "events, row 1, column 'channel' (and 2 more):");
}

TEST(ChannelWarnings, TellEachUnknownPreferenceOnce) {
  Story story = thanks("channels = ['email', 'pigeon']");
  story.customers = {{"id", "channels"}, {{"ada", "emial, Email"}, {"ben", "emial, pigeon, fax"}}};
  EXPECT_EQ(story.plan().warnings, Lines{row0 + "'emial'" + no_channel + " (did you mean 'email'?)"});
}

TEST(ConditionWarnings, TellBoundsThatNoCellCanMeet) {
  struct Case {
    const char* when;
    Lines warnings;
  };
  const std::vector<Case> cases = {
      {"{ visits = { min = 3 } }", {}},
      {"{ since = { max = 2026-01-01 } }", {}},
      {"{ empty = { min = 3 } }", {}},
      {"{ tier = 'bronze' }", {}},
      {"{ tier = { min = 3 } }",
       {"occasion 'thanks': asks whether 'tier' is at least a number, and no cell of that column of customers is one"}},
      {"{ visits = { max = 2026-01-01 } }",
       {"occasion 'thanks': asks whether 'visits' is at most a date, and no cell of that column of customers is one"}},
      {"{ any = [{ visits = 1 }, { not = { since = { min = 1 } } }] }",
       {"occasion 'thanks': asks whether 'since' is at least a number, and no cell of that column of customers is "
        "one"}},
  };
  for (const Case& test : cases) {
    Story story = thanks(std::string("when = ") + test.when);
    story.customers = {{"id", "tier", "visits", "since", "empty"}, {{"ada", "gold", "3", "2020-05-01", ""}}};
    EXPECT_EQ(story.plan().warnings, test.warnings) << test.when;
  }
}

TEST(MeterWarnings, TellThatNoReadingIsOfTheMeter) {
  struct Case {
    const char* unit;
    const char* value;
    Lines warnings;
  };
  const std::string text = "occasion 'service': no reading is of the meter 'odometer' or in 'km'";
  const std::vector<Case> cases = {{"km", "1000", {}},
                                   {"odometer", "1000", {}},
                                   {"", "1000", {}},
                                   {"mi", "1000", {text + "; units of readings are 'mi', so use decides nothing"}},
                                   {"mi", "", {}}};
  for (const Case& test : cases) {
    Story story;
    story.occasion = "name = 'service'\nevery = { months = 12, km = 15000 }\nsince = 'service'\nmeter = 'odometer'";
    story.events = {{"id", "customer", "kind", "at", "value", "unit"},
                    {{"e0", "ada", "service", "2026-01-05", "", ""},
                     {"e1", "ada", "reading", "2026-02-05", test.value, test.unit},
                     {"e2", "ada", "purchase", "2026-02-05", "7", "km"}}};
    EXPECT_EQ(story.plan().warnings, test.warnings) << test.unit;
  }
}

}  // namespace
}  // namespace courtesy
