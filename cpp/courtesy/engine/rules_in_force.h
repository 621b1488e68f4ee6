// The rules by which a store lives, and since when each occasion is in force.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <courtesy/rules/rules.h>
#include <courtesy/store/settings.h>

namespace courtesy {

// Rules and the text that they were read from, so that the file can say what it lives by.
struct RuleSource {
  std::shared_ptr<const Rules> rules;
  std::string form;  // "toml" or "json"
  std::string text;
};

// Of an open store, within the caller's transaction.
class RulesInForce {
 public:
  RulesInForce(Database& database, Settings& settings, RuleSource source);

  [[nodiscard]] const std::shared_ptr<const Rules>& rules() const noexcept { return source_.rules; }
  // The rules with the instant from which on each occasion is active: when its rule first came into force in this
  // store, and for a rule that is new or has changed, now.
  [[nodiscard]] std::shared_ptr<const Rules> active(Instant now);
  // Whether the store's last refresh was by these rules and this tz database.
  [[nodiscard]] bool are_refreshed();
  // Notes that it was, and since when which occasion is active.
  void refreshed(const Rules& active);

  // Keeps them as the store's where it has none yet; they come into force with its first refresh.
  void keep();
  // The form and text of the rules of a store; nothing where there are none yet.
  [[nodiscard]] static std::optional<std::pair<std::string, std::string>> stored(Settings& settings);

 private:
  void set();

  Database& database_;
  Settings& settings_;
  RuleSource source_;
  std::string revision_;  // of the rules and the tz database
};

}  // namespace courtesy
