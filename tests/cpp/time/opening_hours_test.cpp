#include <courtesy/time/opening_hours.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

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

// Each minute by itself, as its clock shows it. London's and Lord Howe's clocks change by night, Havana's and St.
// John's went back over midnight, Cairo's go forward at midnight, and Apia's left a day out.
TEST(OpeningHours, AgreeWithTheClockMinuteByMinute) {
  struct Case {
    const char* zone;
    const char* from;  // some days before a change
  };
  std::mt19937 random{8};
  const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  for (const Case& each :
       {Case{"Europe/London", "2026-03-26T00:00Z"}, Case{"Europe/London", "2026-10-22T00:00Z"},
        Case{"Australia/Lord_Howe", "2026-04-02T00:00Z"}, Case{"America/Havana", "2026-10-30T00:00Z"},
        Case{"America/St_Johns", "2006-10-27T00:00Z"}, Case{"Africa/Cairo", "2026-04-21T00:00Z"},
        Case{"Africa/Cairo", "2026-10-27T00:00Z"}, Case{"Pacific/Apia", "2011-12-28T00:00Z"}}) {
    const auto zone = Zone::named(each.zone);
    for (int round = 0; round < 20; ++round) {
      OpeningTable made;
      for (auto& each_day : made.week) {
        int from = pick(600) * (round % 2);
        while (from < 1'440 && each_day.size() < 4) {
          const int to = from + 1 + pick(600);
          each_day.push_back({minutes{from}, minutes{std::min(to, from + 1'440)}});
          from = to + pick(round % 3 == 0 ? 2 : 60);
        }
      }
      const OpeningHours shop{made, Workdays{}, zone};
      const Instant begin = at(each.from);
      std::vector<Instant> open;  // minutes
      for (int minute = 0; minute < 5 * 1'440; ++minute) {
        const Instant now = begin + minutes{minute};
        const auto clock = zone->to_local(now);
        bool plainly = false;
        for (const int back : {0, 1}) {
          const Day opened = day_of(clock) - std::chrono::days{back};
          for (const OpenStretch& stretch : made.week[iso_weekday(opened) - 1]) {
            plainly |= clock >= WallTime{opened} + stretch.from && clock < WallTime{opened} + stretch.to;
          }
        }
        ASSERT_EQ(shop.is_open(now), plainly) << each.zone << ' ' << iso_text(now);
        if (plainly) open.push_back(now);
      }
      const Instant end = begin + minutes{5 * 1'440};
      ASSERT_EQ(shop.between(begin, end), minutes{static_cast<int>(open.size())}) << each.zone << ' ' << round;
      for (int asked = 0; asked < 20; ++asked) {
        const auto first = static_cast<std::size_t>(pick(static_cast<int>(open.size())));
        const auto last = first + static_cast<std::size_t>(pick(static_cast<int>(open.size() - first)));
        const minutes time{static_cast<int>(last - first + 1)};
        ASSERT_EQ(shop.add(open[first], time), open[last] + minutes{1}) << each.zone << ' ' << iso_text(open[first]);
        ASSERT_EQ(shop.add(open[last] + minutes{1}, -time), open[first]) << each.zone << ' ' << iso_text(open[last]);
      }
    }
  }
}

TEST(OpeningHours, AnswerNothingAtTheEndsOfTime) {
  for (const Instant far : {Instant::min(), Instant::max()}) {
    EXPECT_EQ(garage().add(far, hours{1}), std::nullopt);
    EXPECT_EQ(garage().add(far, -hours{1}), std::nullopt);
    EXPECT_EQ(garage().next_close(far), std::nullopt);
  }
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

TEST(OpeningTable, TakesRangesOfDatesWithBothEnds) {
  const OpeningTable read = table({{"2026-12-24/2026-12-26", "closed"}, {"2026-12-26", "10:00-12:00"}});
  ASSERT_EQ(read.exceptions.size(), 3U);
  EXPECT_TRUE(read.exceptions.at(day("2026-12-24")).empty());
  EXPECT_TRUE(read.exceptions.at(day("2026-12-25")).empty());
  EXPECT_EQ(read.exceptions.at(day("2026-12-26")).size(), 1U);
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
           Case{"2026-13-01", "08:00-12:00", "a date, or a range of dates"},
           Case{"2026-12-24/x", "closed", "a date, or a range of dates"},
           Case{"2026-12-24/2026-12-23", "closed", "ends before it starts"},
           Case{"2026-12-24/9999-12-31", "closed", "a year at the most"},
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
