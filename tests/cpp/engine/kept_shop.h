// A small shop that lives by a store: rules in TOML, rows of texts, and what it does as lines of text.
#pragma once

#include <courtesy/engine/store.h>
#include <courtesy/rules/toml.h>
#include <courtesy/store/filled.h>

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plan/story.h"
#include "support/temp_folder.h"

namespace courtesy::testing_shop {

using Lines = std::vector<std::string>;
using testing_story::at;
using testing_story::Rows;

inline RuleSource rules_of(const std::string& text) { return {rules_from_toml(text, "rules.toml"), "toml", text}; }

// Thank-you at ten o'clock on the day after a purchase.
inline const std::string thanks = R"(
[shop]
zone = "UTC"
[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email"]
)";

struct Shop {
  explicit Shop(std::string text = thanks, StoreOptions asked = {}, std::string at = {})
      : rules(std::move(text)), options(std::move(asked)), file(at.empty() ? folder / "shop.db" : std::move(at)) {
    open();
  }

  void open() {
    store.reset();
    store = std::make_unique<Store>(path(), rules_of(rules), options);
  }
  [[nodiscard]] const std::string& path() const { return file; }

  void knows(const Rows& customers) const {
    static_cast<void>(store->upsert_customers(customers.table("customers"), {}));
  }
  void knows(const std::string& customer) const { knows(Rows{{"id"}, {{customer}}}); }
  void happened(const std::string& customer, const std::string& kind, const std::string& when,
                const std::map<std::string, std::string>& cells = {}, const std::string& recorded = {}) {
    Rows rows{{"id", "customer", "kind", "at"}, {{"e" + std::to_string(++events), customer, kind, when}}};
    for (const auto& [column, cell] : cells) {
      rows.header.push_back(column);
      rows.rows[0].push_back(cell);
    }
    static_cast<void>(
        store->append_events(rows.table("events"), {}, at(recorded.empty() ? "2026-01-01T00:00Z" : recorded)));
  }
  Refreshed refresh(const std::string& now) const {
    RefreshOptions refresh;
    refresh.now = at(now);
    return store->refresh(refresh);
  }
  [[nodiscard]] std::vector<Claimed> claim(const std::string& now, std::size_t limit = 10,
                                           std::vector<std::string> channels = {}) const {
    ClaimOptions claim;
    claim.now = at(now);
    claim.limit = limit;
    claim.channels = std::move(channels);
    return store->claim(claim);
  }
  [[nodiscard]] std::string answer(const Claimed& claimed, Answer::What what, const std::string& now,
                                   const std::string& why = {}) const {
    Answer answer;
    answer.what = what;
    answer.channel = claimed.row.owed.channel;
    answer.wake = claimed.row.owed.wake;
    answer.key = claimed.row.owed.key;
    answer.token = claimed.row.token;
    answer.why = why;
    return store->answer({answer}, at(now))[0];
  }
  [[nodiscard]] std::string done(const Claimed& claimed, const std::string& now) const {
    return answer(claimed, Answer::What::done, now);
  }

  // Each row of the outbox: customer, occasion, state, wake.
  [[nodiscard]] Lines outbox() const {
    const OutTable table = store->table("outbox");
    return lines(table.cells(), {"customer", "occasion", "state", "wake"});
  }
  // Each row of the audit: at, customer, state, why.
  [[nodiscard]] Lines audit() const {
    const OutTable table = store->table("audit");
    return lines(table.cells(), {"at", "customer", "state", "why"});
  }
  // The outbox's states alone, with how many there are.
  [[nodiscard]] std::string states() const {
    std::string text;
    for (const auto& [name, number] : store->counts()) {
      if (name == "customers" || name == "assets" || name == "events" || name == "outbox" || name == "audit") continue;
      if (number != 0) text += (text.empty() ? "" : " ") + name + ":" + std::to_string(number);
    }
    return text;
  }

  static std::string text(const Cell& cell) {
    return std::visit(
        [](const auto& value) -> std::string {
          using T = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<T, std::monostate>) return "-";
          if constexpr (std::is_same_v<T, std::string_view>) return std::string(value);
          if constexpr (std::is_same_v<T, Instant>) return iso_text(value);
          if constexpr (std::is_same_v<T, std::int64_t>) return std::to_string(value);
          return "?";
        },
        cell);
  }
  static Lines lines(const Table& table, const std::vector<std::string>& columns) {
    Lines out;
    for (std::size_t row = 0; row < table.rows; ++row) {
      std::string line;
      for (const std::string& column : columns) {
        line += (line.empty() ? "" : " ") + text(table.find(column)->cell(row));
      }
      out.push_back(line);
    }
    return out;
  }
  static Lines said(const std::vector<Claimed>& claimed) {
    Lines out;
    for (const Claimed& each : claimed) out.push_back(text_of(each.row.customer_id) + " " + each.row.owed.occasion);
    return out;
  }

  testing_folder::TempFolder folder;
  std::string rules;
  StoreOptions options;
  std::string file;
  std::optional<Claimed> held;
  std::unique_ptr<Store> store;
  int events = 0;
};

}  // namespace courtesy::testing_shop
