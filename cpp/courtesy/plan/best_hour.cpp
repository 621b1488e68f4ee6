#include <courtesy/plan/best_hour.h>

#include <array>

namespace courtesy {
namespace {

using std::chrono::hours;

constexpr int hours_a_day = 24;
// So many replies are added at the policy's hour: one reply of a customer alone decides nothing.
constexpr int prior_replies = 2;

bool within(const QuietHours& quiet, TimeOfDay time) {
  if (quiet.from < quiet.to) return time >= quiet.from && time < quiet.to;
  if (quiet.from == quiet.to) return false;
  return time >= quiet.from || time < quiet.to;
}

}  // namespace

BestHour best_hour_of(const Compiled& compiled, Index customer, const Recipient& recipient) {
  const CustomerBase& base = compiled.base;
  const Policy& policy = compiled.rules.policy;
  const auto usual = static_cast<std::size_t>(std::chrono::floor<hours>(policy.at).count() % hours_a_day);
  BestHour best{policy.at, false, 0};
  if (!compiled.speaks(customer, Compiled::Speaks::of_replies)) return best;
  std::array<int, hours_a_day> counts{};
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    if (base.event_kind()[e] != compiled.reply_kind || base.event_has_date(e)) continue;
    const WallTime wall = recipient.zone.to_local(base.event_at(e, customer));
    ++counts[static_cast<std::size_t>(std::chrono::floor<hours>(wall - day_of(wall)).count())];
    ++best.replies;
  }
  if (best.replies == 0) return best;
  counts[usual] += prior_replies;
  int most = 0;
  // The policy's hour comes first, so that of equals it is taken.
  for (std::size_t i = 0; i <= hours_a_day; ++i) {
    const std::size_t hour = i == 0 ? usual : i - 1;
    const TimeOfDay begins{hours{static_cast<int>(hour)}};
    if (policy.quiet_hours && within(*policy.quiet_hours, begins)) continue;
    if (recipient.quiet && within(*recipient.quiet, begins)) continue;
    const int sum =
        counts[(hour + hours_a_day - 1) % hours_a_day] + 2 * counts[hour] + counts[(hour + 1) % hours_a_day];
    if (sum <= most) continue;
    most = sum;
    best.own = hour != usual;
    best.at = best.own ? begins : policy.at;
  }
  return best;
}

}  // namespace courtesy
