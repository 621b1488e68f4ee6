// Texts that are broken by accident or on purpose: each is read or refused with a problem, and never more than that.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

const std::string whole = R"([shop]
name = "Northside Garage"
zone = "Europe/London"
locale = "en-GB"

[policy]
quiet_hours = { from = "20:00", to = "08:00" }
business_days = { weekend = ["sat", "sun"], holidays = ["2026-12-25", 2026-12-28] }
consent = { care = "unless withdrawn", offer = "needed" }
caps = [{ purposes = ["care", "offer"], most = 2, per = "7 days" }]

[[occasion]]
name = "service-due"                  # once a year
every = { months = 12, km = 15000.5 }
first = "P6M"
since = ["service", 'delivery']
meter = """odometer"""
until = ["service", "booking"]
when = { tier = ["gold", 3], tags = { none = ["trade"] }, any = [{ age = { min = 18 } }, { asset = { fuel = "gas" } }] }
not_before = 2026-11-25
steps = [
  { before = "21 days", at = "10:00", message = "service-due" },
  { after = "14 days", at = 10:30:00, audience = "staff", channels = ["call"], message = "service-überfällig" },
]

[[occasion]]
name = "birthday"
yearly = "birthday"
milestones = [18, 40]
expires = "1 day"
)";

// Whether the text was read; where it was not, the problems must say something.
bool is_read(const std::string& text) {
  try {
    (void)rules(text);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::rule);
    EXPECT_FALSE(error.problems().empty());
    for (const Problem& problem : error.problems()) EXPECT_FALSE(problem.message.empty());
    return false;
  }
}

TEST(HostileToml, TheWholeTextIsRight) { EXPECT_EQ(complaints(whole), Lines{}); }

TEST(HostileToml, CutAnywhere) {
  std::size_t read = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) read += is_read(whole.substr(0, size)) ? 1 : 0;
  EXPECT_GT(read, 0U);
  EXPECT_LT(read, whole.size());
}

TEST(HostileToml, ABytesChangedAnywhere) {
  using namespace std::string_view_literals;
  constexpr std::string_view bytes = "\0\n\r\t\"'[]{}.,=#-+:0 9aZ\\\x7f\x80\xc3\xff"sv;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string text = whole;
    for (std::size_t i = at % 8; i < bytes.size(); i += 8) {
      text[at] = bytes[i];
      (void)is_read(text);
    }
    text.erase(at, 1);
    (void)is_read(text);
  }
}

TEST(HostileToml, PiecesInAnyOrder) {
  constexpr std::string_view pieces[] = {"[shop]\n",
                                         "[policy]\n",
                                         "[[occasion]]\n",
                                         "name",
                                         "on",
                                         "every",
                                         "yearly",
                                         "when",
                                         "steps",
                                         "at",
                                         "zone",
                                         " = ",
                                         "{ ",
                                         " }",
                                         "[",
                                         "]",
                                         ", ",
                                         "\"",
                                         "'",
                                         "\"\"\"",
                                         "-",
                                         "1",
                                         "9223372036854775807",
                                         "1e308",
                                         "nan",
                                         "true",
                                         "\"purchase\"",
                                         "\"3 days\"",
                                         "10:00:00",
                                         "2026-12-25",
                                         "2026-12-25T10:00:00+01:00",
                                         "0000-01-01",
                                         ".",
                                         "\n",
                                         "#",
                                         "\\u0000",
                                         "\xEF\xBB\xBF",
                                         "\xFF",
                                         "months",
                                         "km",
                                         "any",
                                         "all",
                                         "not",
                                         "tags",
                                         "asset",
                                         "min",
                                         "missing",
                                         "silent",
                                         "since",
                                         "cadence",
                                         "due",
                                         "target",
                                         "when",
                                         "count",
                                         "spend",
                                         "kind",
                                         "policy",
                                         "caps",
                                         "holds",
                                         "merge",
                                         "capacity",
                                         "spread"};
  std::mt19937 dice(2026);
  std::uniform_int_distribution<std::size_t> piece(0, std::size(pieces) - 1);
  std::uniform_int_distribution<std::size_t> length(1, 40);
  for (int i = 0; i < 10'000; ++i) {
    std::string text;
    for (std::size_t left = length(dice); left > 0; --left) text += pieces[piece(dice)];
    (void)is_read(text);
  }
}

TEST(HostileToml, BytesThatAreNoText) {
  using namespace std::string_literals;
  EXPECT_EQ(complaints("\0"s).size(), 1U);
  EXPECT_EQ(
      complaints("[shop]\nname = \"a\0b\""s),
      Lines{
          "rules.toml:2:10: this is not TOML: a text holds a control character; those are written \\u0007 and so on"});
  for (const char* bytes : {"\xff", "[shop]\nname = \"\xc3\"", "# \x80", "[shop]\nname = '\xed\xa0\x80'"}) {
    const Lines said = complaints(bytes);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("it is not UTF-8 text (save the file as UTF-8)"), std::string::npos) << said[0];
  }
}

// What is shown of a foreign text is short, and steers no terminal.
TEST(HostileToml, MessagesAreShortAndPlain) {
  const std::string long_text(100'000, 'x');
  for (const std::string& text :
       {"[shop]\nzone = \"" + long_text + "\"", "[shop]\n" + long_text + " = 1", "x = " + long_text,
        occasion_text("on = 'x'\nwhen = { a = { " + long_text + " = 1 } }", long_text),
        occasion_text("on = 'x'\nafter = '" + long_text + "'"),
        occasion_text("every = { " + long_text + " = 0 }\nsince = 'x'"),
        occasion_text("silent = '" + long_text + "'\nsince = 1"),
        occasion_text("due = 'x'\ntarget = '" + long_text + "'"),
        occasion_text("on = 'x'\nwhen = { count = '" + long_text + "' }"),
        "[policy]\nmerge = { " + long_text + " = 1 }\ncapacity = '" + long_text + "'\nspread = '" + long_text + "'",
        occasion_text("yearly = '" + long_text + "'\nof = '" + long_text + "'"),
        "[shop]\nname = 1\nname = '" + long_text + "'", "[" + long_text + "]\n[" + long_text + "]"}) {
    for (const std::string& said : complaints(text)) EXPECT_LT(said.size(), 1'000U) << said.substr(0, 200);
  }
  for (const std::string& said :
       complaints("[shop]\n\"\\u001b[31m\" = 1\nzone = \"\\u001b[31m\"\n[\"\\u001b\"]\nx = 1")) {
    EXPECT_EQ(said.find('\x1b'), std::string::npos);
  }
}

}  // namespace
}  // namespace courtesy
