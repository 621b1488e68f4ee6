// A shop of many customers with rules of every kind: neither threads nor the order of rows change what it owes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "story.h"

namespace courtesy {
namespace {

using testing_story::at;

constexpr const char* rules_text = R"(
[shop]
zone = "Europe/London"
[policy]
quiet_hours = { from = "20:00", to = "08:00" }
spread = "2 hours"
business_days = { weekend = ["sat", "sun"], holidays = ["2026-12-25"] }
opening_hours = { mon-fri = "09:00-17:00" }
channels = ["email", "letter"]
merge = ["email", "call"]
caps = [
  { purposes = ["care"], most = 2, per = "7 days", scope = "household" },
  { purposes = ["care", "offer", "service"], most = 3, per = "1 month" },
]
capacity = [{ channels = ["call"], team = "front", most = 25 }]
[[occasion]]
name = "thanks"
on = "purchase"
after = "1 day"
at = "best"
when = { spend = { over = "1 year", min = 5 } }
[[occasion]]
name = "come back"
silent = { cadence = 1.5, segment = "tier" }
since = "purchase"
at = "21:00"
priority = 2
[[occasion]]
name = "promise"
due = "promise"
target = 0.6
purpose = "service"
steps = [
  { before = "5 hours", audience = "staff", channels = ["call"], team = "front" },
  { before = "1 day" },
]
[[occasion]]
name = "year"
yearly = "purchase"
of = "last"
move = "next business day"
until = "visit"
)";

constexpr std::size_t customers = 12'500;  // enough for four threads

struct Shop {
  std::vector<std::vector<std::string>> people, events;
};

Shop drawn_shop() {
  std::mt19937 random(11);
  Shop shop;
  const auto some = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  const Day today = *parse_date("2026-12-01");
  for (std::size_t i = 0; i < customers; ++i) {
    const std::string id = "c" + std::to_string(i);
    shop.people.push_back({id, some({"", "America/New_York", "Asia/Tokyo"}), some({"", "h" + std::to_string(i / 3)}),
                           some({"gold", "silver", ""}), some({"", "", "", "", "closed"})});
    for (auto n = random() % 7; n > 0; --n) {
      const std::string kind = some({"purchase", "purchase", "purchase", "promise", "complaint", "resolution", "reply",
                                     "contact", "withdrawal", "visit"});
      const Day day = today + std::chrono::days{25} - std::chrono::days{random() % (kind == "purchase" ? 420 : 60)};
      const std::string when = iso_text(day) + (random() % 2 == 0 ? "T" + some({"07", "12", "18", "23"}) + ":30Z" : "");
      const std::string due = kind == "promise" ? iso_text(day + std::chrono::days{random() % 20}) : "";
      shop.events.push_back({"e" + std::to_string(shop.events.size()), id, kind, when,
                             kind == "purchase" ? std::to_string(random() % 90) : "", due, "",
                             kind == "contact" ? some({"email", "call"}) : "", kind == "contact" ? "care" : ""});
    }
  }
  return shop;
}

Plan planned(const Shop& shop, unsigned threads) {
  const testing_story::Rows people{{"id", "zone", "household", "tier", "status"}, shop.people};
  const testing_story::Rows events{{"id", "customer", "kind", "at", "value", "due", "ref", "channel", "note"},
                                   shop.events};
  const auto base = build_base(people.table("customers"), events.table("events"), std::nullopt,
                               {"Europe/London", std::nullopt, false});
  return plan(base, rules_from_toml(rules_text, "rules.toml"), {at("2026-12-01T00:00Z"), at("2026-12-31T00:00Z")},
              {.withheld = true, .threads = threads});
}

// A word of staff on every seventh reminder.
Shop with_words(Shop shop) {
  const Plan made = planned(shop, 1);
  const std::vector<std::vector<std::string>> words = {
      {"skip", "", ""}, {"snooze", "2026-12-20", ""}, {"send_now", "", ""}, {"use_channel", "", "letter"}};
  for (std::size_t i = 0; i < made.size(); i += 7) {
    const auto& word = words[i / 7 % words.size()];
    shop.events.push_back({"w" + std::to_string(i), made.base->customer_ids().text(made.row(i).customer), word[0],
                           "2026-12-02T10:00Z", "", word[1], to_hex(made.row(i).key), word[2], ""});
  }
  return shop;
}

using Seen = std::tuple<Instant, Key, std::string, State, ReasonCode, std::string, Key>;

std::vector<Seen> seen(const Plan& made) {
  std::vector<Seen> rows;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Reminder row = made.row(i);
    rows.emplace_back(row.due, row.key, made.base->customer_ids().text(row.customer), row.state, row.reason,
                      row.channel == no_code ? "" : made.channels[row.channel], made.notes->contact_of(row.key));
  }
  return rows;
}

TEST(BigShop, IsWarnedOfTheSameOnAnyNumberOfThreads) {
  Shop shop = drawn_shop();
  shop.events.push_back({"of nothing", "c1", "skip", "2026-12-02T10:00Z", "", "", "", "", ""});
  const auto alone = planned(shop, 1).warnings;
  EXPECT_EQ(alone.size(), 1U);
  EXPECT_EQ(planned(shop, 4).warnings, alone);
}

TEST(BigShop, OwesTheSameOnAnyNumberOfThreadsAndInAnyOrderOfRows) {
  Shop shop = with_words(drawn_shop());
  const auto alone = seen(planned(shop, 1));
  // All that can happen does, or the comparison would say little.
  for (const ReasonCode reason : {ReasonCode::due, ReasonCode::moved, ReasonCode::deferred, ReasonCode::merged,
                                  ReasonCode::send_now, ReasonCode::skipped, ReasonCode::on_hold, ReasonCode::capped,
                                  ReasonCode::superseded, ReasonCode::condition_failed, ReasonCode::over_capacity}) {
    const auto found =
        std::count_if(alone.begin(), alone.end(), [&](const Seen& row) { return std::get<4>(row) == reason; });
    EXPECT_GT(found, 0) << reason_name(reason);
  }
  EXPECT_EQ(seen(planned(shop, 2)), alone);
  EXPECT_EQ(seen(planned(shop, 4)), alone);
  std::mt19937 random(5);
  std::shuffle(shop.people.begin(), shop.people.end(), random);
  std::shuffle(shop.events.begin(), shop.events.end(), random);
  EXPECT_EQ(seen(planned(shop, 3)), alone);
}

}  // namespace
}  // namespace courtesy
