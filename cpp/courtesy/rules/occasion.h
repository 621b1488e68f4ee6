// An occasion: when a courtesy falls due, for whom, and how it is said.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/time/civil.h>
#include <courtesy/time/recurrence.h>
#include <courtesy/time/span.h>
#include <courtesy/time/workdays.h>

namespace courtesy {

enum class Purpose : std::uint8_t { service, care, offer, recovery };
enum class Audience : std::uint8_t { customer, staff };
enum class Late : std::uint8_t { once, skip, all };

// --- anchors: what makes a courtesy due

// on = "purchase" or ["complaint", "reopened"], after = "1 day", repeat = "3 days", times = 5
struct AfterEvent {
  std::vector<std::string> kinds;  // each event of these; of "broken", each promise that is broken
  Span after;
  std::optional<Span> repeat;  // again and again so long after that; whole days, more than none
  std::optional<int> times;    // in all; none: as long as nothing ends it

  [[nodiscard]] bool hears_breaches() const;
  // From the event to its occurrence of that number (from 0), in one step so that a clamped month's end does not drift;
  // nothing where no calendar goes so far.
  [[nodiscard]] std::optional<Span> span_to(std::int32_t number) const;
};

// yearly = "birthday" or yearly = "purchase", of = "first" | "last" | "each"
struct Yearly {
  enum class Of : std::uint8_t { first, last, each };
  std::string kind;  // an event kind, or "birthday" for the customer's own
  bool birthday = false;
  Of of = Of::first;
  std::vector<int> milestones;  // in years, sorted; empty: every year
  Leap leap = Leap::feb28;
};

// every = { months = 12, km = 15000 }, since = ["service", "delivery"], meter = "odometer"
struct Interval {
  struct Length {
    Span time;                  // months and days; zero: by use alone
    std::optional<double> use;  // in `unit`; none: by time alone
    std::string unit;           // the key it was written with: "km", "hours"
  };
  enum class Whichever : std::uint8_t { first, later };
  enum class Restart : std::uint8_t { actual, scheduled };
  Length every;
  std::optional<Length> first;     // the first interval where it differs
  std::vector<std::string> since;  // kinds in order of preference
  std::string meter;               // the unit or name that its readings carry (events `reading` with that `unit`)
  Whichever whichever = Whichever::first;
  Restart restart = Restart::actual;
  std::optional<double> plausible;  // the most use per day; none: what the meters' rates make of it

  [[nodiscard]] bool by_use() const { return every.use || (first && first->use); }
  // Of the use: `every` and `first` count in the same one.
  [[nodiscard]] const std::string& unit() const { return every.use || !first ? every.unit : first->unit; }
};

// match = { least = 1, tags = true, assets = "model", near = "postcode" } or { club = "Sunday drivers", tags = ["vip"]
// }: customers who agreed to it are introduced to each other, or to a club.
struct Match {
  std::string club;               // empty: to each other
  bool any_tags = false;          // every tag counts
  std::vector<std::string> tags;  // else these alone
  std::string assets;             // a column of the assets' whose cells count; empty: none
  std::string near;               // a column of the customers' whose cells must be equal; empty: none
  int least = 1;                  // so many tags and cells in common
};

// rrule = "FREQ=MONTHLY;BYDAY=1TU", start = "2026-01-06", rdate = [...], exdate = [...]: for everybody, on its dates
struct Recurring {
  Recurrence days;
  std::optional<Match> match = std::nullopt;
};

// silent = "180 days" or { cadence = 1.5, segment = "tier" }, since = "purchase"
struct Lapse {
  std::vector<std::string> since;  // kinds that break the silence, all alike
  Span span;                       // months and days; where `cadence` is not given
  std::optional<double> cadence;   // so many times the customer's own usual gap
  std::string segment;             // the customers' column whose cells divide them; empty: all are one
};

// due = "promise", target = 0.6 or { before = "4 days" }
struct Deadline {
  std::string kind;                    // of events that carry a `due`
  std::optional<double> target_share;  // of the promised span, above 0 and below 1
  std::optional<Span> target_before;   // or so long before the due

