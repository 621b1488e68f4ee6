// What the journal gives back is planned as what it was given.
#include <courtesy/plan/planner.h>
#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include "kept_tables.h"

namespace courtesy {
namespace {

using testing_store::at;
using testing_store::KeptTables;
using testing_store::Rows;

// Each part of it looks at other columns.
constexpr const char* rules_text = R"(
[shop]
zone = "Europe/London"
[policy]
quiet_hours = { from = "20:00", to = "08:00" }
consent = { care = "unless withdrawn", offer = "needed" }
caps = [{ purposes = ["care", "offer"], most = 2, per = "7 days", scope = "household" }]
[[occasion]]
name = "thanks"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email", "letter", "sms"]
purpose = "care"
[[occasion]]
name = "birthday"
yearly = "birthday"
at = "09:00"
channels = ["email", "sms", "letter"]
purpose = "care"
[[occasion]]
name = "service"
every = { months = 12, km = 15000 }
since = "service"
meter = "odometer"
purpose = "service"
channels = ["sms", "email", "letter"]
[[occasion]]
name = "promise"
due = "promise"
before = "1 day"
audience = "staff"
channels = ["call"]
[[occasion]]
name = "gold"
on = "purchase"
after = "3 days"
when = { tier = "gold", visits_a_year = { min = 3 }, tags = "keen" }
channels = ["letter"]
purpose = "offer"
)";

std::vector<std::string> planned(const std::shared_ptr<const CustomerBase>& base) {
  static const auto rules = rules_from_toml(rules_text, "rules.toml");
  const Plan made = plan(base, rules, {at("2026-12-01T00:00Z"), at("2027-03-01T00:00Z")}, {});
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Reminder row = made.row(i);
    lines.push_back(to_hex(row.key) + " " + base->customer_ids().text(row.customer) + " " +
                    (row.asset == no_index ? "-" : base->asset_ids().text(row.asset)) + " " +
                    rules->occasions[row.occasion].name + " " + iso_text(row.due) + " " + iso_text(row.local) + " " +
                    (row.channel == no_code ? "-" : made.channels[row.channel]) + " " +
                    std::string(state_name(row.state)) + " " + std::string(reason_name(row.reason)) + " " +
                    (row.event == no_index ? "-" : base->event_id(row.event)));
  }
  return lines;
}

struct Shape {
  const char* name;
  Table customers;
  Table events;
  std::optional<Table> assets;
};

const Rows some_customers{
    {"id", "name", "zone", "birthday", "status", "household", "email", "phone", "channels", "quiet_from", "quiet_to",
     "tags", "tier", "visits_a_year"},
    {{"ada", "Ada", "Europe/Rome", "1990-12-05", "active", "h1", "a@example.org", "", "sms;email", "07:00", "11:30",
      "keen, old", "gold", "4"},
     {"bob", "Bob", "", "1992-12-05", "", "h1", "b@example.org", "+441", "", "", "", "", "gold", "2"},
     {"cyd", "Cyd", "Asia/Tokyo", "", "closed", "", "", "+443", "letter", "", "", "keen", "", ""},
     {"dan", "Dan", "America/New_York", "2000-02-29", "active", "", "d@example.org", "+444", "", "", "", "keen", "gold",
      "9"}}};

const Rows some_events{
    {"id", "customer", "kind", "at", "asset", "value", "unit", "due", "ref", "channel", "by", "note", "topic"},
    {{"e1", "ada", "purchase", "2026-12-03T18:30:00.250Z", "", "12.50", "", "", "", "", "", "", ""},
     {"e2", "bob", "purchase", "2026-12-04", "", "100", "", "", "", "", "till 2", "", ""},
     {"e3", "ada", "service", "2025-12-20", "car", "", "", "", "", "", "", "", ""},
     {"e4", "ada", "reading", "2025-12-20", "car", "10000", "odometer", "", "", "", "", "", ""},
     {"e5", "ada", "reading", "2026-06-20", "car", "19000", "odometer", "", "", "", "", "", ""},
     {"e6", "dan", "promise", "2026-12-01T09:00+01:00", "", "", "", "2026-12-18", "", "", "jo", "", ""},
     {"e7", "dan", "promise", "2026-12-01T10:00Z", "", "", "", "2026-12-20T15:00Z", "", "", "", "", ""},
     {"e8", "dan", "withdrawal", "2026-11-01", "", "", "", "", "", "E-Mail", "", "care", ""},
     {"e9", "dan", "purchase", "2026-12-10", "", "7", "", "", "", "", "", "", "shoes"},
     {"e10", "dan", "consent", "2026-12-10", "", "", "", "", "", "letter", "", "offer", ""}}};

