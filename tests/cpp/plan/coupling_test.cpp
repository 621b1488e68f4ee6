// Which customers a plan decides on together.
#include <gtest/gtest.h>

#include <random>

#include <courtesy/plan/coupling.h>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::Lines;
using testing_story::Story;

struct CouplingCase {
  const char* what;
  const char* expected;
  const char* keys = "on = 'x'";
  const char* policy = "";
  CouplingFacts facts = {};
};

std::string said(const Coupling& coupling) {
  std::string out;
  if (coupling.capacity) out += "capacity ";
  if (coupling.budgets) out += "budgets ";
  if (coupling.others) out += "others ";
  if (coupling.household) out += "household ";
  if (coupling.address) out += "address ";
  if (!out.empty()) out.pop_back();
  return out;
}

class CouplingOf : public testing::TestWithParam<CouplingCase> {};

TEST_P(CouplingOf, SaysByWhatCustomersAreCoupled) {
  const CouplingCase& c = GetParam();
  const auto rules =
      rules_from_toml(std::string("[policy]\n") + c.policy + "\n[[occasion]]\nname = 'a'\n" + c.keys, "");
  EXPECT_EQ(said(coupling_of(*rules, c.facts)), c.expected) << c.what;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, CouplingOf,
    testing::Values(
        CouplingCase{"nothing", ""},
        CouplingCase{"a customer's own caps and merging", "", "on = 'x'",
                     "caps = [{ purposes = ['care'], most = 1, per = '7 days' }]\nmerge = true"},
        CouplingCase{"a household's",
                     "household",
                     "on = 'x'",
                     "caps = [{ purposes = ['care'], most = 1, per = '7 days', scope = 'household' }]",
                     {.referrals = false}},
        CouplingCase{"an address's",
                     "address",
                     "on = 'x'",
                     "caps = [{ purposes = ['care'], most = 1, per = '7 days', scope = 'address' }]",
                     {.referrals = false}},
        CouplingCase{"a household whose members have referred others: who goes first?", "others household", "on = 'x'",
                     "caps = [{ purposes = ['care'], most = 1, per = '7 days', scope = 'household' }]"},
        CouplingCase{"capacity", "capacity", "on = 'x'", "capacity = [{ channels = 'email', most = 2 }]"},
        CouplingCase{"budgets", "budgets", "on = 'x'\ngestures = [{ name = 'card', cost = 1 }]",
                     "budgets = [{ most = 5 }]"},
        CouplingCase{"gestures alone", "", "on = 'x'\ngestures = [{ name = 'card', cost = 1 }]"},
        CouplingCase{"a fixed silence", "", "silent = '90 days'\nsince = 'x'"},
        CouplingCase{"a usual one", "others", "silent = { cadence = 1.5 }\nsince = 'x'"},
        CouplingCase{"time", "", "every = '1 year'\nsince = 'x'"},
        CouplingCase{"use", "others", "every = { km = 9 }\nsince = 'x'\nmeter = 'km'"},
        CouplingCase{"use, first", "others", "every = '1 year'\nfirst = { km = 9 }\nsince = 'x'\nmeter = 'km'"},
        CouplingCase{
            "use, without fleets", "", "every = { km = 9 }\nsince = 'x'\nmeter = 'km'", "", {.asset_kinds = false}},
        CouplingCase{"dates", "", "rrule = 'FREQ=MONTHLY;BYDAY=1TU'"},
        CouplingCase{"introductions", "others", "rrule = 'FREQ=MONTHLY;BYDAY=1TU'\nmatch = { tags = true }"},
        CouplingCase{"to a club", "", "rrule = 'FREQ=MONTHLY;BYDAY=1TU'\nmatch = { club = 'c' }"},
        CouplingCase{"counts", "", "on = 'x'\nwhen = { count = { kind = 'x', min = 2 } }"},
        CouplingCase{"a value, to which those whom the customer referred add theirs", "others",
                     "on = 'x'\nwhen = { lifetime_value = { min = 500 } }"},
        CouplingCase{"where nobody was referred",
                     "",
                     "on = 'x'\nwhen = { lifetime_value = { min = 500 } }",
                     "",
                     {.referrals = false}},
        CouplingCase{"within other conditions", "others",
                     "on = 'x'\nwhen = { any = [{ tier = 'gold' }, { all = [{ lifetime_value = { min = 500 } }] }] }"},
        CouplingCase{"of a gesture", "others",
                     "on = 'x'\ngestures = [{ name = 'card', when = { lifetime_value = { min = 500 } } }]"},
        CouplingCase{"of compensation", "others", "on = 'x'\ngestures = 'compensation'",
                     "compensation = [{ name = 'card', when = { lifetime_value = { min = 500 } } }]"}));

