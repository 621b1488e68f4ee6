#include <courtesy/time/opening_hours.h>

#include <gtest/gtest.h>

#include <courtesy/error.h>

#include "support/dates.h"

namespace courtesy {
namespace {

using dates::day;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

OpeningTable table(std::initializer_list<std::pair<const char*, const char*>> lines) {
  OpeningTable out;
  for (const auto& [days, text] : lines) out.set(days, text);
  return out;
}

OpeningHours garage() {
  return {table({{"mon-fri", "08:00-12:00, 13:00-17:00"}, {"sat", "09:00-13:00"}, {"2026-12-24", "08:00-12:00"}}),
          Workdays{{6, 7}, {day("2026-12-25"), day("2026-12-28")}}, Zone::named("Europe/London")};
}

Instant at(const char* text) {
  const auto parsed = parse_date_time(text);
  return parsed->instant ? *parsed->instant : Zone::named("Europe/London")->to_utc(parsed->wall);
}

TEST(OpeningHours, AddsOpenTime) {
  struct Case {
    const char* from;
    minutes time;
    const char* to;
  };
  const OpeningHours shop = garage();
  for (const Case& each : {
           Case{"2026-11-27T16:30", minutes{240}, "2026-11-28T12:30"},  // Friday, and 3.5 hours on Saturday
           Case{"2026-11-28T12:30", minutes{240}, "2026-11-30T11:30"},  // Saturday to Monday
           Case{"2026-11-30T11:00", minutes{120}, "2026-11-30T14:00"},  // over the midday break
           Case{"2026-11-30T16:00", minutes{60}, "2026-11-30T17:00"},   // ends as the shop closes
           Case{"2026-11-30T17:00", minutes{0}, "2026-12-01T08:00"},    // none: the next opening
           Case{"2026-11-30T12:30", minutes{0}, "2026-11-30T13:00"},
           Case{"2026-12-24T11:00", minutes{120}, "2026-12-26T10:00"},   // short Thursday, Christmas, Saturday
           Case{"2026-12-26T12:00", minutes{120}, "2026-12-29T09:00"},   // Monday is a holiday
           Case{"2026-11-30T11:00", minutes{-240}, "2026-11-28T12:00"},  // backwards: 3 h on Monday, 1 on Saturday
           Case{"2026-11-30T09:00", minutes{-60}, "2026-11-30T08:00"},
       }) {
    EXPECT_EQ(shop.add(at(each.from), each.time), at(each.to)) << each.from;
    if (each.time > minutes{0}) {
      EXPECT_EQ(shop.between(at(each.from), at(each.to)), each.time) << each.from;
    }
  }
}

TEST(OpeningHours, KnowsWhenItIsOpenAndWhenNext) {
  const OpeningHours shop = garage();
  struct Case {
    const char* at;
    bool open;
    const char* next_open;
    const char* next_close;
  };
  for (const Case& each : {
           Case{"2026-11-30T07:59", false, "2026-11-30T08:00", "2026-11-30T12:00"},
           Case{"2026-11-30T08:00", true, "2026-11-30T08:00", "2026-11-30T12:00"},
           Case{"2026-11-30T12:00", false, "2026-11-30T13:00", "2026-11-30T17:00"},
           Case{"2026-11-29T10:00", false, "2026-11-30T08:00", "2026-11-30T12:00"},
           Case{"2026-12-24T13:00", false, "2026-12-26T09:00", "2026-12-26T13:00"},
       }) {
    EXPECT_EQ(shop.is_open(at(each.at)), each.open) << each.at;
    EXPECT_EQ(shop.next_open(at(each.at)), at(each.next_open)) << each.at;
    EXPECT_EQ(shop.next_close(at(each.at)), at(each.next_close)) << each.at;
  }
}

TEST(OpeningHours, PassMidnight) {
  const OpeningHours bar{table({{"fri", "18:00-24:00"}, {"sat", "00:00-02:00, 18:00-03:00"}}), Workdays{},
                         Zone::named("Europe/London")};
  EXPECT_TRUE(bar.is_open(at("2026-11-28T01:00")));
  EXPECT_TRUE(bar.is_open(at("2026-11-29T02:59")));
  EXPECT_FALSE(bar.is_open(at("2026-11-29T03:00")));
  EXPECT_EQ(bar.next_close(at("2026-11-27T20:00")), at("2026-11-28T02:00"));  // stretches that touch are one
  EXPECT_EQ(bar.between(at("2026-11-27T00:00"), at("2026-11-30T00:00")), hours{6 + 2 + 9});
}

TEST(OpeningHours, CountTheTimeThatElapsesWhenClocksChange) {
  const OpeningHours always{table({{"mon-sun", "00:00-24:00"}}), Workdays{}, Zone::named("Europe/London")};
  EXPECT_EQ(always.between(at("2026-03-29T00:00"), at("2026-03-30T00:00")), hours{23});
  EXPECT_EQ(always.between(at("2026-10-25T00:00"), at("2026-10-26T00:00")), hours{25});
  const OpeningHours night{table({{"sun", "01:00-03:00"}}), Workdays{}, Zone::named("Europe/London")};
  EXPECT_EQ(night.on(day("2026-03-29")).front().from, at("2026-03-29T01:00Z"));  // 01:00 is skipped: 02:00 BST
  EXPECT_EQ(night.between(at("2026-03-29T00:00"), at("2026-03-29T12:00")), hours{1});
  EXPECT_EQ(night.between(at("2026-10-25T00:00"), at("2026-10-25T12:00")), hours{3});
  EXPECT_EQ(night.add(at("2026-10-25T00:00Z"), hours{3}), at("2026-10-25T03:00Z"));
}

TEST(OpeningHours, GiveUpWhereNothingOpens) {
  std::vector<Day> closed;
  for (int i = 0; i < 3000; ++i) closed.push_back(day("2026-01-01") + std::chrono::days{i});
  const OpeningHours shop{table({{"mon-fri", "08:00-17:00"}}), Workdays{{}, closed}, Zone::named("UTC")};
  EXPECT_EQ(shop.next_open(at("2026-01-01T00:00Z")), std::nullopt);
  EXPECT_EQ(shop.next_close(at("2026-01-01T00:00Z")), std::nullopt);
  EXPECT_EQ(shop.add(at("2034-01-01T00:00Z"), -std::chrono::hours{1}), std::nullopt);
  EXPECT_EQ(garage().add(at("2026-01-01T00:00Z"), std::chrono::hours{1'000'000}), std::nullopt);
  EXPECT_EQ(garage().between(at("2026-01-02T00:00Z"), at("2026-01-01T00:00Z")), microseconds{0});
  EXPECT_THROW((void)garage().between(at("2026-01-01T00:00Z"), at("2136-01-01T00:00Z")), Error);
}

TEST(OpeningTable, ReadsItsLines) {
  const OpeningTable read = table({{"fri-mon", "8:00-12:00"}, {"Sun", "closed"}, {"2026-12-24", "22:00-06:00"}});
  EXPECT_EQ(read.week[4], (std::vector{OpenStretch{minutes{480}, minutes{720}}}));
  EXPECT_EQ(read.week[0], read.week[4]);
  EXPECT_TRUE(read.week[6].empty());
  EXPECT_TRUE(read.week[2].empty());
  EXPECT_EQ(read.exceptions.at(day("2026-12-24")), (std::vector{OpenStretch{minutes{1320}, minutes{1800}}}));
  EXPECT_EQ(parse_open_stretches("13:00-17:00,08:00-12:00").front().from, minutes{480});
}

TEST(OpeningTable, SaysWhatIsWrong) {
  struct Case {
    const char* days;
    const char* hours;
    const char* says;
  };
  for (const Case& each : {
           Case{"mon", "8-12", "expected opening hours such as"},
           Case{"mon", "", "found ''"},
           Case{"mon", "08:00-12:00,", "expected opening hours such as"},
           Case{"mon", "08:00-25:00", "found '08:00-25:00'"},
           Case{"mon", "08:00-08:00", "a whole day is '00:00-24:00'"},
           Case{"mon", "08:00-12:00, 11:00-17:00", "they overlap"},
           Case{"monday", "08:00-12:00", "expected a weekday such as 'mon'"},
           Case{"2026-13-01", "08:00-12:00", "or a date"},
       }) {
    try {
      table({{each.days, each.hours}});
      ADD_FAILURE() << each.hours;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::rule);
      EXPECT_NE(std::string(error.what()).find(each.says), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW((OpeningHours{table({{"mon-sun", "closed"}}), Workdays{}, Zone::named("UTC")}), Error);
}

}  // namespace
}  // namespace courtesy
