// Whether a reminder that is about to go out still may: every gate is asked again, at this instant.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <courtesy/plan/owed.h>
#include <courtesy/plan/plan.h>

namespace courtesy {

struct Verdict {
  enum class What : std::uint8_t { send, move, withdraw, expire, skip };
  What what = What::send;
  OwedRow row;      // as it goes out (its channel may be another), or as it is moved
  std::string why;  // the reason's code
};

// Makes the customers' base once more with `events` more: rows of EventRow for build_base.
using BaseWith = std::function<std::shared_ptr<const CustomerBase>(const std::vector<EventRow>&)>;

// By row, the verdict. Each row is planned anew with all that is known, as if staff had put it off until now: what is
// planned at that instant goes out, what is planned later is moved there, what is withheld is withdrawn for that reason,
// and what is no candidate any more is withdrawn. Where staff said `send_now` it is asked as that; where their last word
// was `skip` it is skipped. No clock, no I/O.
[[nodiscard]] std::vector<Verdict> recheck(const BaseWith& base_with, std::shared_ptr<const Rules> rules,
                                           std::span<const OwedRow> rows, std::span<const std::int64_t> numbers,
                                           Instant now);

}  // namespace courtesy
