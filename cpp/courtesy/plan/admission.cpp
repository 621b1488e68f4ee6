#include <courtesy/insight/value.h>
#include <courtesy/plan/admission.h>
#include <courtesy/plan/contact_limits.h>
#include <courtesy/plan/gates.h>
#include <courtesy/plan/gesture_gate.h>
#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/step_planner.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <tuple>

namespace courtesy {
namespace {

using std::chrono::days;

class Admission {
 public:
  Admission(const Compiled& compiled, Contenders contenders, const std::vector<WentOut>& went_out, bool withheld,
            PlannedRows& rows)
      : compiled_(compiled),
        base_(compiled.base),
        policy_(compiled.rules.policy),
        contenders_(std::move(contenders)),
        withheld_(withheld),
        rows_(rows),
        limits_(compiled),
        last_day_(last_day()),
        first_contact_(base_.customers(), none) {
    const bool competing =
        limits_.any_capacity() || std::any_of(policy_.caps.begin(), policy_.caps.end(),
                                              [](const Cap& cap) { return cap.scope != Cap::Scope::customer; });
    // Among one customer's reminders all are worth the same.
    if (competing || compiled.gifts) find_values();
    if (compiled.gifts) {
      gestures_.emplace(compiled, contenders_, went_out, values_, admitted_.notes, admitted_.extras);
    }
    merging_.resize(compiled.channels.size());
    for (std::size_t channel = 0; channel < merging_.size(); ++channel) {
      const auto& named = policy_.merge.channels;
      merging_[channel] =
          policy_.merge.all || std::find(named.begin(), named.end(), compiled.channels[channel]) != named.end();
    }
    for (std::uint32_t i = 0; i < contenders_.size(); ++i) {
      const Reminder& reminder = contenders_[i].reminder;
      if (compiled.occasions[reminder.occasion].steps[reminder.step].gives) {
        gestures_->add(i);
      } else {
        wait(i);
      }
    }
  }

  [[nodiscard]] Admitted run() {
    for (;;) {
      if (gestures_ && gestures_->next() && (waiting_.empty() || *gestures_->next() <= waiting_.begin()->first)) {
        give();
        continue;
      }
      if (waiting_.empty()) return std::move(admitted_);
      const Day day = waiting_.begin()->first;
      std::vector<Entry> entries = std::move(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      for (const Contact& contact : contacts_) first_contact_[contenders_[contact.contender].reminder.customer] = none;
      contacts_.clear();
      std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return goes_first(a, b); });
      for (std::size_t i = 0; i < entries.size(); ++i) {
        // In the order of a day contenders lie anywhere in memory: they are fetched ahead.
        constexpr std::size_t ahead = 8;
        if (i + ahead < entries.size()) fetch(contenders_[entries[i + ahead].contender]);
        ask(entries[i].contender, day);
      }
    }
  }

 private:
  // What a contender is ordered by, beside it.
  struct Entry {
    std::uint32_t contender;
    bool now;  // staff said so
    int priority;
    double value;
    Instant due;
  };
  // A contact of the day that others may join, and the customer's next one.
  struct Contact {
    std::uint32_t contender;
    CapMask caps;
    std::uint32_t next;
  };
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  [[nodiscard]] const Occasion& rule_of(const Reminder& reminder) const {
    return compiled_.rules.occasions[reminder.occasion];
  }
  [[nodiscard]] const Step& step_of(const Reminder& reminder) const { return rule_of(reminder).steps[reminder.step]; }
  [[nodiscard]] Day civil_day(const Reminder& reminder) const {
    return day_of(base_.zones()[base_.zone_of(reminder.customer)]->to_local(reminder.due));
  }
  [[nodiscard]] Day shops_day(const Reminder& reminder) const {
    return day_of(base_.zones().front()->to_local(reminder.due));
  }
  [[nodiscard]] bool in_window(Instant at) const { return at >= compiled_.window.start && at < compiled_.window.end; }

