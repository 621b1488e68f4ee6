// Gate 4: by which channel a customer may be reached, for a purpose, at an instant.
#pragma once

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/reasons.h>

namespace courtesy {

struct Reach {
  ReasonCode stop = ReasonCode::due;  // due: the channel was found; else no_channel, or what refused the first channel
  Code channel = no_code;
};

// `by_staff`: the event by which staff chose the channel, or no_index.
[[nodiscard]] Reach reach_at(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                             Index customer, Index by_staff, Instant at, Trace* trace);

// Whether a consent or a withdrawal is about introductions: its note says "introduction", and nothing else.
[[nodiscard]] bool speaks_of_introductions(const CustomerBase& base, Index event);

// Whether the customer agreed to be introduced to others: by a consent with that note, whatever its channel, which no
// later withdrawal with that note, or of all purposes and channels, has ended.
[[nodiscard]] bool agreed_to_introductions(const Compiled& compiled, Index customer, Instant at);

// Whether the customer may be reached by that very channel.
[[nodiscard]] bool reached_by(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Code channel,
                              Instant at);

}  // namespace courtesy
