// Reasons: what made a reminder due and what each gate did with it, as data.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

using ReasonValue = std::variant<std::string, bool, std::int64_t, double, Day, TimeOfDay, Instant, WallTime>;

struct Reason {
  ReasonCode code;
  std::vector<std::pair<std::string_view, ReasonValue>> data;  // names are literals
};

// One candidate with everything that was said on the way to its state.
struct Decision {
  Reminder reminder;
  std::vector<Reason> reasons;  // in the order in which they were found; the deciding one is the last
};

// Where gates write. A null pointer stands for "not asked": the bulk plan writes nothing.
class Trace {
 public:
  void add(ReasonCode code, std::vector<std::pair<std::string_view, ReasonValue>> data = {}) {
    reasons_.push_back({code, std::move(data)});
  }
  [[nodiscard]] std::vector<Reason> take() { return std::move(reasons_); }

 private:
  std::vector<Reason> reasons_;
};

}  // namespace courtesy
