// What a refresh adds, moves and takes back, as facts come in.
#include "engine/kept_shop.h"
#include "support/moments.h"

namespace courtesy {
namespace {

using moments::complaint;
using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;

TEST(Refresh, a_purchase_is_thanked_for_the_day_after_and_a_second_refresh_changes_nothing) {
  Shop shop;
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  const Refreshed first = shop.refresh("2026-12-01T12:00Z");
  EXPECT_EQ(first.added, 1U);
  EXPECT_EQ(first.looked_at, 1U);
  EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you planned 2026-12-02T10:00:00Z"}));
  const Refreshed second = shop.refresh("2026-12-01T12:05Z");
  EXPECT_EQ(second.added + second.moved + second.withdrawn + second.looked_at, 0U);
}

// The rule came into force on the first of December.
TEST(Refresh, ten_years_of_history_make_nothing_due_that_lies_before_the_rule_came_into_force) {
  Shop shop;
  shop.knows("ada");
  for (int year = 2016; year <= 2026; ++year) shop.happened("ada", "purchase", std::to_string(year) + "-06-01");
  shop.happened("ada", "purchase", "2026-11-30");
  static_cast<void>(shop.refresh("2026-12-01T11:00Z"));
  EXPECT_EQ(shop.outbox(), Lines{});
  shop.happened("ada", "purchase", "2026-11-29");  // imported later, and as old
  static_cast<void>(shop.refresh("2026-12-05T08:00Z"));
  EXPECT_EQ(shop.outbox(), Lines{});
}

TEST(Refresh, a_new_occasion_starts_when_it_came_into_force_and_a_changed_message_takes_nothing_back) {
  Shop shop;
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T12:00Z"));
  shop.rules +=
      "message = 'thanks'\n[[occasion]]\nname = 'how-is-it'\non = 'purchase'\nafter = '2 days'\nat = '09:00'\n";
  shop.open();
  // By then the thank-you is two hours late, and not sent yet; how-is-it would have been due at nine.
  static_cast<void>(shop.refresh("2026-12-03T12:00Z"));
  EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you planned 2026-12-02T10:00:00Z"}));
  shop.happened("ada", "purchase", "2026-12-03");
  static_cast<void>(shop.refresh("2026-12-03T13:00Z"));
  EXPECT_EQ(shop.outbox(),
            (Lines{"ada thank-you planned 2026-12-02T10:00:00Z", "ada thank-you planned 2026-12-04T10:00:00Z",
                   "ada how-is-it planned 2026-12-05T09:00:00Z"}));
}

// Facts and words of staff that come in while it plans are for the next one: what it knew is not put in their place.
TEST(Refresh, does_not_undo_what_came_in_while_it_planned) {
  struct Case {
    std::function<void(Shop&)> meanwhile;
    std::string outbox;  // after it, and after the next one
  };
  const auto put_off = [](Shop& shop) {
    const Key key = shop.store->due({testing_shop::at("2026-12-02T10:00Z"), 0, {}, {}})[0].row.owed.key;
    shop.store->snooze(key, testing_shop::at("2026-12-04T12:00Z"), "pat", "", testing_shop::at("2026-12-01T09:30Z"));
  };
  for (const Case& each : {Case{put_off, "ada thank-you snoozed 2026-12-04T12:00:00Z"},
                           Case{[](Shop&) {}, "ada thank-you planned 2026-12-02T11:00:00Z"}}) {
    Shop shop;
    shop.knows("ada");
    static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
    shop.happened("ada", "purchase", "2026-12-01");
    static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
    shop.rules.replace(shop.rules.find("10:00"), 5, "11:00");
    shop.open();
    RefreshOptions refresh;
    refresh.now = testing_shop::at("2026-12-01T09:30Z");
    refresh.progress = [&](std::string_view what) {
      if (what == "storing") each.meanwhile(shop);
    };
    static_cast<void>(shop.store->refresh(refresh));
    EXPECT_EQ(shop.outbox(), Lines{each.outbox});
    static_cast<void>(shop.refresh("2026-12-01T09:31Z"));
    EXPECT_EQ(shop.outbox(), Lines{each.outbox});
  }
}

TEST(Refresh, what_is_ended_is_withdrawn_with_its_reason) {
  Shop shop(testing_shop::thanks + "until = ['complaint']\n");
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  shop.happened("ada", "complaint", "2026-12-01T10:00Z");
  EXPECT_EQ(shop.refresh("2026-12-01T11:00Z").withdrawn, 1U);
  EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you withdrawn 2026-12-02T10:00:00Z"}));
  EXPECT_EQ(shop.audit(), (Lines{"2026-12-01T11:00:00Z ada withdrawn ended"}));
}

TEST(Refresh, somebody_who_moves_to_another_zone_is_reminded_by_the_clock_there_and_once) {
  Shop shop;
  shop.knows(Rows{{"id", "zone"}, {{"ada", "Europe/London"}}});
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  shop.knows(Rows{{"id", "zone"}, {{"ada", "America/New_York"}}});
  EXPECT_EQ(shop.refresh("2026-12-01T09:30Z").moved, 1U);
  EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you planned 2026-12-02T15:00:00Z"}));
}

// Yearly on the birthday: ada's lies far ahead when she is first looked at.
TEST(Refresh, what_lies_beyond_the_horizon_comes_into_it_in_time_though_nothing_happens) {
  Shop shop("[[occasion]]\nname = 'birthday'\nyearly = 'birthday'\nat = '09:00'\nchannels = ['email']\n");
  shop.knows(Rows{{"id", "birthday"}, {{"ada", "1980-10-20"}}});
  // Every ten days, as long as it takes: 60 days before the twentieth of October is the twenty-first of August.
  std::string first;
  for (Instant now = testing_shop::at("2026-01-01T08:00Z"); now < testing_shop::at("2026-12-01T08:00Z");
       now += std::chrono::days{10}) {
    const Refreshed refreshed = shop.refresh(iso_text(now));
    if (refreshed.added != 0 && first.empty()) first = iso_text(now);
  }
  EXPECT_EQ(first, "2026-08-29T08:00:00Z");
  EXPECT_EQ(shop.outbox(), (Lines{"ada birthday planned 2026-10-20T09:00:00Z"}));
}

TEST(Refresh, a_preview_says_what_a_refresh_then_does_and_changes_nothing) {
  Shop shop;
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  RefreshOptions options;
  options.now = testing_shop::at("2026-12-01T12:00Z");
  const Refreshed preview = shop.store->preview(options);
  EXPECT_EQ(shop.outbox(), Lines{});
  const OutTable table = changes_table(preview);
  EXPECT_EQ(Shop::lines(table.cells(), {"change", "customer", "occasion", "due", "was", "channel"}),
            (Lines{"new ada thank-you 2026-12-02T10:00:00Z - email"}));
  EXPECT_EQ(shop.store->refresh(options).added, preview.added);
}

TEST(Refresh, a_clock_that_was_set_back_takes_nothing_back) {
  Shop shop;
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  const Lines before = shop.outbox();
  for (const char* now : {"2026-11-30T09:00Z", "2026-08-01T09:00Z", "2025-01-01T09:00Z"}) {
    static_cast<void>(shop.refresh(now));
    EXPECT_EQ(shop.outbox(), before) << now;
  }
}

// Ada's two reminders a week are one too many for her household, whoever lives in it.
TEST(Refresh, who_shares_a_household_is_planned_anew_together) {
  Shop shop(testing_shop::thanks +
            "[policy]\ncaps = [{ purposes = ['care'], most = 1, per = '7 days', scope = 'household' }]\n");
  shop.knows(Rows{{"id", "household"}, {{"ada", "h1"}, {"ben", "h1"}, {"cy", "h2"}}});
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-02");
  static_cast<void>(shop.refresh("2026-12-02T08:00Z"));
  shop.happened("ben", "purchase", "2026-12-01");
  EXPECT_EQ(shop.refresh("2026-12-02T09:00Z").looked_at, 2U);
  EXPECT_EQ(shop.outbox(),
            (Lines{"ben thank-you planned 2026-12-02T10:00:00Z", "ada thank-you planned 2026-12-09T10:00:00Z"}));
}

// Two purchases on one day, and one contact in five days: the second thank-you waits until the seventh. Nobody looks
// before the fourteenth; only the latest of what was missed goes out, and the room that the other leaves is its own.
TEST(Refresh, looks_again_at_those_for_whom_something_was_let_go) {
  Shop shop(testing_shop::thanks + "[policy]\ncaps = [{ purposes = ['care'], most = 1, per = '5 days' }]\n");
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-14T08:00Z"));
  EXPECT_EQ(shop.outbox(),
            (Lines{"ada thank-you expired 2026-12-02T10:00:00Z", "ada thank-you planned 2026-12-07T10:00:00Z"}));
  EXPECT_EQ(shop.refresh("2026-12-14T08:00Z").moved, 1U);
  EXPECT_EQ(shop.refresh("2026-12-14T08:00Z").looked_at, 0U);
}

TEST(Refresh, of_a_store_that_is_closed_or_crossed_a_fork_is_refused) {
  Shop shop;
  shop.store->close();
  EXPECT_EQ(complaint([&] { static_cast<void>(shop.refresh("2026-12-01T08:00Z")); }), "the store is closed");
}

}  // namespace
}  // namespace courtesy
