#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Rows;

std::shared_ptr<const CustomerBase> built(const Rows& customers, const std::optional<Rows>& events = std::nullopt,
                                          const std::optional<Rows>& assets = std::nullopt,
                                          const BuildOptions& options = {}) {
  const auto table = [](const std::optional<Rows>& rows, const char* name) {
    return rows ? std::optional<Table>(rows->table(name)) : std::nullopt;
  };
  return build_base(customers.table("customers"), table(events, "events"), table(assets, "assets"), options);
}

const Rows ada_and_bob{{"id"}, {{"ada"}, {"bob"}}};

TEST(BaseBuilder, GroupsEventsByCustomerAndOrdersThemByTime) {
  const Rows events{{"id", "customer", "kind", "at"},
                    {{"e3", "bob", "visit", "2026-03-01"},
                     {"e2", "ada", "visit", "2026-02-01"},
                     {"e1", "bob", "call", "2026-01-01"}}};
  const auto base = built(ada_and_bob, events);
  std::vector<std::string> order;
  for (Index e = 0; e < base->events(); ++e) order.push_back(base->event_id(e));
  EXPECT_EQ(order, (std::vector<std::string>{"e2", "e1", "e3"}));
  EXPECT_EQ(base->customer_of_event(0), 0U);
  EXPECT_EQ(base->customer_of_event(2), 1U);
  EXPECT_EQ(base->events_of(base->kinds().find("visit")).events, (std::vector<Index>{0, 2}));
}

TEST(BaseBuilder, OrdersEventsOfOneInstantByIdAndNotByRow) {
  Rows events{{"id", "customer", "kind", "at"},
              {{"b", "ada", "visit", "2026-01-01"}, {"a", "ada", "call", "2026-01-01"}}};
  const auto one = built(ada_and_bob, events);
  std::swap(events.rows[0], events.rows[1]);
  const auto other = built(ada_and_bob, events);
  EXPECT_EQ(one->event_id(0), "a");
  EXPECT_EQ(other->event_id(0), "a");
}

TEST(BaseBuilder, CountsIdenticalEventsWithoutIdsOnce) {
  const Rows events{{"customer", "kind", "at", "value"},
                    {{"ada", "purchase", "2026-01-01", "5"},
                     {"ada", "purchase", "2026-01-01", "6"},
                     {"ada", "purchase", "2026-01-01", "5"}}};
  const auto base = built(ada_and_bob, events);
  EXPECT_EQ(base->events(), 2U);
  ASSERT_EQ(base->warnings().size(), 1U);
  EXPECT_NE(base->event_id(0), base->event_id(1));
  EXPECT_EQ(base->event_id(0).size(), 32U);
}

TEST(BaseBuilder, MakesAnEventsIdFromItsContentWhereverItStands) {
  const Rows one{{"customer", "kind", "at", "value"}, {{"ada", "purchase", "2026-01-01", "5"}}};
  const Rows other{{"value", "at", "kind", "customer", "note"},
                   {{"1", "2025-01-01", "visit", "bob", ""}, {"5.0", "2026-01-01", "purchase", "ada", ""}}};
  EXPECT_EQ(built(ada_and_bob, one)->event_id(0), built(ada_and_bob, other)->event_id(0));
}

TEST(BaseBuilder, TakesTheCivilDayInTheCustomersZone) {
  const Rows customers{{"id", "zone"}, {{"ada", "Asia/Tokyo"}, {"bob", ""}}};
  const Rows events{
      {"customer", "kind", "at"},
      {{"ada", "visit", "2026-01-01T20:00Z"}, {"bob", "visit", "2026-01-01T20:00Z"}, {"ada", "call", "2026-02-01"}}};
  const auto base = built(customers, events, std::nullopt, {"America/New_York", std::nullopt, false});
  EXPECT_EQ(iso_text(Day{std::chrono::days{base->event_day()[0]}}), "2026-01-02");
  EXPECT_EQ(iso_text(Day{std::chrono::days{base->event_day()[2]}}), "2026-01-01");
  // A date begins at midnight of its own zone.
  EXPECT_EQ(base->event_at(1, 0), at("2026-01-31T15:00Z"));
}

