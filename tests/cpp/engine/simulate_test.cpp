// A shop's days that did not happen, where history leaves them no choice: what always took 28 days takes 28 days.
#include <courtesy/engine/simulate.h>
#include <courtesy/engine/simulation_tables.h>

#include <gtest/gtest.h>

#include <cmath>

#include "plan/story.h"

namespace courtesy {
namespace {

using testing_story::Rows;
using testing_story::Story;

Simulation simulated(const Story& story, const std::string& start, int days, std::uint64_t seed = 1,
                     unsigned threads = 1) {
  const auto rules = rules_from_toml(
      "[shop]\n" + story.shop + "\n[policy]\n" + story.policy + "\n[[occasion]]\n" + story.occasion, "rules.toml");
  std::optional<Table> assets;
  if (story.assets) assets = story.assets->table("assets");
  return simulate(story.customers.table("customers"), story.events.table("events"), assets,
                  {rules->shop.zone, std::nullopt, false}, rules, {*parse_date(start), days, seed, threads, {}});
}

std::vector<std::string> happened(const Simulation& simulation) {
  std::vector<std::string> lines;
  for (const EventRow& row : simulation.outcomes) {
    std::string line = row.at + " " + row.kind;
    if (!row.asset.empty()) line += " " + row.asset;
    if (!std::isnan(row.value)) line += " " + std::to_string(static_cast<int>(row.value));
    if (!row.due.empty()) line += " due " + row.due;
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> said(const Simulation& simulation) {
  std::vector<std::string> lines;
  for (const Said& each : simulation.said) {
    lines.push_back(iso_text(each.due) + " " + simulation.rules->occasions[each.occasion].name);
  }
  return lines;
}

using Lines = std::vector<std::string>;

Story every_four_weeks() {
  Story story;
  story.occasion = "name = 'thank-you'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  // Fridays, the last one 11 days before the start.
  for (const char* day : {"2026-08-28", "2026-09-25", "2026-10-23", "2026-11-20"}) story.happened("purchase", day);
  return story;
}

TEST(Simulate, a_customer_of_every_four_weeks_comes_every_four_weeks_and_is_thanked_the_day_after) {
  const Simulation year = simulated(every_four_weeks(), "2026-12-01", 90);
  EXPECT_EQ(happened(year), (Lines{"2026-12-18 purchase", "2027-01-15 purchase", "2027-02-12 purchase"}));
  EXPECT_EQ(said(year), (Lines{"2026-12-19T10:00:00Z thank-you", "2027-01-16T10:00:00Z thank-you",
                               "2027-02-13T10:00:00Z thank-you"}));
  EXPECT_EQ(messages_of(year), (std::vector<std::int64_t>{3}));
}

TEST(Simulate, a_kind_that_never_came_back_does_not_come_back) {
  Story story = every_four_weeks();
  story.happened("delivery", "2026-09-01").happened("guarantee", "2026-09-01", {{"due", "2028-09-01"}});
  const Simulation year = simulated(story, "2026-12-01", 365);
  for (const EventRow& row : year.outcomes) EXPECT_EQ(row.kind, "purchase");
}

TEST(Simulate, what_the_shop_did_and_what_may_be_done_is_not_simulated) {
  Story story = every_four_weeks();
  for (const char* day : {"2026-08-28", "2026-09-25", "2026-10-23", "2026-11-20"}) {
    story.happened("contact", day).happened("consent", day, {{"note", "offer"}}).happened("withdrawal", day);
  }
  EXPECT_EQ(simulated(story, "2026-12-01", 90).outcomes.size(), 3U);
}

TEST(Simulate, a_meter_goes_on_as_it_went_and_is_read_at_each_service) {
  Story story;
  story.occasion = "name = 'thank-you'\non = 'service'\nafter = '1 day'\nat = '10:00'";
  // Every 28 days, 10 km a day; Fridays.
  int value = 1000;
  for (const char* day : {"2026-08-28", "2026-09-25", "2026-10-23", "2026-11-20"}) {
    story.happened("service", day, {{"asset", "van"}});
    story.happened("reading", day, {{"asset", "van"}, {"value", std::to_string(value)}, {"unit", "km"}});
    value += 280;
  }
  Lines lines = happened(simulated(story, "2026-12-01", 60));
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (Lines{"2026-12-18 reading van 2120", "2026-12-18 service van", "2027-01-15 reading van 2400",
                          "2027-01-15 service van"}));
}

TEST(Simulate, each_asset_keeps_its_own_pace_where_what_happens_comes_back_to_assets) {
  Story story;
  story.occasion = "name = 'thank-you'\non = 'service'\nafter = '1 day'\nat = '10:00'";
  // The van every 28 days, last on 20 November; the car every 28 days, last on 13 November.
  for (const char* day : {"2026-09-25", "2026-10-23", "2026-11-20"}) story.happened("service", day, {{"asset", "van"}});
  for (const char* day : {"2026-09-18", "2026-10-16", "2026-11-13"}) story.happened("service", day, {{"asset", "car"}});
  EXPECT_EQ(happened(simulated(story, "2026-12-01", 30)), (Lines{"2026-12-11 service car", "2026-12-18 service van"}));
}

TEST(Simulate, days_on_which_the_shop_never_sees_anybody_stay_empty_and_the_pace_is_kept) {
  Story story;
  story.occasion = "name = 'thank-you'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  // 30 days apart, from a Monday to a Wednesday to a Friday; the next ones would be a Sunday and a Tuesday.
  for (const char* day : {"2026-09-28", "2026-10-28", "2026-11-27"}) story.happened("purchase", day);
  EXPECT_EQ(happened(simulated(story, "2026-12-01", 70)), (Lines{"2026-12-28 purchase", "2027-01-27 purchase"}));
}

TEST(Simulate, a_promise_that_is_open_is_kept_after_as_long_as_the_others_were) {
  Story story;
  story.occasion = "name = 'word'\ndue = 'promise'\nbefore = '1 day'\nat = '10:00'";
  for (const char* day : {"2026-09-07", "2026-10-05"}) {
    const Day made = *parse_date(day);
    story.happened("promise", day, {{"due", iso_text(made + std::chrono::days{10})}, {"topic", "ready"}});
    const std::string id = story.events.rows.back()[std::size_t(
        std::find(story.events.header.begin(), story.events.header.end(), "id") - story.events.header.begin())];
    story.happened("kept", iso_text(made + std::chrono::days{7}), {{"ref", id}});
  }
  story.happened("promise", "2026-11-30", {{"due", "2026-12-10"}});
  const Simulation year = simulated(story, "2026-12-01", 12);
  ASSERT_FALSE(year.outcomes.empty());
  const auto kept = std::find_if(year.outcomes.begin(), year.outcomes.end(),
                                 [](const EventRow& row) { return row.kind == "kept" && row.ref == "e5"; });
  ASSERT_NE(kept, year.outcomes.end());
  EXPECT_EQ(kept->at, "2026-12-07");
  // It was kept before the day on which the customer would have been told.
  EXPECT_EQ(said(year), Lines{});
}

TEST(Simulate, each_promise_goes_as_one_went_before) {
  Story story;
  story.occasion = "name = 'word'\ndue = 'promise'\nbefore = '1 day'\nat = '10:00'";
  for (int i = 0; i < 12; ++i) {
    const Day made = *parse_date("2026-01-05") + std::chrono::days{28 * i};
    story.happened("promise", iso_text(made), {{"due", iso_text(made + std::chrono::days{10})}, {"topic", "ready"}});
    const std::string id = "e" + std::to_string(story.events.rows.size());
    story.happened("kept", iso_text(made + std::chrono::days{7}), {{"ref", id}});
  }
  const Simulation year = simulated(story, "2026-12-01", 365);
  std::map<std::string, std::string> made;
  std::size_t kept = 0;
  for (const EventRow& row : year.outcomes) {
    const Day day = *parse_date(row.at);
    if (row.kind == "promise") {
      made[row.id] = row.at;
      EXPECT_EQ(row.topic, "ready");
      EXPECT_EQ(row.due, iso_text(day + std::chrono::days{10}));
      EXPECT_EQ(iso_weekday(day), 1U);  // they were all made on Mondays
    } else {
      EXPECT_EQ(row.kind, "kept");
      EXPECT_EQ(made.at(row.ref), iso_text(day - std::chrono::days{7}));
      ++kept;
    }
  }
  // 12 in 330 days; what is drawn for one customer's year lies within five standard deviations of that.
  EXPECT_GE(made.size(), 1U);
  EXPECT_LE(made.size(), 13U + 18U);
  EXPECT_LE(made.size() - kept, 1U);
}

TEST(Simulate, what_became_of_a_complaint_is_simulated_whole) {
  Story story;
  story.occasion = "name = 'sorry'\non = 'complaint'\nafter = '2 hours'\nuntil = 'resolution'\npurpose = 'recovery'";
  for (int i = 0; i < 10; ++i) {
    const Day day = *parse_date("2026-02-02") + std::chrono::days{28 * i};
    const auto at_hour = [&](int later, const char* hour) {
      return iso_text(day + std::chrono::days{later}) + "T" + hour + ":00Z";
    };
    story.happened("complaint", at_hour(0, "10:00"));
    const std::string id = "e" + std::to_string(story.events.rows.size());
    story.happened("resolution", at_hour(2, "11:00"), {{"ref", id}});
    story.happened("reopened", at_hour(5, "12:00"), {{"ref", id}});
    story.happened("resolution", at_hour(6, "13:00"), {{"ref", id}});
  }
  const Simulation year = simulated(story, "2026-12-01", 365);
  std::map<std::string, Lines> of;
  for (const EventRow& row : year.outcomes) of[row.kind == "complaint" ? row.id : row.ref].push_back(row.kind);
  ASSERT_FALSE(of.empty());
  std::size_t whole = 0;
  for (const auto& [id, kinds] : of) {
    if (kinds == Lines{"complaint", "resolution", "reopened", "resolution"}) ++whole;
  }
  EXPECT_GE(whole + 1, of.size());  // the year ends in the midst of one at most
}

TEST(Simulate, who_is_gone_does_not_come_back) {
  Story story = every_four_weeks();
  story.customers = {{"id", "status"}, {{"ada", "closed"}}};
  EXPECT_TRUE(simulated(story, "2026-12-01", 90).outcomes.empty());
}

TEST(Simulate, events_on_or_after_the_start_are_left_out) {
  Story story = every_four_weeks();
  story.happened("purchase", "2026-12-01").happened("purchase", "2027-01-02");
  const Simulation year = simulated(story, "2026-12-01", 30);
  EXPECT_EQ(year.left_out, 2U);
  EXPECT_EQ(happened(year), (Lines{"2026-12-18 purchase"}));
}

TEST(Simulate, a_shop_without_events_says_what_needs_none) {
  Story story;
  story.customers = {{"id", "birthday"}, {{"ada", "1980-12-24"}}};
  story.occasion = "name = 'birthday'\nyearly = 'birthday'\nat = '09:00'";
  EXPECT_EQ(said(simulated(story, "2026-12-01", 365)), (Lines{"2026-12-24T09:00:00Z birthday"}));
}

TEST(Simulate, days_are_those_of_the_shop_when_the_clocks_change) {
  // 28 March 2027 has 23 hours in London; the thanks of 27 March go out on it, at 10:00 of summer time.
  Story story;
  story.occasion = "name = 'thank-you'\non = 'purchase'\nafter = '1 day'\nat = '10:00'";
  for (const char* day : {"2027-01-30", "2027-02-13", "2027-02-27", "2027-03-13"}) story.happened("purchase", day);
  const Simulation days = simulated(story, "2027-03-27", 3);
  EXPECT_EQ(said(days), (Lines{"2027-03-28T09:00:00Z thank-you"}));
  EXPECT_EQ(load_of(days).at(0).day, *parse_date("2027-03-28"));
}

}  // namespace
}  // namespace courtesy
