// Bounds of a rule file, and files that keep them.
#include <courtesy/rules/toml_limits.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

std::string repeated(const std::string& part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(TomlLimits, AFileOfFiftyMegabytesIsRefusedAtOnce) {
  EXPECT_EQ(complaints(std::string(50'000'000, '#')),
            Lines{"rules.toml: the rules are 47.7 MiB long, and 32 MiB is the most; is it a rule file?"});
  EXPECT_NO_THROW(check_toml_limits(std::string(longest_rule_file, '#'), "rules.toml"));
}

TEST(TomlLimits, AHundredThousandOccasionsAreRead) {
  constexpr std::size_t many = 100'000;
  std::string text;
  for (std::size_t i = 0; i < many; ++i) {
    text += "[[occasion]]\nname = \"occasion-" + std::to_string(i) + "\"\non = \"purchase\"\nafter = \"1 day\"\n\n";
  }
  const auto made = rules(text);
  ASSERT_EQ(made->occasions.size(), many);
  EXPECT_EQ(made->occasions.back().name, "occasion-99999");
  EXPECT_EQ(made->occasions.back().where.line, 499'996);
}

// Each of these would take the whole stack of a reader that follows it.
TEST(TomlLimits, DepthIsBounded) {
  const std::vector<std::string> cases{
      "a" + repeated(".a", 1'000'000) + " = 1",         "[a" + repeated(".a", 1'000'000) + "]",
      "\"a\"" + repeated(" . 'a'", 1'000'000) + " = 1", "a = " + repeated("[", 1'000'000),
      "a = " + repeated("{ a = ", 1'000'000),           "a = " + repeated("{ a.a.a.a = [", 1'000'000),
  };
  for (const std::string& text : cases) {
    EXPECT_EQ(
        complaints(text),
        Lines{"rules.toml:1: the rules are nested more than 100 levels deep, which is the most; is it a rule file?"})
        << text.substr(0, 40);
  }
  EXPECT_EQ(complaints("# a\n\nb = 1\na" + repeated(".a", 101) + " = 1").at(0).substr(0, 13), "rules.toml:4:");
}

TEST(TomlLimits, DepthIsThatOfOneKey) {
  // Dots in texts, comments, numbers and keys next to each other open no level.
  const std::string dots(200, '.');
  const std::vector<std::string> cases{
      "[shop]\nname = \"" + dots + "\"",
      "[shop]\nname = '" + dots + "'",
      "[shop]\nname = \"\"\"" + dots + "\\\"\"\"\"",
      "[shop]\nname = \"\\\"" + dots + "\"",
      "# " + dots,
      occasion_text("on = 'x'\nwhen = { a = [" + repeated("1.5, ", 200) + "2.5] }"),
      occasion_text("on = 'x'\nwhen = { a = 1" +
                    [] {
                      std::string keys;
                      for (int i = 0; i < 200; ++i) keys += ", b" + std::to_string(i) + ".min = 1";
                      return keys;
                    }() +
                    " }"),
      occasion_text("on = 'x'\nsteps = [" + repeated("{},", 200) + "]"),
  };
  for (const std::string& text : cases) EXPECT_EQ(complaints(text), Lines{}) << text.substr(0, 60);
}

TEST(TomlLimits, ValuesAreCounted) {
  EXPECT_EQ(complaints("[policy]\nchannels = [" + repeated("1,", most_rule_values) + "]"),
            Lines{"rules.toml:2: the rules are more than 3000000 values long, which is the most; is it a rule file?"});
}

TEST(TomlLimits, AMillionWrongKeysAreOneHundredProblems) {
  std::string text = "[shop]\n";
  for (int i = 0; i < 200'000; ++i) text += "zone" + std::to_string(i) + " = 1\n";
  const Lines said = complaints(text);
  ASSERT_EQ(said.size(), 101U);
  EXPECT_EQ(said.back(), "… and 199900 more");
}

}  // namespace
}  // namespace courtesy
