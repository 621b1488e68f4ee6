// The gates of this version, each with what passes, what is moved and what is withheld.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Rows;
using testing_story::Story;

Story thanks(const std::string& more = "", const std::string& purchase = "2026-12-03") {
  Story story;
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\n" + more;
  story.events.header = {"id", "customer", "kind", "at", "channel", "note"};
  story.events.rows = {{"e1", "ada", "purchase", purchase, "", ""}};
  return story;
}

const std::string planned = "ada thanks/1 2026-12-04T10:00:00Z email due";

TEST(Condition, PassesOrWithholdsByAttribute) {
  struct Case {
    const char* when;
    bool holds;
  };
  const std::vector<Case> cases = {
      {"{ tier = 'gold' }", true},
      {"{ tier = 'silver' }", false},
      {"{ tier = ['silver', 'gold'] }", true},
      {"{ tier = { not = 'gold' } }", false},
      {"{ visits = { min = 3 } }", true},
      {"{ visits = { min = 3.5 } }", false},
      {"{ visits = { max = 3 } }", true},
      {"{ note = { missing = true } }", true},
      {"{ note = 'x' }", false},
      {"{ tier = 'gold', visits = 4 }", false},
      {"{ any = [{ tier = 'silver' }, { visits = 3 }] }", true},
      {"{ not = { tier = 'gold' } }", false},
      {"{ tags = 'vip' }", true},
      {"{ tags = ['trade', 'vip'] }", true},
      {"{ tags = { none = ['vip'] } }", false},
      {"{ tags = { all = ['vip', 'trade'] } }", false},
  };
  for (const Case& test : cases) {
    Story story = thanks(std::string("when = ") + test.when);
    story.customers = {{"id", "tier", "visits", "note", "tags"}, {{"ada", "gold", "3", "", "vip, club"}}};
    const std::string expected = test.holds ? planned : "ada thanks/1 2026-12-04T10:00:00Z - withheld condition_failed";
    EXPECT_EQ(story.lines(), Lines{expected}) << test.when;
  }
}

TEST(Condition, OnAnAttributeWithoutAColumnIsAnError) {
  Story story = thanks("when = { teir = 'gold' }");
  story.customers = {{"id", "tier"}, {{"ada", "gold"}}};
  try {
    (void)story.plan();
    FAIL() << "it planned";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'tier'"), std::string::npos) << error.what();
  }
}

TEST(Until, EndsWhatCameBeforeItAndNotWhatComesAfter) {
  Story story = thanks("until = 'booking'");
  story.events.rows.push_back({"e2", "ada", "booking", "2026-12-04T09:59Z", "", ""});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z - withheld ended"});
  story.events.rows.back()[3] = "2026-12-04T10:01Z";
  EXPECT_EQ(story.lines(), Lines{planned});
  story.events.rows.back()[3] = "2026-12-02";
  EXPECT_EQ(story.lines(), Lines{planned}) << "a booking before the purchase says nothing of it";
}

TEST(StatusGate, WithholdsFromWhoIsNotToBeContacted) {
  for (const std::string status : {"closed", "deceased", "do_not_contact"}) {
    Story story = thanks();
    story.customers = {{"id", "status"}, {{"ada", status}}};
    EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z - withheld " + status});
    EXPECT_EQ(story.lines({.withheld = false}), Lines{});
  }
}

TEST(Reach, FallsThroughToTheNextChannel) {
  Story story = thanks("channels = ['email', 'sms', 'letter']");
  story.customers = {{"id", "email", "phone", "address"}, {{"ada", "", "", "1 High St"}}};
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z letter due"});
  story.customers.rows[0][3] = "";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z - withheld no_channel"});
}

TEST(Reach, FollowsTheCustomersPreferenceAmongTheStepsChannels) {
  Story story = thanks("channels = ['email', 'letter']");
  story.customers = {{"id", "channels"}, {{"ada", "sms, letter"}}};
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z letter due"});
}

TEST(Reach, AsksForTheColumnHoweverTheChannelIsWritten) {
  Story story = thanks("channels = ['E-Mail', 'Letter']");
  story.customers = {{"id", "email"}, {{"ada", ""}}};
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z letter due"});
}

struct ConsentCase {
  const char* purpose;
  std::vector<std::vector<std::string>> events;  // kind, at, channel, note
  const char* expected;
};

class ConsentGate : public testing::TestWithParam<ConsentCase> {};

TEST_P(ConsentGate, HearsTheLatestWordOnChannelAndPurpose) {
  Story story = thanks(std::string("channels = ['email', 'letter']\npurpose = '") + GetParam().purpose + "'");
  int n = 0;
  for (const auto& event : GetParam().events) {
    story.events.rows.push_back({"c" + std::to_string(++n), "ada", event[0], event[1], event[2], event[3]});
  }
  EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 2026-12-04T10:00:00Z ") + GetParam().expected});
}

