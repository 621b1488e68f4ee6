// What a new plan changes in an outbox.
#include <gtest/gtest.h>

#include <functional>

#include "outbox_story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Lines;
using testing_story::lines_of;
using testing_story::PlainOutbox;
using testing_story::Story;

const Instant all_of_it = at("2027-01-31T00:00Z");

// Ada has bought on 3 December and is thanked on the 4th at ten by e-mail.
Story thanks(const std::string& keys = "") {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nuntil = 'visit'\n" + keys;
  story.start = "2026-11-15T00:00Z";
  story.end = "2027-02-15T00:00Z";
  story.happened("purchase", "2026-12-03",
                 {{"ref", ""}, {"due", ""}, {"channel", ""}, {"by", ""}, {"note", ""}, {"topic", ""}, {"value", ""}});
  return story;
}

// The row as an earlier plan left it and a store went on; then the plan anew, with what has happened since.
struct MergeCase {
  const char* what;
  std::function<void(OwedRow&)> row;  // what became of it meanwhile; nothing: it is still planned
  std::function<void(Story&)> story;  // what has changed
  Lines expected;
  const char* now = "2026-12-01T00:00Z";
};

std::function<void(OwedRow&)> in(OutboxState state) {
  return [state](OwedRow& row) { row.state = state; };
}

// A word of staff about the thanks.
std::function<void(Story&)> said(const char* kind, const char* when, const char* due = "") {
  return [=](Story& story) {
    Story before = story;
    const std::string key = before.key();
    story.happened(kind, when, {{"ref", key}, {"due", due}});
  };
}

std::function<void(Story&)> with(const char* keys) {
  return [=](Story& story) { story.occasion += std::string(keys) + "\n"; };
}

std::function<void(Story&)> happened(const char* kind, const char* when) {
  return [=](Story& story) { story.happened(kind, when); };
}

class OutboxMerge : public testing::TestWithParam<MergeCase> {};

TEST_P(OutboxMerge, ChangesWhatThePlanChanges) {
  const MergeCase& c = GetParam();
  PlainOutbox outbox;
  Story story = thanks();
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), all_of_it)),
            Lines{"insert thanks/1 2026-12-04T10:00:00Z due"});
  if (c.row) c.row(outbox.rows.begin()->second);
  if (c.story) c.story(story);
  const Plan plan = story.plan();
  EXPECT_EQ(lines_of(outbox.merge_with(plan, at(c.now), all_of_it)), c.expected) << c.what;
  EXPECT_EQ(lines_of(outbox.merge_with(plan, at(c.now), all_of_it)), Lines{}) << c.what << ", a second time";
}

const char* const later = "2026-12-05T09:00Z";

INSTANTIATE_TEST_SUITE_P(
    Planned, OutboxMerge,
    testing::Values(
        MergeCase{"nothing has changed", {}, {}, {}},
        MergeCase{"another time", {}, with("expires = '9 days'"), {"move thanks/1 2026-12-04T10:00:00Z changed"}},
        MergeCase{"put off by staff",
                  {},
                  said("snooze", "2026-12-01", "2026-12-08"),
                  {"move thanks/1 2026-12-08T10:00:00Z (was 2026-12-04T10:00:00Z) moved"}},
        MergeCase{"still overdue", {}, {}, {}, later},
        MergeCase{"by another channel", {}, with("channels = 'letter'"), {"move thanks/1 2026-12-04T10:00:00Z moved"}},
        MergeCase{"claimed: whatever it is now, it is on its way",
                  in(OutboxState::claimed),
                  said("snooze", "2026-12-01", "2026-12-08"),
                  {}},
        MergeCase{"sent", in(OutboxState::sent), with("channels = 'letter'"), {}},
        MergeCase{"unknown", in(OutboxState::unknown), with("channels = 'letter'"), {}},
        MergeCase{"parked", in(OutboxState::parked), with("channels = 'letter'"), {}},
        MergeCase{"given up", in(OutboxState::given_up), with("channels = 'letter'"), {}},
        MergeCase{"expired", in(OutboxState::expired), with("channels = 'letter'"), {}},
        MergeCase{"skipped", in(OutboxState::skipped), with("channels = 'letter'"), {}},
        MergeCase{"skipped, and staff say after all that it shall go out",
                  in(OutboxState::skipped),
                  said("send_now", "2026-12-02T07:00Z"),
                  {"move thanks/1 2026-12-02T07:00:00Z (was 2026-12-04T10:00:00Z) planned_again"}},
        MergeCase{"sent, whatever staff say", in(OutboxState::sent), said("send_now", "2026-12-02T07:00Z"), {}},
        MergeCase{"withdrawn, and owed again",
                  in(OutboxState::withdrawn),
                  {},
                  {"move thanks/1 2026-12-04T10:00:00Z planned_again"}},
        MergeCase{"withdrawn, and owed again within the hour",
                  in(OutboxState::withdrawn),
                  {},
                  {"move thanks/1 2026-12-04T10:00:00Z planned_again"},
                  "2026-12-04T11:00Z"},
        MergeCase{"withdrawn, and owed again a day late: the only one, so it is said",
                  in(OutboxState::withdrawn),
                  {},
                  {"move thanks/1 2026-12-04T10:00:00Z planned_again"},
                  later},
        MergeCase{"withdrawn, and a day late is too late",
                  in(OutboxState::withdrawn),
                  with("late = 'skip'"),
                  {"expire thanks/1 2026-12-04T10:00:00Z late"},
                  later}));

