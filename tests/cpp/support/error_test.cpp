#include <courtesy/error.h>

#include <gtest/gtest.h>

#include <vector>

namespace courtesy {
namespace {

TEST(Error, SaysWhereTheProblemStands) {
  struct Case {
    Where where;  // file, line, column; table, row, field
    const char* text;
  };
  const std::vector<Case> cases{
      {{}, "no such thing"},
      {{"rules.toml", 0, 0, "", -1, ""}, "rules.toml: no such thing"},
      {{"rules.toml", 12, 0, "", -1, ""}, "rules.toml:12: no such thing"},
      {{"rules.toml", 12, 5, "", -1, ""}, "rules.toml:12:5: no such thing"},
      {{"", 12, 0, "", -1, ""}, "line 12: no such thing"},
      {{"", 12, 5, "", -1, ""}, "line 12, column 5: no such thing"},
      {{"", 0, 0, "customers", -1, ""}, "customers: no such thing"},
      {{"", 0, 0, "customers", 0, ""}, "customers, row 0: no such thing"},
      {{"", 0, 0, "customers", -1, "zone"}, "customers, column 'zone': no such thing"},
      {{"", 0, 0, "customers", 3, "zone"}, "customers, row 3, column 'zone': no such thing"},
      {{"shop.csv", 5, 0, "customers", 3, "zone"}, "customers, row 3, column 'zone' (shop.csv:5): no such thing"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ((Problem{"no such thing", c.where}.text()), c.text);
    const Error error{ErrorKind::data, "no such thing", c.where};
    EXPECT_STREQ(error.what(), c.text);
    EXPECT_EQ(error.kind(), ErrorKind::data);
    ASSERT_EQ(error.problems().size(), 1U);
    EXPECT_EQ(error.problems()[0].where, c.where);
  }
}

TEST(Error, TellsAllProblemsALineEach) {
  const Error error{ErrorKind::rule, {Problem{"one", {"", 1, 0, "", -1, ""}}, Problem{"two", {"", 2, 0, "", -1, ""}}}};
  EXPECT_STREQ(error.what(), "line 1: one\nline 2: two");
  EXPECT_EQ(error.problems().size(), 2U);
}

}  // namespace
}  // namespace courtesy