// Where nothing couples them each customer, or household, is planned alone as among all.
class CouplingDrawn : public testing::TestWithParam<unsigned> {};

void plan_alone_and_among_all(unsigned seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  Story story;
  story.customers = {{"id", "household", "tier"},
                     {{"ada", "1", "gold"}, {"bob", "1", ""}, {"eve", "", ""}, {"joe", "", "gold"}, {"kim", "2", ""}}};
  story.assets = testing_story::Rows{
      {"id", "customer", "kind"},
      {{"a", "ada", "car"}, {"b", "bob", "car"}, {"e", "eve", "car"}, {"j", "joe", "car"}, {"k", "kim", "van"}}};
  story.end = "2027-03-31T00:00Z";
  story.policy = pick({"", "merge = true\n"}) + pick({"", "capacity = [{ channels = 'email', most = 1 }]\n"}) +
                 pick({"", "", "caps = [{ purposes = ['care'], most = 1, per = '9 days', scope = 'household' }]\n",
                       "caps = [{ purposes = ['care'], most = 1, per = '9 days' }]\n"});
  story.occasion =
      "name = 'thanks'\non = 'purchase'\nafter = '1 day'\n" + pick({"", "until = 'visit'\n"}) +
      pick({"", "when = { count = { kind = 'visit', max = 1 } }\n", "when = { lifetime_value = { min = 100 } }\n"}) +
      "[[occasion]]\nname = 'back'\nsince = 'purchase'\nsilent = " + pick({"'20 days'", "{ cadence = 1.5 }"}) +
      "\n[[occasion]]\nname = 'service'\nsince = 'purchase'\nevery = " +
      pick({"'2 months'", "'50 days'", "{ km = 900 }\nmeter = 'km'"});
  story.happened("none", "2026-01-01", {{"asset", ""}, {"value", ""}, {"unit", ""}, {"ref", ""}});
  const std::vector<std::string> ids{"ada", "bob", "eve", "joe", "kim"};
  const auto moment = [&] {
    return "2026-1" + std::to_string(random() % 3) + "-" + std::to_string(10 + random() % 18);
  };
  const std::string other = pick({"referral", "visit", "visit"});
  for (int i = 0; i < 25; ++i) {
    const std::string who = pick(ids);
    const std::string kind = pick({"purchase", "purchase", "visit", "reading", "reading", other});
    story.happened(kind, moment(),
                   {{"customer", who},
                    {"asset", kind == "reading" || kind == "purchase" ? who.substr(0, 1) : ""},
                    {"value", kind == "reading"    ? std::to_string(random() % 5000)
                              : kind == "purchase" ? "60"
                                                   : ""},
                    {"unit", kind == "reading" ? "km" : ""},
                    {"ref", kind == "referral" ? pick(ids) : ""}});
  }
  const Lines all = story.lines();
  const Plan made = story.plan();
  const bool referrals = made.base->kinds().find("referral") != no_code;
  const Coupling coupling = coupling_of(*made.rules, {true, referrals});
  EXPECT_FALSE(coupling.address);
  if (coupling.capacity || coupling.others) return;
  for (const std::string& who : ids) {
    const auto with = [&](const std::string& id) {
      return id == who || (coupling.household && (who == "ada" || who == "bob") && (id == "ada" || id == "bob"));
    };
    Story alone = story;
    std::erase_if(alone.customers.rows, [&](const auto& row) { return !with(row[0]); });
    std::erase_if(alone.assets->rows, [&](const auto& row) { return !with(row[1]); });
    const auto owner =
        std::find(story.events.header.begin(), story.events.header.end(), "customer") - story.events.header.begin();
    std::erase_if(alone.events.rows, [&](const auto& row) { return !with(row[static_cast<std::size_t>(owner)]); });
    Lines own;
    for (const std::string& line : all) {
      if (with(line.substr(0, 3))) own.push_back(line);
    }
    EXPECT_EQ(alone.lines(), own) << who << "\n" << story.policy << story.occasion;
  }
}

TEST_P(CouplingDrawn, WhoIsNotCoupledIsPlannedAloneAsAmongAll) {
  constexpr unsigned many = 50;
  for (unsigned seed = GetParam() * many; seed < (GetParam() + 1) * many; ++seed) plan_alone_and_among_all(seed);
}

INSTANTIATE_TEST_SUITE_P(Shops, CouplingDrawn, testing::Range(0U, 8U));

}  // namespace
}  // namespace courtesy
