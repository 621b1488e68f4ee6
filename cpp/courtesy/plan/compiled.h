// Rules made ready for one customer base and one window: names resolved to codes, bounds to days.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/customer_base.h>
#include <courtesy/insight/cadence.h>
#include <courtesy/insight/promises.h>
#include <courtesy/plan/asked.h>
#include <courtesy/plan/conditions.h>
#include <courtesy/plan/gifts.h>
#include <courtesy/plan/meters.h>
#include <courtesy/plan/plan.h>
#include <courtesy/rules/rules.h>

namespace courtesy {

struct CompiledStep {
  const Step* rule = nullptr;
  std::uint16_t index = 0;
  std::vector<Code> channels;  // of the plan; in the step's order
  bool own_channels = false;   // the step names them (else they are the policy's)
  Roll roll = Roll::none;
  // Scheduled from an event's instant (a span with hours), not from its civil date.
  bool from_instant = false;
  // How far spans of opening hours can carry it, in days.
  std::chrono::days open_reach{0};
  // The scheduled days that can end in the window, moves included.
  Day earliest;
  Day latest;
  bool best_hour = false;      // at the customer's own
  bool opening_hours = false;  // moved to the shop's
  bool held = false;           // a hold of the policy is on its purpose, and the base has an event that opens one
  bool gives = false;          // it brings a gesture
  bool admitted = false;       // what a gesture, a cap, merging or the capacity decides on
  Window seen{};               // what must be looked at: the plan's window, or the months that decide on gestures
};

struct CompiledOccasion {
  const Occasion* rule = nullptr;
  std::uint32_t index = 0;
  std::vector<Code> kinds;         // of the anchoring events, those that the base has; not of an interval or a lapse
  KindFlags case_kinds;            // whose events make cases; empty: those of the anchoring event's kind
  bool hears_breaches = false;     // the anchor is `broken`: of promises, those that are broken
  std::vector<Code> since;         // of an interval, by rank, or of a lapse; no_code where the base has none
  std::optional<Cadence> cadence;  // of a lapse
  std::optional<Meters> meters;    // of an interval by use
  KindFlags until;                 // by kind: whether it ends the occasion; empty: nothing does
  std::vector<CompiledStep> steps;
  std::optional<CompiledCondition> when;
  Consent consent = Consent::not_needed;
};

// A hold of the policy, its kinds looked up.
struct CompiledHold {
  const Hold* rule = nullptr;
  KindFlags after, until;    // by kind; `broken` as a promise's answer opens none of its own
  KindFlags case_kinds;      // whose events make cases
  bool of_breaches = false;  // a promise that is broken opens it
};

// The kinds of events that stand for one reminder, which their `ref` names by its key.
struct OverrideKinds {
  Code contact = no_code, skip = no_code, snooze = no_code, send_now = no_code, use_channel = no_code;

  [[nodiscard]] bool any() const { return contact != no_code || any_by_staff(); }
  [[nodiscard]] bool any_by_staff() const { return skip != no_code || any_in_time() || use_channel != no_code; }
  // Those that schedule a reminder for another time.
  [[nodiscard]] bool any_in_time() const { return snooze != no_code || send_now != no_code; }
};

class Introductions;

class Compiled {
 public:
  // Throws Error{data} where a condition asks for an attribute that no column has.
  // `promises`: those of the base, where they have been worked out for another window.
  Compiled(const CustomerBase& base, const Rules& rules, Window window,
           std::shared_ptr<const Promises> promises = nullptr);
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  const CustomerBase& base;
  const Rules& rules;
  Window window;
  Workdays workdays;
  std::vector<CompiledOccasion> occasions;
  std::vector<std::string> channels;        // the base's first, by their codes there
  std::vector<std::uint8_t> channel_needs;  // contact:: bit that each channel needs
  Code consent_kind = no_code;
  Code withdrawal_kind = no_code;
  Code reading_kind = no_code;
  Code reply_kind = no_code;
  OverrideKinds overrides;
  std::vector<Code> goodwill;                          // the policy's kinds; no_code where the base has none
  std::vector<CompiledHold> holds;                     // those that an event of the base opens
  std::shared_ptr<const Promises> promises;            // where the rules hear of those that are broken
  std::shared_ptr<const Introductions> introductions;  // of a plan; nothing where nobody is introduced
  std::optional<Gifts> gifts;                          // where a step brings something
  std::shared_ptr<const Asked> asked;                  // what is about to go out; else nothing

  // Whose business days a customer's reminders keep: 0 the shop's, else the policy's customer_calendars from 1.
  [[nodiscard]] Code calendar_of(Index customer) const { return calendars_.empty() ? Code{0} : calendars_[customer]; }
  [[nodiscard]] std::size_t calendars() const { return rules.policy.customer_calendars.size() + 1; }
  [[nodiscard]] const Workdays& calendar(Code code) const {
    return code == 0 ? workdays : rules.policy.customer_calendars[code - 1].days;
  }

  // What a customer's events may speak of, so that most customers need not be asked.
  enum class Speaks : std::uint8_t {
    of_one_reminder = 1,
    of_consent = 2,
    of_holds = 4,
    of_replies = 8,
    of_goodwill = 16
  };
  [[nodiscard]] bool speaks(Index customer, Speaks what) const {
    return !spoken_of_.empty() && (spoken_of_[customer] & static_cast<std::uint8_t>(what)) != 0;
  }
  // The reminders of this purpose that hold waits for: whether the policy has one that an event of the base opens.
  [[nodiscard]] bool held(Purpose purpose) const;
  // The breach that an anchoring event stands for; null where it is an anchor itself.
  [[nodiscard]] const PromiseOutcome* breach_of(const CompiledOccasion& occasion, Index event) const {
    return occasion.hears_breaches ? promises->find(event) : nullptr;
  }
  // Whether a `broken` event is one of its own, and not a promise's.
  [[nodiscard]] bool broken_alone(Index event) const { return !promises || !promises->is_answer(event); }
  // Whether a cap, merging or the capacity may decide on an occasion's reminders.
  [[nodiscard]] bool admitted(const Occasion& rule) const;

  [[nodiscard]] bool any_consent_events() const { return consent_kind != no_code || withdrawal_kind != no_code; }
  // Whether a channel is known by name or named by the rules. Of others nothing can be said.
  [[nodiscard]] bool understood(Code channel) const { return understood_[channel] != 0; }
  [[nodiscard]] std::vector<std::string> channels_understood() const;

 private:
  [[nodiscard]] Code add_channel(const std::string& name);
  [[nodiscard]] std::vector<std::string> meters_of_others(const CompiledOccasion& occasion) const;
  void compile_anchor(CompiledOccasion& occasion);
  void compile_steps(CompiledOccasion& occasion);
  void compile_step(CompiledOccasion& occasion, const Step& step);
  void compile_holds();
  void find_promises();
  [[nodiscard]] KindFlags flags_of(const std::vector<std::string>& kinds) const;
  void find_calendars();

  void note_what_is_spoken_of();
  void note(Code kind, Speaks what);

  std::vector<std::uint8_t> spoken_of_;  // by customer, bits of Speaks; empty where nobody speaks of anything
  std::vector<Code> calendars_;          // by customer; empty where all keep the shop's
  Names channel_names_;
  std::vector<std::uint8_t> understood_;  // by channel
};

// The attribute that a channel cannot do without: contact::email for "email", 0 for a channel of the shop's own.
[[nodiscard]] std::uint8_t contact_needed(std::string_view channel);
[[nodiscard]] std::string_view contact_column(std::uint8_t need);  // "email", "phone", "address"

}  // namespace courtesy