INSTANTIATE_TEST_SUITE_P(
    Words, ConsentGate,
    testing::Values(ConsentCase{"service", {}, "email due"}, ConsentCase{"care", {}, "email due"},
                    ConsentCase{"offer", {}, "- withheld no_consent"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "", ""}}, "email due"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "letter", ""}}, "letter due"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "", "care"}}, "- withheld no_consent"},
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "email", ""}}, "letter due"},
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "", ""}}, "- withheld consent_withdrawn"},
                    ConsentCase{"care",
                                {{"withdrawal", "2026-01-01", "", ""}, {"consent", "2026-02-01", "letter", "care"}},
                                "letter due"},
                    // However it is written, and under its other name.
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "E-Mail", " CARE "}}, "letter due"},
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "post", ""}}, "email due"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "Post", "Offer"}}, "letter due"},
                    // What cannot be understood forbids all, and allows nothing.
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "emial", ""}}, "- withheld consent_withdrawn"},
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "", "stop"}}, "- withheld consent_withdrawn"},
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "email", "stop"}}, "letter due"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "emial", ""}}, "- withheld no_consent"},
                    ConsentCase{"offer", {{"consent", "2026-01-01", "", "offers"}}, "- withheld no_consent"},
                    ConsentCase{"service", {{"withdrawal", "2026-01-01", "", "stop"}}, "email due"},
                    // A known channel that the rules do not name is no other.
                    ConsentCase{"care", {{"withdrawal", "2026-01-01", "fax", ""}}, "email due"},
                    // A minute before it is due counts, a minute after it does not.
                    ConsentCase{"care", {{"withdrawal", "2026-12-04T09:59Z", "", ""}}, "- withheld consent_withdrawn"},
                    ConsentCase{"care", {{"withdrawal", "2026-12-04T10:01Z", "", ""}}, "email due"},
                    // No consent is needed for a service; only a withdrawal of just that is heard.
                    ConsentCase{"service", {{"withdrawal", "2026-01-01", "", ""}}, "email due"},
                    ConsentCase{"service", {{"withdrawal", "2026-01-01", "email", "service"}}, "letter due"}));

TEST(LocalTime, InAGapMovesForwardByItAndInAnOverlapIsTheFirst) {
  struct Case {
    const char* purchase;
    const char* at;
    const char* expected;
  };
  // London: 28 March 2027 01:00 to 02:00 does not exist, 31 October 2027 01:00 to 02:00 comes twice.
  const std::vector<Case> cases = {{"2027-03-27", "01:30", "2027-03-28T01:30:00Z"},
                                   {"2027-10-30", "01:30", "2027-10-31T00:30:00Z"}};
  for (const Case& test : cases) {
    Story story = thanks("", test.purchase);
    story.occasion = std::string("name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '") + test.at + "'";
    story.start = "2027-01-01T00:00Z";
    story.end = "2028-01-01T00:00Z";
    EXPECT_EQ(story.lines().at(0).substr(13, 20), test.expected) << test.purchase;
  }
}

TEST(QuietHours, MoveToTheirEndAndTheCustomersOwnCountToo) {
  Story story = thanks();
  story.policy = "quiet_hours = { from = '20:00', to = '08:00' }";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '22:00'";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-05T08:00:00Z email moved"});
  story.customers = {{"id", "quiet_from", "quiet_to"}, {{"ada", "07:00", "09:30"}}};
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-05T09:30:00Z email moved"});
}

TEST(QuietHours, AreTheCustomersAndNotTheStaffs) {
  Story story = thanks();
  story.policy = "quiet_hours = { from = '20:00', to = '08:00' }";
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '22:00'\naudience = 'staff'";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T22:00:00Z desk due"});
}

TEST(BusinessDays, MoveInTheWayTheOccasionAsks) {
  struct Case {
    const char* move;
    const char* expected;
  };
  // Due on Saturday 26 December 2026, with the 25th and 28th closed.
  const std::vector<Case> cases = {{"next business day", "2026-12-29T10:00:00Z email moved"},
                                   {"previous business day", "2026-12-24T10:00:00Z email moved"},
                                   {"nearest business day", "2026-12-24T10:00:00Z email moved"},
                                   {"none", "2026-12-26T10:00:00Z email due"}};
  for (const Case& test : cases) {
    Story story = thanks(std::string("move = '") + test.move + "'", "2026-12-25");
    story.policy = "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-25', '2026-12-28'] }";
    EXPECT_EQ(story.lines(), Lines{std::string("ada thanks/1 ") + test.expected}) << test.move;
  }
}

TEST(BusinessDays, AreTheStaffsUnlessTheOccasionSaysNone) {
  // Due on Saturday 5 December 2026.
  Story story = thanks("audience = 'staff'", "2026-12-04");
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T10:00:00Z desk moved"});
  story.occasion += "\nmove = 'none'";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-05T10:00:00Z desk due"});
}

TEST(BusinessDays, BeyondTheToleranceThereIsNoSlot) {
  Story story = thanks("move = 'next business day'\ntolerance = '2 days'", "2026-12-25");
  story.policy = "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-25', '2026-12-28'] }";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-26T10:00:00Z email withheld no_slot"});
}

TEST(Moves, AreCheckedAgainByTheGatesBefore) {
  Story story = thanks("move = 'next business day'\nuntil = 'booking'", "2026-12-04");
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  // Due on Saturday the 5th, moved to Monday the 7th; booked on Sunday.
  story.events.rows.push_back({"e2", "ada", "booking", "2026-12-06", "", ""});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T10:00:00Z email withheld ended"});
}

TEST(Moves, CanMakeIntoTheWindowAndOutOfIt) {
  Story story = thanks("move = 'next business day'", "2026-12-04");
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  story.start = "2026-12-06T00:00Z";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T10:00:00Z email moved"});
  story.start = "2026-12-05T00:00Z";
  story.end = "2026-12-06T00:00Z";
  EXPECT_EQ(story.lines(), Lines{});
}

TEST(Expires, WithholdsWhatWouldComeTooLate) {
  Story story = thanks("move = 'next business day'\nexpires = '1 day'", "2026-12-04");
  story.policy = "business_days = { weekend = ['sat', 'sun'] }";
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-07T10:00:00Z email withheld expired"});
}

TEST(NotBefore, KeepsAnImportOfOldHistorySilent) {
  Story story = thanks("not_before = '2026-12-05'");
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-04T10:00:00Z - withheld not_active"});
}

}  // namespace
}  // namespace courtesy
