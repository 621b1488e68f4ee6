// Events that stand for one reminder, which their `ref` names by its key: what went out, and what staff decided.
#pragma once

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/reasons.h>
#include <courtesy/plan/reminder.h>

namespace courtesy {

// A snooze, or a send_now, is heard where the reminder was scheduled at most so long before or after the window.
inline constexpr std::chrono::days override_reach{400};

// The events that count of one reminder; no_index where there is none.
struct Overrides {
  Index sent = no_index;         // its contact
  Index decision = no_index;     // the last of skip, snooze and send_now
  Code decision_kind = no_code;  // which of them
  Index channel = no_index;      // the last use_channel
  std::optional<Instant> asked;  // it is about to go out, and asked at this instant

  [[nodiscard]] bool none() const { return sent == no_index && decision == no_index && channel == no_index; }
};

// Whether a text has the form of a key: 32 hexadecimal digits.
[[nodiscard]] bool is_key(std::string_view text);

// Whether a `ref` is this key, in whatever case.
[[nodiscard]] bool same_key(std::string_view ref, std::string_view key);

[[nodiscard]] Overrides overrides_of(const Compiled& compiled, Index customer, const Key& key);

// Who said so, and why: what a reason keeps of such an event.
[[nodiscard]] std::vector<std::pair<std::string_view, ReasonValue>> word_of(const CustomerBase& base, Index event);

}  // namespace courtesy
