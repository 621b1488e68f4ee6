// Rules in the one form in which two ways to write the same are one text.
#include <courtesy/rules/written.h>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

struct WayToWrite {
  const char* what;
  std::string keys;
  bool same;
};

// A thank-you, a day after each purchase.
const char* const thanks =
    "on = 'purchase'\nafter = '1 day'\nwhen = { tier = 'gold', visits = { min = 2, max = 3.5 } }\n";

TEST(WrittenRules, NeitherTheOrderOfKeysNorFormattingNorCommentsMatter) {
  const std::vector<WayToWrite> ways{
      {"as it is", thanks, true},
      {"keys in another order",
       "when = { visits = { max = 3.5, min = 2 }, tier = 'gold' }\nafter = '1 day'\non = 'purchase'", true},
      {"comments, blanks and quotes",
       "# of thanks\non   =   \"purchase\"  # bought\n\nafter = '''1 day'''\n"
       "when = {tier=\"g\\u006Fld\",visits={min=+2,max=35e-1}}",
       true},
      {"tables of their own and dotted keys",
       "on = 'purchase'\nafter = '1 day'\nwhen.tier = 'gold'\n[occasion.when.visits]\nmin = 0x2\nmax = 3.50", true},
      {"another span", "on = 'purchase'\nafter = '2 days'\nwhen = { tier = 'gold', visits = { min = 2, max = 3.5 } }",
       false},
      {"a key more", std::string(thanks) + "priority = 1", false},
      {"another number", "on = 'purchase'\nafter = '1 day'\nwhen = { tier = 'gold', visits = { min = 2, max = 3.6 } }",
       false},
  };
  const Occasion as_written = occasion(thanks);
  EXPECT_EQ(as_written.written,
            "after = \"1 day\"\nname = \"a\"\non = \"purchase\"\n"
            "when = { tier = \"gold\", visits = { max = 3.5, min = 2 } }\n");
  for (const WayToWrite& way : ways) {
    EXPECT_EQ(occasion(way.keys).written == as_written.written, way.same) << way.what << ":\n"
                                                                          << occasion(way.keys).written;
  }
}

TEST(WrittenRules, TheOrderOfListsMatters) {
  EXPECT_NE(occasion("on = 'x'\nchannels = ['email', 'letter']").written,
            occasion("on = 'x'\nchannels = ['letter', 'email']").written);
  EXPECT_NE(rules(occasion_text("on = 'x'", "a") + occasion_text("on = 'x'", "b"))->written,
            rules(occasion_text("on = 'x'", "b") + occasion_text("on = 'x'", "a"))->written);
}

TEST(WrittenRules, AnOccasionsTextIsItsOwnWhateverTheOthersAndThePolicySay) {
  const std::string a = occasion_text("on = 'x'", "a");
  const auto alone = rules(a);
  const auto among =
      rules("[shop]\nzone = 'Europe/London'\n[policy]\nat = '10:00'\n" + occasion_text("on = 'y'", "b") + a);
  EXPECT_EQ(alone->occasions.at(0).written, among->occasions.at(1).written);
  EXPECT_NE(alone->written, among->written);
}

TEST(WrittenRules, AreReadAgainAsTheSame) {
  const std::vector<std::string> texts{
      "",
      "[shop]\nname = 'Tom \"the wrench\" \\\\ Sons\\n'\nzone = 'Europe/London'\n",
      "[policy]\nat = 10:30:00\nquiet_hours = { from = '20:00', to = 08:00:00 }\nvalue_years = 2.0\n"
      "delivery = { sms = 'at_most_once', \"the shop's own\" = 'at_least_once' }\n"
      "opening_hours = { mon-fri = '08:00-17:00', 2026-12-24 = 'closed' }\n"
      "business_days = { weekend = [], holidays = [2026-12-25, '2026-12-28'] }\n" +
          occasion_text("rrule = 'FREQ=WEEKLY'\nstart = 2026-01-06\nrdate = [2026-02-01, '2026-02-02']"),
      occasion_text("on = 'x'\nwhen = { \"l\\u00e4nge \\\"x\\\"\" = 1e12, since = { min = 2020-02-29 }, ok = true, n = "
                    "[1, 2.5, 'x'] }"),
      "[[occasion]]\nname = \"tab\xC3\xA9\"\non = \"a\\tb\\u007f\"\nsteps = [{ name = '1', before = '2 days' }, {}]\n",
  };
  for (const std::string& text : texts) {
    const auto first = rules(text);
    const auto again = rules(first->written);
    EXPECT_EQ(again->written, first->written) << text;
    ASSERT_EQ(again->occasions.size(), first->occasions.size()) << text;
    for (std::size_t i = 0; i < first->occasions.size(); ++i) {
      EXPECT_EQ(again->occasions[i].written, first->occasions[i].written);
      EXPECT_EQ(again->occasions[i].name, first->occasions[i].name);
    }
    EXPECT_EQ(again->shop.name, first->shop.name);
    EXPECT_EQ(again->policy.at, first->policy.at);
    EXPECT_EQ(again->policy.at_most_once, first->policy.at_most_once);
  }
}

TEST(WrittenRules, SayWhereTheHolidaysAreFrom) {
  const auto read = [](const char* version) {
    const HolidaySource source = [&](const HolidayRequest&) {
      return HolidayAnswer{{6, 7}, {}, {}, std::string("holidays ") + version + ": GB, public"};
    };
    return rules_from_toml("[policy]\nbusiness_days = { country = 'GB' }\n" + occasion_text("on = 'x'"), "", source);
  };
  const auto older = read("0.1");
  EXPECT_TRUE(older->written.ends_with("# 'holidays 0.1: GB, public'\n")) << older->written;
  EXPECT_NE(older->written, read("0.2")->written);
  EXPECT_EQ(older->occasions.at(0).written, read("0.2")->occasions.at(0).written);
}

// Trees of objects have no places, and whole numbers where a text has fractions, as they were given.
TEST(WrittenRules, OfATreeAreThoseOfATextThatSaysTheSame) {
  const Node tree = table({{"occasion", list({table({{"name", node("a")},
                                                     {"yearly", node("birthday")},
                                                     {"at", node(TimeOfDay{570})},
                                                     {"not_before", node(Day{std::chrono::days{20'000}})},
                                                     {"when", table({{"visits", node(2.0)}})},
                                                     {"milestones", list({node(std::int64_t{5})})}})})},
                           {"shop", table({})}});
  EXPECT_EQ(read_rules(tree)->written,
            rules(occasion_text("yearly = 'birthday'\nat = 09:30:00\nnot_before = 2024-10-04\nwhen = { visits = 2.0 }\n"
                                "milestones = [5]"))
                ->written);
}

}  // namespace
}  // namespace courtesy