std::function<void(OwedRow&)> waits_until(const char* wake, OutboxState state = OutboxState::failed) {
  return [=](OwedRow& row) {
    row.state = state;
    row.wake = at(wake);
  };
}

INSTANTIATE_TEST_SUITE_P(
    PutOff, OutboxMerge,
    testing::Values(
        MergeCase{"a retry keeps its time", waits_until("2026-12-04T10:02Z"), {}, {}},
        MergeCase{"also where something else changes",
                  waits_until("2026-12-04T10:02Z"),
                  with("message = 'new'"),
                  {"move thanks/1 2026-12-04T10:00:00Z wakes 2026-12-04T10:02:00Z changed"}},
        MergeCase{"a later due is later for the retry too",
                  waits_until("2026-12-04T10:02Z"),
                  said("snooze", "2026-12-01", "2026-12-08"),
                  {"move thanks/1 2026-12-08T10:00:00Z (was 2026-12-04T10:00:00Z) moved"}},
        MergeCase{"an earlier due hurries no retry",
                  waits_until("2026-12-04T10:02Z"),
                  [](Story& story) { story.occasion.replace(story.occasion.find("10:00"), 5, "08:00"); },
                  {"move thanks/1 2026-12-04T08:00:00Z wakes 2026-12-04T10:02:00Z (was 2026-12-04T10:00:00Z) moved"}},
        MergeCase{"what recheck put off stays so", waits_until("2026-12-05T08:00Z", OutboxState::planned), {}, {}}));

INSTANTIATE_TEST_SUITE_P(
    Withheld, OutboxMerge,
    testing::Values(
        MergeCase{
            "ended", {}, happened("visit", "2026-12-03T12:00Z"), {"withdraw thanks/1 2026-12-04T10:00:00Z ended"}},
        MergeCase{"ended, but on its way", in(OutboxState::claimed), happened("visit", "2026-12-03T12:00Z"), {}},
        MergeCase{"ended, waiting for a retry",
                  waits_until("2026-12-04T10:02Z"),
                  happened("visit", "2026-12-03T12:00Z"),
                  {"withdraw thanks/1 2026-12-04T10:00:00Z wakes 2026-12-04T10:02:00Z ended"}},
        MergeCase{"ended and withdrawn", in(OutboxState::withdrawn), happened("visit", "2026-12-03T12:00Z"), {}},
        MergeCase{
            "skipped by an event", {}, said("skip", "2026-12-01"), {"withdraw thanks/1 2026-12-04T10:00:00Z skipped"}},
        MergeCase{"worthless where it would go",
                  {},
                  [](Story& story) {
                    said("snooze", "2026-12-01", "2026-12-08")(story);
                    with("expires = '2 days'")(story);
                  },
                  {"expire thanks/1 2026-12-04T10:00:00Z expired"}},
        MergeCase{"before the day from which on the rule is for",
                  {},
                  with("not_before = 2026-12-05"),
                  {"withdraw thanks/1 2026-12-04T10:00:00Z not_active"}},
        MergeCase{"a contact says it went out: it is asked when its time comes",
                  {},
                  said("contact", "2026-12-01"),
                  {"move thanks/1 2026-12-04T10:00:00Z changed"}}));

