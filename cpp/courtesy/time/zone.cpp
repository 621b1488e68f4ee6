#include <courtesy/time/zone.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include <courtesy/error.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>
#include <courtesy/time/zone_database.h>
#include <courtesy/time/zone_table.h>

namespace courtesy {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool digit(char c) { return c >= '0' && c <= '9'; }

// "+05:30", "-0300" or "+02".
std::optional<minutes> fixed_offset(std::string_view text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::string digits;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (i == 3 && text[i] == ':' && text.size() == 6) continue;
    if (!digit(text[i])) return std::nullopt;
    digits += text[i];
  }
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const auto two = [&](std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); };
  const int h = two(0);
  const int m = digits.size() == 4 ? two(2) : 0;
  if (h > 23 || m > 59) return std::nullopt;
  const minutes offset = hours{h} + minutes{m};
  return text[0] == '-' ? -offset : offset;
}

std::string offset_name(minutes offset) {
  const minutes size = offset < minutes{0} ? -offset : offset;
  return (offset < minutes{0} ? "-" : "+") + clock_text(size);
}

// "UTC+2" and "GMT-03:00" are widely written, and read in two opposite ways ("Etc/GMT+2" lies west).
bool is_offset_from_utc(std::string_view name) {
  return name.size() > 4 && (name.starts_with("UTC") || name.starts_with("GMT")) &&
         (name[3] == '+' || name[3] == '-') && digit(name[4]);
}

// The zones of a place that is named without its continent, or without heed of capitals: "London", "New York", "utc".
std::vector<std::string> zones_of_place(std::string_view name) {
  std::string place = lower(name);
  std::replace(place.begin(), place.end(), ' ', '_');
  std::vector<std::string> found;
  for (const std::string& zone : zone_database::names()) {
    const std::size_t slash = zone.rfind('/');
    if (lower(zone) == place) return {zone};
    if (slash != std::string::npos && lower(std::string_view(zone).substr(slash + 1)) == place) found.push_back(zone);
  }
  return found;
}

Error no_such_zone(std::string_view name) {
  if (name.empty()) {
    return Error{ErrorKind::zone, "expected the name of a time zone such as 'Europe/London', found an empty text"};
  }
  std::string message = "there is no time zone " + in_quotes(name);
  if (is_offset_from_utc(name)) {
    message += " (write a fixed offset from UTC as '+02:00', or name a place such as 'Europe/London')";
  } else {
    const std::vector<std::string> places = zones_of_place(name);
    const std::string near = places.empty() ? did_you_mean(name, zone_database::names()) : did_you_mean(places);
    message += near.empty() ? " (expected a name such as 'Europe/London', 'UTC' or an offset such as '+02:00')" : near;
  }
  return Error{ErrorKind::zone, std::move(message)};
}

std::shared_ptr<const Zone> make_zone(std::string name, ZoneData data) {
  return std::make_shared<const Zone>(std::move(name), std::make_unique<const ZoneTable>(std::move(data)));
}

// The zones asked for so far.
class Cache {
 public:
  std::shared_ptr<const Zone> find(std::string_view name) {
    const std::shared_lock reading{mutex_};
    const auto found = zones_.find(name);
    return found == zones_.end() ? nullptr : found->second;
  }

