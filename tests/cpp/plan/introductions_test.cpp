// Customers who agreed to it are introduced to each other, or to a club.
#include <gtest/gtest.h>

#include <algorithm>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Rows;
using testing_story::Story;

// Each first Tuesday at nine: 1 December 2026, and 5 January 2027.
Story meet(const std::string& match, const std::vector<std::vector<std::string>>& customers) {
  Story story;
  story.customers = {{"id", "tags", "postcode"}, customers};
  story.occasion = "name = 'meet'\nrrule = 'FREQ=MONTHLY;BYDAY=1TU'\nmatch = " + match;
  return story;
}

Story& agreed(Story& story, const std::vector<std::string>& customers) {
  for (const std::string& customer : customers) {
    story.happened("consent", "2026-01-01", {{"customer", customer}, {"note", "introduction"}});
  }
  return story;
}

// "ada-bob bob-ada cat:no_match": by day, then by id; what is withheld shows why.
std::string told(const Story& story, PlanOptions options = {}) {
  const Plan made = story.plan(options);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Reminder row = made.row(i);
    const Extra* extra = made.extras->of(row.key);
    const bool withheld = row.state == State::withheld;
    EXPECT_EQ(extra == nullptr, withheld);
    out.push_back(iso_text(row.anchor).substr(5) + " " + made.base->customer_ids().text(row.customer) +
                  (withheld ? ":" + std::string(reason_name(row.reason)) : "-" + extra->partner));
  }
  std::sort(out.begin(), out.end());
  std::string line;
  std::string day;
  for (const std::string& each : out) {
    const bool same = each.substr(0, 5) == day;
    day = each.substr(0, 5);
    line += (line.empty() ? "" : " ") + (same ? each.substr(6) : each);
  }
  (void)story.lines(options);  // which compares each row with its explanation
  return line;
}

TEST(Introductions, AreOfThoseWhoAgreedAndShareMost) {
  Story story = meet("{ tags = true }", {{"ada", "classic, racing", ""},
                                         {"bob", "classic", ""},
                                         {"cat", "racing, classic", ""},
                                         {"dan", "classic", ""},
                                         {"eve", "gardens", ""},
                                         {"fay", "classic, racing", ""}});
  EXPECT_EQ(told(agreed(story, {"ada", "bob", "cat", "dan", "eve"})),
            "12-01 ada-cat bob-dan cat-ada dan-bob eve:no_match fay:not_agreed");
}

TEST(Introductions, DoNotFollowTheOrderOfRows) {
  std::vector<std::vector<std::string>> customers;
  std::vector<std::string> ids;
  for (const char* id : {"g", "c", "a", "f", "b", "e", "d"}) {
    customers.push_back({id, "x", ""});
    ids.emplace_back(id);
  }
  Story story = meet("{ tags = 'x' }", customers);
  agreed(story, ids);
  const std::string expected = "12-01 a-b b-a c-d d-c e-f f-e g:no_match";
  EXPECT_EQ(told(story), expected);
  std::reverse(story.customers.rows.begin(), story.customers.rows.end());
  std::rotate(story.events.rows.begin(), story.events.rows.begin() + 3, story.events.rows.end());
  EXPECT_EQ(told(story), expected);
}

TEST(Introductions, OfWholeNumbersAreInTheOrderOfTheirTexts) {
  Story story = meet("{ tags = 'x' }", {{"9", "x", ""}, {"10", "x", ""}, {"11", "x", ""}});
  EXPECT_EQ(told(agreed(story, {"9", "10", "11"})), "12-01 10-11 11-10 9:no_match");
}

TEST(Introductions, CountTheTagsThatAreNamed) {
  Story story = meet("{ tags = ['racing'] }", {{"ada", "classic", ""}, {"bob", "classic", ""}, {"cat", "racing", ""}});
  agreed(story, {"ada", "bob", "cat"});
  EXPECT_EQ(told(story), "12-01 ada:no_match bob:no_match cat:no_match");
}

