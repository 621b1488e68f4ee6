// Lines of an iCalendar object: what they mean, what is wrong with them and where, and that they read back as written.
#include <courtesy/time/parse_recurrence.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <courtesy/error.h>

namespace courtesy {
namespace {

TEST(ParseRecurrence, ReadsBackWhatItWrites) {
  struct Case {
    const char* given;
    const char* written;
  };
  const std::vector<Case> cases{
      {"DTSTART:20260101", "DTSTART;VALUE=DATE:20260101"},
      {"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY"},
      {"dtstart:20260101T090000Z\nrrule:freq=weekly;byday=fr,mo",
       "DTSTART:20260101T090000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR"},
      {"DTSTART;TZID=Europe/London:20260101T090000", "DTSTART;TZID=Europe/London:20260101T090000"},
      {"DTSTART;TZID=\"+05:30\":20260101T090000", "DTSTART;TZID=\"+05:30\":20260101T090000"},
      // Folds, line ends, empty lines, any order; a rule without its name.
      {"RRULE:FREQ=MON\r\n THLY;BYDAY=-1F\r\n\tR\r\n\r\nDTSTART:2026\r\n 0101T090000\r\n",
       "DTSTART:20260101T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR"},
      // A period counts from its start, a zone of its own becomes an instant.
      {"DTSTART;TZID=Europe/London:20260701T090000\nRDATE:20260801T080000Z\nRDATE;VALUE=PERIOD:20260702T080000Z/PT1H",
       "DTSTART;TZID=Europe/London:20260701T090000\nRDATE:20260801T080000Z\nRDATE:20260702T080000Z"},
      {"DTSTART;TZID=Europe/London:20260701T090000\nEXDATE;TZID=America/New_York:20260702T040000",
       "DTSTART;TZID=Europe/London:20260701T090000\nEXDATE:20260702T080000Z"},
      {"DTSTART:20260101\nEXRULE:FREQ=YEARLY\nEXRULE:FREQ=DAILY;COUNT=2",
       "DTSTART;VALUE=DATE:20260101\nEXRULE:FREQ=YEARLY\nEXRULE:FREQ=DAILY;COUNT=2"},
  };
  for (const Case& c : cases) {
    const std::string written = parse_recurrence(c.given).to_rfc5545();
    EXPECT_EQ(written, c.written) << c.given;
    EXPECT_EQ(parse_recurrence(written).to_rfc5545(), written) << c.given;
  }
}

TEST(ParseRecurrence, IgnoresTheParametersOfOtherPrograms) {
  const auto lines = [](const char* text) { return parse_recurrence(text).to_rfc5545(); };
  EXPECT_EQ(lines("DTSTART;X-WHO=\"a:b;c\";VALUE=DATE:20260101\nRRULE;X-A=1:FREQ=DAILY"),
            lines("DTSTART:20260101\nRRULE:FREQ=DAILY"));
}

TEST(ParseRecurrence, NamesThePartAndItsPlace) {
  struct Case {
    const char* text;
    std::int64_t line;
    std::int64_t column;
    const char* message;
  };
  const std::vector<Case> cases{
      {"", 1, 1, "DTSTART: is missing"},
      {"RRULE:FREQ=DAILY", 1, 1, "DTSTART: is missing"},
      {"DTSTART:2026", 1, 9, "DTSTART: expected a date or time such as 20261201 or 20261201T100000"},
      {"DTSTART:20260230", 1, 9, "DTSTART: expected a date or time"},
      {"DTSTART:20260101,20260102", 1, 9, "DTSTART: expected one date or time, found several"},
      {"DTSTART:20260101\nDTSTART:20260101", 2, 1, "DTSTART: stands twice"},
      {"DTSTART:20260101\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY", 3, 1, "RRULE: stands twice"},
      {"DTSTART;TZID=Europe/Lodnon:20260101T090000", 1, 14,
       "TZID: there is no time zone 'Europe/Lodnon' (did you mean"},
      {"DTSTART;TZID=Europe/London:20260101T090000Z", 1, 28, "DTSTART: a time in UTC has no TZID"},
      {"DTSTART;TZID=Europe/London:20260101", 1, 28, "DTSTART: a date has no TZID"},
      {"DTSTART;VALUE=TIME:20260101", 1, 15, "DTSTART: there is no VALUE 'TIME' of it"},
      {"DTSTART;X=1:20260101", 1, 11, "DTSTART: expected the parameter TZID or VALUE, found 'X'"},
      {"DTSTART:20260101\nRULE:FREQ=DAILY", 2, 1,
       "there is no property 'RULE' of a recurrence (did you mean 'RRULE'?)"},
      {"DTSTART:20260101\nRRULE:FREQ=DAILY;BYMONTH=13", 2, 26, "BYMONTH: "},
      // The place in the file, not in the line without its folds.
      {"DTSTART:20260101\nRRULE:FREQ=DAILY;BY\n MONTH=13", 3, 8, "BYMONTH: "},
      {"DTSTART:20260101\nRDATE:20260102,2026013", 2, 16, "RDATE: expected a date or time"},
      {"DTSTART:20260101\nRDATE;VALUE=PERIOD:20260102T090000Z", 2, 20, "RDATE: expected a period such as"},
  };
  for (const Case& c : cases) {
    try {
      (void)parse_recurrence(c.text);
      ADD_FAILURE() << "no error: " << c.text;
    } catch (const Error& error) {
      const Problem& problem = error.problems().front();
      EXPECT_EQ(problem.where.line, c.line) << c.text << '\n' << error.what();
      EXPECT_EQ(problem.where.column, c.column) << c.text << '\n' << error.what();
      EXPECT_EQ(problem.message.substr(0, std::string_view{c.message}.size()), c.message);
    }
  }
}

TEST(ParseRecurrence, ATextOfAnySizeEndsSoon) {
  EXPECT_THROW((void)parse_recurrence(std::string(2'000'000, 'x')), Error);
  std::string dates = "DTSTART:20260101\nRDATE:20260101";
  for (int i = 0; i < 100'000; ++i) dates += ",20260102";
  EXPECT_EQ(parse_recurrence(dates).rdates.size(), 100'001U);
  EXPECT_THROW((void)parse_recurrence("DTSTART:20260101\n" + std::string(500'000, ';')), Error);
}

}  // namespace
}  // namespace courtesy
