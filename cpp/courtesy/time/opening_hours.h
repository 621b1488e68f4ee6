// Opening hours: when a business is open, and arithmetic in the time that it is.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <courtesy/time/civil.h>
#include <courtesy/time/workdays.h>
#include <courtesy/time/zone.h>

namespace courtesy {

// Minutes after midnight, on the clock; `to` may lie on the next day, up to 48:00.
struct OpenStretch {
  TimeOfDay from;
  TimeOfDay to;

  friend bool operator==(const OpenStretch&, const OpenStretch&) = default;
};

// "08:00-12:00, 13:00-17:00", "22:00-02:00" (to the next day), "00:00-24:00", or "closed"; in order.
// Throws Error{rule} for another text, and for stretches that overlap.
[[nodiscard]] std::vector<OpenStretch> parse_open_stretches(std::string_view text);

struct OpeningTable {
  std::array<std::vector<OpenStretch>, 7> week;        // from Monday on
  std::map<Day, std::vector<OpenStretch>> exceptions;  // in place of the week's, on holidays too

  // One line of a table: "mon", "mon-fri", a date such as "2026-12-24" or a range of dates such as
  // "2026-12-27/2027-01-01" (both included, a year at the most), and its hours. A later line for a day takes the place
  // of an earlier one. Throws Error{rule}.
  void set(std::string_view days, std::string_view hours);

  friend bool operator==(const OpeningTable&, const OpeningTable&) = default;
};

// From one moment on to another.
struct OpenTime {
  Instant from;
  Instant to;
};

// Immutable once made; share it freely between threads. Moments that the clocks skip are not open, and an hour that
// they show twice is open twice: what is counted is the time that elapses.
class OpeningHours {
 public:
  // On the calendar's holidays it is closed. Throws Error{rule} where it is never open.
  OpeningHours(OpeningTable table, Workdays calendar, std::shared_ptr<const Zone> zone);

  [[nodiscard]] const OpeningTable& table() const noexcept { return table_; }
  [[nodiscard]] const Zone& zone() const noexcept { return *zone_; }

  // From an opening up to, and without, the closing.
  [[nodiscard]] bool is_open(Instant at) const;
  // The moment itself where it is open, else the next opening; nothing where none comes within two years.
  [[nodiscard]] std::optional<Instant> next_open(Instant at) const;
  // The end of the stretch that is open at the moment or comes next.
  [[nodiscard]] std::optional<Instant> next_close(Instant at) const;
  // The moment at which so much open time has passed; with none, next_open(at). It may be a closing. Backwards where
  // the time is negative. Nothing beyond a century, or two years without an opening.
  [[nodiscard]] std::optional<Instant> add(Instant at, std::chrono::microseconds open_time) const;
  // How much open time is in [from, to). Throws Error{time} where they are more than a century apart.
  [[nodiscard]] std::chrono::microseconds between(Instant from, Instant to) const;
  // When it is open on a day, in order; a stretch past midnight is the earlier day's. Around a change of the clocks one
  // of its stretches may come twice, or in part.
  [[nodiscard]] std::vector<OpenTime> on(Day day) const;

 private:
  [[nodiscard]] const std::vector<OpenStretch>& stretches(Day day) const;
  // Whether the zone's offset is the same all around a day.
  [[nodiscard]] bool is_steady(Day day) const;
  // The open times between the midnights of a day, whichever day's stretches they are of; in order, and none twice.
  [[nodiscard]] std::vector<OpenTime> between_midnights(Day day) const;
  // Calls visit(from, to) for the open times from the moment on, in order and none twice, until it says false.
  // False where it never did.
  template <typename Visit>
  bool forward(Instant at, Visit visit) const;
  template <typename Visit>
  bool backward(Instant at, Visit visit) const;

  OpeningTable table_;
  Workdays calendar_;
  std::shared_ptr<const Zone> zone_;
  bool past_midnight_ = false;  // whether any stretch goes on then
};

}  // namespace courtesy
