#include <courtesy/insight/similarity.h>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace courtesy {
namespace {

using Part = Likeness::Part;
using Members = std::vector<std::vector<std::uint32_t>>;

const auto strangers = [](std::uint32_t, std::uint32_t) { return false; };

Likeness of(const Members& members, std::uint32_t least = 1) {
  Likeness out(least, false);
  for (const auto& features : members) out.add(features, Likeness::no_group);
  return out;
}

// "0-2 1-3": who is paired with whom.
std::string pairs(const Likeness& likeness, std::vector<Part> parts = {},
                  const std::function<bool(std::uint32_t, std::uint32_t)>& met = strangers) {
  parts.resize(likeness.size(), Part::free);
  const auto partners = likeness.pairs(parts, met);
  std::string out;
  for (std::uint32_t a = 0; a < partners.size(); ++a) {
    if (partners[a] == Likeness::nobody) continue;
    EXPECT_EQ(partners[partners[a]], a);
    if (a < partners[a]) out += (out.empty() ? "" : " ") + std::to_string(a) + "-" + std::to_string(partners[a]);
  }
  return out;
}

TEST(Likeness, PairsThoseWhoShareMostFirst) {
  EXPECT_EQ(pairs(of({{1}, {1}})), "0-1");
  EXPECT_EQ(pairs(of({{1}, {2}})), "");
  EXPECT_EQ(pairs(of({{1}, {1}, {1}})), "0-1");
  EXPECT_EQ(pairs(of({{1}, {1, 2}, {1, 2}})), "1-2");
  // 1 and 2 share two, so 0 is left with 3.
  EXPECT_EQ(pairs(of({{1}, {1, 2}, {1, 2, 3}, {1, 3}})), "0-3 1-2");
  // Of equals the first member goes first, and takes the first.
  EXPECT_EQ(pairs(of({{1, 2}, {2}, {1}, {1}})), "0-1 2-3");
  EXPECT_EQ(pairs(of({{1, 2}, {1}, {2}})), "0-1");
}

TEST(Likeness, IsOfSoManyFeaturesAtLeast) {
  const Members members{{1, 2}, {1}, {1, 2, 3}, {2, 3, 4}};
  EXPECT_EQ(pairs(of(members, 1)), "0-2");
  EXPECT_EQ(pairs(of({{1, 2}, {1}, {1, 2, 3}, {1, 3, 4}}, 2)), "0-2");
  EXPECT_EQ(pairs(of(members, 3)), "");
}

TEST(Likeness, OfAGroupIsWithinIt) {
  Likeness likeness(1, true);
  likeness.add(std::vector<std::uint32_t>{1, 2}, 7);
  likeness.add(std::vector<std::uint32_t>{1, 2}, 8);
  likeness.add(std::vector<std::uint32_t>{1}, 7);
  likeness.add(std::vector<std::uint32_t>{1, 2}, Likeness::no_group);
  likeness.add(std::vector<std::uint32_t>{1, 2}, Likeness::no_group);
  EXPECT_EQ(pairs(likeness), "0-2");
  EXPECT_EQ(likeness.score(0, 2), 2U) << "one feature, and the group";
  EXPECT_EQ(likeness.score(0, 1), 0U);
  // The group alone.
  Likeness neighbours(0, true);
  for (const std::uint32_t group : {5U, 6U, 5U, 6U, 5U}) neighbours.add({}, group);
  EXPECT_EQ(pairs(neighbours), "0-2 1-3");
}

TEST(Likeness, LeavesOutWhoMetIsTakenOrAbsent) {
  const Likeness likeness = of({{1, 2}, {1, 2}, {1}, {1}});
  std::set<std::pair<std::uint32_t, std::uint32_t>> met{{0, 1}};
  const auto known = [&](std::uint32_t a, std::uint32_t b) { return met.contains({a, b}); };
  EXPECT_EQ(pairs(likeness, {}, known), "0-2 1-3");
  met.insert({0, 2});
  EXPECT_EQ(pairs(likeness, {}, known), "0-3 1-2");
  EXPECT_EQ(pairs(likeness, {Part::taken}), "1-2");
  EXPECT_EQ(pairs(likeness, {Part::free, Part::absent}), "0-2");
}

TEST(Likeness, ComparesEachWithTheNextSixtyFourOfVeryMany) {
  // 200 share the tag 1; the first and the last two share another as well.
  Members members(200, {1});
  members[0] = members[198] = {1, 2};
  members[1] = members[199] = {1, 3};
  EXPECT_EQ(pairs(of(members)).substr(0, 19), "0-198 1-199 2-3 4-5") << "rare features are compared in full";
  // Where those who could be met are further off than 64, they are not found.
  const auto known = [](std::uint32_t a, std::uint32_t b) { return b - a < 65; };
  EXPECT_EQ(pairs(of(Members(200, {1})), {}, known), "");
  const auto nearly = [](std::uint32_t a, std::uint32_t b) { return b - a < 64; };
  EXPECT_EQ(pairs(of(Members(66, {1})), {}, nearly), "0-64 1-65");
}

TEST(Likeness, OfAHundredThousandIsFoundAtOnce) {
  Likeness likeness(1, false);
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    likeness.add(std::vector<std::uint32_t>{1, 2 + i % 10, 100 + i / 2}, Likeness::no_group);
  }
  const auto partners = likeness.pairs(std::vector<Part>(likeness.size(), Part::free), strangers);
  EXPECT_EQ(partners[0], 1U) << "they share the tag of all and that of two";
  EXPECT_EQ(partners[99'999], 99'998U);
}

}  // namespace
}  // namespace courtesy
