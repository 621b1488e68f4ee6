// What became of promises, from worked histories.
#include <courtesy/insight/promises.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct Happened {
  const char* kind;
  const char* at;
  const char* due = "";
  const char* ref = "";
  const char* asset = "";
};

struct PromiseCase {
  const char* what;
  std::vector<Happened> events;  // e1, e2, …
  Lines expected;                // "e1: kept by e2", "e1: open, broken 2026-12-12T00:00:00Z"
  const char* zone = "Europe/London";
};

Lines outcomes(const std::vector<Happened>& events, const char* zone) {
  Story story;
  story.customers = {{"id", "zone"}, {{"ada", zone}}};
  for (const Happened& each : events) {
    story.happened(each.kind, each.at, {{"due", each.due}, {"ref", each.ref}, {"asset", each.asset}});
  }
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt,
                               {"Europe/London", std::nullopt, false});
  const Promises promises(*base);
  Lines out;
  const std::array<const char*, 4> words{"open", "kept by ", "broken by ", "renegotiated by "};
  for (const PromiseOutcome& one : promises.all()) {
    std::string line = base->event_id(one.event) + ": " + words[static_cast<std::size_t>(one.answered)];
    if (one.answer != no_index) line += base->event_id(one.answer);
    if (one.breach) line += ", " + std::string(one.broken ? "broken " : "over ") + iso_text(*one.breach);
    if (one.breach && iso_text(*one.breach).substr(0, 10) != iso_text(one.breach_day)) {
      line += " (" + iso_text(one.breach_day) + ")";
    }
    if (one.first != one.event) line += ", from " + base->event_id(one.first);
    EXPECT_EQ(promises.find(one.event), &one);
    out.push_back(line);
  }
  EXPECT_EQ(promises.of(0).size(), out.size());
  const Code broken = base->kinds().find("broken");
  for (Index e = 0; e < base->events(); ++e) {
    if (base->event_kind()[e] == broken && !promises.is_answer(e)) out.push_back(base->event_id(e) + ": alone");
  }
  return out;
}

class PromiseOf : public testing::TestWithParam<PromiseCase> {};

TEST_P(PromiseOf, IsKeptBrokenOrPromisedAnew) {
  EXPECT_EQ(outcomes(GetParam().events, GetParam().zone), GetParam().expected) << GetParam().what;
}

const Happened made{"promise", "2026-12-01", "2026-12-11"};
const Happened by_three{"promise", "2026-12-01T09:00Z", "2026-12-11T15:00Z"};

INSTANTIATE_TEST_SUITE_P(
    OfADate, PromiseOf,
    testing::Values(PromiseCase{"no word yet", {made}, {"e1: open, over 2026-12-12T00:00:00Z"}},
                    PromiseCase{"kept early", {made, {"kept", "2026-12-05"}}, {"e1: kept by e2"}},
                    PromiseCase{"on the day", {made, {"kept", "2026-12-11"}}, {"e1: kept by e2"}},
                    PromiseCase{"at its last minute", {made, {"kept", "2026-12-11T23:59Z"}}, {"e1: kept by e2"}},
                    PromiseCase{"late", {made, {"kept", "2026-12-12"}}, {"e1: kept by e2, over 2026-12-12T00:00:00Z"}},
                    PromiseCase{"at midnight it is late",
                                {made, {"kept", "2026-12-12T00:00Z"}},
                                {"e1: kept by e2, over 2026-12-12T00:00:00Z"}},
                    PromiseCase{"the midnight is the customer's",
                                {made, {"kept", "2026-12-12T04:59Z"}},
                                {"e1: kept by e2"},
                                "America/New_York"},
                    PromiseCase{"and the day of the breach too",
                                {made},
                                {"e1: open, over 2026-12-11T11:00:00Z (2026-12-12)"},
                                "Pacific/Auckland"},
                    PromiseCase{"made and kept on one day of dates",
                                {{"promise", "2026-12-01", "2026-12-01"}, {"kept", "2026-12-01"}},
                                {"e1: kept by e2"}},
                    PromiseCase{"what is due before it was made was over by then",
                                {{"promise", "2026-12-01", "2026-11-20"}, {"kept", "2026-12-02"}},
                                {"e1: kept by e2, over 2026-11-21T00:00:00Z"}}));

