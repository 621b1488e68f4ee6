// The anchor rrule: which rules it takes, and what it says of the others.
#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using dates::day;

std::shared_ptr<const Rules> read(const std::string& keys) {
  return rules_from_toml("[[occasion]]\nname = 'stocktaking'\n" + keys, "rules.toml");
}

std::vector<Day> first_days(const std::string& keys, std::size_t most) {
  std::vector<Day> out;
  const auto rules = read(keys);
  const Recurrence& recurrence = std::get<Recurring>(rules->occasions.front().anchor).days;
  for (const Moment& each : recurrence.first_after(day("2026-01-01"), most)) out.push_back(std::get<Day>(each));
  return out;
}

TEST(ReadRecurring, TakesRulesDatesAndExceptions) {
  EXPECT_EQ(first_days("rrule = 'FREQ=MONTHLY;BYDAY=1TU'", 2), (std::vector{day("2026-01-06"), day("2026-02-03")}));
  EXPECT_EQ(first_days("rrule = 'FREQ=MONTHLY;BYDAY=1TU'\nexdate = ['2026-02-01/2026-02-28']\nrdate = [2026-01-20]", 3),
            (std::vector{day("2026-01-06"), day("2026-01-20"), day("2026-03-03")}));
  EXPECT_EQ(first_days("rrule = 'FREQ=WEEKLY;INTERVAL=2'\nstart = '2026-01-05'", 2),
            (std::vector{day("2026-01-05"), day("2026-01-19")}));
  EXPECT_EQ(first_days("rrule = 'FREQ=DAILY;UNTIL=20260103'", 9), (std::vector{day("2026-01-02"), day("2026-01-03")}));
}

TEST(ReadRecurring, SaysWhatIsWrong) {
  struct Case {
    const char* keys;
    const char* said;
  };
  for (const Case& each : {
           Case{"rrule = 'FREQ=DAYLY'", "rules.toml:3:9: occasion 'stocktaking': 'rrule': "},
           Case{"rrule = 'FREQ=DAYLY'", "column 6"},
           Case{"rrule = 'FREQ=MONTHLY'", "its days depend on the day from which it counts (write start ="},
           Case{"rrule = 'FREQ=WEEKLY'", "its days depend on the day"},
           Case{"rrule = 'FREQ=DAILY;INTERVAL=3'", "its days depend on the day"},
           Case{"rrule = 'FREQ=DAILY;COUNT=3'", "its days depend on the day"},
           Case{"rrule = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'", "it never falls on any day"},
           Case{"rrule = 'FREQ=HOURLY'\nstart = '2026-01-05'", "HOURLY needs a start with a time"},
           Case{"rrule = 3", "'rrule': expected a text, found 3"},
           Case{"rrule = 'FREQ=DAILY'\nrdate = 'soon'", "'rdate': expected a list of dates"},
           Case{"rrule = 'FREQ=DAILY'\nsince = 'purchase'", "'since' goes with 'every' and 'silent', not with 'rrule'"},
           Case{"on = 'purchase'\nstart = '2026-01-05'", "'start' goes with 'rrule', not with 'on'"},
           Case{"rrule = 'FREQ=DAILY'\non = 'purchase'", "expected one anchor, found 'on' and 'rrule'"},
       }) {
    try {
      (void)read(each.keys);
      ADD_FAILURE() << each.keys;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(each.said), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace courtesy