TEST(BaseBuilder, ReadsTimesWithoutAZoneInTheOneThatIsGiven) {
  const Rows events{{"customer", "kind", "at"}, {{"ada", "visit", "2026-07-01T10:00"}}};
  const auto base = built(ada_and_bob, events, std::nullopt, {"UTC", "Europe/Berlin", false});
  EXPECT_EQ(base->event_at(0, 0), at("2026-07-01T08:00Z"));
}

TEST(BaseBuilder, TakesAColumnOfMidnightsForDates) {
  const auto midnight = [](const char* text) { return parse_date_time(text)->wall; };
  auto customers = ada_and_bob.table("customers");
  auto events = [&](const char* second) {
    return TableBuilder("events")
        .texts("customer", {{"ada"}, {"bob"}})
        .texts("kind", {{"visit"}, {"visit"}})
        .wall_times("at", {midnight("2026-01-01T00:00"), midnight(second)})
        .build();
  };
  EXPECT_EQ(build_base(customers, events("2026-01-02T00:00"), std::nullopt, {})->events(), 2U);
  EXPECT_THROW((void)build_base(customers, events("2026-01-02T10:00"), std::nullopt, {}), Error);
}

TEST(BaseBuilder, MakesAssetsOfEventsWhereNoTableHasThem) {
  const Rows events{{"customer", "kind", "at", "asset"},
                    {{"ada", "service", "2026-01-01", "car"},
                     {"bob", "service", "2026-01-01", "van"},
                     {"bob", "visit", "2026-01-02", ""}}};
  const auto base = built(ada_and_bob, events);
  EXPECT_EQ(base->assets(), 2U);
  EXPECT_EQ(base->asset_customer(base->asset_ids().find("van")), 1U);
  EXPECT_EQ(base->event_asset()[2], no_index);
}

TEST(BaseBuilder, LeavesOutEventsOfUnknownCustomersWhereAsked) {
  const Rows events{{"customer", "kind", "at"}, {{"eve", "visit", "2026-01-01"}, {"ada", "visit", "2026-01-01"}}};
  const auto base = built(ada_and_bob, events, std::nullopt, {"UTC", std::nullopt, true});
  EXPECT_EQ(base->events(), 1U);
  EXPECT_EQ(base->skipped_events(), 1U);
  EXPECT_EQ(base->warnings().size(), 1U);
}