INSTANTIATE_TEST_SUITE_P(
    OfAnInstant, PromiseOf,
    testing::Values(
        PromiseCase{"no word yet", {by_three}, {"e1: open, over 2026-12-11T15:00:00Z"}},
        PromiseCase{"at the last second", {by_three, {"kept", "2026-12-11T15:00Z"}}, {"e1: kept by e2"}},
        PromiseCase{
            "a minute late", {by_three, {"kept", "2026-12-11T15:01Z"}}, {"e1: kept by e2, over 2026-12-11T15:00:00Z"}},
        PromiseCase{"on the very day is in time", {by_three, {"kept", "2026-12-11"}}, {"e1: kept by e2"}},
        // By its date it stands before the promise of that morning, which it names.
        PromiseCase{"on the day it was made",
                    {{"promise", "2026-12-01T09:00Z", "2026-12-01T15:00Z"}, {"kept", "2026-12-01", "", "e1"}},
                    {"e1: kept by e2"}},
        PromiseCase{"on that day, and named by none",
                    {{"promise", "2026-12-01T09:00Z", "2026-12-01T15:00Z"}, {"kept", "2026-12-01"}},
                    {"e1: open, over 2026-12-01T15:00:00Z"}}));

INSTANTIATE_TEST_SUITE_P(
    Broken, PromiseOf,
    testing::Values(
        PromiseCase{"before it is due",
                    {made, {"broken", "2026-12-08T10:00Z"}},
                    {"e1: broken by e2, broken 2026-12-08T10:00:00Z"}},
        PromiseCase{"by a date", {made, {"broken", "2026-12-08"}}, {"e1: broken by e2, broken 2026-12-08T00:00:00Z"}},
        PromiseCase{"recorded when it was over",
                    {made, {"broken", "2026-12-20"}},
                    {"e1: broken by e2, over 2026-12-12T00:00:00Z"}},
        PromiseCase{"and kept after all",
                    {made, {"broken", "2026-12-08"}, {"kept", "2026-12-10"}},
                    {"e1: broken by e2, broken 2026-12-08T00:00:00Z"}},
        PromiseCase{"what was kept is broken no more",
                    {made, {"kept", "2026-12-08", "", "e1"}, {"broken", "2026-12-10", "", "e1"}},
                    {"e1: kept by e2"}},
        PromiseCase{"no promise is on record", {{"broken", "2026-12-08"}}, {"e1: alone"}},
        PromiseCase{
            "none is open", {made, {"kept", "2026-12-08"}, {"broken", "2026-12-10"}}, {"e1: kept by e2", "e3: alone"}},
        PromiseCase{
            "a promise without a due", {{"promise", "2026-12-01"}, {"broken", "2026-12-10", "", "e1"}}, {"e2: alone"}},
        PromiseCase{"two at once",
                    {made, made, {"broken", "2026-12-08"}},
                    {"e1: broken by e3, broken 2026-12-08T00:00:00Z", "e2: broken by e3, broken 2026-12-08T00:00:00Z"}},
        PromiseCase{"one of two",
                    {made, made, {"broken", "2026-12-08", "", "e2"}},
                    {"e1: open, over 2026-12-12T00:00:00Z", "e2: broken by e3, broken 2026-12-08T00:00:00Z"}}));

