// match = { … } beside an rrule
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"

namespace courtesy {
namespace {

using namespace rule_text;

std::string with(const std::string& match) { return "rrule = 'FREQ=MONTHLY;BYDAY=1TU'\nmatch = " + match; }
Match match(const std::string& text) { return *std::get<Recurring>(occasion(with(text)).anchor).match; }

TEST(ReadMatch, OfEachOther) {
  const Match all = match("{ least = 2, tags = true, assets = 'model', near = 'postcode' }");
  EXPECT_EQ(all.club, "");
  EXPECT_TRUE(all.any_tags);
  EXPECT_EQ(all.assets, "model");
  EXPECT_EQ(all.near, "postcode");
  EXPECT_EQ(all.least, 2);
  const Match some = match("{ tags = ['classic', 'racing'] }");
  EXPECT_FALSE(some.any_tags);
  EXPECT_EQ(some.tags, (Lines{"classic", "racing"}));
  EXPECT_EQ(some.least, 1);
  EXPECT_EQ(match("{ near = 'postcode' }").least, 0) << "neighbours, whatever they have";
  EXPECT_EQ(match("{ near = 'postcode', tags = true, least = 0 }").least, 0);
}

TEST(ReadMatch, OfAClub) {
  const Match club = match("{ club = 'Sunday drivers', tags = 'classic' }");
  EXPECT_EQ(club.club, "Sunday drivers");
  EXPECT_EQ(club.tags, Lines{"classic"});
  EXPECT_EQ(match("{ club = 'Everybody' }").tags, Lines{});
}

TEST(ReadMatch, IsNoneWhereNothingIsSaid) {
  EXPECT_FALSE(std::get<Recurring>(occasion("rrule = 'FREQ=MONTHLY;BYDAY=1TU'").anchor).match);
}

TEST(ReadMatch, RefusesWhatIsWrong) {
  const std::string place = "rules.toml:4:9: occasion 'a', match: ";
  const std::string nothing =
      place +
      "nothing says who is like whom: give 'tags' or 'assets' that are shared, or 'near'; write match = { tags = true, "
      "near = \"postcode\" }";
  expect_occasion_complaints({
      {with("true"),
       {"rules.toml:4:9: occasion 'a': 'match': expected a table such as { tags = true, near = \"postcode\" }, found "
        "true"}},
      {with("{ }"), {nothing}},
      {with("{ tags = false }"), {nothing}},
      {with("{ tags = true, least = 0 }"), {nothing}},
      {with("{ near = 'x', least = 2 }"),
       {"rules.toml:4:23: occasion 'a', match: 'least' counts shared tags and cells of assets; give 'tags', 'assets' "
        "or "
        "both"}},
      {with("{ tags = 3 }"),
       {nothing, "rules.toml:4:18: occasion 'a', match: 'tags': expected true, a tag or a list of tags, found 3"}},
      {with("{ tags = true, least = -1 }"),
       {"rules.toml:4:32: occasion 'a', match: 'least': expected a whole number from 0 to 1000, found -1"}},
      {with("{ tag = true, near = 'x' }"),
       {"rules.toml:4:11: occasion 'a', match: unknown key 'tag' (did you mean 'tags'?)"}},
      {with("{ club = 'x', near = 'y' }"),
       {"rules.toml:4:23: occasion 'a', match: 'near' goes with introductions to each other, not with a 'club'"}},
      {with("{ club = 'x', tags = true }"),
       {"rules.toml:4:30: occasion 'a', match: 'tags': expected the tags of those whom the club is for, or nothing for "
        "everybody, found true"}},
      {"on = 'purchase'\nmatch = { tags = true }",
       {"rules.toml:4:1: occasion 'a': 'match' goes with 'rrule', not with 'on'"}},
  });
}

TEST(ReadMatch, GoesWithoutGestures) {
  const std::string said = "occasion 'a': 'gestures' do not go with a 'match'; make an occasion of each";
  const auto has = [&](const std::string& text, const std::string& place) {
    const Lines lines = complaints(occasion_text(text));
    return std::find(lines.begin(), lines.end(), "rules.toml:" + place + ": " + said) != lines.end();
  };
  EXPECT_TRUE(has(with("{ tags = true }\ngestures = 'compensation'"), "5:1"));
  EXPECT_TRUE(has(with("{ tags = true }\nsteps = [{ gestures = 'compensation' }]"), "5:12"));
}

}  // namespace
}  // namespace courtesy