TEST(Introductions, CountCellsOfAssetsOnceEach) {
  Story story = meet("{ assets = 'model', least = 2 }", {{"ada", "", ""}, {"bob", "", ""}, {"cat", "", ""}});
  story.assets = Rows{{"id", "customer", "model"},
                      {{"1", "ada", "MX-5"},
                       {"2", "ada", "MX-5"},
                       {"3", "ada", "Mini"},
                       {"4", "bob", "MX-5"},
                       {"5", "bob", "MX-5"},
                       {"6", "bob", ""},
                       {"7", "cat", "Mini"},
                       {"8", "cat", "MX-5"}}};
  EXPECT_EQ(told(agreed(story, {"ada", "bob", "cat"})), "12-01 ada-cat bob:no_match cat-ada");
}

TEST(Introductions, AreNearWhereTheRuleSaysSo) {
  const std::vector<std::vector<std::string>> customers{{"ada", "x", "N1"}, {"bob", "x", "E2"}, {"cat", "y", "N1"},
                                                        {"dan", "x", "E2"}, {"eve", "x", ""},   {"fay", "x", ""}};
  Story story = meet("{ tags = true, near = 'postcode' }", customers);
  agreed(story, {"ada", "bob", "cat", "dan", "eve", "fay"});
  EXPECT_EQ(told(story), "12-01 ada:no_match bob-dan cat:no_match dan-bob eve:no_match fay:no_match");
  story.occasion = meet("{ near = 'postcode' }", {}).occasion;
  EXPECT_EQ(told(story), "12-01 ada-cat bob-dan cat-ada dan-bob eve:no_match fay:no_match");
}

TEST(Introductions, AskWhoMayHearOfIt) {
  Story story = meet("{ tags = true }\nwhen = { postcode = 'N1' }\nuntil = 'left'", {{"ada", "x", "N1"},
                                                                                     {"bob", "x", "E2"},
                                                                                     {"cat", "x", "N1"},
                                                                                     {"dan", "x", "N1"},
                                                                                     {"eve", "x", "N1"},
                                                                                     {"fay", "x", "N1"}});
  story.customers.header.emplace_back("status");
  for (auto& row : story.customers.rows) row.emplace_back(row[0] == "cat" ? "closed" : "");
  agreed(story, {"ada", "bob", "cat", "dan", "eve", "fay"});
  story.happened("left", "2026-11-30", {{"customer", "dan"}});
  EXPECT_EQ(told(story), "12-01 ada-eve bob:condition_failed cat:closed dan:ended eve-ada fay:no_match");
}

struct AgreementCase {
  const char* what;
  std::vector<std::map<std::string, std::string>> said;  // events of ada's
  bool agreed;
};

class Agreement : public testing::TestWithParam<AgreementCase> {};

TEST_P(Agreement, IsAConsentThatNoWithdrawalEnded) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}, {"bob", "x", ""}});
  agreed(story, {"bob"});
  for (const auto& cells : GetParam().said) story.happened(cells.at("kind"), cells.at("at"), cells);
  const std::string line = told(story);
  if (GetParam().agreed) {
    EXPECT_EQ(line, "12-01 ada-bob bob-ada") << GetParam().what;
  } else {
    EXPECT_EQ(line.substr(line.find(" bob")), " bob:no_match") << GetParam().what;
    EXPECT_NE(line.find("ada:"), std::string::npos) << GetParam().what;
  }
}

const std::map<std::string, std::string> yes{{"kind", "consent"}, {"at", "2026-02-01"}, {"note", "introduction"}};
const std::map<std::string, std::string> no{{"kind", "withdrawal"}, {"at", "2026-03-01"}, {"note", "introduction"}};

