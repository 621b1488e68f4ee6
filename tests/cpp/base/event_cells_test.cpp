// The cells of events that answer, promise and tell who: due, ref, by, and whether `at` was a date.
#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>

#include <gtest/gtest.h>

#include "../plan/story.h"

namespace courtesy {
namespace {

using testing_story::at;
using Texts = std::vector<std::optional<std::string>>;

// Events of ada's, one for each row, in the order of their days.
TableBuilder events(std::size_t rows) {
  std::vector<std::optional<Day>> days;
  for (std::size_t row = 0; row < rows; ++row) {
    days.emplace_back(*parse_date("2026-12-01") + std::chrono::days{static_cast<int>(row)});
  }
  TableBuilder builder("events");
  builder.texts("customer", Texts(rows, "ada")).texts("kind", Texts(rows, "promise")).dates("at", std::move(days));
  return builder;
}

std::shared_ptr<const CustomerBase> built(TableBuilder builder, const std::string& zone = "",
                                          std::optional<std::string> naive = std::nullopt) {
  auto customers = TableBuilder("customers").texts("id", {{"ada"}}).texts("zone", {zone}).build();
  return build_base(std::move(customers), builder.build(), std::nullopt, {"Europe/London", std::move(naive), false});
}

// "2026-12-15", "2026-12-15T15:00:00Z (2026-12-15)", or "none".
std::string due_text(const CustomerBase& base, Index event) {
  const auto due = base.event_due(event);
  if (!due) return "none";
  return due->instant ? iso_text(*due->instant) + " (" + iso_text(due->day) + ")" : iso_text(due->day);
}

struct DueCase {
  const char* what;
  const char* cell;
  const char* expected;
  const char* zone = "";
  std::optional<std::string> naive = std::nullopt;
};

class EventDue : public testing::TestWithParam<DueCase> {};

TEST_P(EventDue, IsReadFromATextAsADateOrAnInstant) {
  const DueCase& test = GetParam();
  // Beside a cell of each sort, so that the column has all of them.
  const auto base =
      built(events(3).texts("due", {test.cell, "2026-01-02", "2026-01-02T03:04Z"}), test.zone, test.naive);
  EXPECT_EQ(due_text(*base, 0), test.expected) << test.what;
  EXPECT_EQ(due_text(*base, 1), "2026-01-02") << test.what;
  EXPECT_EQ(base->event_due(2)->instant, at("2026-01-02T03:04Z")) << test.what;
}

INSTANTIATE_TEST_SUITE_P(
    Texts, EventDue,
    testing::Values(DueCase{"a date", "2026-12-15", "2026-12-15"}, DueCase{"none", "", "none"},
                    DueCase{"an instant", "2026-12-15T15:00Z", "2026-12-15T15:00:00Z (2026-12-15)"},
                    DueCase{"an instant with an offset", "2026-12-15T15:00+02:00", "2026-12-15T13:00:00Z (2026-12-15)"},
                    DueCase{"its day is the customer's", "2026-12-15T20:00Z", "2026-12-15T20:00:00Z (2026-12-16)",
                            "Asia/Tokyo"},
                    DueCase{"or the shop's", "2026-07-15T23:30Z", "2026-07-15T23:30:00Z (2026-07-16)"},
                    DueCase{"a wall time in the zone that is given", "2026-12-15T15:00",
                            "2026-12-15T14:00:00Z (2026-12-15)", "", "Europe/Berlin"},
                    DueCase{"or in the customer's", "2026-12-15T15:00", "2026-12-15T06:00:00Z (2026-12-15)",
                            "Asia/Tokyo", "customer"},
                    DueCase{"a date is a date in any zone", "2026-12-15", "2026-12-15", "Asia/Tokyo", "customer"}));

TEST(EventDueColumn, MayHoldDatesInstantsOrNothing) {
  const auto dates = built(events(2).dates("due", {parse_date("2026-12-15"), std::nullopt}));
  EXPECT_EQ(due_text(*dates, 0), "2026-12-15");
  EXPECT_EQ(due_text(*dates, 1), "none");
  const auto instants = built(events(2).instants("due", {std::nullopt, at("2026-12-15T15:00Z")}));
  EXPECT_EQ(due_text(*instants, 0), "none");
  EXPECT_EQ(due_text(*instants, 1), "2026-12-15T15:00:00Z (2026-12-15)");
  EXPECT_EQ(due_text(*built(events(1).nulls("due", 1)), 0), "none");
  EXPECT_EQ(due_text(*built(events(1)), 0), "none");
}

TEST(EventDueColumn, OfMidnightsHoldsDates) {
  // As a data frame writes dates. Where a zone is given they are instants.
  const auto midnights = [] {
    return events(2).wall_times("due", {parse_date_time("2026-12-15T00:00")->wall, std::nullopt});
  };
  EXPECT_EQ(due_text(*built(midnights()), 0), "2026-12-15");
  EXPECT_EQ(due_text(*built(midnights()), 1), "none");
  EXPECT_EQ(due_text(*built(midnights(), "", "Europe/Berlin"), 0), "2026-12-14T23:00:00Z (2026-12-14)");
}

TEST(EventDueColumn, StaysWithItsEventWhateverTheOrderOfRows) {
  // The later event stands first in the table.
  auto builder = TableBuilder("events");
  builder.texts("customer", {{"ada"}, {"ada"}}).texts("kind", {{"promise"}, {"promise"}});
  builder.texts("at", {{"2026-12-09"}, {"2026-12-01"}}).texts("due", {{"2026-12-20T10:00Z"}, {"2026-12-11"}});
  const auto base = built(std::move(builder));
  EXPECT_EQ(due_text(*base, 0), "2026-12-11");
  EXPECT_EQ(due_text(*base, 1), "2026-12-20T10:00:00Z (2026-12-20)");
}

struct BadDue {
  const char* what;
  const char* cell;
  std::vector<const char*> said;
};

class BadDues : public testing::TestWithParam<BadDue> {};

TEST_P(BadDues, AreErrorsThatNameRowAndColumn) {
  try {
    (void)built(events(2).texts("due", {"2026-12-15", GetParam().cell}));
    FAIL() << GetParam().what;
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("events, row 1, column 'due'"), std::string::npos) << message;
    for (const char* part : GetParam().said) EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

INSTANTIATE_TEST_SUITE_P(Cells, BadDues,
                         testing::Values(BadDue{"words", "tomorrow", {"expected a date such as"}},
                                         BadDue{"no such day", "2026-02-30", {"expected a date such as", "2026-02-30"}},
                                         BadDue{"a time without a zone", "2026-12-15T15:00", {"zone="}},
                                         BadDue{"a time too far away", "9999-12-31T23:59Z", {"1600 to 9999"}}));

TEST(BadDueColumn, OfNumbersIsAnError) {
  try {
    (void)built(events(1).reals("due", {46'000.5}));
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("events, column 'due'"), std::string::npos) << error.what();
  }
}

TEST(EventRef, IsTheTextOfAnIdOfEitherSort) {
  std::string scratch;
  const auto texts = built(events(3).texts("ref", {"e7", std::nullopt, ""}));
  EXPECT_EQ(texts->event_ref(0, scratch), "e7");
  EXPECT_EQ(texts->event_ref(1, scratch), "");
  EXPECT_EQ(texts->event_ref(2, scratch), "");
  const auto numbers = built(events(3).integers("ref", {7, std::nullopt, -1'000'000'007}));
  EXPECT_EQ(numbers->event_ref(0, scratch), "7");
  EXPECT_EQ(numbers->event_ref(1, scratch), "");
  EXPECT_EQ(numbers->event_ref(2, scratch), "-1000000007");
  // A data frame makes fractions of whole numbers where a cell is empty.
  const auto reals = built(events(2).reals("ref", {7.0, std::nullopt}));
  EXPECT_EQ(reals->event_ref(0, scratch), "7");
  EXPECT_EQ(reals->event_ref(1, scratch), "");
  EXPECT_EQ(built(events(1))->event_ref(0, scratch), "");
}

TEST(EventRef, StaysWhatItIsWhileAnotherIsAskedFor) {
  const auto base = built(events(2).integers("ref", {7, 8}));
  std::string one, other;
  const std::string_view first = base->event_ref(0, one);
  const std::string_view second = base->event_ref(1, other);
  EXPECT_EQ(first, "7");
  EXPECT_EQ(second, "8");
}

TEST(EventBy, IsTheTextOfItsCell) {
  const auto base = built(events(2).texts("by", {"front desk", std::nullopt}));
  EXPECT_EQ(base->event_by(0), "front desk");
  EXPECT_EQ(base->event_by(1), "");
  EXPECT_EQ(built(events(1))->event_by(0), "");
}

TEST(EventHasDate, WhereItCarriesNoTimeOfDay) {
  EXPECT_TRUE(built(events(1))->event_has_date(0));
  const auto table = [] {
    TableBuilder builder("events");
    builder.texts("customer", Texts(2, "ada")).texts("kind", Texts(2, "reply"));
    return builder;
  };
  const auto mixed = built(table().texts("at", {"2026-12-01", "2026-12-02T00:00Z"}));
  EXPECT_TRUE(mixed->event_has_date(0));
  EXPECT_FALSE(mixed->event_has_date(1)) << "midnight is a time of day";
  const auto instants = built(table().instants("at", {at("2026-12-01T00:00Z"), at("2026-12-02T10:00Z")}));
  EXPECT_FALSE(instants->event_has_date(0));
  EXPECT_FALSE(instants->event_has_date(1));
}

TEST(EventTopic, IsAWordOrTheIdOfACustomer) {
  std::string scratch;
  const auto words = built(events(2).texts("topic", {"ready", std::nullopt}));
  EXPECT_EQ(words->event_topic(0, scratch), "ready");
  EXPECT_EQ(words->event_topic(1, scratch), "");
  const auto ids = built(events(2).integers("topic", {17, std::nullopt}));
  EXPECT_EQ(ids->event_topic(0, scratch), "17");
  EXPECT_EQ(ids->event_topic(1, scratch), "");
  EXPECT_EQ(built(events(1))->event_topic(0, scratch), "");
}

TEST(EventTopic, IsPartOfTheContentWhereItIsGiven) {
  const auto without = built(events(1));
  EXPECT_EQ(built(events(1).texts("topic", {std::nullopt}))->event_id(0), without->event_id(0));
  EXPECT_EQ(built(events(1).texts("topic", {""}))->event_id(0), without->event_id(0));
  EXPECT_NE(built(events(1).texts("topic", {"ready"}))->event_id(0), without->event_id(0));
  // A word is not taken for a note.
  EXPECT_NE(built(events(1).texts("topic", {"ready"}))->event_id(0),
            built(events(1).texts("note", {"ready"}))->event_id(0));
}

}  // namespace
}  // namespace courtesy
