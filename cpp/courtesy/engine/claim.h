// Leases: what is due goes to senders, each row once, after every gate was asked again; and their answers.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include <courtesy/engine/store_parts.h>

namespace courtesy {

struct ClaimOptions {
  Instant now;
  std::size_t limit = 1;
  std::chrono::microseconds lease{std::chrono::seconds{60}};
  std::vector<std::string> channels;  // empty: all
};

// What a sender gets: a row of the outbox, and the rows that the same contact says.
struct Claimed {
  OutboxRow row;
  std::vector<OwedRow> merged;
};

struct Answer {
  enum class What : std::uint8_t { done, failed, released, crashed, snoozed, skipped };
  What what = What::done;
  std::string channel;  // where the row lies, as it was claimed
  Instant wake;
  Key key;
  std::int64_t token = 0;
  std::string why;
  bool retry = true;  // of failed
  Instant until;      // of snoozed
};

// Of a row that is held: that it went out.
[[nodiscard]] Answer answer_about(const OutboxRow& held);

// After so many crashes of its senders a reminder is set aside, and after so many failures it is given up.
inline constexpr int most_crashes = 3;
inline constexpr int most_failures = 8;

// Within one write. Throws Error{store} where the store is held back after a restore.
[[nodiscard]] std::vector<Claimed> claim(StoreParts& parts, const ClaimOptions& options);

// By answer: empty, or why it is refused; the others are taken.
[[nodiscard]] std::vector<std::string> answer(StoreParts& parts, const std::vector<Answer>& answers, Instant now);

// All that one claim gave out went out; answered as answer() does, but at once.
[[nodiscard]] std::vector<std::string> done(StoreParts& parts, std::span<const Claimed> claim, Instant now);

// By the reminder's key, whoever holds it. Throw Error{missing} for an unknown key, Error{store} where it has gone out
// or is about to.
void snooze(StoreParts& parts, const Key& key, Instant until, const std::string& by, const std::string& why,
            Instant now);
void skip(StoreParts& parts, const Key& key, const std::string& by, const std::string& why, Instant now);

}  // namespace courtesy