INSTANTIATE_TEST_SUITE_P(
    Anew, PromiseOf,
    testing::Values(
        PromiseCase{"for a later day",
                    {made, {"renegotiated", "2026-12-10", "2026-12-18", "e1"}},
                    {"e1: renegotiated by e2", "e2: open, over 2026-12-19T00:00:00Z, from e1"}},
        PromiseCase{"named by nothing",
                    {made, {"renegotiated", "2026-12-10", "2026-12-18"}},
                    {"e1: renegotiated by e2", "e2: open, over 2026-12-19T00:00:00Z, from e1"}},
        PromiseCase{
            "too late",
            {made, {"renegotiated", "2026-12-12", "2026-12-18", "e1"}},
            {"e1: renegotiated by e2, over 2026-12-12T00:00:00Z", "e2: open, over 2026-12-19T00:00:00Z, from e1"}},
        PromiseCase{"and kept, whichever of them is named",
                    {made, {"renegotiated", "2026-12-10", "2026-12-18", "e1"}, {"kept", "2026-12-17", "", "e1"}},
                    {"e1: renegotiated by e2", "e2: kept by e3, from e1"}},
        PromiseCase{"twice",
                    {made,
                     {"renegotiated", "2026-12-10", "2026-12-18", "e1"},
                     {"renegotiated", "2026-12-18", "2026-12-21", "e2"},
                     {"kept", "2026-12-21", "", "e3"}},
                    {"e1: renegotiated by e2", "e2: renegotiated by e3, from e1", "e3: kept by e4, from e1"}},
        PromiseCase{"for no day", {made, {"renegotiated", "2026-12-10", "", "e1"}}, {"e1: renegotiated by e2"}},
        PromiseCase{"broken and promised anew on one day of dates",
                    {made, {"renegotiated", "2026-12-11", "2026-12-18"}, {"broken", "2026-12-11"}},
                    {"e1: broken by e3, broken 2026-12-11T00:00:00Z", "e2: open, over 2026-12-19T00:00:00Z"}},
        PromiseCase{"promised anew and kept on one day of dates",
                    {made, {"kept", "2026-12-10", "", "e1"}, {"renegotiated", "2026-12-10", "2026-12-18", "e1"}},
                    {"e1: renegotiated by e3", "e3: kept by e2, from e1"}},
        PromiseCase{"by the number of the case",
                    {{"promise", "2026-12-01", "2026-12-11", "K7"},
                     {"promise", "2026-12-02", "2026-12-12", "K8"},
                     {"renegotiated", "2026-12-10", "2026-12-18", "K7"},
                     {"kept", "2026-12-11", "", "K7"}},
                    {"e1: renegotiated by e3", "e2: open, over 2026-12-13T00:00:00Z", "e3: kept by e4, from e1"}}));

INSTANTIATE_TEST_SUITE_P(
    OfAssets, PromiseOf,
    testing::Values(
        PromiseCase{"of another asset",
                    {{"promise", "2026-12-01", "2026-12-11", "", "car"}, {"kept", "2026-12-05", "", "", "van"}},
                    {"e1: open, over 2026-12-12T00:00:00Z"}},
        PromiseCase{"of no asset speaks of all",
                    {{"promise", "2026-12-01", "2026-12-11", "", "car"}, {"kept", "2026-12-05"}},
                    {"e1: kept by e2"}},
        PromiseCase{"a promise of none hears all", {made, {"kept", "2026-12-05", "", "", "van"}}, {"e1: kept by e2"}},
        PromiseCase{"what names it need not name its asset",
                    {{"promise", "2026-12-01", "2026-12-11", "", "car"}, {"kept", "2026-12-05", "", "e1", "van"}},
                    {"e1: kept by e2"}}));

TEST(PromisesOfMany, StayWithTheirCustomers) {
  Story story;
  story.customers.rows = {{"ada"}, {"bob"}, {"cy"}};
  story.happened("promise", "2026-12-01", {{"customer", "cy"}, {"due", "2026-12-11"}})
      .happened("promise", "2026-12-01", {{"customer", "ada"}, {"due", "2026-12-11"}})
      .happened("kept", "2026-12-02", {{"customer", "bob"}})
      .happened("kept", "2026-12-02", {{"customer", "cy"}, {"ref", "e1"}});
  const auto base = build_base(story.customers.table("customers"), story.events.table("events"), std::nullopt,
                               {"Europe/London", std::nullopt, false});
  const Promises promises(*base);
  ASSERT_EQ(promises.all().size(), 2U);
  EXPECT_EQ(promises.of(0).size(), 1U);
  EXPECT_TRUE(promises.of(0)[0].breach);
  EXPECT_TRUE(promises.of(1).empty());
  ASSERT_EQ(promises.of(2).size(), 1U);
  EXPECT_FALSE(promises.of(2)[0].breach);
}

}  // namespace
}  // namespace courtesy
