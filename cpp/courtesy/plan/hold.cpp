#include <courtesy/plan/hold.h>
#include <courtesy/plan/slots.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

// What opens a hold.
struct Opener {
  Index event;
  Day day;
  Instant at;
  const PromiseOutcome* promise;  // that was broken; null where the event itself opens it
};

// One customer's hold.
class OpenHold {
 public:
  OpenHold(const Compiled& compiled, const CompiledHold& hold, Index customer)
      : compiled_(compiled), base_(compiled.base), hold_(hold), customer_(customer) {}

  // The first civil day after it; nothing where no event has ended it. An event ends it that answers what opened it,
  // or the same as that, or names nothing; one that is given by its date may have happened at any time of its day.
  [[nodiscard]] std::optional<Day> end_of(const Opener& opener) {
    if (hold_.until.empty()) return std::nullopt;
    for (Index e = base_.first_event_since(customer_, opener.day); e < base_.event_begin()[customer_ + 1]; ++e) {
      if (hold_.until[base_.event_kind()[e]] == 0 || !came_after(e, opener) || !answers(e, opener)) continue;
      const Day ended = base_.day_of_event(e);
      const auto cooled = shifted(ended, hold_.rule->cool_down, false, compiled_.workdays);
      // A cool-down that leaves the calendar lasts as long as there are days.
      return cooled ? std::max(ended + days{1}, *cooled) : Day{last_year / 12 / 31};
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool came_after(Index event, const Opener& opener) const {
    if (opener.promise != nullptr) return came_after_breach(base_, *opener.promise, event, customer_);
    const bool by_date =
        base_.day_of_event(event) == opener.day && base_.event_has_date(event) && !base_.event_has_date(opener.event);
    return event != opener.event && (event > opener.event || by_date);
  }

  [[nodiscard]] bool answers(Index event, const Opener& opener) {
    std::string ref_scratch, scratch;
    const std::string_view ref = base_.event_ref(event, ref_scratch);
    if (ref.empty()) return true;
    const std::string_view id = base_.event_id(opener.event, customer_, scratch);
    if (ref == id) return true;
    // Only what names something asks for the cases.
    if (!cases_) cases_.emplace(base_, customer_, hold_.case_kinds);
    if (cases_->of_ref(ref) == cases_->of_event(id)) return true;
    return opener.promise != nullptr && opener.promise->broken && ref == base_.event_id(opener.promise->answer);
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  const CompiledHold& hold_;
  Index customer_;
  std::optional<Cases> cases_;
};

// Calls take(opener) for what opens the hold.
template <class Take>
void each_opener(const Compiled& compiled, const CompiledHold& hold, Index customer, const Take& take) {
  const CustomerBase& base = compiled.base;
  const Code broken = hold.of_breaches ? base.kinds().find("broken") : no_code;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1] && !hold.after.empty(); ++e) {
    const Code kind = base.event_kind()[e];
    if (hold.after[kind] == 0 || (kind == broken && !compiled.broken_alone(e))) continue;
    take(Opener{e, base.day_of_event(e), base.event_at(e, customer), nullptr});
  }
  if (!hold.of_breaches) return;
  for (const PromiseOutcome& promise : compiled.promises->of(customer)) {
    if (promise.breach) take(Opener{promise.event, promise.breach_day, *promise.breach, &promise});
  }
}

}  // namespace

void Holds::find(Index customer) {
  customer_ = customer;
  opened_.clear();
  for (const CompiledHold& hold : compiled_.holds) {
    const auto& purposes = hold.rule->purposes;
    if (std::find(purposes.begin(), purposes.end(), purpose_) == purposes.end()) continue;
    OpenHold open(compiled_, hold, customer);
    each_opener(compiled_, hold, customer, [&](const Opener& opener) {
      opened_.push_back({{opener.event, opener.day, opener.promise != nullptr, open.end_of(opener)}, opener.at});
    });
  }
}

std::optional<HeldBy> Holds::at(Index customer, Instant at) {
  if (!compiled_.speaks(customer, Compiled::Speaks::of_holds)) return std::nullopt;
  if (customer != customer_) find(customer);
  const CustomerBase& base = compiled_.base;
  const Day day = day_of(base.zones()[base.zone_of(customer)]->to_local(at));
  std::optional<HeldBy> found;
  for (const auto& [hold, opened] : opened_) {
    if (opened > at || (hold.until && day >= *hold.until)) continue;
    // One that has no end yet ends last, and of these the first is named.
    if (!hold.until) return hold;
    if (!found || *found->until < *hold.until) found = hold;
  }
  return found;
}

}  // namespace courtesy
