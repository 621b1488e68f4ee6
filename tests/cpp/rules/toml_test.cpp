// TOML as text: places, syntax errors in plain words, encodings.
#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

TEST(Toml, SyntaxErrorsHaveAPlaceAndPlainWords) {
  const char* clock = " (a time of day is written \"10:00\", in quotes, or 10:00:00)";
  const char* quotes = " (texts stand in quotes, and true and false are lower case)";
  const char* line = " (a text stands in quotes, all of it)";
  const char* braces = " (a table in braces stands on one line, without a comma at its end)";
  const char* spans = " (texts and spans stand in quotes: \"3 days\")";
  struct Said {
    std::string text, place, words;
  };
  const std::vector<Said> cases{
      {"name = birthday", "1:8", std::string("expected a value, found 'birthday'") + quotes},
      {"[shop]\nx = True", "2:5", std::string("expected a value, found 'True'") + quotes},
      {"x = [email, sms]", "1:6", std::string("expected a value, found 'email'") + quotes},
      {"name =\nx = 1", "1:7", "expected a value, found the end of the line"},
      {"name = “x”", "1:8", "expected straight quotes, \" or ', found '“x”'"},
      {"“name” = 1", "1:1", "expected straight quotes, \" or ', found '“name”'"},
      {"name = \"x\non = \"y\"", "1:10", "expected a closing quote, found the end of the line"},
      {"name = 'x", "1:10", "expected a closing quote, found the end of the file"},
      {"name = \"\"\"x\n", "1:13", "expected a closing quote, found the end of the file"},
      {"x = \"C:\\dir\"", "1:9",
       "a text holds an unknown escape (a backslash is written \\\\, or plainly in single quotes)"},
      {"[shop", "1:6", "expected ] after the table's name, found the end of the file"},
      {"[]", "1:2", "expected a name in the brackets, such as [shop]"},
      {"[a] b = 1", "1:5", std::string("expected the end of the line, found 'b'") + line},
      {"name \"x\"", "1:6", "expected = after the key, found '\"'"},
      {"name: \"x\"", "1:5", "expected = after the key, found ':'"},
      {"{ \"a\": 1 }", "1:1", "expected a key, a table such as [shop], or a comment, found '{'"},
      {"a..b = 1", "1:3", "expected a key, found '.'"},
      {"hello", "1:6", "expected a key, = and a value, found the end of the file"},
      {"after = 3 days", "1:11", std::string("expected the end of the line, found 'days'") + line},
      {"after = 3d", "1:10", std::string("expected a number, found '3d'") + spans},
      {"x = 007", "1:8", "expected a number without zeros before it, found '007'"},
      {"x = 99999999999999999999", "1:25", "expected a whole number of 64 bits at most, found '99999999999999999999'"},
      {"at = 10:00", "1:11", std::string("expected a time of day or a date, found '10:00'") + clock},
      {"x = { at = 10:00, b = 1 }", "1:17", std::string("expected a time of day or a date, found '10:00'") + clock},
      {"at = 25:00:00", "1:8", "expected a time of day or a date, found '25:00:00' (there is no such time or day)"},
      {"x = 2026-02-30", "1:15", "expected a time of day or a date, found '2026-02-30' (there is no such time or day)"},
      {"x = 2026-2-3", "1:11", "expected a time of day or a date, found '2026-2-3' (a date is written 2026-12-25)"},
      {"x = [1, 2", "1:10", "expected a comma or ], found the end of the file"},
      {"x = [{ a = 1 }\n{ b = 2 }]", "2:1", "expected a comma or ], found '{'"},
      {"x = {\n a = 1 }", "1:6", std::string("expected a key or }, found the end of the line") + braces},
      {"x = { a = 1, }", "1:14", std::string("expected another key after the comma, found }") + braces},
      {"[shop]\nname = 'a'\nname = 'b'", "3:8", "the key 'name' is written twice in one table"},
      {"[occasion]\n[occasion]", "2:1",
       "the table 'occasion' is written twice (each table of a list stands below its name in two brackets, such as "
       "[[occasion]])"},
      {"[[occasion]]\n[occasion]", "2:1", "'occasion' is a list of tables: write it in two brackets, as [[occasion]]"},
  };
  for (const Said& c : cases) {
    EXPECT_EQ(complaints(c.text), Lines{"rules.toml:" + c.place + ": this is not TOML: " + c.words}) << c.text;
  }
}

TEST(Toml, ColumnsCountCharacters) {
  EXPECT_EQ(complaints("[shop]\nname = 'Zürich' # Ü\nzone = { 'ü' = 1 }"),
            Lines{"rules.toml:3:8: shop: 'zone': expected a text, found a table"});
  EXPECT_EQ(complaints("[shop]\n'ü' = 1"),
            Lines{"rules.toml:2:1: shop: unknown key 'ü' (its keys are 'name', 'zone' and 'locale')"});
  EXPECT_EQ(complaints("[policy]\nchannels = ['ü', 3]"),
            Lines{"rules.toml:2:18: policy: 'channels': expected a text, found 3"});
}

TEST(Toml, TakesDottedKeysAndTablesOfTheirOwn) {
  const std::string text = R"(
policy.quiet_hours.from = "20:00"
policy.quiet_hours.to = "08:00"
[policy.consent]
offer = "not needed"
[[occasion]]
name = "a"
on = "x"
[occasion.when]
tier = "gold"
[[occasion.steps]]
after = "1 day"
[[occasion.steps]]
after = "2 days"
)";
  const auto made = rules(text);
  ASSERT_EQ(made->occasions.size(), 1U);
  EXPECT_EQ(made->occasions[0].steps.size(), 2U);
  EXPECT_EQ(made->occasions[0].when.value().text, "tier is 'gold'");
  EXPECT_EQ(made->policy.quiet_hours.value().from, std::chrono::hours{20});
  EXPECT_EQ(made->policy.consent[static_cast<std::size_t>(Purpose::offer)], Consent::not_needed);
}

TEST(Toml, WindowsLineEndsAndAByteOrderMarkAreNoMatter) {
  const std::string text = occasion_text("on = 'purchase'\nwhen = { tier = 'gold' }");
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto made = rules(windows);
  ASSERT_EQ(made->occasions.size(), 1U);
  EXPECT_EQ(made->occasions[0].name, "a");
  EXPECT_EQ(made->occasions[0].when.value().where.line, 4);
  EXPECT_EQ(complaints("\xEF\xBB\xBF[shop]\r\nzoen = 1\r\n"),
            Lines{"rules.toml:2:1: shop: unknown key 'zoen' (did you mean 'zone'?)"});
}

TEST(Toml, NamesTheFileOnlyWhereThereIsOne) {
  const auto said = complaints_of([] { (void)rules_from_toml("[shop]\nzoen = 1", ""); });
  EXPECT_EQ(said, Lines{"line 2, column 1: shop: unknown key 'zoen' (did you mean 'zone'?)"});
}

}  // namespace
}  // namespace courtesy