TEST(BaseBuilder, FindsIdsOfBothKinds) {
  const auto numbers = TableBuilder("customers").integers("id", {{7}, {-3}, {1'000'000'007}}).build();
  const auto base = build_base(numbers, std::nullopt, std::nullopt, {});
  EXPECT_EQ(base->customer_ids().find(std::int64_t{-3}), 1U);
  EXPECT_EQ(base->customer_ids().find("1000000007"), 2U);
  EXPECT_EQ(base->customer_ids().find("007"), no_index);
  EXPECT_EQ(base->customer_ids().find(std::int64_t{8}), no_index);
}

struct BadTable {
  const char* what;
  Rows customers;
  std::optional<Rows> events;
  std::optional<Rows> assets;
  std::vector<const char*> said;
};

class BadTables : public testing::TestWithParam<BadTable> {};

TEST_P(BadTables, AreErrorsThatNameTableRowAndColumn) {
  try {
    (void)built(GetParam().customers, GetParam().events, GetParam().assets);
    FAIL() << GetParam().what;
  } catch (const Error& error) {
    for (const char* part : GetParam().said) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << GetParam().what << ": " << error.what();
    }
  }
}

Rows event(const std::string& customer, const std::string& kind, const std::string& when) {
  return {{"customer", "kind", "at"}, {{customer, kind, when}}};
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, BadTables,
    testing::Values(
        BadTable{"no id column", {{"name"}, {{"x"}}}, {}, {}, {"customers", "'id' is missing", "'name'"}},
        BadTable{"an empty id", {{"id"}, {{"ada"}, {""}}}, {}, {}, {"customers, row 1, column 'id'"}},
        BadTable{"two customers of one id",
                 {{"id"}, {{"ada"}, {"bob"}, {"ada"}}},
                 {},
                 {},
                 {"customers, row 2, column 'id'", "'ada' stands in row 0"}},
        BadTable{"a zone that does not exist",
                 {{"id", "zone"}, {{"ada", "Europe/Lodnon"}}},
                 {},
                 {},
                 {"customers, row 0, column 'zone'", "Europe/London"}},
        BadTable{"a birthday of zeros",
                 {{"id", "birthday"}, {{"ada", "0000-00-00"}}},
                 {},
                 {},
                 {"customers, row 0, column 'birthday'", "expected a date"}},
        BadTable{"30 February", {{"id", "birthday"}, {{"ada", "1980-02-30"}}}, {}, {}, {"row 0, column 'birthday'"}},
        BadTable{"an unknown status", {{"id", "status"}, {{"ada", "activ"}}}, {}, {}, {"column 'status'", "'active'"}},
        BadTable{"half of the quiet hours",
                 {{"id", "quiet_from", "quiet_to"}, {{"ada", "22:00", ""}}},
                 {},
                 {},
                 {"row 0", "both"}},
        BadTable{"quiet hours that are none",
                 {{"id", "quiet_from", "quiet_to"}, {{"ada", "late", "25:00"}}},
                 {},
                 {},
                 {"column 'quiet_from'", "column 'quiet_to'"}},
        BadTable{"an unknown customer",
                 ada_and_bob,
                 event("eve", "visit", "2026-01-01"),
                 {},
                 {"events, row 0, column 'customer'", "'eve'", "unknown=\"skip\""}},
        BadTable{"no kind", ada_and_bob, event("ada", "", "2026-01-01"), {}, {"events, row 0, column 'kind'"}},
        BadTable{"no time", ada_and_bob, event("ada", "visit", ""), {}, {"events, row 0, column 'at'"}},
        BadTable{"a time without a zone",
                 ada_and_bob,
                 event("ada", "visit", "2026-01-01T10:00"),
                 {},
                 {"events, row 0, column 'at'", "zone="}},
        BadTable{
            "a time that is none", ada_and_bob, event("ada", "visit", "yesterday"), {}, {"expected a date such as"}},
        BadTable{"a misspelt column",
                 ada_and_bob,
                 Rows{{"customer", "knid", "at"}, {}},
                 {},
                 {"events, column 'knid'", "did you mean 'kind'"}},
        BadTable{
            "two events of one id",
            ada_and_bob,
            Rows{{"id", "customer", "kind", "at"}, {{"e", "ada", "a", "2026-01-01"}, {"e", "bob", "b", "2026-01-02"}}},
            {},
            {"events, row 1, column 'id'"}},
        BadTable{"an amount that is none",
                 ada_and_bob,
                 Rows{{"customer", "kind", "at", "value"}, {{"ada", "a", "2026-01-01", "5 pounds"}}},
                 {},
                 {"events, row 0, column 'value'"}},
        BadTable{"an asset of nobody",
                 ada_and_bob,
                 {},
                 Rows{{"id", "customer"}, {{"car", "eve"}}},
                 {"assets, row 0, column 'customer'"}},
        BadTable{"an event of an unknown asset",
                 ada_and_bob,
                 Rows{{"customer", "kind", "at", "asset"}, {{"ada", "a", "2026-01-01", "vna"}}},
                 Rows{{"id", "customer"}, {{"van", "ada"}}},
                 {"events, row 0, column 'asset'"}},
        BadTable{"an event of another's asset",
                 ada_and_bob,
                 Rows{{"customer", "kind", "at", "asset"}, {{"bob", "a", "2026-01-01", "van"}}},
                 Rows{{"id", "customer"}, {{"van", "ada"}}},
                 {"events, row 0, column 'asset'", "belongs to"}}));

TEST(BaseBuilder, SaysAllProblemsUpToTwenty) {
  Rows customers{{"id", "birthday"}, {}};
  for (int i = 0; i < 30; ++i) customers.rows.push_back({std::to_string(i), "never"});
  try {
    (void)built(customers);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().size(), 21U);
    EXPECT_NE(std::string(error.what()).find("and 10 more"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("never"), std::string::npos) << "cells may be personal";
  }
}

TEST(BaseBuilder, WarnsOfAColumnThatMayBeMisspelt) {
  const auto base = built({{"id", "birthdy"}, {{"ada", "1980-01-01"}}});
  ASSERT_EQ(base->warnings().size(), 1U);
  EXPECT_NE(base->warnings()[0].find("did you mean 'birthday'"), std::string::npos);
}

}  // namespace
}  // namespace courtesy
