#include <courtesy/insight/cases.h>
#include <courtesy/letters.h>
#include <courtesy/plan/meters.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace courtesy {
namespace {

using std::chrono::days;

bool is_among(std::string_view text, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// 1 for a length, 2 for a time, 0 for neither.
int sort_of_unit(const std::string& unit) {
  static constexpr std::array lengths{"km", "kms",  "kilometer", "kilometers", "kilometre", "kilometres",
                                      "mi", "mile", "miles",     "m",          "metres",    "meters"};
  static constexpr std::array times{"h", "hr", "hrs", "hour", "hours", "min", "minutes", "days"};
  if (std::find(lengths.begin(), lengths.end(), unit) != lengths.end()) return 1;
  return std::find(times.begin(), times.end(), unit) != times.end() ? 2 : 0;
}

}  // namespace

Meters::Meters(const CustomerBase& base, const Interval& interval, std::vector<Code> since,
               std::vector<std::string> others)
    : base_(&base),
      interval_(&interval),
      since_(std::move(since)),
      others_(std::move(others)),
      reading_kind_(base.kinds().find("reading")),
      replaced_kind_(base.kinds().find("meter_replaced")),
      asset_kind_(base.asset_table().find("kind")) {
  std::erase_if(others_, [&](const std::string& name) { return name == interval.meter || name == interval.unit(); });
  find_fleets();
}

bool Meters::has_value(Index event) const {
  return !base_->event_value().empty() && std::isfinite(base_->event_value()[event]);
}

bool Meters::carries(Index event) const {
  const std::string_view written = base_->event_unit(event);
  return written == interval_->meter || written == interval_->unit() || base_->event_note(event) == interval_->meter;
}

bool Meters::reads(Index event) const {
  const Code kind = base_->event_kind()[event];
  const bool is_reading = kind == reading_kind_;
  if (!is_reading && std::find(since_.begin(), since_.end(), kind) == since_.end()) return false;
  if (!has_value(event)) return false;
  if (carries(event)) return true;
  return is_reading && base_->event_unit(event).empty() && base_->event_note(event).empty();
}

bool Meters::replaces(Index event) const {
  if (replaced_kind_ == no_code || base_->event_kind()[event] != replaced_kind_) return false;
  const std::string_view written = base_->event_unit(event);
  if (written.empty()) return !is_among(base_->event_note(event), others_);
  return written == interval_->meter || written == interval_->unit();
}

void Meters::readings_of(const Found& found, std::vector<Reading>& readings) const {
  readings.clear();
  readings.reserve(found.readings.size());
  for (const Index event : found.readings) {
    readings.push_back({base_->day_of_event(event), base_->event_value()[event]});
  }
}

MeterFacts Meters::facts_of(const Found& found, std::optional<FleetRate> fleet) const {
  MeterFacts facts{{}, interval_->plausible, fleet};
  for (const Index event : found.replaced) {
    facts.replaced.push_back({base_->day_of_event(event), has_value(event) ? base_->event_value()[event] : 0});
  }
  return facts;
}

UseForecast Meters::forecast(Index customer, Index event, double use, bool with_range) const {
  const Index asset = base_->asset_of_event(event);
  const Day anchor = base_->day_of_event(event);
  Found found;
  for (Index e = base_->event_begin()[customer]; e < base_->event_begin()[customer + 1]; ++e) {
    if (base_->asset_of_event(e) != asset) continue;
    if (replaces(e)) {
      found.replaced.push_back(e);
    } else if (reads(e)) {
      found.readings.push_back(e);
    }
  }
  UseForecast forecast;
  if (found.readings.empty() && found.replaced.empty()) return forecast;
  std::vector<Reading> readings;
  readings_of(found, readings);
  const Meter meter(std::move(readings), facts_of(found, fleet_of(asset)));
  forecast.rate_per_day = meter.rate_per_day();
  forecast.readings = meter.kept().size();
  forecast.reading_day = meter.kept().back().day;
  forecast.reading_value = meter.kept().back().value;
  std::optional<double> total;
  if (reads(event)) total = meter.total_of({anchor, base_->event_value()[event]});
  if (!total) total = meter.total_on(anchor);
  if (!total) return forecast;
  forecast.anchor_value = meter.shown(anchor, *total);
  const double mark = *total + use;
  const auto passing = with_range ? meter.reaches(mark, anchor, *total) : meter.reaches_on(mark, anchor, *total);
  if (!passing) return forecast;
  forecast.due = passing->day;
  forecast.reached = passing->reached;
  forecast.by_fleet = passing->by_fleet;
  forecast.earliest = passing->earliest;
  forecast.latest = passing->latest;
  forecast.threshold = meter.shown(passing->day, mark);
  return forecast;
}

std::string_view Meters::kind_of(Index asset) const {
  if (asset == no_index || asset_kind_ == nullptr) return {};
  const Cell cell = asset_kind_->cell(base_->asset_row(asset));
  const auto* text = std::get_if<std::string_view>(&cell);
  return text == nullptr ? std::string_view{} : *text;
}

std::optional<FleetRate> Meters::fleet_of(Index asset) const {
  if (fleets_.empty()) return std::nullopt;
  const auto found = fleets_.find(kind_of(asset));
  return found == fleets_.end() ? std::nullopt : std::optional(found->second);
}

template <typename Take, typename Unread>
void Meters::each(Take take, Unread unread) const {
  if (base_->events() == 0 || base_->event_value().empty()) return;
  KindFlags kinds(base_->kinds().size());
  for (const Code kind : since_) {
    if (kind != no_code) kinds[kind] = 1;
  }
  for (const Code kind : {reading_kind_, replaced_kind_}) {
    if (kind != no_code) kinds[kind] = 1;
  }
  struct Fact {
    Index asset;
    Index event;
    bool replaces;
  };
  std::vector<Fact> facts;
  Found found;
  for (Index customer = 0; customer < base_->customers(); ++customer) {
    facts.clear();
    for (Index e = base_->event_begin()[customer]; e < base_->event_begin()[customer + 1]; ++e) {
      if (kinds[base_->event_kind()[e]] == 0) continue;
      const bool replaced = replaces(e);
      if (replaced || reads(e)) {
        facts.push_back({base_->asset_of_event(e), e, replaced});
      } else if (base_->event_kind()[e] == reading_kind_) {
        unread(e);
      }
    }
    std::sort(facts.begin(), facts.end(),
              [](const Fact& a, const Fact& b) { return std::tie(a.asset, a.event) < std::tie(b.asset, b.event); });
    for (std::size_t i = 0; i < facts.size();) {
      const Index asset = facts[i].asset;
      found.readings.clear();
      found.replaced.clear();
      for (; i < facts.size() && facts[i].asset == asset; ++i) {
        (facts[i].replaces ? found.replaced : found.readings).push_back(facts[i].event);
      }
      if (!found.readings.empty()) take(asset, found);
    }
  }
}

void Meters::find_fleets() {
  if (asset_kind_ == nullptr) return;
  std::map<std::string, std::vector<double>, std::less<>> rates;
  const auto add = [&](Index asset, const Found& found) {
    const std::string_view kind = kind_of(asset);
    if (kind.empty()) return;
    std::vector<Reading> readings;
    readings_of(found, readings);
    const Meter own(std::move(readings), facts_of(found, std::nullopt));
    if (own.measured_days() < Meter::least_measured || !(own.own_rate().value_or(0) > 0)) return;
    auto known = rates.find(kind);
    if (known == rates.end()) known = rates.emplace(std::string(kind), std::vector<double>()).first;
    known->second.push_back(*own.own_rate());
  };
  each(add, [](Index) {});
  for (auto& [kind, of_kind] : rates) {
    if (const auto fleet = fleet_rate(std::move(of_kind))) fleets_.emplace(kind, *fleet);
  }
}

void Meters::note(MeterNotes::Note& note, Index event) const {
  ++note.count;
  const auto place = [&](Index e) { return std::pair(base_->event_day()[e], base_->event_id(e)); };
  if (note.first == no_index || place(event) < place(note.first)) note.first = event;
}

void Meters::note_readings(const std::vector<Reading>& readings, const Found& found, MeterNotes::Note& noted) const {
  for (const Reading& reading : readings) {
    Index event = no_index;
    const auto is_it = [&](Index e, double value) {
      return base_->day_of_event(e) == reading.day && value == reading.value &&
             (event == no_index || base_->event_id(e) < base_->event_id(event));
    };
    for (const Index e : found.readings) {
      if (is_it(e, base_->event_value()[e])) event = e;
    }
    if (event == no_index) {
      for (const Index e : found.replaced) {
        if (is_it(e, has_value(e) ? base_->event_value()[e] : 0)) event = e;
      }
    }
    note(noted, event);
  }
}

bool Meters::same_sort(std::string_view unit) const {
  const std::string other = lower(trimmed(unit));
  if (other == lower(interval_->unit()) || other == lower(interval_->meter)) return true;
  const int sort = sort_of_unit(lower(interval_->unit()));
  return sort != 0 && sort == sort_of_unit(other);
}

MeterNotes Meters::notes() const {
  MeterNotes notes;
  std::vector<Reading> readings;
  const auto look = [&](Index asset, const Found& found) {
    if (found.readings.size() + found.replaced.size() < 2) return;
    readings_of(found, readings);
    MeterFacts facts = facts_of(found, fleet_of(asset));
    if (surely_believed(readings, facts)) return;
    const Meter meter(readings, std::move(facts));
    note_readings(meter.set_aside(), found, notes.set_aside);
    note_readings(meter.resets(), found, notes.began_anew);
  };
  std::string last;
  bool last_is_odd = false;
  each(look, [&](Index event) {
    const std::string_view unit = base_->event_unit(event);
    if (unit.empty() || !has_value(event) || is_among(unit, others_)) return;
    if (unit != last) {
      last = unit;
      last_is_odd = same_sort(unit);
    }
    if (last_is_odd) note(notes.units[last], event);
  });
  return notes;
}

}  // namespace courtesy
