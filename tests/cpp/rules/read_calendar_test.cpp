// business_days and opening_hours of [policy].
#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using dates::day;

constexpr const char* occasion = "\n[[occasion]]\nname = 'thanks'\non = 'purchase'\n";

HolidayAnswer answer(const HolidayRequest& request) {
  if (request.country != "GB") throw Error(ErrorKind::missing, "there are no holidays for " + request.country);
  EXPECT_EQ(request.subdivision, "ENG");
  EXPECT_EQ(request.categories, (std::vector<std::string>{"public", "bank"}));
  return {{6, 7}, {day("2026-12-25"), day("2026-12-28")}, {day("2026-12-19")}, "a test"};
}

std::shared_ptr<const Rules> read(const std::string& policy) {
  return rules_from_toml("[policy]\n" + policy + occasion, "rules.toml", answer);
}

TEST(ReadCalendar, TakesHolidaysOverFromTheCountry) {
  const auto rules = read(
      "business_days = { country = 'GB', subdivision = 'ENG', categories = ['public', 'bank'], "
      "holidays = ['2026-12-19', '2026-12-29/2026-12-31', 2027-01-02], worked = ['2026-12-28', '2026-12-26'] }");
  const Workdays& days = *rules->policy.business_days;
  EXPECT_EQ(rules->policy.holidays_from, "a test");
  std::string open;
  for (int i = 18; i < 32; ++i) {
    const std::string date = "2026-12-" + std::to_string(i);
    if (days.is_business_day(day(date))) open += std::to_string(i) + " ";
  }
  EXPECT_EQ(open, "18 21 22 23 24 26 28 ");
}

TEST(ReadCalendar, OwnWeekendGoesBeforeTheCountrys) {
  const auto rules = read(
      "business_days = { country = 'GB', subdivision = 'ENG', categories = ['public', 'bank'], weekend = ['sun'] }");
  EXPECT_TRUE(rules->policy.business_days->is_business_day(day("2026-12-12")));
  EXPECT_FALSE(rules->policy.business_days->is_business_day(day("2026-12-13")));
}

TEST(ReadCalendar, CustomersPlacesHaveCalendarsOfTheirOwn) {
  const auto source = [](const HolidayRequest& request) {
    HolidayAnswer found;
    if (request.subdivision == "BW") found.holidays = {day("2026-01-06")};
    return found;
  };
  const auto rules =
      rules_from_toml(std::string("[policy]\nbusiness_days = { customers = ['DE', 'DE-BW'] }") + occasion, "", source);
  const auto& calendars = rules->policy.customer_calendars;
  ASSERT_EQ(calendars.size(), 2U);
  EXPECT_TRUE(calendars[0].days.is_business_day(day("2026-01-06")));
  EXPECT_EQ(calendars[1].place, "DE-BW");
  EXPECT_FALSE(calendars[1].days.is_business_day(day("2026-01-06")));
}

TEST(ReadCalendar, ReadsOpeningHoursInTheShopsZone) {
  const auto rules = rules_from_toml(
      "[shop]\nzone = 'Europe/London'\n[policy]\nbusiness_days = { holidays = ['2026-07-06'] }\nopening_hours = "
      "{ mon-fri = '08:00-12:00, 13:00-17:00', 2026-07-07 = 'closed' }" +
          std::string(occasion),
      "rules.toml");
  ASSERT_NE(rules->policy.opening_hours, nullptr);
  EXPECT_EQ(rules->policy.opening_hours->next_open(dates::instant("2026-07-04T10:00:00Z")),
            dates::instant("2026-07-08T07:00:00Z"));
}

TEST(ReadCalendar, SaysWhatIsWrong) {
  struct Case {
    const char* policy;
    const char* said;
  };
  const std::string head = "business_days = { ";
  for (const Case& each : {
           Case{"business_days = { country = 'XX' }",
                "rules.toml:2:29: policy, business_days: 'country': there are no"},
           Case{"business_days = { subdivision = 'ENG' }", "'subdivision' needs a 'country' beside it"},
           Case{"business_days = { holidays = ['2026-12-31/2026-12-01'] }", "ends before it starts"},
           Case{"business_days = { holidays = ['2026-12-31/soon'] }", "a list of dates and ranges such as"},
           Case{"business_days = { holidays = ['1900-01-01/2026-12-01'] }", "ten years at the most"},
           Case{"business_days = { customers = ['XX'] }", "'customers': there are no holidays for XX"},
           Case{"business_days = { worked = 3 }", "'worked': expected a list of dates and ranges"},
           Case{"business_days = { worke = [] }", "did you mean 'worked'?"},
           Case{"opening_hours = { mon-fri = '8-17' }", "rules.toml:2:29: policy, opening_hours: 'mon-fri': expected"},
           Case{"opening_hours = { mon-fri = 8 }", "'mon-fri': expected a text, found 8"},
           Case{"opening_hours = { }", "expected opening hours on at least one day"},
           Case{"opening_hours = 'always'", "'opening_hours': expected a table such as"},
       }) {
    try {
      (void)read(each.policy);
      ADD_FAILURE() << each.policy;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(each.said), std::string::npos) << error.what();
    }
  }
}

TEST(ReadCalendar, ACountryNeedsASourceOfHolidays) {
  EXPECT_THROW((void)rules_from_toml("[policy]\nbusiness_days = { country = 'GB' }", ""), Error);
}

TEST(ReadCalendar, OpeningHoursAreCountedOnlyWhereTheyAreKnown) {
  for (const char* line :
       {"after = '4 opening hours'", "expires = '30 opening minutes'", "steps = [{ after = '1 opening hour' }]"}) {
    try {
      (void)rules_from_toml(occasion + std::string(line), "rules.toml");
      ADD_FAILURE() << line;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("counts opening hours, and [policy] has none"), std::string::npos)
          << error.what();
    }
    EXPECT_NO_THROW((void)rules_from_toml(
        occasion + std::string(line) + "\n[policy]\nopening_hours = { mon-fri = '08:00-17:00' }", "rules.toml"));
  }
}

}  // namespace
}  // namespace courtesy
