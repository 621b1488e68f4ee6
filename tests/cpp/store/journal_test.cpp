#include <courtesy/store/journal.h>

#include <gtest/gtest.h>

#include "kept_tables.h"

namespace courtesy {
namespace {

using testing_store::at;
using testing_store::counts;
using testing_store::error_of;
using testing_store::KeptTables;
using testing_store::Rows;

using Cells = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

const Rows ada_and_bob{{"id", "name", "zone"}, {{"ada", "Ada", "Europe/London"}, {"bob", "Bob", "Europe/Rome"}}};

TEST(Customers, AreSetByTheirIdsColumnByColumn) {
  KeptTables shop;
  EXPECT_EQ(counts(shop.customers(ada_and_bob)), "added 2, changed 0, unchanged 0");
  EXPECT_EQ(shop.changed(), (Names{"ada", "bob"}));
  EXPECT_EQ(counts(shop.customers(ada_and_bob)), "added 0, changed 0, unchanged 2");
  EXPECT_EQ(shop.changed(), Names{});
  const Rows more{{"id", "zone", "tier"},
                  {{"bob", "", "gold"}, {"cyd", "Asia/Tokyo", ""}, {"ada", "Europe/London", ""}}};
  EXPECT_EQ(counts(shop.customers(more)), "added 1, changed 1, unchanged 1");
  // `tier` is new: its empty cells may say something of everybody.
  EXPECT_EQ(shop.changed(), (Names{"ada", "bob", "cyd"}));
  EXPECT_EQ(counts(shop.customers(Rows{{"id", "tier"}, {{"ada", ""}, {"cyd", "gold"}}})),
            "added 0, changed 1, unchanged 1");
  EXPECT_EQ(shop.changed(), Names{"cyd"});
  EXPECT_EQ(shop.row("bob"), (Cells{{"id", "bob"}, {"name", "Bob"}, {"zone", ""}, {"tier", "gold"}}));
  EXPECT_EQ(shop.row("cyd"), (Cells{{"id", "cyd"}, {"name", ""}, {"zone", "Asia/Tokyo"}, {"tier", "gold"}}));
  EXPECT_EQ(shop.journal.customers(), 3U);
}

TEST(Customers, KeepTheirNumbersAndNobodyGetsOneThatWasAnothers) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  const std::int64_t bob = shop.number("bob");
  shop.customers(Rows{{"id", "name"}, {{"bob", "Robert"}}});
  EXPECT_EQ(shop.number("bob"), bob);
  shop.store.database.execute("DELETE FROM customers WHERE id = 'bob'");
  shop.customers(Rows{{"id"}, {{"cyd"}}});
  EXPECT_GT(shop.number("cyd"), bob);
}

TEST(Ids, AreWholeNumbersWhereTheFirstOnesWere) {
  KeptTables shop;
  shop.customers(TableBuilder("customers").integers("id", {17, 18}).build());
  EXPECT_EQ(shop.journal.id(shop.number("17")), StoredId{std::int64_t{17}});
  EXPECT_EQ(shop.journal.number(StoredId{std::int64_t{17}}), shop.journal.number(StoredId{"17"}));
  EXPECT_EQ(counts(shop.customers(Rows{{"id", "tier"}, {{"17", "gold"}}})), "added 0, changed 1, unchanged 0");
  EXPECT_EQ(counts(shop.customers(TableBuilder("customers").reals("id", {17.0}).build())),
            "added 0, changed 0, unchanged 1");
  EXPECT_TRUE(shop.journal.read_all().integer_ids);
  EXPECT_EQ(shop.journal.read_all().customers.find("id")->type(), ColumnType::integer);
  // One that is no number makes texts of all.
  shop.customers(Rows{{"id"}, {{"017"}}});
  EXPECT_FALSE(shop.journal.read_all().integer_ids);
  EXPECT_NE(shop.number("017"), shop.number("17"));
}

TEST(Ids, AreTextsWhereTheFirstOnesWere) {
  KeptTables shop;
  shop.customers(Rows{{"id"}, {{"17"}}});
  shop.customers(TableBuilder("customers").integers("id", {18}).build());
  const Slice slice = shop.journal.read_all();
  EXPECT_FALSE(slice.integer_ids);
  EXPECT_EQ(std::get<std::string_view>(slice.customers.find("id")->cell(1)), "18");
}

TEST(Columns, KeepTheTypeOfTheirFirstCells) {
  struct Case {
    const char* first;
    const char* later;
    const char* cell;  // what the later one became, as a text
  };
  const auto table = [](const std::string& what) {
    TableBuilder builder("customers");
    builder.texts("id", {"ada"});
    if (what == "empty") builder.nulls("x", 1);
    if (what == "true") builder.booleans("x", {true});
    if (what == "3") builder.integers("x", {3});
    if (what == "1") builder.integers("x", {1});
    if (what == "3.0") builder.reals("x", {3.0});
    if (what == "2.5") builder.reals("x", {2.5});
    if (what == "day") builder.dates("x", {Day{std::chrono::year{1990} / 5 / 1}});
    if (what == "instant") builder.instants("x", {at("2026-05-01T10:00Z")});
    if (what == "midnight") builder.wall_times("x", {WallTime{Day{std::chrono::year{1990} / 5 / 1}}});
    if (what == "wall") builder.wall_times("x", {parse_date_time("2026-05-01T10:00")->wall});
    if (what == "clock") builder.times("x", {std::chrono::minutes{90}});
    if (what == "list") builder.lists("x", {{{"a\"b", "c\\", "d\n"}}});
    if (what.starts_with('\'')) builder.texts("x", {what.substr(1)});
    return builder.build();
  };
  const std::vector<Case> cases{
      {"empty", "3", "3"},
      {"3", "empty", ""},
      {"3", "3.0", "3"},
      {"3", "2.5", "2.5"},
      {"3", "'12", "12"},
      {"3", "'2.5", "2.5"},
      {"3", "true", "1"},
      {"2.5", "3", "3"},
      {"2.5", "'7", "7"},
      {"true", "1", "true"},
      {"true", "'FALSE", "false"},
      {"day", "'2000-02-29", "2000-02-29"},
      {"day", "midnight", "1990-05-01"},
      {"midnight", "day", "1990-05-01T00:00:00"},
      {"instant", "'2026-05-01T12:00+02:00", "2026-05-01T10:00:00Z"},
      {"wall", "'2026-05-01 11:30", "2026-05-01T11:30:00"},
      {"clock", "'22:05", "22:05"},
      {"list", "'a, b", "a,b"},
      {"'word", "list", "a\"b,c\\,d\n"},
      {"'word", "3", "3"},
      {"'word", "2.5", "2.5"},
      {"'word", "true", "true"},
      {"'word", "day", "1990-05-01"},
      {"'word", "instant", "2026-05-01T10:00:00Z"},
      {"'word", "clock", "01:30"},
      {"'word", "'", ""},
      {"day", "'", ""},
  };
  for (const Case& c : cases) {
    KeptTables shop;
    shop.customers(table(c.first));
    shop.customers(table(c.later));
    EXPECT_EQ(shop.row("ada")["x"], c.cell) << c.first << " then " << c.later;
  }
  const std::vector<Case> refused{
      {"3", "'many", "expected a whole number such as 12"},
      {"2.5", "'many", "expected a number such as 12.50"},
      {"true", "3", "expected true or false"},
      {"day", "'soon", "expected a date such as 2026-12-01"},
      {"day", "instant", "expected a date"},
      {"instant", "'2026-05-01T10:00", "expected a timestamp with a zone"},
      {"wall", "instant", "expected a timestamp without a zone"},
      {"clock", "'late", "expected a time of day such as 22:00"},
      {"list", "3", "expected a list of texts"},
  };
  for (const Case& c : refused) {
    KeptTables shop;
    shop.customers(table(c.first));
    const std::string message = error_of([&] { shop.customers(table(c.later)); });
    EXPECT_EQ(message.find("customers, row 0, column 'x': expected"), 0U) << message;
    EXPECT_NE(message.find(c.cell), std::string::npos) << message;
  }
}

TEST(Columns, OfTelephoneNumbersMayBecomeTexts) {
  KeptTables shop;
  shop.customers(TableBuilder("customers").texts("id", {"ada", "bob"}).reals("phone", {447911123456.0, {}}).build());
  shop.customers(Rows{{"id", "phone"}, {{"bob", "+39 06 1234"}}});
  EXPECT_EQ(shop.row("ada")["phone"], "447911123456");
  EXPECT_EQ(shop.row("bob")["phone"], "+39 06 1234");
}

TEST(Customers, AreRefusedAsAPlanRefusesThem) {
  const std::vector<Rows> wrong{
      {{"name"}, {{"Ada"}}},
      {{"id"}, {{"ada"}, {""}}},
      {{"id"}, {{"ada"}, {"bob"}, {"ada"}}},
      {{"id", "zone"}, {{"ada", "Europe/Lodon"}}},
      {{"id", "birthday", "status"}, {{"ada", "soon", "dead"}, {"bob", "1990-13-01", "active"}}},
      {{"id", "quiet_from"}, {{"ada", "22:00"}}},
  };
  for (const Rows& rows : wrong) {
    KeptTables shop;
    shop.customers(Rows{{"id"}, {{"zoe"}}});
    const std::string expected =
        error_of([&] { (void)build_base(rows.table("customers"), std::nullopt, std::nullopt, {}); });
    EXPECT_EQ(error_of([&] { shop.customers(rows); }), expected);
    EXPECT_NE(expected, "nothing");
    EXPECT_EQ(shop.journal.customers(), 1U);
  }
}

const Rows visits{{"id", "customer", "kind", "at", "value"},
                  {{"e1", "ada", "visit", "2026-01-01", "10"}, {"e2", "bob", "visit", "2026-02-01T10:00Z", ""}}};

TEST(Events, AreAppendedOnce) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.changed();
  EXPECT_EQ(counts(shop.events(visits)), "added 2, changed 0, unchanged 0");
  EXPECT_EQ(shop.changed(), (Names{"ada", "bob"}));
  EXPECT_EQ(counts(shop.events(visits)), "added 0, changed 0, unchanged 2");
  EXPECT_EQ(shop.changed(), Names{});
  Rows more = visits;
  more.rows[0] = {"e3", "bob", "visit", "2026-03-01", ""};
  EXPECT_EQ(counts(shop.events(more)), "added 1, changed 0, unchanged 1");
  EXPECT_EQ(shop.changed(), Names{"bob"});
}

