#include "gates_job.h"

#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>
#include <courtesy/rules/toml.h>

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace courtesy::bench {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year;

const Day first_day{year{2026} / 12 / 1};
constexpr int window_days = 30;

template <typename Cell>
using Cells = std::vector<std::optional<Cell>>;

struct Events {
  Cells<std::int64_t> customer, id;
  Cells<std::string> kind, unit, channel, note;
  Cells<Instant> at, due;
  Cells<double> value;

  // The event's further cells are empty until they are written.
  void add(std::size_t who, const char* what, Instant when) {
    id.emplace_back(static_cast<std::int64_t>(id.size()));
    customer.emplace_back(static_cast<std::int64_t>(who));
    kind.emplace_back(what);
    at.emplace_back(when);
    for (auto* cells : {&unit, &channel, &note}) cells->emplace_back();
    due.emplace_back();
    value.emplace_back();
  }
};

// Draws a history: three years of purchases, services and readings, and now and then a complaint, a promise, a reply,
// a consent and a contact.
class History {
 public:
  explicit History(std::size_t count) : count_(count) {}

  std::shared_ptr<const CustomerBase> base() {
    for (std::size_t who = 0; who < count_; ++who) draw(who);
    TableBuilder customers("customers");
    customers.integers("id", std::move(ids_))
        .texts("zone", std::move(zones_))
        .dates("birthday", std::move(birthdays_))
        .texts("tier", std::move(tiers_))
        .texts("tags", std::move(tags_))
        .texts("status", std::move(states_))
        .integers("household", std::move(households_))
        .texts("email", std::move(emails_))
        .texts("phone", std::move(phones_))
        .texts("address", std::move(addresses_));
    TableBuilder events("events");
    events.integers("id", std::move(events_.id))
        .integers("customer", std::move(events_.customer))
        .texts("kind", std::move(events_.kind))
        .instants("at", std::move(events_.at))
        .instants("due", std::move(events_.due))
        .reals("value", std::move(events_.value))
        .texts("unit", std::move(events_.unit))
        .texts("channel", std::move(events_.channel))
        .texts("note", std::move(events_.note));
    return build_base(customers.build(), events.build(), std::nullopt, {"Europe/London", std::nullopt, false});
  }

 private:
  // Not a distribution of the standard library: they differ from one to the next.
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }
  bool one_in(int number) { return below(number) == 0; }
  // Between so many days before the window's end and its beginning.
  Instant ago(int most_days) {
    return Instant{first_day.time_since_epoch()} - days{below(most_days)} - minutes{below(1440)};
  }

  void draw(std::size_t who) {
    static const std::array<const char*, 8> zones = {"Europe/London",    "Europe/Berlin", "Europe/Lisbon",
                                                     "America/New_York", "Asia/Tokyo",    "Asia/Kolkata",
                                                     "Australia/Sydney", "Africa/Cairo"};
    static const std::array<const char*, 3> tiers = {"bronze", "silver", "gold"};
    const auto number = static_cast<std::int64_t>(who);
    ids_.emplace_back(number);
    zones_.emplace_back(zones[static_cast<std::size_t>(below(8))]);
    birthdays_.emplace_back(Day{year{1935} / 1 / 1} + days{below(25'000)});
    tiers_.emplace_back(tiers[static_cast<std::size_t>(below(3))]);
    tags_.push_back(one_in(20) ? std::optional<std::string>("club") : std::nullopt);
    states_.push_back(one_in(50) ? std::optional<std::string>("closed") : std::nullopt);
    households_.emplace_back(number / 2);
    emails_.push_back(one_in(10) ? std::nullopt : std::optional<std::string>("someone@example.org"));
    phones_.push_back(one_in(3) ? std::nullopt : std::optional<std::string>("1"));
    addresses_.emplace_back(std::to_string(number / 3) + " Long Road");
    for (int visits = below(3); visits >= 0; --visits) {
      events_.add(who, "purchase", ago(1'100));
      events_.value.back() = 20 + below(600);
    }
    events_.add(who, "service", ago(500));
    for (const int kilometres : {9'000, 21'000}) {
      events_.add(who, "reading", Instant{first_day.time_since_epoch()} - days{kilometres == 9'000 ? 600 : 200});
      events_.unit.back() = "km";
      events_.value.back() = kilometres + below(4'000);
    }
    if (one_in(3)) events_.add(who, "consent", ago(900));
    if (one_in(20)) events_.add(who, "withdrawal", ago(300));
    if (one_in(4)) events_.add(who, "reply", ago(200));
    if (one_in(50)) events_.add(who, "complaint", ago(30));
    if (one_in(100)) events_.add(who, "resolution", ago(15));
    if (one_in(25)) {
      events_.add(who, "promise", ago(10));
      events_.due.back() = Instant{first_day.time_since_epoch()} + days{below(20)} + hours{9};
    }
    if (one_in(10)) {
      events_.add(who, "contact", ago(7));
      events_.channel.back() = "email";
      events_.note.back() = "care";
    }
  }

  std::size_t count_;
  std::mt19937_64 random_{11};
  Cells<std::int64_t> ids_, households_;
  Cells<std::string> zones_, tiers_, tags_, states_, emails_, phones_, addresses_;
  Cells<Day> birthdays_;
  Events events_;
};

}  // namespace

std::shared_ptr<const CustomerBase> base_with_history() {
  static const std::shared_ptr<const CustomerBase> base = History(customers_with_history).base();
  return base;
}

std::shared_ptr<const Rules> all_gates() {
  static const std::shared_ptr<const Rules> made = [] {
    std::ifstream file(GATES_JOB_RULES);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return rules_from_toml(text, "gates_job.toml");
  }();
  return made;
}

Window window_of_all_gates() {
  const auto shop = Zone::named(all_gates()->shop.zone);
  return {shop->to_utc(WallTime{first_day}), shop->to_utc(WallTime{first_day + days{window_days}})};
}

}  // namespace courtesy::bench
