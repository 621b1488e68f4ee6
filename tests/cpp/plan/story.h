// A small shop for tests: rules in TOML, tables row by row, and the plan as lines of text.
#pragma once

#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>
#include <courtesy/plan/planner.h>
#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace courtesy::testing_story {

inline Instant at(const std::string& text) { return *parse_date_time(text)->instant; }

// Rows of texts; columns are those of the header. An empty text is an empty cell.
struct Rows {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] Table table(const std::string& name) const {
    TableBuilder builder(name);
    for (std::size_t column = 0; column < header.size(); ++column) {
      std::vector<std::optional<std::string>> cells;
      for (const auto& row : rows) {
        cells.push_back(row[column].empty() ? std::nullopt : std::optional<std::string>(row[column]));
      }
      builder.texts(header[column], std::move(cells));
    }
    return builder.build();
  }
};

struct Story {
  Rows customers{{"id"}, {{"ada"}}};
  Rows events{{"id", "customer", "kind", "at"}, {}};
  std::optional<Rows> assets;
  std::string shop = "zone = 'Europe/London'";
  std::string policy;
  std::string occasion;
  std::string start = "2026-12-01T00:00Z";
  std::string end = "2026-12-31T00:00Z";

  [[nodiscard]] Plan plan(PlanOptions options = {}) const {
    const auto rules =
        rules_from_toml("[shop]\n" + shop + "\n[policy]\n" + policy + "\n[[occasion]]\n" + occasion, "rules.toml");
    std::optional<Table> asset_table;
    if (assets) asset_table = assets->table("assets");
    const auto base = build_base(customers.table("customers"), events.table("events"), std::move(asset_table),
                                 {rules->shop.zone, std::nullopt, false});
    return courtesy::plan(base, rules, {at(start), at(end)}, options);
  }

  // One more event, of ada's unless `cells` says otherwise; columns are added as they are named.
  Story& happened(const std::string& kind, const std::string& when,
                  const std::map<std::string, std::string>& cells = {}) {
    std::string id = std::to_string(events.rows.size() + 1);
    id.insert(id.begin(), 'e');
    std::map<std::string, std::string> row{{"id", id}, {"customer", "ada"}, {"kind", kind}, {"at", when}};
    for (const auto& [column, cell] : cells) row[column] = cell;
    for (const auto& [column, cell] : row) {
      if (std::find(events.header.begin(), events.header.end(), column) != events.header.end()) continue;
      events.header.push_back(column);
      for (auto& each : events.rows) each.emplace_back();
    }
    auto& filled = events.rows.emplace_back();
    for (const std::string& column : events.header) filled.push_back(row[column]);
    return *this;
  }

  // What was planned has gone out: a contact event for each reminder, as plan.contacts() has them in Python.
  Story& went_out(const Plan& made) {
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Reminder row = made.row(i);
      if (row.state == State::withheld) continue;
      const Occasion& rule = made.rules->occasions[row.occasion];
      const Extra* extra = made.extras->of(row.key);
      const Gesture* gesture = extra == nullptr ? nullptr : extra->gesture;
      happened("contact", iso_text(row.due),
               {{"id", "sent " + to_hex(row.key)},
                {"customer", made.base->customer_ids().text(row.customer)},
                {"ref", to_hex(row.key)},
                {"channel", made.channels[row.channel]},
                {"by", rule.steps[row.step].team},
                {"note", std::string(purpose_name(rule.purpose))},
                {"topic", gesture != nullptr ? gesture->name
                          : extra == nullptr ? ""
                                             : extra->partner},
                {"value", gesture == nullptr ? "" : number_text(gesture->cost)}});
    }
    return *this;
  }

  // The key of the first row, which `ref` names a reminder by.
  [[nodiscard]] std::string key() const { return to_hex(plan().row(0).key); }

  // "ada birthday/1 2026-12-05T09:00:00Z email due": customer, occasion and step, due, channel, reason. What another
  // reminder's contact says ends with that one: "merged into thanks/1". Each row is explained as it stands.
  [[nodiscard]] std::vector<std::string> lines(PlanOptions options = {}) const {
    const Plan made = plan(options);
    std::map<Key, std::string> names;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Reminder row = made.row(i);
      const Occasion& rule = made.rules->occasions[row.occasion];
      names[row.key] = rule.name + "/" + rule.steps[row.step].name;
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Reminder row = made.row(i);
      out.push_back(made.base->customer_ids().text(row.customer) + " " + names[row.key] + " " + iso_text(row.due) +
                    " " + (row.channel == no_code ? "-" : made.channels[row.channel]) + " " +
                    (row.state == State::withheld ? "withheld " : "") + std::string(reason_name(row.reason)));
      if (row.state == State::merged) out.back() += " into " + names[made.notes->contact_of(row.key)];
      const Decision told = explain(made, row);
      EXPECT_EQ(told.reminder.state, row.state) << out.back();
      EXPECT_EQ(told.reminder.reason, row.reason) << out.back();
      EXPECT_EQ(told.reminder.due, row.due) << out.back();
      EXPECT_EQ(told.reasons.back().code, row.reason) << out.back();
    }
    return out;
  }
};

using Lines = std::vector<std::string>;

// "ada thanks 2026-12-05T09:00:00Z card 1.5": customer, occasion, due, gesture and cost; else the reason, in brackets
// where it is withheld.
[[nodiscard]] inline Lines gestures_of(const Plan& made) {
  Lines out;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Reminder row = made.row(i);
    const Extra* extra = made.extras->of(row.key);
    std::string what{reason_name(row.reason)};
    if (extra != nullptr && extra->gesture != nullptr) {
      what = extra->gesture->name + " " + number_text(extra->gesture->cost);
    }
    out.push_back(made.base->customer_ids().text(row.customer) + " " + made.rules->occasions[row.occasion].name + " " +
                  iso_text(row.due) + " " + (row.state == State::withheld ? "(" + what + ")" : what));
  }
  return out;
}

}  // namespace courtesy::testing_story
