// What changes from one plan to another: for whom there is more or less to do, when and how it is done.
#pragma once

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/plan/plan.h>

namespace courtesy {

// A reminder goes out where it is planned or merged (said by another's contact). It is the same reminder in both plans
// where its key is. More: it goes out in the second plan alone. Fewer: in the first alone. Rerouted: in both, by
// another channel or to another audience, whether or not at another instant. Moved: in both, at another instant. What
// goes out in neither is no change, whatever its reasons.
enum class Change : std::uint8_t { more, fewer, moved, rerouted };
[[nodiscard]] std::string_view change_name(Change change);

inline constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();

struct ChangedReminder {
  std::size_t before;  // its row in the first plan; no_row where that has none
  std::size_t after;
  Change change;
};

// Of the reminders of an occasion to an audience by a channel ("" for none). A rerouted one counts as `rerouted_out`
// where it was and as `rerouted_in` where it is, so that
// before = fewer + rerouted_out + moved + same and after = more + rerouted_in + moved + same.
struct ChangeCounts {
  std::string occasion;
  Audience audience = Audience::customer;
  std::string channel;
  std::int64_t before = 0, after = 0;
  std::int64_t more = 0, fewer = 0, rerouted_in = 0, rerouted_out = 0, moved = 0, same = 0;
};

struct Comparison {
  std::shared_ptr<const Plan> before, after;
  // By the due of the second plan, where it does not go out there of the first; then by key.
  std::vector<ChangedReminder> changes;
  // Occasions as in the second plan's rules, then those that only the first's have; channels by name.
  std::vector<ChangeCounts> counts;
};

// Joins the plans by key. Throws Error{time} where their windows differ, and Error{data} where they have customers, but
// none in common.
[[nodiscard]] Comparison compare(std::shared_ptr<const Plan> before, std::shared_ptr<const Plan> after);

}  // namespace courtesy
