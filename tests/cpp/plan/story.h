// A small shop for tests: rules in TOML, tables row by row, and the plan as lines of text.
#pragma once

#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>
#include <courtesy/plan/planner.h>
#include <courtesy/rules/toml.h>

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

  // "ada birthday/1 2026-12-05T09:00:00Z email due": customer, occasion and step, due, channel, reason.
  [[nodiscard]] std::vector<std::string> lines(PlanOptions options = {}) const {
    const Plan made = plan(options);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Reminder row = made.row(i);
      const Occasion& rule = made.rules->occasions[row.occasion];
      out.push_back(made.base->customer_ids().text(row.customer) + " " + rule.name + "/" + rule.steps[row.step].name +
                    " " + iso_text(row.due) + " " + (row.channel == no_code ? "-" : made.channels[row.channel]) + " " +
                    (row.state == State::planned ? "" : "withheld ") + std::string(reason_name(row.reason)));
    }
    return out;
  }
};

using Lines = std::vector<std::string>;

}  // namespace courtesy::testing_story
