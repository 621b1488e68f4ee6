// Which events belong together by `ref`.
#include <courtesy/insight/cases.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::Story;

struct Complaint {
  const char* kind;
  const char* id;
  const char* ref;
  const char* expected;  // its case
};

struct CasesCase {
  const char* what;
  std::vector<Complaint> events;  // a day each
};

class CasesOf : public testing::TestWithParam<CasesCase> {};

TEST_P(CasesOf, FollowRefsToEarlierEvents) {
  Story story;
  int day = 1;
  for (const Complaint& each : GetParam().events) {
    story.happened(each.kind, "2026-12-0" + std::to_string(day++), {{"id", each.id}, {"ref", each.ref}});
  }
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt,
                               {"Europe/London", std::nullopt, false});
  KindFlags kinds(base->kinds().size());
  for (const char* kind : {"complaint", "reopened"}) {
    if (const Code code = base->kinds().find(kind); code != no_code) kinds[code] = 1;
  }
  const Cases cases(*base, 0, kinds);
  for (const Complaint& each : GetParam().events) {
    if (std::string(each.kind) == "visit") {
      EXPECT_EQ(cases.of_ref(each.ref), each.expected) << GetParam().what;
    } else {
      EXPECT_EQ(cases.of_event(each.id), each.expected) << GetParam().what;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Refs, CasesOf,
    testing::Values(CasesCase{"each its own", {{"complaint", "a", "", "a"}, {"complaint", "b", "", "b"}}},
                    CasesCase{"reopened", {{"complaint", "a", "", "a"}, {"reopened", "b", "a", "a"}}},
                    CasesCase{"reopened twice, the second names the first reopening",
                              {{"complaint", "a", "", "a"}, {"reopened", "b", "a", "a"}, {"reopened", "c", "b", "a"}}},
                    CasesCase{
                        "a number of the shop's own",
                        {{"complaint", "a", "K7", "K7"}, {"reopened", "b", "K7", "K7"}, {"reopened", "c", "b", "K7"}}},
                    CasesCase{"an event of another kind is no case of theirs",
                              {{"visit", "v", "", ""}, {"complaint", "a", "v", "v"}}},
                    // The later complaint's case is its own name as well, so that they meet.
                    CasesCase{"a ref to a later event", {{"reopened", "b", "a", "a"}, {"complaint", "a", "", "a"}}},
                    CasesCase{"refs in a circle", {{"complaint", "a", "b", "b"}, {"complaint", "b", "a", "b"}}},
                    CasesCase{"itself", {{"complaint", "a", "a", "a"}}},
                    CasesCase{"another's ref, before and after",
                              {{"visit", "u", "b", "a"},
                               {"complaint", "a", "", "a"},
                               {"reopened", "b", "a", "a"},
                               {"visit", "v", "a", "a"},
                               {"visit", "w", "nothing", "nothing"}}}));

TEST(CasesOfACustomer, KnowTheirFirstEvent) {
  Story story;
  story.happened("complaint", "2026-12-01", {{"id", "a"}, {"ref", "K7"}})
      .happened("complaint", "2026-12-02", {{"id", "b"}, {"ref", "K7"}});
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt,
                               {"Europe/London", std::nullopt, false});
  const Cases cases(*base, 0, {1});
  EXPECT_EQ(cases.first_of("K7"), 0U);
  EXPECT_EQ(cases.first_of("b"), no_index);
}

}  // namespace
}  // namespace courtesy
