#include <courtesy/in_quotes.h>

#include <gtest/gtest.h>

#include <string>

namespace courtesy {
namespace {

TEST(InQuotes, ShowsATextAsItIs) {
  EXPECT_EQ(in_quotes("Europe/Lodnon"), "'Europe/Lodnon'");
  EXPECT_EQ(in_quotes(""), "''");
  EXPECT_EQ(in_quotes("Zürich"), "'Zürich'");
}

TEST(InQuotes, TakesNoControlCharacters) {
  EXPECT_EQ(in_quotes("a\nb\x1b[31mc\x7f"), "'a?b?[31mc?'");
  EXPECT_EQ(in_quotes(std::string{"a\0b", 3}), "'a?b'");
}

TEST(InQuotes, IsBounded) {
  EXPECT_EQ(in_quotes("abcdef", 6), "'abcdef'");
  EXPECT_EQ(in_quotes("abcdefg", 6), "'abcdef…'");
  EXPECT_EQ(in_quotes(std::string(1'000'000, 'x')).size(), 60 + std::string{"''…"}.size());
}

// "ü" has two bytes; half of it would be no UTF-8.
TEST(InQuotes, CutsBetweenCharacters) {
  EXPECT_EQ(in_quotes("aaaaaü!", 6), "'aaaaa…'");
  EXPECT_EQ(in_quotes("aaaaaü!", 7), "'aaaaaü…'");
}

}  // namespace
}  // namespace courtesy
