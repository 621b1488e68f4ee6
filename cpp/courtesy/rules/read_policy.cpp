#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>
#include <courtesy/time/zone.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

std::optional<QuietHours> read_quiet_hours(Reader& policy) {
  const Node* node = policy.take("quiet_hours");
  if (node == nullptr) return std::nullopt;
  if (!std::holds_alternative<Node::Entries>(node->value)) {
    policy.expected("quiet_hours", "a table { from = \"20:00\", to = \"08:00\" }", *node);
    return std::nullopt;
  }
  Reader reader(*node, policy.context() + ", quiet_hours", policy.problems());
  const auto from = reader.time_of_day("from");
  const auto to = reader.time_of_day("to");
  reader.refuse_others({"from", "to"});
  if (!reader.has("from") || !reader.has("to")) {
    policy.problem("'quiet_hours': expected both from and to", node->where);
  }
  if (!from || !to) return std::nullopt;
  if (*from == *to) {
    policy.problem("'quiet_hours': they begin and end at the same time; leave the key out for none", node->where);
    return std::nullopt;
  }
  return QuietHours{*from, *to};
}

std::optional<Workdays> read_business_days(Reader& policy) {
  const Node* node = policy.take("business_days");
  if (node == nullptr) return std::nullopt;
  if (!std::holds_alternative<Node::Entries>(node->value)) {
    policy.expected("business_days", "a table { weekend = [\"sat\", \"sun\"], holidays = [\"2026-12-25\"] }", *node);
    return std::nullopt;
  }
  static const std::vector<std::string> names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  Reader reader(*node, policy.context() + ", business_days", policy.problems());
  std::vector<unsigned> weekend;
  if (const Node* days = reader.take("weekend")) {
    const auto* items = std::get_if<Node::Array>(&days->value);
    if (items == nullptr) {
      reader.expected("weekend", "a list of days such as [\"sat\", \"sun\"]", *days);
    } else {
      for (const Node& item : *items) {
        const auto name = reader.text_of(item, "weekend");
        if (!name) continue;
        const auto at = std::find(names.begin(), names.end(), *name);
        if (at == names.end()) {
          reader.problem("'weekend': expected mon, tue, wed, thu, fri, sat or sun, found " + shown(item) +
                             did_you_mean(*name, names),
                         item.where);
        } else {
          weekend.push_back(static_cast<unsigned>(at - names.begin()) + 1);
        }
      }
    }
  }
  std::vector<Day> holidays;
  if (const Node* days = reader.take("holidays")) {
    const auto* items = std::get_if<Node::Array>(&days->value);
    if (items == nullptr) {
      reader.expected("holidays", "a list of dates such as [\"2026-12-25\"]", *days);
    } else {
      for (const Node& item : *items) {
        if (const auto day = reader.date_of(item, "holidays")) holidays.push_back(*day);
      }
    }
  }
  reader.refuse_others({"weekend", "holidays"});
  try {
    return Workdays(weekend, std::move(holidays));
  } catch (const Error& error) {
    policy.problem("'business_days': " + error.problems().front().message, node->where);
    return std::nullopt;
  }
}

void read_consent(Reader& policy, std::array<Consent, 4>& consent) {
  const Node* node = policy.take("consent");
  if (node == nullptr) return;
  if (!std::holds_alternative<Node::Entries>(node->value)) {
    policy.expected("consent", "a table { care = \"unless withdrawn\", offer = \"needed\" }", *node);
    return;
  }
  Reader reader(*node, policy.context() + ", consent", policy.problems());
  std::size_t purpose = 0;
  for (const char* name : purpose_words) {
    if (const auto word = reader.word(name, {"not needed", "unless withdrawn", "needed"})) {
      consent[purpose] = static_cast<Consent>(*word);
    }
    ++purpose;
  }
  reader.refuse_others({purpose_words.begin(), purpose_words.end()});
}

std::optional<Cap> read_cap(const Node& node, Reader& policy) {
  if (!std::holds_alternative<Node::Entries>(node.value)) {
    policy.expected("caps", "tables { purposes = [\"care\"], most = 2, per = \"7 days\" }", node);
    return std::nullopt;
  }
  Reader reader(node, policy.context() + ", caps", policy.problems());
  Cap cap;
  for (const std::string& name : reader.texts("purposes")) {
    const auto at = std::find(purpose_words.begin(), purpose_words.end(), name);
    if (at == purpose_words.end()) {
      reader.problem("'purposes': expected service, care, offer or recovery, found '" + name + "'" +
                         did_you_mean(name, {purpose_words.begin(), purpose_words.end()}),
                     node.where);
    } else {
      cap.purposes.push_back(static_cast<Purpose>(at - purpose_words.begin()));
    }
  }
  constexpr std::int64_t most_contacts = 1'000'000;
  cap.most = static_cast<int>(reader.integer("most", 0, most_contacts).value_or(0));
  cap.per = reader.span("per").value_or(Span{});
  reader.refuse_others({"purposes", "most", "per"});
  if (!reader.has("most") || !reader.has("per")) reader.problem("expected both most and per", node.where);
  return cap;
}

}  // namespace

Shop read_shop(Reader& reader) {
  Shop shop;
  if (auto name = reader.text("name")) shop.name = std::move(*name);
  if (const Node* node = reader.take("zone")) {
    if (auto zone = reader.text_of(*node, "zone")) {
      try {
        (void)Zone::named(*zone);
        shop.zone = std::move(*zone);
      } catch (const Error& error) {
        reader.problem("'zone': " + error.problems().front().message, node->where);
      }
    }
  }
  if (auto locale = reader.text("locale")) shop.locale = std::move(*locale);
  reader.refuse_others({"name", "zone", "locale"});
  return shop;
}

Policy read_policy(Reader& reader, std::vector<Problem>& warnings) {
  Policy policy;
  policy.quiet_hours = read_quiet_hours(reader);
  policy.business_days = read_business_days(reader);
  read_consent(reader, policy.consent);
  if (reader.has("channels")) policy.channels = reader.texts("channels");
  if (const auto at = reader.time_of_day("at")) policy.at = *at;
  if (const auto word = reader.word("gap", {"forward", "backward"})) policy.gap = static_cast<Gap>(*word);
  if (const auto word = reader.word("overlap", {"first", "second"})) policy.overlap = static_cast<Overlap>(*word);
  if (const Node* node = reader.take("caps")) {
    if (const auto* items = std::get_if<Node::Array>(&node->value)) {
      for (const Node& item : *items) {
        if (auto cap = read_cap(item, reader)) policy.caps.push_back(std::move(*cap));
      }
      warnings.push_back({"policy: 'caps' are checked, and not applied by this version", node->where});
    } else {
      reader.expected("caps", "a list of tables", *node);
    }
  }
  reader.refuse_others(
      {"quiet_hours", "business_days", "consent", "channels", "at", "gap", "overlap", "caps"});
  return policy;
}

}  // namespace courtesy
