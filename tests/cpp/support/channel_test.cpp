#include <courtesy/channel.h>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace courtesy {
namespace {

TEST(Channel, IsKnownHoweverItIsWritten) {
  const std::vector<std::pair<const char*, const char*>> cases = {{"email", "email"},
                                                                  {"Email", "email"},
                                                                  {"E-Mail", "email"},
                                                                  {" e mail ", "email"},
                                                                  {"SMS", "sms"},
                                                                  {"Whats App", "whatsapp"},
                                                                  {"letter\n", "letter"},
                                                                  {"Pigeon", "Pigeon"},
                                                                  {" pigeon\t", "pigeon"},
                                                                  {"e-pigeon", "e-pigeon"},
                                                                  {"emial", "emial"},
                                                                  {"", ""},
                                                                  {"  ", ""}};
  for (const auto& [text, name] : cases) EXPECT_EQ(channel_named(text), name) << text;
}

TEST(Channel, HasItsOwnName) {
  for (const std::string& name : known_channels()) EXPECT_EQ(channel_named(name), name);
}

TEST(Channel, OfTheTelephoneAndOfThePostHaveTwoNames) {
  const std::vector<std::pair<const char*, const char*>> same = {
      {"phone", "call"}, {"post", "letter"}, {"post", "card"}, {"pigeon", "pigeon"}};
  for (const auto& [a, b] : same) {
    EXPECT_TRUE(same_channel(a, b)) << a << b;
    EXPECT_TRUE(same_channel(b, a)) << a << b;
  }
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"letter", "card"}, {"phone", "sms"}, {"email", "post"}, {"pigeon", "owl"}}) {
    EXPECT_FALSE(same_channel(a, b)) << a << b;
  }
}

}  // namespace
}  // namespace courtesy
