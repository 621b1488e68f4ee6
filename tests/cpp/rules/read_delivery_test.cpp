// Channels by which nothing may be said twice.
#include <gtest/gtest.h>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

std::string with(const std::string& delivery) {
  return "[policy]\ndelivery = " + delivery + "\n" + occasion_text("on = 'x'");
}

TEST(ReadDelivery, SaysByWhichChannelsNothingIsSaidTwice) {
  struct Case {
    const char* delivery;
    std::vector<const char*> once, again;
  };
  const std::vector<Case> cases{
      {"{}", {}, {"email", "sms"}},
      {"{ sms = 'at_most_once' }", {"sms"}, {"email", "whatsapp"}},
      {"{ SMS = 'at_most_once', E-Mail = 'at_least_once' }", {"sms"}, {"email"}},
      {"{ post = 'at_most_once' }", {"post", "letter", "card"}, {"email"}},
      {"{ call = 'at_most_once' }", {"call", "phone"}, {"sms"}},
      {"{ \"pigeon post\" = 'at_most_once' }", {"pigeon post"}, {"post"}},
  };
  for (const Case& c : cases) {
    const auto made = rules(with(c.delivery));
    for (const char* channel : c.once) EXPECT_FALSE(made->policy.may_repeat(channel)) << c.delivery << channel;
    for (const char* channel : c.again) EXPECT_TRUE(made->policy.may_repeat(channel)) << c.delivery << channel;
    EXPECT_EQ(warnings(with(c.delivery)), Lines{}) << c.delivery;
  }
  EXPECT_TRUE(rules(occasion_text("on = 'x'"))->policy.may_repeat("sms"));
}

TEST(ReadDelivery, RefusesWhatIsWrong) {
  const std::string a = "rules.toml:2:";
  const std::vector<std::pair<const char*, Lines>> cases{
      {"'at_most_once'",
       {a + "12: policy: 'delivery': expected a table such as { sms = \"at_most_once\" }, found 'at_most_once'"}},
      {"{ sms = 'at_most_onse' }",
       {a + "20: policy, delivery: 'sms': expected 'at_least_once' or 'at_most_once', found 'at_most_onse' (did you "
            "mean 'at_most_once'?)"}},
      {"{ sms = true }", {a + "20: policy, delivery: 'sms': expected 'at_least_once' or 'at_most_once', found true"}},
      {"{ sms = 'at_most_once', SMS = 'at_least_once' }",
       {a + "36: policy, delivery: 'SMS' is the channel 'sms', which is in it already"}},
      {"{ ' ' = 'at_most_once' }", {a + "14: policy, delivery: expected the name of a channel, found a blank text"}},
  };
  for (const auto& [delivery, said] : cases) EXPECT_EQ(complaints(with(delivery)), said) << delivery;
}

TEST(ReadDelivery, WarnsOfASlipOfThePenAndOfWhatNoOccasionUses) {
  EXPECT_EQ(warnings(with("{ emial = 'at_most_once' }")),
            Lines{"rules.toml:2:14: policy: 'delivery': 'emial' is taken as a channel of the shop's own (did you mean "
                  "'email'?)"});
  EXPECT_EQ(warnings("[policy]\ndelivery = { sms = 'at_most_once' }\n" + occasion_text("on = 'x'\nchannels = 'email'")),
            Lines{"rules.toml:2:12: policy: 'delivery': no occasion uses the channel 'sms'"});
}

}  // namespace
}  // namespace courtesy
