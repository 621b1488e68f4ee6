// [policy] holds: what makes reminders wait, and for how long.
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

Hold read_hold(Reader& reader) {
  Hold hold;
  if (reader.has("after")) hold.after = reader.texts("after");
  if (reader.has("until")) hold.until = reader.texts("until");
  if (reader.has("purposes")) hold.purposes = read_purposes(reader);
  if (const auto cool_down = reader.span("cool_down")) {
    hold.cool_down = *cool_down;
    if (!cool_down->whole_days()) reader.expected("cool_down", "whole days", *reader.find("cool_down"));
  }
  reader.refuse_unknown({"after", "until", "purposes", "cool_down"});
  return hold;
}

}  // namespace

std::vector<Hold> read_holds(Reader& policy) {
  if (!policy.has("holds")) return {Hold{}};
  std::vector<Hold> holds;
  for (Reader& reader : tables_in(policy, "holds", "hold", "{ after = \"complaint\", until = \"resolution\" }")) {
    holds.push_back(read_hold(reader));
  }
  return holds;
}

}  // namespace courtesy
