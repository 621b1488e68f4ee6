#include <courtesy/time/recurrence_parts.h>

#include <courtesy/time/rfc5545_time.h>

namespace courtesy {
namespace {

using std::chrono::floor;
using std::chrono::seconds;

std::string zone_name(const std::shared_ptr<const Zone>& zone) { return zone ? zone->name() : std::string{}; }

// ";VALUE=DATE:20261201", ":20261201T100000", ";TZID=Europe/London:20261201T100000" or ":20261201T100000Z".
std::string value(const Moment& moment, const std::string& zone) {
  if (const auto* day = std::get_if<Day>(&moment)) return ";VALUE=DATE:" + rfc5545_text(*day);
  if (const auto* at = std::get_if<Instant>(&moment)) {
    return ":" + rfc5545_text(std::chrono::local_seconds{floor<seconds>(at->time_since_epoch())}) + "Z";
  }
  const std::string wall = rfc5545_text(floor<seconds>(std::get<WallTime>(moment)));
  if (zone.empty()) return ":" + wall;
  if (zone == "UTC") return ":" + wall + "Z";
  const bool plain = zone.find_first_of(":;,") == std::string::npos;
  return ";TZID=" + (plain ? zone : '"' + zone + '"') + ":" + wall;
}

}  // namespace

std::string RecurrenceParts::to_rfc5545() const {
  const std::string name = zone_name(zone);
  const Moment first = std::visit([](auto at) { return Moment{at}; }, start);
  std::string out = "DTSTART" + value(first, name);
  if (rule) out += "\nRRULE:" + rule->to_rfc5545();
  for (const RecurrenceRule& exrule : exrules) out += "\nEXRULE:" + exrule.to_rfc5545();
  for (const Moment& at : rdates) out += "\nRDATE" + value(at, name);
  for (const Moment& at : exdates) out += "\nEXDATE" + value(at, name);
  return out;
}

bool operator==(const RecurrenceParts& a, const RecurrenceParts& b) {
  return a.rule == b.rule && a.start == b.start && zone_name(a.zone) == zone_name(b.zone) && a.rdates == b.rdates &&
         a.exdates == b.exdates && a.exrules == b.exrules && a.include_start == b.include_start;
}

}  // namespace courtesy