TEST(Events, WithoutIdsAreKnownByWhatTheySay) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  const Rows bought{{"customer", "kind", "at", "value"},
                    {{"ada", "purchase", "2026-01-01", "5"}, {"ada", "purchase", "2026-01-01", "5"}}};
  const Taken taken = shop.events(bought);
  EXPECT_EQ(counts(taken), "added 1, changed 0, unchanged 1");
  ASSERT_EQ(taken.warnings.size(), 1U);
  // A data frame says the same with numbers and dates.
  EXPECT_EQ(counts(shop.events(TableBuilder("events")
                                   .texts("customer", {"ada"})
                                   .texts("kind", {"purchase"})
                                   .dates("at", {Day{std::chrono::year{2026} / 1 / 1}})
                                   .reals("value", {5.0})
                                   .build())),
            "added 0, changed 0, unchanged 1");
}

TEST(Events, AreNeverChanged) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.events(visits);
  for (const auto& [column, cell] :
       std::vector<std::pair<std::size_t, const char*>>{{1, "bob"}, {2, "call"}, {3, "2026-01-02"}, {4, "11"}}) {
    Rows other = visits;
    other.rows[0][column] = cell;
    other.rows.insert(other.rows.begin(), {"e9", "ada", "visit", "2026-05-01", ""});
    const std::string message = error_of([&] { shop.events(other); });
    EXPECT_EQ(message.find("events, row 1, column 'id': "), 0U) << message;
    EXPECT_NE(message.find("a correction is an event of its own"), std::string::npos) << message;
  }
  EXPECT_EQ(shop.journal.read_all().events.rows(), 2U);
}