INSTANTIATE_TEST_SUITE_P(
    Absent, OutboxMerge,
    testing::Values(MergeCase{"the rule is gone",
                              {},
                              [](Story& story) { story.occasion = "name = 'other'\nyearly = 'birthday'"; },
                              {"withdraw thanks/1 2026-12-04T10:00:00Z not_in_rules"}},
                    MergeCase{"the step is gone",
                              {},
                              [](Story& story) {
                                story.occasion =
                                    "name = 'thanks'\non = 'purchase'\nsteps = [{ name = 'one', after = '1 day' }]";
                              },
                              {"insert thanks/one 2026-12-04T09:00:00Z due",
                               "withdraw thanks/1 2026-12-04T10:00:00Z not_in_rules"}},
                    MergeCase{"nothing to count from any more",
                              {},
                              [](Story& story) { story.occasion = "name = 'thanks'\non = 'service'\nafter = '1 day'"; },
                              {"withdraw thanks/1 2026-12-04T10:00:00Z no_event"}},
                    MergeCase{"beyond the window by now",
                              {},
                              said("snooze", "2026-12-01", "2027-03-01"),
                              {"move thanks/1 2027-03-01T10:00:00Z (was 2026-12-04T10:00:00Z) moved"}},
                    MergeCase{"due before the window",
                              {},
                              [](Story& story) {
                                story.start = "2026-12-20T00:00Z";
                                story.occasion = "name = 'other'\nyearly = 'birthday'";
                              },
                              {}},
                    MergeCase{"due after the window",
                              {},
                              [](Story& story) {
                                story.end = "2026-12-02T00:00Z";
                                story.occasion = "name = 'other'\nyearly = 'birthday'";
                              },
                              {}},
                    MergeCase{"the rule is gone, and it is on its way",
                              in(OutboxState::claimed),
                              [](Story& story) { story.occasion = "name = 'other'\nyearly = 'birthday'"; },
                              {}}));

TEST(OutboxMergeOfActivation, WhatWasPromisedBeforeARuleWasEditedStays) {
  PlainOutbox outbox;
  const Story story = thanks();
  outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), all_of_it);
  const Plan before = story.plan();
  auto rules = std::make_shared<Rules>(*before.rules);
  rules->occasions[0].active_from = at("2026-12-04T12:00Z");
  const Plan after = plan(before.base, rules, before.window);
  // It stays where it was, and is asked when its time comes.
  EXPECT_EQ(lines_of(outbox.merge_with(after, at("2026-12-04T12:00Z"), all_of_it)),
            Lines{"move thanks/1 2026-12-04T10:00:00Z changed"});
  EXPECT_EQ(lines_of(outbox.merge_with(after, at("2026-12-04T12:00Z"), all_of_it)), Lines{});
  PlainOutbox empty;
  EXPECT_EQ(lines_of(empty.merge_with(after, at("2026-12-04T12:00Z"), all_of_it)), Lines{});
}

TEST(OutboxMergeOfTheHorizon, WhatIsDueBeyondItWaits) {
  PlainOutbox outbox;
  const Story story = thanks();
  const Instant due = at("2026-12-04T10:00Z");
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), due)), Lines{});
  const Instant just = due + std::chrono::microseconds{1};
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), just)),
            Lines{"insert thanks/1 2026-12-04T10:00:00Z due"});
  // What is in the outbox already keeps its place there.
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), due)), Lines{});
  outbox.rows.begin()->second.state = OutboxState::withdrawn;
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at("2026-12-01T00:00Z"), due)), Lines{});
}

TEST(OutboxMergeOfChanges, WhatWasWithdrawnTooLateComesBackOnlyWithNews) {
  const Plan plan = thanks().plan();
  PlainOutbox outbox;
  outbox.merge_with(plan, at("2026-12-01T00:00Z"), all_of_it);
  outbox.rows.begin()->second.state = OutboxState::withdrawn;
  const auto numbers = testing_story::numbers_of(*plan.base);
  const auto merged = [&](const char* now, std::optional<std::vector<std::int64_t>> changed) {
    return lines_of(testing_story::changes_by(outbox.all(), plan, {at(now), all_of_it, std::move(changed)}));
  };
  const Lines again{"move thanks/1 2026-12-04T10:00:00Z planned_again"};
  EXPECT_EQ(merged(later, std::vector<std::int64_t>{}), Lines{});
  EXPECT_EQ(merged(later, std::vector{numbers[0]}), again);
  EXPECT_EQ(merged(later, std::nullopt), again);
  EXPECT_EQ(merged("2026-12-04T09:00Z", std::vector<std::int64_t>{}), again);
}

