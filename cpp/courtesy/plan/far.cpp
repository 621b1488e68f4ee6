#include <courtesy/plan/far.h>

#include <algorithm>

namespace courtesy {

FarSchedule::FarSchedule(const Compiled& compiled) {
  if (!compiled.overrides.any_in_time() && !compiled.asked) return;
  const CustomerBase& base = compiled.base;
  for (const Code kind : {compiled.overrides.snooze, compiled.overrides.send_now}) {
    if (kind == no_code) continue;
    for (const Index event : base.events_of(kind).events) customers_.push_back(base.customer_of_event(event));
  }
  if (compiled.asked) {
    customers_.insert(customers_.end(), compiled.asked->customers.begin(), compiled.asked->customers.end());
  }
  std::sort(customers_.begin(), customers_.end());
  customers_.erase(std::unique(customers_.begin(), customers_.end()), customers_.end());
  const Instant earliest{std::chrono::sys_days{first_year / 2 / 1}};
  const Instant latest{std::chrono::sys_days{last_year / 12 / 1}};
  wide_.emplace(base, compiled.rules,
                Window{std::max(compiled.window.start - override_reach, earliest),
                       std::min(compiled.window.end + override_reach, latest)},
                compiled.promises);
}

void FarSchedule::look(Scan& scan, std::uint32_t occasion, std::uint16_t step) const {
  if (!wide_) return;
  const CompiledOccasion& same = wide_->occasions[occasion];
  scan.look_far(*wide_, same, same.steps[step], customers_);
}

}  // namespace courtesy
