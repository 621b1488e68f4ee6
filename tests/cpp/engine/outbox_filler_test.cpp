// What is new comes into the outbox straight from a plan's columns: the same as row by row from its texts.
#include "engine/kept_shop.h"

#include <courtesy/engine/store_parts.h>
#include <courtesy/plan/merge.h>
#include <courtesy/store/outbox_table.h>

namespace courtesy {
namespace {

using testing_shop::at;
using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;

const std::string many_kinds = R"(
[shop]
zone = "Europe/London"
[policy]
quiet_hours = { from = "20:00", to = "08:00" }
[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email", "sms"]
message = "thanks"
expires = "5 days"
[[occasion]]
name = "call"
on = "purchase"
after = "3 days"
priority = 7
steps = [
  { name = "ask", audience = "staff", team = "desk" },
  { name = "card", after = "2 days", channels = ["post"], at = "09:30" },
]
[[occasion]]
name = "birthday"
yearly = "birthday"
)";

// Of so many customers, some with an asset, some with a number as their id, in two zones.
void fill(const Shop& shop, int customers, bool texts) {
  Rows people{{"id", "zone", "birthday", "email", "phone", "address"}, {}};
  Rows assets{{"id", "customer", "kind"}, {}};
  Rows events{{"id", "customer", "kind", "at", "asset"}, {}};
  for (int i = 0; i < customers; ++i) {
    const std::string number = std::to_string(1000 + i);
    const std::string id = texts && i % 2 == 0 ? "c" + number : number;
    const std::string day = std::to_string(i % 28 + 1);
    people.rows.push_back({id, i % 3 == 0 ? "America/New_York" : "", "1990-12-" + (i % 28 < 9 ? "0" + day : day),
                           i % 4 == 0 ? "" : "x@example.org", "+44 1", "1 High Street"});
    const std::string asset = i % 5 == 0 ? "a" + number : "";
    if (!asset.empty()) assets.rows.push_back({asset, id, "car"});
    events.rows.push_back({texts ? "e" + number : number, id, "purchase", "2026-12-01", asset});
  }
  static_cast<void>(shop.store->upsert_customers(people.table("customers"), {}));
  static_cast<void>(shop.store->upsert_assets(assets.table("assets"), {}));
  static_cast<void>(shop.store->append_events(events.table("events"), {}, at("2026-12-01T00:00Z")));
}

// Every cell of the tables in which the outbox keeps its rows, with words for their codes.
Lines kept(StoreParts& parts) {
  Lines out;
  const auto keep = [&](const std::string& name, const Table& table) {
    for (const std::string& line : Shop::lines(table, column_names(table))) out.push_back(name + " " + line);
  };
  keep("outbox", outbox_table(parts.database).cells());
  for (const char* const table : {"owed ORDER BY customer, key", "fronts ORDER BY key"}) {
    Statement all = parts.database.prepare(std::string("SELECT hex(key), channel, wake FROM ") + table);
    while (all.step()) {
      out.push_back(std::string(all.text(0)) + " " + parts.words.word(all.integer(1)) + " " + iso_text(all.instant(2)));
    }
  }
  Statement all = parts.database.prepare(
      "SELECT hex(key), customer, customer_id, good_until, token, lease, state FROM outbox ORDER BY key");
  while (all.step()) {
    std::string line;
    for (int i = 0; i < all.columns(); ++i) line += (all.is_null(i) ? "-" : std::string(all.text(i))) + " ";
    out.push_back(line);
  }
  return out;
}

Lines filled(const Shop& shop, bool row_by_row) {
  StoreParts parts(shop.path(), testing_shop::rules_of(many_kinds), {}, 1, "test");
  const Instant now = at("2026-12-01T00:00Z");
  Writing writing(parts);
  const Known known = read_known(parts, std::nullopt);
  const Plan made = plan(known.base, parts.rules.active(now), {now, now + std::chrono::days{40}});
  Merged merged = merge({}, made, known.numbers, {now, now + std::chrono::days{30}});
  EXPECT_GT(merged.fresh.size(), known.numbers.size());
  if (row_by_row) {
    parts.outbox.apply(changes_of(std::move(merged), made, known.numbers), now, "test");
  } else {
    const auto whole = [&](std::uint32_t row) { return owed_row(made, made.row(row), known.numbers); };
    parts.outbox.apply(merged.changes, now, "test");
    parts.outbox.insert({made, merged.fresh, known.numbers, whole}, now);
  }
  writing.commit();
  return kept(parts);
}

TEST(OutboxFiller, KeepsWhatRowByRowIsKept) {
  for (const int customers : {1, 2, 7, 150}) {
    for (const bool texts : {false, true}) {
      Shop one(many_kinds);
      Shop other(many_kinds);
      fill(one, customers, texts);
      fill(other, customers, texts);
      const Lines expected = filled(one, true);
      EXPECT_GT(expected.size(), static_cast<std::size_t>(customers) * 6);
      EXPECT_EQ(filled(other, false), expected) << customers;
    }
  }
}

}  // namespace
}  // namespace courtesy