INSTANTIATE_TEST_SUITE_P(
    Consents, Agreement,
    testing::Values(
        AgreementCase{"nothing", {}, false}, AgreementCase{"yes", {yes}, true},
        AgreementCase{"yes, by a channel and in capitals",
                      {{{"kind", "consent"}, {"at", "2026-02-01"}, {"note", " Introduction "}, {"channel", "letter"}}},
                      true},
        AgreementCase{"yes to care alone", {{{"kind", "consent"}, {"at", "2026-02-01"}, {"note", "care"}}}, false},
        AgreementCase{"yes to all", {{{"kind", "consent"}, {"at", "2026-02-01"}}}, false},
        AgreementCase{"yes, then no", {yes, no}, false},
        AgreementCase{
            "no, then yes", {no, {{"kind", "consent"}, {"at", "2026-04-01"}, {"note", "introduction"}}}, true},
        AgreementCase{"yes, at the very instant",
                      {{{"kind", "consent"}, {"at", "2026-12-01T09:00Z"}, {"note", "introduction"}}},
                      true},
        AgreementCase{
            "yes, too late", {{{"kind", "consent"}, {"at", "2026-12-01T09:01Z"}, {"note", "introduction"}}}, false},
        AgreementCase{
            "yes, and no letters", {yes, {{"kind", "withdrawal"}, {"at", "2026-03-01"}, {"channel", "letter"}}}, true},
        AgreementCase{
            "yes, and no offers", {yes, {{"kind", "withdrawal"}, {"at", "2026-03-01"}, {"note", "offer"}}}, true},
        AgreementCase{"yes, then nothing at all", {yes, {{"kind", "withdrawal"}, {"at", "2026-03-01"}}}, false}));

TEST(Introductions, AreNotWhatOtherCourtesiesWaitFor) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}});
  story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'";
  story.happened("purchase", "2026-12-01").happened("withdrawal", "2026-11-01", {{"note", "introduction"}});
  EXPECT_EQ(story.lines(), Lines{"ada thanks/1 2026-12-02T09:00:00Z email due"});
}

TEST(Introductions, AreMadeOnce) {
  Story story = meet("{ tags = true }", {{"ada", "x, y", ""}, {"bob", "x, y", ""}, {"cat", "x", ""}});
  agreed(story, {"ada", "bob", "cat"});
  story.end = "2027-03-01T00:00Z";
  // Within one plan: ada meets bob, then cat; bob then cat; then all have met.
  EXPECT_EQ(told(story),
            "01-05 ada-cat bob:no_match cat-ada 02-02 ada:no_match bob-cat cat-bob "
            "12-01 ada-bob bob-ada cat:no_match");
  // And from month to month, where what was planned has gone out.
  story.end = "2026-12-31T00:00Z";
  Story later = story;
  later.went_out(story.plan());
  EXPECT_EQ(told(later), "12-01 ada:sent bob:sent cat:no_match");
  later.start = "2027-01-01T00:00Z";
  later.end = "2027-01-31T00:00Z";
  EXPECT_EQ(told(later), "01-05 ada-cat bob:no_match cat-ada");
}

TEST(Introductions, ThatWentOutStandForBoth) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}, {"bob", "x", ""}, {"cat", "x", ""}, {"dan", "x", ""}});
  agreed(story, {"ada", "bob", "cat", "dan"});
  const Plan made = story.plan();
  // Ada heard of bob; then aaron, who would go first, agrees.
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made.row(i).customer != 0) continue;
    story.happened("contact", "2026-12-01T09:00Z", {{"ref", to_hex(made.row(i).key)}, {"topic", "bob"}});
  }
  story.customers.rows.push_back({"aaron", "x", ""});
  agreed(story, {"aaron"});
  EXPECT_EQ(told(story), "12-01 aaron-cat ada:sent bob-ada cat-aaron dan:no_match");
}

TEST(Introductions, ThatTheShopMadeItselfCountAsWell) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}, {"bob", "x", ""}, {"cat", "x", ""}});
  agreed(story, {"ada", "bob", "cat"});
  story.happened("contact", "2026-05-05", {{"customer", "bob"}, {"topic", "ada"}});
  EXPECT_EQ(told(story), "12-01 ada-cat bob:no_match cat-ada");
}

TEST(Introductions, ThatStaffSkipLeaveThePartnerToOthers) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}, {"bob", "x", ""}, {"cat", "x", ""}});
  agreed(story, {"ada", "bob", "cat"});
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made.row(i).customer == 0) story.happened("skip", "2026-11-30", {{"ref", to_hex(made.row(i).key)}});
  }
  EXPECT_EQ(told(story), "12-01 ada:skipped bob-cat cat-bob");
}

