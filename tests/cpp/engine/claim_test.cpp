// Leases and answers: what goes out, once, and what becomes of the rest.
#include <unistd.h>

#include <sys/wait.h>

#include "engine/kept_shop.h"
#include "support/moments.h"

namespace courtesy {
namespace {

using moments::complaint;
using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;
using What = Answer::What;

// Ada bought on the first of December; her thank-you is due on the second at ten.
struct Thanked : Shop {
  explicit Thanked(const std::string& more = {}, const std::string& policy = {})
      : Shop(testing_shop::thanks + more + policy) {
    knows("ada");
    static_cast<void>(refresh("2026-12-01T08:00Z"));
    happened("ada", "purchase", "2026-12-01");
    static_cast<void>(refresh("2026-12-01T09:00Z"));
  }
};

TEST(Claim, gives_what_is_due_once_and_nothing_before) {
  const Thanked shop;
  EXPECT_EQ(shop.claim("2026-12-02T09:59Z").size(), 0U);
  const auto claimed = shop.claim("2026-12-02T10:00Z");
  EXPECT_EQ(Shop::said(claimed), (Lines{"ada thank-you"}));
  EXPECT_EQ(shop.claim("2026-12-02T10:00Z").size(), 0U);
  EXPECT_EQ(shop.done(claimed[0], "2026-12-02T10:00:05Z"), "");
  EXPECT_EQ(shop.claim("2027-12-02T10:00Z").size(), 0U);
  EXPECT_EQ(shop.audit(), (Lines{"2026-12-02T10:00:00Z ada claimed -", "2026-12-02T10:00:05Z ada sent -"}));
}

// Where the search for what is due begins.
std::string front_of(const Shop& shop) {
  Database file(shop.path(), {});
  return file.text("SELECT lower(hex(key)) FROM fronts");
}

TEST(Claim, of_those_that_wake_at_one_instant_none_is_looked_at_again_once_it_is_sent) {
  Shop shop;
  for (int i = 10; i < 40; ++i) shop.knows("c" + std::to_string(i));
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  for (int i = 10; i < 40; ++i) shop.happened("c" + std::to_string(i), "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  const auto first = shop.claim("2026-12-02T10:00Z", 1);
  std::size_t sent = 0;
  for (auto batch = shop.claim("2026-12-02T10:00Z", 4); !batch.empty(); batch = shop.claim("2026-12-02T10:00Z", 4)) {
    // The first is held all the while.
    EXPECT_EQ(front_of(shop), to_hex(first[0].row.owed.key));
    for (const Claimed& each : batch) sent += shop.done(each, "2026-12-02T10:00Z").empty() ? 1 : 0;
  }
  EXPECT_EQ(sent, 29U);
  EXPECT_EQ(shop.answer(first[0], What::released, "2026-12-02T10:00:10Z"), "");
  const auto again = shop.claim("2026-12-02T10:00:10Z", 4);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(shop.done(again[0], "2026-12-02T10:00:11Z"), "");
  EXPECT_EQ(shop.claim("2026-12-02T10:00:12Z").size(), 0U);
  EXPECT_EQ(front_of(shop), std::string(32, '0'));  // at that last instant
}

TEST(Claim, what_was_sent_stays_sent_whatever_is_refreshed_later) {
  const Thanked shop;
  static_cast<void>(shop.done(shop.claim("2026-12-02T10:00Z")[0], "2026-12-02T10:00Z"));
  for (const char* now : {"2026-12-02T10:00Z", "2026-12-03T10:00Z", "2027-12-03T10:00Z"}) {
    static_cast<void>(shop.refresh(now));
    EXPECT_EQ(shop.states(), "sent:1") << now;
  }
}

TEST(Claim, a_lease_that_is_over_goes_to_the_next_and_the_late_answer_of_the_first_is_refused) {
  const Thanked shop;
  const auto first = shop.claim("2026-12-02T10:00Z");
  EXPECT_EQ(shop.claim("2026-12-02T10:00:59Z").size(), 0U);
  const auto second = shop.claim("2026-12-02T10:01Z");
  ASSERT_EQ(second.size(), 1U);
  EXPECT_NE(shop.done(first[0], "2026-12-02T10:01:10Z").find("is lost"), std::string::npos);
  EXPECT_EQ(shop.done(second[0], "2026-12-02T10:01:20Z"), "");
  EXPECT_NE(shop.done(second[0], "2026-12-02T10:01:21Z").find("it is sent by now"), std::string::npos);
}

// Two channels; what is due together goes by one contact where `merge` says so.
struct Busy : Shop {
  explicit Busy(bool merge)
      : Shop("[policy]\nmerge = " + std::string(merge ? "true" : "false") +
             "\n[[occasion]]\nname = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['email']\n"
             "[[occasion]]\nname = 'how-is-it'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['email']\n"
             "[[occasion]]\nname = 'text'\non = 'purchase'\nafter = '1 day'\nat = '09:30'\nchannels = ['sms']\n") {
    for (const char* id : {"ada", "ben", "cy", "dot"}) knows(id);
    static_cast<void>(refresh("2026-12-01T08:00Z"));
    for (const char* id : {"ada", "ben", "cy", "dot"}) happened(id, "purchase", "2026-12-01");
    static_cast<void>(refresh("2026-12-01T09:00Z"));
  }
  [[nodiscard]] Lines done_at_once(const std::vector<Claimed>& claimed, const char* now) const {
    return store->done(claimed, testing_shop::at(now));
  }
};

TEST(Claim, that_all_of_it_went_out_is_the_same_as_that_each_did) {
  for (const bool merge : {false, true}) {
    for (const std::vector<std::string>& channels : {Lines{}, Lines{"email"}, Lines{"sms"}}) {
      for (const std::size_t limit : {1U, 3U, 100U}) {
        const Busy one(merge);
        const Busy other(merge);
        for (const char* now : {"2026-12-02T10:00Z", "2026-12-02T10:00:10Z", "2026-12-03T08:00Z"}) {
          const auto each = one.claim(now, limit, channels);
          for (const Claimed& row : each) EXPECT_EQ(one.done(row, now), "");
          const auto all = other.claim(now, limit, channels);
          EXPECT_EQ(Shop::said(all), Shop::said(each));
          EXPECT_EQ(other.done_at_once(all, now), Lines(all.size()));
        }
        EXPECT_EQ(other.outbox(), one.outbox());
        Lines audit = one.audit();
        Lines others = other.audit();
        std::sort(audit.begin(), audit.end());
        std::sort(others.begin(), others.end());
        EXPECT_EQ(others, audit);
      }
    }
  }
}

TEST(Claim, of_all_of_it_what_is_not_held_any_more_is_refused_and_the_others_are_taken) {
  for (const bool merge : {false, true}) {
    const Busy shop(merge);
    const auto claimed = shop.claim("2026-12-02T10:00Z", 100);
    shop.store->erase(stored_id("ben"), "00112233445566778899aabbccddeeff");
    const Lines refused = shop.done_at_once(claimed, "2026-12-02T10:00:30Z");
    ASSERT_EQ(refused.size(), claimed.size());
    for (std::size_t i = 0; i < claimed.size(); ++i) {
      const bool gone = text_of(claimed[i].row.customer_id) == "ben";
      EXPECT_EQ(refused[i].find("is lost") != std::string::npos, gone) << refused[i];
    }
    EXPECT_EQ(shop.states(), "sent:9");
    // A second time, and after the lease.
    for (const std::string& said : shop.done_at_once(claimed, "2026-12-02T10:05Z")) {
      EXPECT_NE(said.find("is lost"), std::string::npos);
    }
    EXPECT_EQ(shop.done_at_once({}, "2026-12-02T10:05Z"), Lines{});
  }
}

TEST(Claim, the_third_sender_that_dies_over_it_leaves_it_parked) {
  const Thanked shop;
  EXPECT_EQ(shop.claim("2026-12-02T10:00Z").size(), 1U);
  EXPECT_EQ(shop.claim("2026-12-02T10:02Z").size(), 1U);
  EXPECT_EQ(shop.claim("2026-12-02T10:04Z").size(), 1U);
  EXPECT_EQ(shop.claim("2026-12-02T10:06Z").size(), 0U);
  EXPECT_EQ(shop.states(), "parked:1");
  static_cast<void>(shop.refresh("2026-12-02T10:07Z"));
  EXPECT_EQ(shop.states(), "parked:1");
}

TEST(Claim, what_must_not_be_said_twice_is_unknown_after_a_crash_and_the_answer_that_was_missing_settles_it) {
  const Thanked shop("", "[policy]\ndelivery = { email = 'at_most_once' }\n");
  const auto claimed = shop.claim("2026-12-02T10:00Z");
  EXPECT_EQ(shop.claim("2026-12-02T10:05Z").size(), 0U);
  EXPECT_EQ(shop.states(), "unknown:1");
  EXPECT_EQ(shop.done(claimed[0], "2026-12-02T10:06Z"), "");
  EXPECT_EQ(shop.states(), "sent:1");
}

TEST(Claim, a_failure_is_tried_again_after_a_minute_doubled_each_time_and_given_up_after_eight) {
  const Thanked shop;
  Instant now = testing_shop::at("2026-12-02T10:00Z");
  std::chrono::seconds wait{60};
  for (int failure = 1; failure <= 8; ++failure) {
    const auto claimed = shop.claim(iso_text(now));
    ASSERT_EQ(claimed.size(), 1U) << failure;
    EXPECT_EQ(shop.answer(claimed[0], What::failed, iso_text(now), "Timeout"), "");
    // A tenth earlier or later.
    EXPECT_EQ(shop.claim(iso_text(now + wait * 9 / 10 - std::chrono::seconds{1})).size(), 0U) << failure;
    now += wait * 11 / 10 + std::chrono::seconds{1};
    wait *= 2;
  }
  EXPECT_EQ(shop.claim("2026-12-03T10:00Z").size(), 0U);
  EXPECT_EQ(shop.states(), "given_up:1");
}

TEST(Claim, a_failure_that_no_retry_helps_is_given_up_at_once) {
  const Thanked shop;
  const OutboxRow row = shop.claim("2026-12-02T10:00Z")[0].row;
  Answer answer;
  answer.what = What::failed;
  answer.channel = row.owed.channel;
  answer.wake = row.owed.wake;
  answer.key = row.owed.key;
  answer.token = row.token;
  answer.retry = false;
  EXPECT_EQ(shop.store->answer({answer}, testing_shop::at("2026-12-02T10:00Z")), Lines{""});
  EXPECT_EQ(shop.states(), "given_up:1");
}

TEST(Claim, what_a_worker_gives_back_as_it_stops_is_free_at_once_and_counts_as_no_crash) {
  const Thanked shop;
  for (int round = 0; round < 5; ++round) {
    const auto claimed = shop.claim("2026-12-02T10:00Z");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].row.crashes, 0);
    EXPECT_EQ(shop.answer(claimed[0], What::released, "2026-12-02T10:00Z"), "");
  }
}

// --- every gate is asked again

struct Meanwhile {
  std::string what;
  std::string kind;
  std::map<std::string, std::string> cells;
  std::string states;
};

TEST(Claim, asks_every_gate_again_at_this_instant) {
  const std::vector<Meanwhile> cases{
      {"consent to care withdrawn a second ago", "withdrawal", {{"note", "care"}}, "withdrawn:1"},
      {"consent to this channel withdrawn", "withdrawal", {{"channel", "email"}}, "withdrawn:1"},
      {"a complaint that nobody has resolved", "complaint", {}, "withdrawn:1"},
      {"what ends the occasion", "booking", {}, "withdrawn:1"},
      {"something that changes nothing", "reading", {}, "claimed:1"},
  };
  for (const Meanwhile& each : cases) {
    Thanked shop("until = ['booking']\n");
    shop.happened("ada", each.kind, "2026-12-02T09:59:59Z", each.cells);
    static_cast<void>(shop.claim("2026-12-02T10:00Z"));
    EXPECT_EQ(shop.states(), each.states) << each.what;
  }
}

TEST(Claim, what_comes_too_late_for_the_evening_waits_for_the_morning) {
  Thanked shop("", "[policy]\nquiet_hours = { from = '20:00', to = '08:00' }\n");
  EXPECT_EQ(shop.claim("2026-12-02T20:01Z").size(), 0U);
  EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you planned 2026-12-03T08:00:00Z"}));
  EXPECT_EQ(shop.claim("2026-12-03T08:00Z").size(), 1U);
}

// One contact in three days. The thank-you is promised for the eighth when its rule is edited: by the new one it would
// have been due before that came into force, so that it stays, and no plan knows of it.
TEST(Claim, what_an_edited_rule_left_standing_counts_when_it_has_gone_out) {
  const auto rules = [](const std::string& thanks) {
    std::string text = "[policy]\ncaps = [{ purposes = ['care'], most = 1, per = '3 days' }]\n";
    for (const auto& [name, after] :
         {std::pair<std::string, std::string>{"thank-you", thanks}, {"how-is-it", "4 days"}, {"club", "8 days"}}) {
      text += "[[occasion]]\nname = '" + name + "'\non = 'purchase'\nafter = '" + after +
              "'\nat = '10:00'\nchannels = ['email']\n";
    }
    return text;
  };
  Shop shop(rules("5 days"));
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  EXPECT_EQ(shop.outbox(),
            (Lines{"ada how-is-it planned 2026-12-05T10:00:00Z", "ada thank-you planned 2026-12-08T10:00:00Z",
                   "ada club planned 2026-12-11T10:00:00Z"}));
  shop.rules = rules("1 day");
  shop.open();
  static_cast<void>(shop.refresh("2026-12-03T08:00Z"));
  EXPECT_EQ(shop.outbox(),
            (Lines{"ada how-is-it planned 2026-12-05T10:00:00Z", "ada thank-you planned 2026-12-08T10:00:00Z",
                   "ada club planned 2026-12-09T10:00:00Z"}));
  for (const char* now : {"2026-12-05T10:00Z", "2026-12-08T10:00Z"}) {
    const auto claimed = shop.claim(now);
    ASSERT_EQ(claimed.size(), 1U) << now;
    EXPECT_EQ(shop.done(claimed[0], now), "");
  }
  EXPECT_EQ(shop.claim("2026-12-09T10:00Z").size(), 0U);
  EXPECT_EQ(shop.claim("2026-12-11T10:00Z").size(), 1U);
}

// Ada's thank-you is due on the second; ben's is put off until a week after it, as both live in one household. Nobody
// sends before the fifth: ada's goes out then, and ben's waits for a week from there, though nothing is new about him.
TEST(Claim, asks_again_where_somebody_of_the_household_was_contacted_on_another_day_than_planned) {
  Shop shop(testing_shop::thanks +
            "[policy]\ncaps = [{ purposes = ['care'], most = 1, per = '7 days', scope = 'household' }]\n");
  shop.knows(Rows{{"id", "household"}, {{"ada", "h1"}, {"ben", "h1"}}});
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  shop.happened("ben", "purchase", "2026-12-02");
  static_cast<void>(shop.refresh("2026-12-02T08:00Z"));
  EXPECT_EQ(shop.outbox(),
            (Lines{"ada thank-you planned 2026-12-02T10:00:00Z", "ben thank-you planned 2026-12-09T10:00:00Z"}));
  EXPECT_EQ(shop.done(shop.claim("2026-12-05T10:00Z")[0], "2026-12-05T10:00Z"), "");
  EXPECT_EQ(shop.claim("2026-12-09T10:00Z").size(), 0U);
}

struct Downtime {
  std::string late;
  std::string expires;
  std::string until;   // nobody sent before
  std::string states;  // after one claim of everything
};

// Three purchases, on the first, second and third of December, so that three are due at ten on the days after.
TEST(Claim, after_downtime_late_and_expires_decide) {
  const std::vector<Downtime> cases{
      {"once", "", "2026-12-02T10:00:01Z", "claimed:1 planned:2"},
      {"once", "", "2026-12-04T10:00:01Z", "claimed:1 expired:2"},
      {"once", "", "2026-12-04T23:00Z", "claimed:1 expired:2"},
      {"once", "", "2027-01-04T10:00Z", "claimed:1 expired:2"},
      {"once", "", "2027-12-04T10:00Z", "claimed:1 expired:2"},
      {"skip", "", "2026-12-04T10:59Z", "claimed:1 expired:2"},
      {"skip", "", "2026-12-04T11:01Z", "expired:3"},
      {"all", "", "2026-12-04T23:00Z", "claimed:3"},
      {"all", "", "2027-12-04T10:00Z", "claimed:3"},
      {"all", "1 day", "2026-12-04T10:30Z", "claimed:1 expired:2"},
      {"all", "1 day", "2027-12-04T10:00Z", "expired:3"},
  };
  for (const Downtime& each : cases) {
    std::string more = "late = '" + each.late + "'\n";
    if (!each.expires.empty()) more += "expires = '" + each.expires + "'\n";
    Shop shop(testing_shop::thanks + more);
    shop.knows("ada");
    static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
    for (const char* day : {"2026-12-01", "2026-12-02", "2026-12-03"}) shop.happened("ada", "purchase", day);
    static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
    static_cast<void>(shop.claim(each.until));
    EXPECT_EQ(shop.states(), each.states) << each.late << " " << each.expires << " " << each.until;
    // Each that was missed has a row of the audit that says why.
    std::size_t missed = 0;
    for (const std::string& line : shop.audit()) {
      if (line.find("expired late") != std::string::npos || line.find("expired expired") != std::string::npos) ++missed;
    }
    const std::size_t at = each.states.find("expired:");
    EXPECT_EQ(missed, at == std::string::npos ? 0U : static_cast<std::size_t>(each.states[at + 8] - '0')) << each.late;
  }
}

TEST(Claim, staff_put_it_off_or_pass_it_over) {
  Thanked shop;
  const Key key = shop.claim("2026-12-02T10:00Z")[0].row.owed.key;
  EXPECT_NE(
      complaint([&] { shop.store->skip(key, "pat", "", testing_shop::at("2026-12-02T10:00Z")); }).find("being sent"),
      std::string::npos);
  Thanked other;
  const Key theirs = other.store->due({testing_shop::at("2026-12-02T10:00Z"), 0, {}, {}})[0].row.owed.key;
  other.store->snooze(theirs, testing_shop::at("2026-12-05T12:00Z"), "pat", "on holiday",
                      testing_shop::at("2026-12-02T09:00Z"));
  EXPECT_EQ(other.outbox(), (Lines{"ada thank-you snoozed 2026-12-05T12:00:00Z"}));
  static_cast<void>(other.refresh("2026-12-02T09:30Z"));
  EXPECT_EQ(other.claim("2026-12-05T11:59Z").size(), 0U);
  other.store->skip(theirs, "pat", "wrote by hand", testing_shop::at("2026-12-05T11:59Z"));
  static_cast<void>(other.refresh("2026-12-05T12:00Z"));
  EXPECT_EQ(other.claim("2026-12-05T12:00Z").size(), 0U);
  EXPECT_EQ(other.states(), "skipped:1");
}

// A minute from now is earlier than it was due: the plan puts it back.
TEST(Claim, what_staff_say_twice_is_heard_twice) {
  Thanked shop;
  const Key key = shop.store->due({testing_shop::at("2026-12-02T10:00Z"), 0, {}, {}})[0].row.owed.key;
  for (int time = 0; time < 2; ++time) {
    shop.store->snooze(key, testing_shop::at("2026-12-01T09:31Z"), "pat", "", testing_shop::at("2026-12-01T09:30Z"));
    EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you snoozed 2026-12-01T09:31:00Z"}));
    static_cast<void>(shop.refresh("2026-12-01T09:30Z"));
    EXPECT_EQ(shop.outbox(), (Lines{"ada thank-you snoozed 2026-12-02T10:00:00Z"}));
  }
}

TEST(Claim, of_what_staff_say_the_last_counts_whatever_the_clock_did) {
  struct Word {
    const char* at;
    const char* until;  // nullptr: skip
  };
  const char* const first = "2026-12-01T09:30Z";
  const char* const before = "2026-12-01T08:00Z";
  for (const std::vector<Word>& words : {std::vector<Word>{{first, "2026-12-05T12:00"}, {first, "2026-12-09T12:00"}},
                                         {{first, "2026-12-09T12:00"}, {first, "2026-12-05T12:00"}},
                                         {{first, nullptr}, {first, "2026-12-05T12:00"}},
                                         {{first, "2026-12-05T12:00"}, {first, nullptr}},
                                         {{first, nullptr}, {before, "2026-12-05T12:00"}},
                                         {{first, "2026-12-05T12:00"}, {before, nullptr}},
                                         {{first, "2026-12-09T12:00"}, {before, "2026-12-05T12:00"}}}) {
    Thanked shop;
    const Key key = shop.store->due({testing_shop::at("2026-12-02T10:00Z"), 0, {}, {}})[0].row.owed.key;
    for (const Word& word : words) {
      const Instant now = testing_shop::at(word.at);
      if (word.until != nullptr) {
        shop.store->snooze(key, testing_shop::at(std::string(word.until) + "Z"), "pat", "", now);
      } else {
        shop.store->skip(key, "pat", "", now);
      }
    }
    static_cast<void>(shop.refresh(first));
    const char* const until = words.back().until;
    EXPECT_EQ(shop.outbox(), Lines{until != nullptr ? "ada thank-you snoozed " + std::string(until) + ":00Z"
                                                    : "ada thank-you skipped " + std::string(words[0].until) + ":00Z"});
    EXPECT_EQ(shop.claim("2026-12-10T12:00Z").size(), until != nullptr ? 1U : 0U);
  }
}

// Two stores of one shop: what staff say in one is known to the other as an event, and both go on.
TEST(Claim, what_staff_said_can_be_taken_into_another_store) {
  const Thanked one;
  const Thanked other;
  const Key key = one.store->due({testing_shop::at("2026-12-02T10:00Z"), 0, {}, {}})[0].row.owed.key;
  const Instant now = testing_shop::at("2026-12-01T09:30Z");
  one.store->snooze(key, testing_shop::at("2026-12-05T12:00Z"), "pat", "", now);
  other.store->snooze(key, testing_shop::at("2026-12-07T12:00Z"), "sam", "", now);
  const OutTable events = one.store->table("events");
  EXPECT_EQ(other.store->append_events(events.cells(), {}, now).added, 1U);
  EXPECT_EQ(other.store->append_events(events.cells(), {}, now).added, 0U);
  other.store->snooze(key, testing_shop::at("2026-12-09T12:00Z"), "sam", "", now);
  static_cast<void>(other.refresh("2026-12-01T09:31Z"));
  EXPECT_EQ(other.outbox(), Lines{"ada thank-you snoozed 2026-12-09T12:00:00Z"});
}

// One contact in four days. With a clock that is days ahead the thank-you is claimed on the sixth, and the invitation
// of the eighth has no room; once the clock is right it is a contact of the third, and has.
TEST(Claim, what_is_claimed_by_a_clock_that_is_set_back_makes_room_where_it_was) {
  Shop shop(
      "[policy]\ncaps = [{ purposes = ['care'], most = 1, per = '4 days' }]\n"
      "[[occasion]]\nname = 'thanks'\non = 'purchase'\nafter = '1 day'\nat = '10:00'\nchannels = ['email']\n"
      "[[occasion]]\nname = 'club'\non = 'purchase'\nafter = '7 days'\nat = '10:00'\nchannels = ['email']\n"
      "expires = '1 day'\n");
  shop.knows("ada");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  ASSERT_EQ(Shop::said(shop.claim("2026-12-06T12:00Z")), Lines{"ada thanks"});
  static_cast<void>(shop.refresh("2026-12-06T12:00:10Z"));
  EXPECT_EQ(shop.states(), "claimed:1 withdrawn:1");
  EXPECT_EQ(shop.claim("2026-12-03T12:00Z").size(), 0U);
  static_cast<void>(shop.refresh("2026-12-03T12:00:10Z"));
  EXPECT_EQ(shop.states(), "claimed:1 planned:1");
}

TEST(Claim, a_clock_that_goes_forward_and_back_doubles_and_loses_nothing) {
  Thanked shop;
  const auto early = shop.claim("2027-06-01T10:00Z");
  ASSERT_EQ(early.size(), 1U);
  // Its sender died, and the clock was put right: the lease is as long as it was, from now on.
  EXPECT_EQ(shop.claim("2026-12-02T10:00Z").size(), 0U);
  EXPECT_EQ(shop.claim("2026-12-02T10:00:30Z").size(), 0U);
  EXPECT_EQ(shop.claim("2026-12-02T10:01:01Z").size(), 1U);
}

TEST(Claim, two_handles_of_one_file_share_the_rows) {
  Shop shop;
  Rows rows{{"id"}, {}};
  for (int i = 0; i < 40; ++i) rows.rows.push_back({"c" + std::to_string(i)});
  shop.knows(rows);
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  for (const auto& row : rows.rows) shop.happened(row[0], "purchase", "2026-12-01");
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));
  Store other(shop.path(), testing_shop::rules_of(shop.rules), {});
  std::set<std::string> seen;
  for (int round = 0; round < 4; ++round) {
    for (const auto& each :
         round % 2 == 0 ? shop.claim("2026-12-02T10:00Z", 10)
                        : other.claim({testing_shop::at("2026-12-02T10:00Z"), 10, std::chrono::minutes{1}, {}})) {
      EXPECT_TRUE(seen.insert(text_of(each.row.customer_id)).second);
    }
  }
  EXPECT_EQ(seen.size(), 40U);
}

TEST(Claim, a_handle_that_crossed_a_fork_is_refused) {
  const Thanked shop;
  const pid_t child = fork();
  if (child == 0) {
    const std::string said = complaint([&] { static_cast<void>(shop.claim("2026-12-02T10:00Z")); });
    _exit(said.find("fork") != std::string::npos ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(shop.claim("2026-12-02T10:00Z").size(), 1U);
}

}  // namespace
}  // namespace courtesy
