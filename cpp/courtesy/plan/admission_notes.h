// What the gate of gestures and gates 8 to 10 did with reminders that were refused, merged or joined.
#pragma once

#include <span>
#include <vector>

#include <courtesy/plan/reminder.h>

namespace courtesy {

// One thing that they did with a reminder.
struct AdmissionNote {
  Key key;
  ReasonCode code = ReasonCode::cap;  // over_budget, not_granted, cap, capacity, capped, over_capacity, merged or
                                      // joined_by
  Day day;                     // the one that was refused: the customer's for a cap, the shop's for the capacity;
                               // the first of a month for a budget
  std::uint32_t rule = 0;      // which budget, cap or capacity of the policy; of not_granted: 1 where the only one
                               // that holds would be the last again
  Key other;                   // of merged and joined_by: the other reminder
  std::uint32_t occasion = 0;  // of the other
  std::uint16_t step = 0;
  Instant due{};  // of merged: that of the contact it joined
};

// By key, and of one key in the order in which they were made.
class AdmissionNotes {
 public:
  AdmissionNotes() = default;
  explicit AdmissionNotes(std::vector<AdmissionNote> notes);
  [[nodiscard]] std::span<const AdmissionNote> of(const Key& key) const;
  // The key of the reminder whose contact says this one too; its own where it speaks for itself.
  [[nodiscard]] Key contact_of(const Key& key) const;

 private:
  std::vector<AdmissionNote> notes_;
};

}  // namespace courtesy
