#include <courtesy/base/hash.h>
#include <courtesy/engine/rules_in_force.h>
#include <courtesy/time/zone.h>

namespace courtesy {
namespace {

std::string fingerprint_of(std::string_view written) {
  std::string hex;
  append_hex(hash128(written), hex);
  return hex;
}

}  // namespace

RulesInForce::RulesInForce(Database& database, Settings& settings, RuleSource source)
    : database_(database), settings_(settings), source_(std::move(source)) {
  revision_ = fingerprint_of(source_.rules->written) + " " + tzdata_version();
}

std::shared_ptr<const Rules> RulesInForce::active(Instant now) {
  auto active = std::make_shared<Rules>(*source_.rules);
  Statement get = database_.prepare("SELECT fingerprint, since FROM activation WHERE occasion = ?");
  for (Occasion& occasion : active->occasions) {
    get.bind(1, occasion.name);
    const bool known = get.step() && get.text(0) == fingerprint_of(occasion.written);
    occasion.active_from = known ? get.instant(1) : now;
    get.reset();
  }
  return active;
}

bool RulesInForce::are_refreshed() { return settings_.text("revision") == revision_; }

void RulesInForce::refreshed(const Rules& active) {
  if (are_refreshed()) return;
  settings_.set("revision", revision_);
  set();
  database_.execute("DELETE FROM activation");
  Statement add = database_.prepare("INSERT INTO activation (occasion, fingerprint, since) VALUES (?, ?, ?)");
  for (const Occasion& occasion : active.occasions) {
    const std::string fingerprint = fingerprint_of(occasion.written);
    add.bind(1, occasion.name).bind(2, fingerprint).bind(3, *occasion.active_from).run();
  }
}

void RulesInForce::keep() {
  if (!stored(settings_)) set();
}

void RulesInForce::set() {
  settings_.set("rules_form", source_.form);
  settings_.set("rules_text", source_.text);
}

std::optional<std::pair<std::string, std::string>> RulesInForce::stored(Settings& settings) {
  auto form = settings.text("rules_form");
  auto text = settings.text("rules_text");
  if (!form || !text) return std::nullopt;
  return std::pair(std::move(*form), std::move(*text));
}

}  // namespace courtesy
