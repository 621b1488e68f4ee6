// [policy] caps, merge and capacity: how many contacts there may be, and what becomes one of them.
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

constexpr std::int64_t most_contacts = 1'000'000;

Cap read_cap(Reader& reader, const std::string& form) {
  Cap cap;
  cap.purposes = read_purposes(reader);
  cap.most = static_cast<int>(reader.integer("most", 1, most_contacts).value_or(1));
  if (const auto per = reader.span("per")) {
    cap.per = *per;
    const Node& node = *reader.find("per");
    // Caps count rolling local days.
    if (per->zero() || !per->whole_days()) {
      reader.expected("per", "one day or more, in whole days", node);
    } else if (per->business_days != 0) {
      reader.expected("per", "calendar days, such as '7 days'", node);
    }
  }
  if (const auto word = reader.word("scope", {"customer", "household", "address"})) {
    cap.scope = static_cast<Cap::Scope>(*word);
  }
  reader.refuse_unknown({"purposes", "most", "per", "scope"});
  reader.need({"purposes", "most", "per"}, "a cap is written " + form);
  return cap;
}

Capacity read_one_capacity(Reader& reader, const std::string& form) {
  Capacity capacity;
  capacity.channels = read_channels(reader);
  capacity.team = reader.text("team").value_or("");
  capacity.most = static_cast<int>(reader.integer("most", 0, most_contacts).value_or(0));
  reader.refuse_unknown({"channels", "team", "most"});
  reader.need({"channels", "most"}, "a capacity is written " + form);
  return capacity;
}

}  // namespace

std::vector<Cap> read_caps(Reader& policy) {
  const std::string form = "{ purposes = [\"care\", \"offer\"], most = 2, per = \"7 days\" }";
  std::vector<Cap> caps;
  const Node* node = policy.find("caps");
  const auto* items = node == nullptr ? nullptr : std::get_if<Node::Array>(&node->value);
  if (items != nullptr && items->size() > most_caps) {
    policy.problem("'caps': expected at most " + std::to_string(most_caps) + ", found " + std::to_string(items->size()),
                   node->where);
    return caps;
  }
  for (Reader& reader : tables_in(policy, "caps", "cap", form)) caps.push_back(read_cap(reader, form));
  return caps;
}

std::vector<Capacity> read_capacity(Reader& policy) {
  const std::string form = "{ channels = [\"call\"], team = \"front desk\", most = 20 }";
  std::vector<Capacity> out;
  for (Reader& reader : tables_in(policy, "capacity", "capacity", form)) {
    out.push_back(read_one_capacity(reader, form));
  }
  return out;
}

Merge read_merge(Reader& policy) {
  Merge merge;
  const Node* node = policy.find("merge");
  if (node == nullptr) return merge;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (const auto* all = std::get_if<bool>(&node->value)) {
    merge.all = *all;
  } else if (std::holds_alternative<std::string>(node->value) || (items != nullptr && !items->empty())) {
    merge.channels = read_channels(policy, "merge");
  } else {
    policy.expected("merge", "true, false or channels such as [\"email\", \"letter\"]", *node);
  }
  return merge;
}

}  // namespace courtesy