  // One maker at a time, and none twice: `date` reads a zone's file when it is first asked for it.
  template <typename Make>
  std::shared_ptr<const Zone> find_or_make(const std::string& name, Make make) {
    const std::unique_lock writing{mutex_};
    auto& zone = zones_[name];
    try {
      if (!zone) zone = make();
    } catch (...) {
      zones_.erase(name);
      throw;
    }
    return zone;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Zone>, Hash, std::equal_to<>> zones_;
};

Cache& cache() {
  // Never destroyed: threads that outlive main's statics may still ask.
  static Cache& zones = *new Cache;
  return zones;
}

Error gap_error(const std::string& zone, WallTime wall, const WallLookup& found) {
  const WallTime last{microseconds{(found.transition + found.before).time_since_epoch()}};
  const WallTime next{microseconds{(found.transition + found.after).time_since_epoch()}};
  return Error{ErrorKind::time, "there is no " + iso_text(wall) + " in " + zone + ": clocks go forward from " +
                                    iso_text(last) + " to " + iso_text(next) +
                                    " (try the gap \"forward\" or \"backward\")"};
}

Error overlap_error(const std::string& zone, WallTime wall, const WallLookup& found) {
  const WallTime last{microseconds{(found.transition + found.before).time_since_epoch()}};
  const WallTime next{microseconds{(found.transition + found.after).time_since_epoch()}};
  return Error{ErrorKind::time, iso_text(wall) + " happens twice in " + zone + ": clocks go back from " +
                                    iso_text(last) + " to " + iso_text(next) +
                                    " (try the overlap \"first\" or \"second\")"};
}

}  // namespace

Zone::Zone(std::string name, std::unique_ptr<const ZoneTable> table)
    : name_(std::move(name)),
      table_(std::move(table)),
      by_instant_(&table_->by_instant()),
      by_wall_(&table_->by_wall()) {}

Zone::~Zone() = default;

std::shared_ptr<const Zone> Zone::named(std::string_view name) {
  if (auto known = cache().find(name)) return known;
  if (name == "UTC" || name == "Z") {
    return cache().find_or_make("UTC", [] { return make_zone("UTC", ZoneData{}); });
  }
  if (const auto offset = fixed_offset(name)) {
    const std::string canonical = offset_name(*offset);
    return cache().find_or_make(canonical, [&] { return make_zone(canonical, ZoneData{*offset, {}, {}}); });
  }
  // Only names that the database lists ever become part of a path.
  const std::vector<std::string>& names = zone_database::names();
  if (!std::binary_search(names.begin(), names.end(), name)) throw no_such_zone(name);
  const std::string known{name};
  return cache().find_or_make(known, [&] { return make_zone(known, zone_database::read(known)); });
}

seconds Zone::searched_offset_at(Instant at) const { return table_->offset_at(std::chrono::floor<seconds>(at)); }

WallLookup Zone::lookup(WallTime wall) const {
  const auto second = std::chrono::floor<seconds>(wall);
  const auto change = table_->last_shown(second);
  if (!change) return {WallLookup::Kind::unique, table_->first(), table_->first(), {}};
  if (second.time_since_epoch() >= change->at.time_since_epoch() + std::max(change->before, change->after)) {
    return {WallLookup::Kind::unique, change->after, change->after, {}};
  }
  return {change->before < change->after ? WallLookup::Kind::gap : WallLookup::Kind::overlap, change->before,
          change->after, change->at};
}

seconds Zone::searched_offset_of(WallTime wall) const { return table_->offset_of(std::chrono::floor<seconds>(wall)); }

Instant Zone::resolved(WallTime wall, Gap gap, Overlap overlap) const {
  const WallLookup found = lookup(wall);
  const bool is_gap = found.kind == WallLookup::Kind::gap;
  const bool is_overlap = found.kind == WallLookup::Kind::overlap;
  if (is_gap && gap == Gap::error) throw gap_error(name_, wall, found);
  if (is_overlap && overlap == Overlap::error) throw overlap_error(name_, wall, found);
  // Reading a gap's wall time with the offset after it gives an earlier instant: that moves it backward.
  const bool with_after = (is_gap && gap == Gap::backward) || (is_overlap && overlap == Overlap::second);
  return Instant{moved(wall.time_since_epoch(), -(with_after ? found.after : found.before))};
}

std::vector<Transition> Zone::transitions(Instant from, Instant to) const {
  // Transitions stand at whole seconds.
  return table_->transitions(std::chrono::ceil<seconds>(from), std::chrono::ceil<seconds>(to));
}

std::vector<std::string> zone_names() { return zone_database::names(); }

std::string tzdata_version() { return zone_database::version(); }

}  // namespace courtesy