const Rows some_assets{{"id", "customer", "kind", "since"},
                       {{"car", "ada", "petrol", "2020-01-01"}, {"van", "bob", "diesel", ""}}};

Table typed_customers() {
  const auto day = [](int year, unsigned month, unsigned number) {
    return std::optional<Day>(Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}});
  };
  return TableBuilder("customers")
      .integers("id", {30, 10, 20})
      .dates("birthday", {day(1990, 12, 5), {}, day(2000, 2, 29)})
      .texts("zone", {"Europe/Rome", {}, "America/New_York"})
      .reals("phone", {441.0, {}, 443.0})
      .nulls("email", 3)
      .integers("household", {7, {}, 7})
      .lists("channels", {{{"sms", "letter"}}, {}, {{}}})
      .lists("tags", {{{"keen"}}, {{"keen", "a,b"}}, {}})
      .times("quiet_from", {TimeOfDay{60}, {}, {}})
      .times("quiet_to", {TimeOfDay{700}, {}, {}})
      .texts("tier", {"gold", "gold", "gold"})
      .integers("visits_a_year", {3, 5, {}})
      .booleans("member", {true, {}, false})
      .build();
}

Table typed_events(bool with_ids) {
  TableBuilder builder("events");
  if (with_ids) builder.integers("id", {5, 4, 3, 2});
  builder.integers("customer", {30, 10, 20, 30})
      .texts("kind", {"purchase", "purchase", "service", "purchase"})
      .wall_times("at", {parse_date_time("2026-12-03T00:00")->wall, parse_date_time("2026-12-04T00:00")->wall,
                         parse_date_time("2025-12-20T00:00")->wall, parse_date_time("2026-12-03T00:00")->wall})
      .reals("value", {12.5, {}, 0.1, 100.0})
      .reals("asset", {{}, {}, 77.0, {}});
  return builder.build();
}

std::vector<Shape> shapes() {
  std::vector<Shape> all;
  all.push_back({"texts, as a file has them", some_customers.table("customers"), some_events.table("events"),
                 some_assets.table("assets")});
  all.push_back({"no table of assets", some_customers.table("customers"), some_events.table("events"), std::nullopt});
  Rows nameless = some_events;
  for (auto& row : nameless.rows) row[0].clear();
  all.push_back(
      {"events without ids", some_customers.table("customers"), nameless.table("events"), some_assets.table("assets")});
  all.push_back({"types of a data frame", typed_customers(), typed_events(true), std::nullopt});
  all.push_back({"the same without ids", typed_customers(), typed_events(false), std::nullopt});
  return all;
}

std::shared_ptr<const CustomerBase> base_of(Slice& slice) {
  return build_base(slice.customers, slice.events.table(), slice.assets, {"Europe/London", std::nullopt, false});
}

BuildOptions in_london() { return {"Europe/London", std::nullopt, false}; }

TEST(RoundTrip, IsPlannedAsTheTablesThatWereGiven) {
  for (const Shape& shape : shapes()) {
    SCOPED_TRACE(shape.name);
    const auto expected = planned(build_base(shape.customers, shape.events, shape.assets, in_london()));
    EXPECT_GE(expected.size(), 3U);
    KeptTables shop;
    shop.customers(shape.customers, in_london());
    if (shape.assets) shop.assets(*shape.assets, in_london());
    shop.events(shape.events, in_london());
    Slice slice = shop.journal.read_all();
    EXPECT_EQ(planned(base_of(slice)), expected);
  }
}

TEST(RoundTrip, OfEachCustomerAloneSaysWhatTheWholeSaysOfHim) {
  for (const Shape& shape : shapes()) {
    SCOPED_TRACE(shape.name);
    KeptTables shop;
    shop.customers(shape.customers, in_london());
    if (shape.assets) shop.assets(*shape.assets, in_london());
    shop.events(shape.events, in_london());
    Slice whole = shop.journal.read_all();
    std::vector<std::string> together = planned(base_of(whole));
    std::vector<std::string> alone;
    std::vector<bool> done(whole.numbers.size());
    for (std::size_t i = 0; i < whole.numbers.size(); ++i) {
      if (done[i]) continue;
      const auto household = shop.journal.companions({whole.numbers[i]}, "household");
      for (std::size_t k = i; k < done.size(); ++k) {
        if (std::binary_search(household.begin(), household.end(), whole.numbers[k])) done[k] = true;
      }
      Slice slice = shop.journal.read(household);
      const auto lines = planned(base_of(slice));
      alone.insert(alone.end(), lines.begin(), lines.end());
    }
    std::sort(together.begin(), together.end());
    std::sort(alone.begin(), alone.end());
    EXPECT_EQ(alone, together);
  }
}

