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
        ConsentCase{{"contact", "owl", "rang twice"}, {}},
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
  for (const std::string kind : {"rating", "consult", "contract", "visit", "consents", "Reading", "withdrawl"}) {
    story.events.rows.push_back({"k" + std::to_string(++n), "ada", kind, "2026-01-01", "", ""});
  }
  const std::string text = "' means nothing to the rules (did you mean '";
  EXPECT_EQ(story.plan().warnings, (Lines{"events: the kind 'consents" + text + "consent'?)",
                                          "events: the kind 'Reading" + text + "reading'?)",
                                          "events: the kind 'withdrawl" + text + "withdrawal'?)"}));
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
