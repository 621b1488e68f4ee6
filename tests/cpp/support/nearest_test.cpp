#include <courtesy/nearest.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace courtesy {
namespace {

using Names = std::vector<std::string>;

const Names keys{"after", "at", "audience", "channels", "every", "expires", "message", "meter", "milestones", "name"};

TEST(Nearest, FindsOneEditAndOneSwap) {
  EXPECT_EQ(nearest("chanels", keys), Names{"channels"});    // a letter left out
  EXPECT_EQ(nearest("channnels", keys), Names{"channels"});  // one too many
  EXPECT_EQ(nearest("chamnels", keys), Names{"channels"});   // a wrong one
  EXPECT_EQ(nearest("nmae", keys), Names{"name"});           // two swapped: one edit, not two
  EXPECT_EQ(nearest("AUDIENCE", keys), Names{"audience"});   // letter case is no edit
  EXPECT_EQ(nearest("audience", keys), Names{"audience"});
}

TEST(Nearest, LeavesOutWhatIsFar) {
  EXPECT_EQ(nearest("colour", keys), Names{});
  EXPECT_EQ(nearest("", keys), Names{});
  EXPECT_EQ(nearest("name", {}), Names{});
  // A third of the length, rounded down, but always one.
  EXPECT_EQ(nearest("xt", Names{"at"}), Names{"at"});
  EXPECT_EQ(nearest("abcxxx", Names{"abcdef"}), Names{});
  EXPECT_EQ(nearest("abcdxx", Names{"abcdef"}), Names{"abcdef"});
}

TEST(Nearest, GivesTheBestFirstAndNoneMuchFartherThanIt) {
  const Names names{"milestone", "milestones", "limestone"};
  EXPECT_EQ(nearest("milestone", names), (Names{"milestone", "milestones"}));
  EXPECT_EQ(nearest("milstones", names), (Names{"milestones", "milestone"}));
  // Candidates as near as each other stay in their order, `most` of them.
  EXPECT_EQ(nearest("cat", Names{"hat", "bat", "rat", "mat"}), (Names{"hat", "bat", "rat"}));
  EXPECT_EQ(nearest("cat", Names{"hat", "bat", "rat", "mat"}, 1), Names{"hat"});
}

TEST(Nearest, IsNotKeptBusyByHostileNames) {
  EXPECT_EQ(nearest(std::string(10'000'000, 'a'), Names{std::string(9'999'999, 'a')}), Names{});
}

TEST(DidYouMean, ReadsAsASentence) {
  EXPECT_EQ(did_you_mean("colour", keys), "");
  EXPECT_EQ(did_you_mean("expire", keys), " (did you mean 'expires'?)");
  EXPECT_EQ(did_you_mean("cat", Names{"hat", "bat"}), " (did you mean 'hat' or 'bat'?)");
  EXPECT_EQ(did_you_mean("cat", Names{"hat", "bat", "rat"}), " (did you mean 'hat', 'bat' or 'rat'?)");
}

}  // namespace
}  // namespace courtesy
