// What applies to all occasions: consent, holds, quiet hours, business days, caps, merging, capacity.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/rules/occasion.h>
#include <courtesy/time/opening_hours.h>
#include <courtesy/time/workdays.h>
#include <courtesy/time/zone.h>

namespace courtesy {

enum class Consent : std::uint8_t { not_needed, unless_withdrawn, needed };

// Daily hours in which customers are left alone; `from` > `to` crosses midnight.
struct QuietHours {
  TimeOfDay from;
  TimeOfDay to;
};

// At most `most` contacts of these purposes within rolling local days: with one customer, or with all of one household
// or address.
struct Cap {
  enum class Scope : std::uint8_t { customer, household, address };
  std::vector<Purpose> purposes;
  int most = 0;
  Span per;  // months and days
  Scope scope = Scope::customer;
};

// A contact keeps for which caps it counts as bits of one word.
inline constexpr std::size_t most_caps = 64;

// While a customer has such an event that nothing has ended, and for a while after, reminders of these purposes wait.
struct Hold {
  std::vector<std::string> after{"complaint", "reopened"};
  std::vector<std::string> until{"resolution"};
  std::vector<Purpose> purposes{Purpose::care, Purpose::offer};
  Span cool_down{0, 7, 0, {}, {}};  // whole days
};

// At most `most` contacts a day by these channels: a team's, or the whole staff's.
struct Capacity {
  std::vector<std::string> channels;
  std::string team;  // empty: of any and none
  int most = 0;
};

// Which channels say several reminders of one day in one contact.
struct Merge {
  bool all = false;
  std::vector<std::string> channels;  // where not all
};

// At most `most` for the gestures of these occasions in a calendar month of the shop.
struct Budget {
  double most = 0;
  std::vector<std::string> occasions;  // empty: of all
};

// A gesture keeps which budgets it is paid from as bits of one word.
inline constexpr std::size_t most_budgets = 64;

// The business days of a country's customers, in place of the shop's: "DE", or "DE-BW" for a part of it.
struct CustomerCalendar {
  std::string place;
  Workdays days;
};

// A customer's kinds of goodwill are bits of one word.
inline constexpr std::size_t most_goodwill = 64;

struct Policy {
  std::optional<QuietHours> quiet_hours;
  std::optional<Workdays> business_days;
  std::string holidays_from;  // the source of public holidays and its version; empty where there are none
  std::vector<CustomerCalendar> customer_calendars;
  std::shared_ptr<const OpeningHours> opening_hours;  // in the shop's zone
  // By Purpose: service and recovery need none, care unless withdrawn, offer needs it.
  std::array<Consent, 4> consent{Consent::not_needed, Consent::unless_withdrawn, Consent::needed, Consent::not_needed};
  std::vector<std::string> channels{"email"};  // for steps and customers without any
  TimeOfDay at{std::chrono::hours{9}};         // for steps without a time of day
  Gap gap = Gap::forward;
  Overlap overlap = Overlap::first;
  std::vector<Hold> holds{Hold{}};
  std::chrono::minutes spread{0};  // what quiet hours release goes out within so long after them
  std::vector<Cap> caps;
  Merge merge;
  std::vector<Capacity> capacity;
  double value_years = 3;  // for so long a customer's lifetime value looks ahead
  // Kinds of events of the last year, each of which raises a customer's priority by one.
  std::vector<std::string> goodwill{"paid", "referral", "feedback"};
  std::vector<Gesture> compensation;  // the first that holds is granted
  std::vector<Budget> budgets;
  // Channels by which nothing may be said twice, even where it stays unknown whether it was said at all.
  std::vector<std::string> at_most_once;

  // Whether a reminder whose sender died may be given to another: it was said twice then, or never.
  [[nodiscard]] bool may_repeat(std::string_view channel) const;
};

}  // namespace courtesy
