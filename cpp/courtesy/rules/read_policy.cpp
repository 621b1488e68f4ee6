#include <algorithm>
#include <array>

#include <courtesy/rules/read_parts.h>
#include <courtesy/time/zone.h>

namespace courtesy {
namespace {

std::optional<QuietHours> read_quiet_hours(Reader& policy) {
  const Node* node = table_in(policy, "quiet_hours", "{ from = \"20:00\", to = \"08:00\" }");
  if (node == nullptr) return std::nullopt;
  Reader reader(*node, policy.context() + ", quiet_hours", policy.problems());
  const auto from = reader.time_of_day("from");
  auto to = reader.time_of_day("to", true);
  reader.refuse_unknown({"from", "to"});
  if (!reader.has("from") || !reader.has("to")) reader.problem("expected both 'from' and 'to'", node->where);
  if (!from || !to) return std::nullopt;
  *to %= std::chrono::days{1};
  if (*from == *to) {
    reader.problem("they begin and end at the same time; leave 'quiet_hours' out where there are none", node->where);
    return std::nullopt;
  }
  return QuietHours{*from, *to};
}

void read_consent(Reader& policy, std::array<Consent, 4>& consent) {
  const Node* node = table_in(policy, "consent", "{ care = \"unless withdrawn\", offer = \"needed\" }");
  if (node == nullptr) return;
  Reader reader(*node, policy.context() + ", consent", policy.problems());
  std::size_t purpose = 0;
  for (const char* name : purpose_words) {
    if (const auto word = reader.word(name, {"not needed", "unless withdrawn", "needed"})) {
      consent[purpose] = static_cast<Consent>(*word);
    }
    ++purpose;
  }
  reader.refuse_unknown({purpose_words.begin(), purpose_words.end()});
}

// What the end of quiet hours releases goes out within so many minutes.
std::chrono::minutes read_spread(Reader& policy) {
  using std::chrono::minutes;
  constexpr std::chrono::hours most{4};
  const auto span = policy.span("spread");
  if (!span) return minutes{0};
  const Node& node = *policy.find("spread");
  const auto spread = std::chrono::floor<minutes>(span->time);
  if (*span != Span{.time = spread} || spread < minutes{1} || spread > most) {
    policy.expected("spread", "whole minutes, from '1 minute' to '4 hours'", node);
    return minutes{0};
  }
  if (!policy.has("quiet_hours")) {
    policy.warn("'spread' has no effect for customers without quiet hours of their own, as there are no 'quiet_hours'",
                node.key_where);
  }
  return spread;
}

// A language, and parts after it that narrow it (BCP 47): "en", "en-GB", "zh-Hant-TW", and "en_GB" as systems write it.
bool is_locale(std::string_view text) {
  std::size_t part = 0;
  std::size_t size = 0;
  for (const char c : text) {
    if (c == '-' || c == '_') {
      if (size < (part == 0 ? 2 : 1)) return false;
      ++part;
      size = 0;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    constexpr std::size_t longest = 8;
    if (!(letter || (digit && part > 0)) || ++size > longest) return false;
  }
  return size >= (part == 0 ? 2U : 1U);
}

}  // namespace

const Node* table_in(Reader& reader, std::string_view key, std::string_view form) {
  const Node* node = reader.find(key);
  if (node == nullptr || std::holds_alternative<Node::Entries>(node->value)) return node;
  reader.expected(key, std::string("a table such as ") + std::string(form), *node);
  return nullptr;
}

std::vector<Reader> tables_in(Reader& reader, std::string_view key, std::string_view name, std::string_view form) {
  std::vector<Reader> tables;
  const Node* node = reader.find(key);
  if (node == nullptr) return tables;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr) {
    reader.expected(key, "a list of tables", *node);
    return tables;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Node& item = (*items)[i];
    if (std::holds_alternative<Node::Entries>(item.value)) {
      tables.emplace_back(item, reader.context() + ", " + std::string(name) + " " + std::to_string(i + 1),
                          reader.problems());
    } else {
      reader.expected(key, "a table such as " + std::string(form), item);
    }
  }
  return tables;
}

std::vector<Purpose> read_purposes(Reader& reader) {
  std::vector<Purpose> purposes;
  for (const std::size_t purpose : reader.words("purposes", purpose_words)) {
    purposes.push_back(static_cast<Purpose>(purpose));
  }
  if (const Node* node = reader.find("purposes")) {
    const auto* items = std::get_if<Node::Array>(&node->value);
    if (items != nullptr && items->empty()) reader.expected("purposes", "one purpose or more", *node);
  }
  return purposes;
}

Shop read_shop(Reader& reader) {
  Shop shop;
  if (auto name = reader.name("name")) shop.name = std::move(*name);
  if (auto zone = reader.text("zone")) {
    try {
      (void)Zone::named(*zone);
      shop.zone = std::move(*zone);
    } catch (const Error& error) {
      reader.problem("'zone': " + error.problems().front().message, reader.find("zone")->where);
    }
  }
  if (auto locale = reader.text("locale")) {
    if (!is_locale(*locale)) reader.expected("locale", "a locale such as \"en-GB\"", *reader.find("locale"));
    shop.locale = std::move(*locale);
  }
  reader.refuse_unknown({"name", "zone", "locale"});
  return shop;
}

Policy read_policy(Reader& reader, const Shop& shop, const HolidaySource& holidays) {
  Policy policy;
  policy.quiet_hours = read_quiet_hours(reader);
  read_business_days(reader, holidays, policy);
  policy.opening_hours = read_opening_hours(reader, policy, shop);
  read_consent(reader, policy.consent);
  if (reader.has("channels")) policy.channels = read_channels(reader);
  if (const auto at = reader.time_of_day("at")) policy.at = *at;
  if (const auto word = reader.word("gap", {"forward", "backward"})) policy.gap = static_cast<Gap>(*word);
  if (const auto word = reader.word("overlap", {"first", "second"})) policy.overlap = static_cast<Overlap>(*word);
  policy.holds = read_holds(reader);
  policy.spread = read_spread(reader);
  policy.caps = read_caps(reader);
  policy.merge = read_merge(reader);
  policy.capacity = read_capacity(reader);
  policy.value_years = read_value_years(reader, policy.value_years);
  policy.goodwill = read_goodwill(reader, std::move(policy.goodwill));
  policy.compensation = read_compensation(reader);
  policy.budgets = read_budgets(reader);
  policy.at_most_once = read_delivery(reader);
  reader.refuse_unknown({"quiet_hours", "business_days", "opening_hours", "consent", "channels", "at", "gap", "overlap",
                         "holds", "spread", "caps", "merge", "capacity", "value_years", "goodwill", "compensation",
                         "budgets", "delivery"});
  return policy;
}

}  // namespace courtesy