TEST(Events, AreRefusedAsAPlanRefusesThem) {
  const Rows customers = ada_and_bob;
  const Rows cars{{"id", "customer"}, {{"car", "ada"}, {"van", "bob"}}};
  const std::vector<Rows> wrong{
      {{"customer", "kind"}, {{"ada", "visit"}}},
      {{"customer", "kind", "at", "colour"}, {{"ada", "visit", "2026-01-01", "red"}}},
      {{"customer", "kind", "at"}, {{"ada", "visit", "2026-01-01"}, {"eve", "visit", "2026-01-01"}}},
      {{"customer", "kind", "at"}, {{"ada", "", "2026-01-01"}, {"bob", "visit", "whenever"}}},
      {{"customer", "kind", "at"}, {{"ada", "visit", "2026-01-01T10:00"}}},
      {{"customer", "kind", "at", "asset"},
       {{"ada", "visit", "2026-01-01", "car"}, {"ada", "visit", "2026-01-02", "van"}}},
      {{"customer", "kind", "at", "asset"}, {{"ada", "visit", "2026-01-01", "boat"}}},
      {{"id", "customer", "kind", "at"}, {{"e1", "ada", "visit", "2026-01-01"}, {"e1", "ada", "visit", "2026-01-02"}}},
      {{"customer", "kind", "at", "value"}, {{"ada", "visit", "2026-01-01", "lots"}}},
  };
  for (const Rows& rows : wrong) {
    KeptTables shop;
    shop.customers(customers);
    shop.assets(cars);
    const std::string expected = error_of(
        [&] { (void)build_base(customers.table("customers"), rows.table("events"), cars.table("assets"), {}); });
    EXPECT_EQ(error_of([&] { shop.events(rows); }), expected);
    EXPECT_NE(expected, "nothing");
    EXPECT_EQ(shop.journal.read_all().events.rows(), 0U);
  }
}