  // The window's last day in the zone where it is latest; nothing later can change what is in the window.
  [[nodiscard]] Day last_day() const {
    Day last{};
    for (const auto& zone : base_.zones()) {
      last = std::max(last, day_of(zone->to_local(compiled_.window.end - std::chrono::microseconds{1})));
    }
    return last;
  }

  [[nodiscard]] bool goes_first(const Entry& a, const Entry& b) const {
    if (a.now != b.now) return a.now;
    if (a.priority != b.priority) return a.priority > b.priority;
    if (a.value < b.value || b.value < a.value) return a.value > b.value;
    if (a.due != b.due) return a.due < b.due;
    return contenders_[a.contender].reminder.key < contenders_[b.contender].reminder.key;
  }

  // Of those whose reminders wait; most customers are owed nothing.
  void find_values() {
    const LifetimeValue lifetime(base_, policy_.value_years);
    values_.assign(base_.customers(), std::numeric_limits<double>::quiet_NaN());
    for (const Contender& contender : contenders_) {
      double& value = values_[contender.reminder.customer];
      if (std::isnan(value)) value = lifetime.of(contender.reminder.customer, std::nullopt);
    }
  }

  // The gestures of a month; who gets none has not to wait.
  void give() {
    for (const std::uint32_t contender : gestures_->decide()) {
      const Reminder& reminder = contenders_[contender].reminder;
      if (reminder.state == State::withheld) {
        keep(reminder);
      } else {
        wait(contender);
      }
    }
  }

  static void fetch(const Contender& contender) {
    constexpr std::size_t line = 64;
    const auto* bytes = reinterpret_cast<const char*>(&contender);
    for (std::size_t at = 0; at < sizeof(Contender); at += line) __builtin_prefetch(bytes + at);
  }

  void wait(std::uint32_t contender) {
    const Reminder& reminder = contenders_[contender].reminder;
    const Day day = civil_day(reminder);
    if (day > last_day_) return;
    waiting_[day].push_back({contender, reminder.reason == ReasonCode::send_now,
                             priority_of(compiled_, reminder.occasion, reminder.customer, reminder.due),
                             values_.empty() ? 0.0 : values_[reminder.customer], reminder.due});
  }

  void ask(std::uint32_t index, Day day) {
    Contender& contender = contenders_[index];
    const Reminder& reminder = contender.reminder;
    const bool now = reminder.reason == ReasonCode::send_now;
    const CapMask caps = limits_.caps_of(rule_of(reminder).purpose, reminder.channel);
    const CapMask full = now ? CapMask{0} : limits_.full_caps(caps, reminder.customer, day);
    Contact* joined = now ? nullptr : find_contact(contender, full);
    if (joined != nullptr) return join(contender, *joined, caps, day);
    if (full != 0) {
      const auto first = static_cast<std::uint32_t>(std::countr_zero(full));
      return refuse(index, {reminder.key, ReasonCode::cap, day, first, {}, 0, 0, {}}, ReasonCode::capped);
    }
    const Day shops = limits_.any_capacity() ? shops_day(reminder) : Day{};
    const std::string& team = step_of(reminder).team;
    if (!now && limits_.any_capacity()) {
      if (const auto busy = limits_.full_capacity(reminder.channel, team, shops)) {
        return refuse(index, {reminder.key, ReasonCode::capacity, shops, *busy, {}, 0, 0, {}},
                      ReasonCode::over_capacity);
      }
    }
    keep(reminder);
    // What was due before the window has gone out, and is told by an event, or it has not.
    if (reminder.due < compiled_.window.start) return;
    limits_.count(caps, reminder.customer, day);
    if (limits_.any_capacity()) limits_.count_capacity(reminder.channel, team, shops);
    if (!now && may_merge(reminder)) add_contact(index, caps);
  }

  [[nodiscard]] bool may_merge(const Reminder& reminder) const {
    return merging_[reminder.channel] && rule_of(reminder).purpose != Purpose::recovery;
  }

  void add_contact(std::uint32_t contender, CapMask caps) {
    std::uint32_t* last = &first_contact_[contenders_[contender].reminder.customer];
    while (*last != none) last = &contacts_[*last].next;
    *last = static_cast<std::uint32_t>(contacts_.size());
    contacts_.push_back({contender, caps, none});
  }

