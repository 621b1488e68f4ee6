#include <courtesy/plan/overrides.h>

#include <courtesy/letters.h>

#include <algorithm>

namespace courtesy {

bool same_key(std::string_view ref, std::string_view key) {
  return std::equal(ref.begin(), ref.end(), key.begin(), key.end(), [](char a, char b) { return lower(a) == b; });
}

bool is_key(std::string_view text) {
  constexpr std::size_t digits = 32;
  return text.size() == digits && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Overrides overrides_of(const Compiled& compiled, Index customer, const Key& key) {
  const CustomerBase& base = compiled.base;
  const OverrideKinds& kinds = compiled.overrides;
  Overrides found;
  if (!compiled.speaks(customer, Compiled::Speaks::of_one_reminder)) return found;
  std::string name;  // made only where an event could bear it
  std::string scratch;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    const Code kind = base.event_kind()[e];
    const bool decides = kind == kinds.skip || kind == kinds.snooze || kind == kinds.send_now;
    if (!decides && kind != kinds.contact && kind != kinds.use_channel) continue;
    if (name.empty()) name = to_hex(key);
    if (!same_key(base.event_ref(e, scratch), name)) continue;
    if (kind == kinds.contact) {
      if (found.sent == no_index) found.sent = e;
    } else if (kind == kinds.use_channel) {
      if (base.event_channel(e) != no_code) found.channel = e;
    } else if (kind != kinds.snooze || base.event_due(e)) {
      found.decision = e;
      found.decision_kind = kind;
    }
  }
  return found;
}

std::vector<std::pair<std::string_view, ReasonValue>> word_of(const CustomerBase& base, Index event) {
  return {{"by", std::string(base.event_by(event))},
          {"note", std::string(base.event_note(event))},
          {"event", base.event_id(event)}};
}

}  // namespace courtesy