TEST(Events, OfUnknownCustomersAreLeftOutWhereThatIsAllowed) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  BuildOptions options;
  options.skip_unknown = true;
  const Rows rows{{"customer", "kind", "at", "asset"},
                  {{"ada", "visit", "2026-01-01", ""}, {"eve", "visit", "2026-01-01", "car"}}};
  const Taken taken = shop.events(rows.table("events"), options);
  EXPECT_EQ(counts(taken), "added 1, changed 0, unchanged 0, left out 1");
  EXPECT_EQ(taken.warnings, Names{"events: 1 of unknown customers left out"});
}

TEST(Events, HappenInTheirCustomersZone) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  BuildOptions options;
  options.naive_zone = "customer";
  shop.events(
      Rows{{"customer", "kind", "at"}, {{"ada", "visit", "2026-07-01T10:00"}, {"bob", "visit", "2026-07-01T10:00"}}}
          .table("events"),
      options);
  Slice slice = shop.journal.read_all();
  const Table events = slice.events.table();
  EXPECT_EQ(std::get<std::string_view>(events.find("at")->cell(0)), "2026-07-01T09:00:00Z");
  EXPECT_EQ(std::get<std::string_view>(events.find("at")->cell(1)), "2026-07-01T08:00:00Z");
}

// Of very many customers all events are read at once, and only the columns in which there is anything.
TEST(Events, AreReadTheSameOfAllAsOfSome) {
  KeptTables shop;
  Rows people{{"id"}, {}};
  for (int i = 0; i < 20'001; ++i) people.rows.push_back({std::to_string(i)});
  shop.customers(people);
  for (const Rows& more :
       {Rows{{"id", "customer", "kind", "at"}, {{"1", "0", "visit", "2026-01-01"}}},
        Rows{{"id", "customer", "kind", "at", "note"}, {{"2", "1", "visit", "2026-01-01", "late"}}},
        Rows{{"id", "customer", "kind", "at", "value", "unit"}, {{"e3", "2", "reading", "2026-01-01", "7.5", "km"}}},
        Rows{{"id", "customer", "kind", "at", "ref", "topic", "by", "channel", "due"},
             {{"e4", "0", "promise", "2026-01-02", "17", "car", "pat", "call", "2026-01-03"}}}}) {
    shop.events(more);
    Slice all = shop.journal.read_all();
    Slice some = shop.journal.read({shop.number("0"), shop.number("1"), shop.number("2")});
    const Table of_all = all.events.table();
    const Table of_some = some.events.table();
    ASSERT_EQ(of_all.rows, of_some.rows);
    for (const Column& column : of_all.columns) {
      for (std::size_t row = 0; row < of_all.rows; ++row) {
        EXPECT_EQ(column.cell(row), of_some.find(column.name())->cell(row)) << column.name() << " " << row;
      }
    }
    const std::string last = more.header.back();
    EXPECT_NE(of_all.find(last)->type(), ColumnType::null) << last;
  }
}

TEST(Assets, ThatEventsNameAreKnownWithoutATableOfThem) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.events(Rows{{"customer", "kind", "at", "asset"}, {{"ada", "service", "2026-01-01", "car"}}});
  EXPECT_FALSE(shop.journal.read_all().assets.has_value());
  // Whose it is is known from then on, also in another import.
  const Rows stolen{{"customer", "kind", "at", "asset"}, {{"bob", "service", "2026-02-01", "car"}}};
  EXPECT_EQ(error_of([&] { shop.events(stolen); }),
            "events, row 0, column 'asset': the asset 'car' belongs to the customer 'ada', not to 'bob'");
  // And a table that comes later finds it there.
  EXPECT_EQ(counts(shop.assets(Rows{{"id", "customer", "kind"}, {{"car", "ada", "petrol"}, {"van", "bob", "diesel"}}})),
            "added 1, changed 1, unchanged 0");
  EXPECT_TRUE(shop.journal.any_asset_kinds());
  EXPECT_EQ(shop.journal.read({shop.number("bob")}).assets->rows, 1U);
}