// Bought on the 3rd, 4th and 5th; nobody knew before the 10th.
struct LateCase {
  const char* keys;
  Lines expected;
  const char* now = "2026-12-10T00:00Z";
};

class OutboxMergeOfLate : public testing::TestWithParam<LateCase> {};

TEST_P(OutboxMergeOfLate, LetsGoOfWhatTheRuleSays) {
  Story story = thanks(GetParam().keys);
  story.happened("purchase", "2026-12-04").happened("purchase", "2026-12-05");
  PlainOutbox outbox;
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at(GetParam().now), all_of_it)), GetParam().expected);
  EXPECT_EQ(lines_of(outbox.merge_with(story.plan(), at(GetParam().now), all_of_it)), Lines{});
}

INSTANTIATE_TEST_SUITE_P(
    Rules, OutboxMergeOfLate,
    testing::Values(LateCase{"late = 'once'",
                             {"expire thanks/1 2026-12-04T10:00:00Z late", "expire thanks/1 2026-12-05T10:00:00Z late",
                              "insert thanks/1 2026-12-06T10:00:00Z due"}},
                    LateCase{"late = 'skip'",
                             {"expire thanks/1 2026-12-04T10:00:00Z late", "expire thanks/1 2026-12-05T10:00:00Z late",
                              "expire thanks/1 2026-12-06T10:00:00Z late"}},
                    LateCase{"late = 'all'",
                             {"insert thanks/1 2026-12-04T10:00:00Z due", "insert thanks/1 2026-12-05T10:00:00Z due",
                              "insert thanks/1 2026-12-06T10:00:00Z due"}},
                    // What is worthless by now is, before anything is late.
                    LateCase{"late = 'all'\nexpires = '5 days'",
                             {"expire thanks/1 2026-12-04T10:00:00Z expired",
                              "insert thanks/1 2026-12-05T10:00:00Z due", "insert thanks/1 2026-12-06T10:00:00Z due"}},
                    LateCase{
                        "late = 'once'\nexpires = '1 day'",
                        {"expire thanks/1 2026-12-04T10:00:00Z expired", "expire thanks/1 2026-12-05T10:00:00Z expired",
                         "expire thanks/1 2026-12-06T10:00:00Z expired"}},
                    // An hour is not late, but it is the latest.
                    LateCase{"late = 'skip'",
                             {"expire thanks/1 2026-12-04T10:00:00Z late", "expire thanks/1 2026-12-05T10:00:00Z late",
                              "insert thanks/1 2026-12-06T10:00:00Z due"},
                             "2026-12-06T11:00Z"},
                    LateCase{"late = 'skip'",
                             {"expire thanks/1 2026-12-04T10:00:00Z late", "expire thanks/1 2026-12-05T10:00:00Z late",
                              "expire thanks/1 2026-12-06T10:00:00Z late"},
                             "2026-12-06T11:00:01Z"},
                    // The third is still to come.
                    LateCase{"late = 'once'",
                             {"expire thanks/1 2026-12-04T10:00:00Z late", "insert thanks/1 2026-12-05T10:00:00Z due",
                              "insert thanks/1 2026-12-06T10:00:00Z due"},
                             "2026-12-06T09:00Z"}));

OwedRow row_of(std::uint64_t key, const char* due, Late late = Late::once, OutboxState state = OutboxState::planned) {
  OwedRow row;
  row.key = {1, key};
  row.customer = 7;
  row.occasion = "thanks";
  row.due = row.wake = at(due);
  row.late = late;
  row.state = state;
  return row;
}