TEST(Introductions, OfAllStepsAreTheSameAndEndWhereOneWithdraws) {
  Story story = meet("{ tags = true }\nsteps = [{ at = '09:00' }, { after = '2 days', at = '09:00' }]",
                     {{"ada", "x", ""}, {"bob", "x", ""}, {"cat", "x", ""}});
  agreed(story, {"ada", "bob", "cat"});
  EXPECT_EQ(told(story), "12-01 ada-bob ada-bob bob-ada bob-ada cat:no_match cat:no_match");
  story.happened("withdrawal", "2026-12-02", {{"customer", "bob"}, {"note", "introduction"}});
  EXPECT_EQ(told(story), "12-01 ada-bob ada:no_match bob-ada bob:not_agreed cat:no_match cat:no_match");
}

TEST(Introductions, ThatStaffPutOffKeepTheirPartner) {
  Story story = meet("{ tags = true }", {{"ada", "x", ""}, {"bob", "x", ""}});
  agreed(story, {"ada", "bob"});
  const Plan made = story.plan();
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made.row(i).customer == 0)
      story.happened("snooze", "2026-11-30", {{"ref", to_hex(made.row(i).key)}, {"due", "2027-02-20"}});
  }
  EXPECT_EQ(told(story), "12-01 bob-ada");
  // February's date is 2 February; a plan of its end hears of December's as well.
  story.start = "2027-02-18T00:00Z";
  story.end = "2027-02-22T00:00Z";
  EXPECT_EQ(told(story), "12-01 ada-bob");
}

TEST(Introductions, ToAClubAreOfThoseItIsForAndOnce) {
  Story story = meet("{ club = 'Sunday drivers', tags = ['classic'] }",
                     {{"ada", "classic", ""}, {"bob", "modern", ""}, {"cat", "classic", ""}, {"dan", "classic", ""}});
  agreed(story, {"ada", "bob", "dan"});
  story.happened("contact", "2026-06-01", {{"customer", "dan"}, {"topic", "Sunday drivers"}});
  EXPECT_EQ(told(story), "12-01 ada-Sunday drivers bob:no_match cat:not_agreed dan:no_match");
  story.end = "2027-01-31T00:00Z";
  EXPECT_EQ(told(story),
            "01-05 ada:no_match bob:no_match cat:not_agreed dan:no_match "
            "12-01 ada-Sunday drivers bob:no_match cat:not_agreed dan:no_match");
}

TEST(Introductions, NeedTheirColumns) {
  Story story = meet("{ near = 'postcod' }", {{"ada", "x", ""}});
  const auto message = [&] {
    try {
      (void)story.plan();
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message(),
            "rules.toml:5:1: occasion 'meet' introduces customers by 'postcod', and the table customers has no such "
            "column (did you mean 'postcode'?)");
}

TEST(Introductions, AreTheSameOnAnyNumberOfThreads) {
  std::vector<std::vector<std::string>> customers;
  std::vector<std::string> ids;
  for (int i = 0; i < 10'000; ++i) {
    ids.push_back(std::to_string(i));
    customers.push_back({ids.back(), "t" + std::to_string(i * i % 97) + ", u" + std::to_string(i % 11), ""});
  }
  Story story = meet("{ tags = true }", customers);
  for (std::size_t i = 0; i < ids.size(); i += 2) agreed(story, {ids[i]});
  const auto partners = [&](unsigned threads) {
    const Plan made = story.plan({.withheld = true, .threads = threads});
    std::vector<std::string> out;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Extra* extra = made.extras->of(made.columns.key[i]);
      out.push_back(extra == nullptr ? "" : extra->partner);
    }
    return out;
  };
  const auto one = partners(1);
  EXPECT_EQ(one, partners(3));
  EXPECT_GT(std::count_if(one.begin(), one.end(), [](const std::string& each) { return !each.empty(); }), 4'900);
}

}  // namespace
}  // namespace courtesy