TEST(Assets, ChangeHandsOnlyWhereNothingHappenedToThem) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.assets(Rows{{"id", "customer"}, {{"car", "ada"}, {"van", "ada"}}});
  shop.events(Rows{{"customer", "kind", "at", "asset"}, {{"ada", "service", "2026-01-01", "car"}}});
  shop.changed();
  EXPECT_EQ(counts(shop.assets(Rows{{"id", "customer"}, {{"van", "bob"}}})), "added 0, changed 1, unchanged 0");
  EXPECT_EQ(shop.changed(), (Names{"ada", "bob"}));
  EXPECT_EQ(error_of([&] { shop.assets(Rows{{"id", "customer"}, {{"van", "bob"}, {"car", "bob"}}}); }),
            "assets, row 1, column 'customer': the asset 'car' belongs to the customer 'ada', who has events about it; "
            "give it a new id for its new owner");
}

TEST(Erased, RowsAreLeftOutOfEveryTable) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.assets(Rows{{"id", "customer"}, {{"car", "ada"}}});
  shop.store.database.execute("DELETE FROM customers WHERE id = 'bob'");
  shop.erased = {"bob"};
  Taken taken = shop.customers(ada_and_bob);
  EXPECT_EQ(counts(taken), "added 0, changed 0, unchanged 1, erased 1");
  EXPECT_EQ(taken.warnings, Names{"customers: 1 of customers who were erased left out"});
  taken = shop.assets(Rows{{"id", "customer"}, {{"van", "bob"}, {"car", "ada"}}});
  EXPECT_EQ(counts(taken), "added 0, changed 0, unchanged 1, erased 1");
  const Rows events{
      {"id", "customer", "kind", "at", "asset", "topic"},
      {{"e1", "bob", "visit", "2026-01-01", "van", ""}, {"e2", "ada", "contact", "2026-01-01", "", "bob"}}};
  taken = shop.events(events);
  EXPECT_EQ(counts(taken), "added 1, changed 0, unchanged 0, erased 1");
  EXPECT_EQ(counts(shop.events(events)), "added 0, changed 0, unchanged 1, erased 1");
  EXPECT_EQ(shop.store.database.integer("SELECT count(*) FROM events WHERE topic IS NOT NULL"), 0);
  EXPECT_EQ(shop.number("bob"), 0);
}

TEST(Companions, ShareAHouseholdOrAnAddress) {
  KeptTables shop;
  shop.customers(Rows{{"id", "household", "address"},
                      {{"ada", "h1", "Mill Lane 1"}, {"bob", "h1", ""}, {"cyd", "", "Mill Lane 1"}, {"dan", "", ""}}});
  const auto together = [&](const Names& ids, const char* column) {
    std::vector<std::int64_t> numbers;
    for (const std::string& id : ids) numbers.push_back(shop.number(id));
    Names found;
    for (const std::int64_t each : shop.journal.companions(numbers, column))
      found.push_back(text_of(shop.journal.id(each)));
    return found;
  };
  EXPECT_EQ(together({"bob"}, "household"), (Names{"ada", "bob"}));
  EXPECT_EQ(together({"bob", "dan"}, "household"), (Names{"ada", "bob", "dan"}));
  EXPECT_EQ(together({"cyd"}, "household"), (Names{"cyd"}));
  EXPECT_EQ(together({"ada"}, "address"), (Names{"ada", "cyd"}));
  EXPECT_EQ(together({"dan"}, "city"), (Names{"dan"}));
  EXPECT_EQ(shop.store.database.integer("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'customers_by_%'"), 2);
}

TEST(Changed, KeepsWhatChangedWhileSomebodyLooked) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  const std::int64_t up_to = shop.journal.last_change();
  shop.events(Rows{{"customer", "kind", "at"}, {{"bob", "visit", "2026-01-01"}}});
  shop.journal.clear_changed(up_to);
  EXPECT_TRUE(shop.journal.is_changed(shop.number("bob")));
  EXPECT_EQ(shop.changed(), Names{"bob"});
  EXPECT_FALSE(shop.journal.any_changed());
}

TEST(Journal, ReadsACustomerOfANumberThatIsGoneAsNobody) {
  KeptTables shop;
  shop.customers(ada_and_bob);
  shop.events(visits);
  const Slice slice = shop.journal.read({shop.number("ada"), 99});
  EXPECT_EQ(slice.numbers, std::vector<std::int64_t>{shop.number("ada")});
  EXPECT_EQ(slice.customers.rows, 1U);
  EXPECT_EQ(slice.events.rows(), 1U);
  EXPECT_TRUE(shop.journal.row(99).empty());
}

}  // namespace
}  // namespace courtesy