TEST(Missed, IsWhatIsNotTheLatestOfItsCustomerAssetAndOccasion) {
  const Instant now = at("2026-12-10T00:00Z");
  const OwedRow first = row_of(1, "2026-12-04T10:00Z");
  const OwedRow last = row_of(2, "2026-12-05T10:00Z");
  const auto keys = [&](std::vector<OwedRow> rows, std::vector<OwedRow> others) {
    std::string out;
    for (const Key& key : missed(rows, others, now)) out += std::to_string(key.low);
    return out;
  };
  EXPECT_EQ(keys({first, last}, {}), "1");
  EXPECT_EQ(keys({last, first}, {first, last}), "1");
  EXPECT_EQ(keys({first}, {}), "");
  EXPECT_EQ(keys({first}, {last}), "1");
  // At one instant neither is the earlier one.
  EXPECT_EQ(keys({first, row_of(2, "2026-12-04T10:00Z")}, {}), "");
  // Whether it goes out, or did: but not what never will, or comes later.
  struct Other {
    OutboxState state;
    const char* due;
    const char* expected;
  };
  for (const Other& other : std::vector<Other>{{OutboxState::sent, "2026-12-05T10:00Z", "1"},
                                               {OutboxState::claimed, "2026-12-05T10:00Z", "1"},
                                               {OutboxState::unknown, "2026-12-05T10:00Z", "1"},
                                               {OutboxState::failed, "2026-12-05T10:00Z", "1"},
                                               {OutboxState::merged, "2026-12-05T10:00Z", "1"},
                                               {OutboxState::withdrawn, "2026-12-05T10:00Z", ""},
                                               {OutboxState::skipped, "2026-12-05T10:00Z", ""},
                                               {OutboxState::expired, "2026-12-05T10:00Z", ""},
                                               {OutboxState::parked, "2026-12-05T10:00Z", ""},
                                               {OutboxState::planned, "2026-12-10T00:00:01Z", ""},
                                               {OutboxState::sent, "2026-12-03T10:00Z", ""}}) {
    EXPECT_EQ(keys({first}, {row_of(2, other.due, Late::once, other.state)}), other.expected)
        << outbox_state_name(other.state) << " " << other.due;
  }
  const auto changed = [&](auto change) {
    OwedRow other = last;
    change(other);
    return other;
  };
  EXPECT_EQ(keys({first}, {changed([](OwedRow& row) { row.customer = 8; })}), "");
  EXPECT_EQ(keys({first}, {changed([](OwedRow& row) { row.asset = "car"; })}), "");
  EXPECT_EQ(keys({first}, {changed([](OwedRow& row) { row.occasion = "other"; })}), "");
  EXPECT_EQ(keys({first}, {changed([&](OwedRow& row) { row.expires = now - std::chrono::seconds{1}; })}), "");
  EXPECT_EQ(keys({row_of(1, "2026-12-04T10:00Z", Late::all), last}, {}), "");
  EXPECT_EQ(keys({row_of(1, "2026-12-04T10:00Z", Late::skip)}, {}), "1");
  EXPECT_EQ(keys({row_of(1, "2026-12-09T23:00Z", Late::skip)}, {}), "");
  OwedRow at_once = row_of(1, "2026-12-04T10:00Z", Late::skip);
  at_once.reason = "send_now";
  EXPECT_EQ(keys({at_once}, {}), "");
}

TEST(NextLooks, AreWhenTheFirstComesIntoTheHorizon) {
  Story story = thanks();
  story.customers.rows.push_back({"bob"});
  story.happened("purchase", "2026-12-20").happened("purchase", "2026-12-28", {{"customer", "bob"}});
  story.happened("purchase", "2026-12-24").happened("visit", "2026-12-24T12:00Z");
  const auto looks = [&](const char* until) {
    Lines out;
    for (const Instant look : next_looks(story.plan(), at(until), std::chrono::days{10})) {
      out.push_back(look == Instant::max() ? "never" : iso_text(look));
    }
    return out;
  };
  EXPECT_EQ(looks("2026-12-10T00:00Z"), (Lines{"2026-12-11T10:00:00Z", "2026-12-19T10:00:00Z"}));
  EXPECT_EQ(looks("2026-12-21T10:00Z"), (Lines{"2026-12-11T10:00:00Z", "2026-12-19T10:00:00Z"}));
  // What is withheld comes into nothing.
  EXPECT_EQ(looks("2026-12-21T10:00:01Z"), (Lines{"never", "2026-12-19T10:00:00Z"}));
  EXPECT_EQ(looks("2027-01-31T00:00Z"), (Lines{"never", "never"}));
}

}  // namespace
}  // namespace courtesy