TEST(RoundTrip, OfImportsInPartsIsThatOfTheWhole) {
  const Shape shape = shapes()[0];
  const auto expected = planned(build_base(shape.customers, shape.events, shape.assets, in_london()));
  KeptTables shop;
  // Columns first, then the others; events one by one, backwards, twice.
  for (std::size_t half = 0; half < 2; ++half) {
    Rows part{{"id"}, {}};
    for (const auto& row : some_customers.rows) part.rows.push_back({row[0]});
    for (std::size_t column = 1; column < some_customers.header.size(); ++column) {
      if ((column < 9) != (half == 0)) continue;
      part.header.push_back(some_customers.header[column]);
      for (std::size_t row = 0; row < part.rows.size(); ++row) {
        part.rows[row].push_back(some_customers.rows[row][column]);
      }
    }
    shop.customers(part.table("customers"), in_london());
  }
  shop.assets(some_assets);
  for (int time = 0; time < 2; ++time) {
    for (auto row = some_events.rows.rbegin(); row != some_events.rows.rend(); ++row) {
      shop.events(Rows{some_events.header, {*row}}.table("events"), in_london());
    }
  }
  Slice slice = shop.journal.read_all();
  EXPECT_EQ(planned(base_of(slice)), expected);
}

TEST(RoundTrip, OfManyEventsFindsThoseThatWereThere) {
  // Enough for the way of large imports.
  constexpr int many = 25'000;
  const auto events = [](int from, int to) {
    Rows rows{{"id", "customer", "kind", "at"}, {}};
    for (int i = from; i < to; ++i) {
      rows.rows.push_back(
          {"e" + std::to_string(i * 7 % many + i / many * many), i % 2 == 0 ? "ada" : "bob", "visit", "2026-01-01"});
    }
    return rows;
  };
  KeptTables shop;
  shop.customers(Rows{{"id"}, {{"ada"}, {"bob"}}});
  EXPECT_EQ(testing_store::counts(shop.events(events(0, many))), "added 25000, changed 0, unchanged 0");
  EXPECT_EQ(testing_store::counts(shop.events(events(0, many))), "added 0, changed 0, unchanged 25000");
  EXPECT_EQ(testing_store::counts(shop.events(events(10, many + 10))), "added 10, changed 0, unchanged 24990");
  Rows other = events(0, many);
  other.rows[12'345][2] = "call";
  const std::string message = testing_store::error_of([&] { shop.events(other); });
  EXPECT_EQ(message.find("events, row 12345, column 'id': "), 0U) << message;
  EXPECT_EQ(shop.store.database.integer("SELECT count(*) FROM events"), many + 10);
  EXPECT_EQ(shop.store.database.text("PRAGMA integrity_check"), "ok");
}

TEST(GivenAway, TablesHaveTheColumnsThatWereGiven) {
  KeptTables shop;
  shop.customers(typed_customers(), in_london());
  shop.events(typed_events(true), in_london());
  const OutTable customers = shop.journal.table("customers");
  const Table given = typed_customers();
  ASSERT_EQ(column_names(customers.cells()), column_names(given));
  for (const Column& column : given.columns) {
    const Column& out = *customers.cells().find(column.name());
    if (column.type() != ColumnType::null) {
      EXPECT_EQ(out.type(), column.type()) << column.name();
    }
    for (std::size_t row = 0; row < given.rows; ++row) EXPECT_EQ(out.cell(row), column.cell(row)) << column.name();
  }
  const OutTable events = shop.journal.table("events");
  EXPECT_EQ(events.cells().find("id")->type(), ColumnType::integer);
  EXPECT_EQ(events.cells().find("customer")->type(), ColumnType::integer);
  EXPECT_EQ(events.rows(), 4U);
}

}  // namespace
}  // namespace courtesy