  [[nodiscard]] bool has_target() const { return target_share || target_before; }
};

using Anchor = std::variant<AfterEvent, Yearly, Interval, Recurring, Lapse, Deadline>;

// --- conditions

// A test of one attribute: equality with one of `any`, and/or bounds, or absence; or of how many events there were, or
// what they add up to.
struct Condition {
  // all, any and none: of `parts`
  enum class Op : std::uint8_t { all, any, none, attribute, tag, count, spend, lifetime_value };
  using Value = std::variant<bool, double, std::string, Day>;
  Op op = Op::all;
  std::vector<Condition> parts;
  bool of_asset = false;            // the attribute, or the events, are the asset's, not the customer's
  std::string name;                 // the attribute's, or the tag's
  std::vector<Value> any_of;        // equals one of these
  std::optional<Value> min, max;    // numbers and dates, inclusive
  std::optional<bool> missing;      // the cell is empty (true) or filled (false)
  std::vector<std::string> kinds;   // of the events that are counted or added up; min and max are numbers then
  std::optional<Span> over;         // back from the instant, in whole days; else all of them
  std::vector<std::string> topics;  // of the events that are counted or added up; empty: whatever they are about
  std::string unit;                 // of the values that are added up; empty: of any
  std::string text;                 // as written, for reasons: "tier = 'gold'"
  Where where;
};

// --- steps

// What a deadline's step counts from.
enum class Against : std::uint8_t { due, target };

// Something to give: a card, a wash, a bunch of flowers.
struct Gesture {
  std::string name;     // one of the shop's own words
  double cost = 0;      // in the shop's money
  std::string message;  // in place of the step's; empty: the step's
  std::optional<Condition> when;
  std::vector<std::string> topics;  // of compensation: what it is for; empty: anything
};

// What a step brings: nothing, one of its own list, or what the policy grants as compensation.
struct Giving {
  bool compensates = false;
  std::vector<Gesture> gestures;   // its own, as listed
  Span novelty{24, 0, 0, {}, {}};  // so far back it looks for what the customer has had

  [[nodiscard]] bool any() const { return compensates || !gestures.empty(); }
};

struct Step {
  std::string name;  // as given, else its number from "1": part of the reminder's key
  bool before = false;
  Span offset;
  std::optional<TimeOfDay> at;     // else the anchor's own time of day, or the policy's
  bool best_hour = false;          // at = "best": the customer's own; `at` is nothing then
  std::optional<Against> against;  // else staff count from the target where there is one, customers from the due
  std::string team;                // of staff; empty: none in particular
  Audience audience = Audience::customer;
  std::vector<std::string> channels;  // in order of preference; empty: the customer's own, then the policy's
  std::string message;
  Giving giving;
};

struct Occasion {
  std::string name;
  Anchor anchor;
  std::vector<Step> steps;  // at least one
  std::optional<Condition> when;
  std::vector<std::string> until;  // event kinds that end it
  Purpose purpose = Purpose::care;
  int priority = 0;             // higher goes first
  std::optional<Span> expires;  // after the step's scheduled time
  Late late = Late::once;
  std::optional<Roll> move;       // where it falls on no business day; not given: staff are moved, customers not
  Span tolerance{0, 7, 0, {}};    // how far gates may move it
  std::optional<Day> not_before;  // its activation: nothing is due earlier
  // When a store first lived by it, which no rule file says: what is scheduled earlier is as before `not_before`.
  std::optional<Instant> active_from;
  std::string written;  // its table as lines of TOML (written.h): another text is another rule
  Where where;

  // Whether it was in force already for what is scheduled on that day of the recipient's clock, at that instant.
  [[nodiscard]] bool in_force(Day day, Instant at) const {
    return (!not_before || day >= *not_before) && (!active_from || at >= *active_from);
  }
};

[[nodiscard]] std::string_view purpose_name(Purpose purpose);
// The purpose that a text names, whatever its case and the spaces around it; nothing where it is none.
[[nodiscard]] std::optional<Purpose> purpose_named(std::string_view text);
[[nodiscard]] std::string_view audience_name(Audience audience);

}  // namespace courtesy