  // The first contact of the day that can say this one as well; where caps are full, one that counts for them already.
  [[nodiscard]] Contact* find_contact(const Contender& contender, CapMask full) {
    const Reminder& reminder = contender.reminder;
    if (!may_merge(reminder)) return nullptr;
    const Step& step = step_of(reminder);
    for (std::uint32_t i = first_contact_[reminder.customer]; i != none; i = contacts_[i].next) {
      Contact& contact = contacts_[i];
      if ((full & ~contact.caps) != 0) continue;
      const Reminder& lead = contenders_[contact.contender].reminder;
      const Step& leads = step_of(lead);
      if (lead.channel != reminder.channel || leads.audience != step.audience || leads.team != step.team) continue;
      if (gates_of(reminder).may_join(contender.candidate, reminder.key, lead.due, reminder.expires, lead.channel)) {
        return &contact;
      }
    }
    return nullptr;
  }

  void join(Contender& contender, Contact& contact, CapMask caps, Day day) {
    const Reminder& lead = contenders_[contact.contender].reminder;
    Reminder& reminder = contender.reminder;
    limits_.count(caps & ~contact.caps, reminder.customer, day);
    contact.caps |= caps;
    reminder.state = State::merged;
    reminder.reason = ReasonCode::merged;
    reminder.due = lead.due;
    reminder.local = base_.zones()[reminder.zone]->to_local(lead.due);
    admitted_.notes.push_back({reminder.key, ReasonCode::merged, day, 0, lead.key, lead.occasion, lead.step, lead.due});
    admitted_.notes.push_back(
        {lead.key, ReasonCode::joined_by, day, 0, reminder.key, reminder.occasion, reminder.step, {}});
    keep(reminder);
  }

  void refuse(std::uint32_t index, AdmissionNote note, ReasonCode at_last) {
    Contender& contender = contenders_[index];
    admitted_.notes.push_back(note);
    const auto later =
        gates_of(contender.reminder).defer(contender.candidate, contender.reminder.key, contender.reminder, nullptr);
    if (!later) {
      note.code = at_last;
      admitted_.notes.push_back(note);
      contender.reminder.state = State::withheld;
      contender.reminder.reason = at_last;
      return keep(contender.reminder);
    }
    contender.reminder = *later;
    if (later->state == State::withheld) return keep(*later);
    wait(index);
  }

  void keep(const Reminder& reminder) {
    if (in_window(reminder.due) && (withheld_ || reminder.state != State::withheld)) rows_.add(row_of(reminder));
  }

  [[nodiscard]] Gatekeeper& gates_of(const Reminder& reminder) {
    auto& gates = gates_[{reminder.occasion, reminder.step}];
    if (!gates) {
      const CompiledOccasion& occasion = compiled_.occasions[reminder.occasion];
      gates = std::make_unique<Gatekeeper>(compiled_, occasion, occasion.steps[reminder.step]);
    }
    return *gates;
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  const Policy& policy_;
  Contenders contenders_;
  bool withheld_;
  PlannedRows& rows_;
  Admitted admitted_;
  ContactLimits limits_;
  Day last_day_;
  std::vector<double> values_;                 // by customer; empty where it decides nothing
  std::optional<GestureGate> gestures_;        // where a step brings something
  std::vector<std::uint8_t> merging_;          // by channel
  std::map<Day, std::vector<Entry>> waiting_;  // by the customer's civil day
  std::vector<Contact> contacts_;              // of the day that is asked
  std::vector<std::uint32_t> first_contact_;   // of those, by customer
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::unique_ptr<Gatekeeper>> gates_;
};

}  // namespace

Admitted admit(const Compiled& compiled, Contenders contenders, const std::vector<WentOut>& went_out, bool withheld,
               PlannedRows& rows) {
  return Admission(compiled, std::move(contenders), went_out, withheld, rows).run();
}

}  // namespace courtesy
