// Whether a reminder that is about to go out still may: every gate is asked again, at this instant.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <courtesy/plan/owed_row.h>
#include <courtesy/plan/planner.h>

namespace courtesy {

struct Verdict {
  enum class What : std::uint8_t { send, move, withdraw, expire, skip };
  What what = What::send;
  // As it goes out (its channel may be another), or with a later `wake` where it is put off; else as it was. Its due
  // stays what the plan said. One that is sent with a `contact` is said by that other row of these, which is sent too.
  OwedRow row;
  std::string why;  // the reason's code; of `move` that of the time to which it was put off
};

// By row, the verdict. Each is planned anew with all that is known, as if staff had put it off until now: what may go
// out now does; what may go out later is put off; what is withheld is withdrawn for that reason, or expires, or was
// skipped by staff; what is not owed any more is withdrawn ("no_longer_due"). What its own schedule, or staff, have put
// off until later is put off; what staff said to send at once is asked for status, reach and consent alone.
// `rows`: of any customers of the base, those merged with others among them; what belongs to one customer is asked
// together, so that caps count it together and late rows become one contact where merging is on. A merged row is sent
// with its contact alone: where that is not sent, or another says it now, it is put off until now, to go by itself.
// `base`: with the events of these customers, and of those with whom they are coupled (coupling.h); `numbers`: by its
// customers, theirs in the store. No clock, no I/O.
[[nodiscard]] std::vector<Verdict> recheck(std::shared_ptr<const CustomerBase> base, std::shared_ptr<const Rules> rules,
                                           std::span<const OwedRow> rows, std::span<const std::int64_t> numbers,
                                           Instant now);

}  // namespace courtesy
