#include <courtesy/time/zone_table.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include <courtesy/time/civil.h>

namespace courtesy {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

// A threshold stands at most an offset away from its transition.
constexpr days threshold_slack{3};
constexpr sys_seconds cycle_start = sys_days{year{2000} / std::chrono::January / 1};

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

constexpr year year_of(sys_seconds at) { return std::chrono::year_month_day{std::chrono::floor<days>(at)}.year(); }

seconds instant_of(const Transition& t) { return t.at.time_since_epoch(); }
seconds first_shown(const Transition& t) { return t.at.time_since_epoch() + std::min(t.before, t.after); }
seconds last_ambiguous(const Transition& t) { return t.at.time_since_epoch() + std::max(t.before, t.after); }

}  // namespace

ZoneTable::ZoneTable(ZoneData data) : first_(data.first) {
  seconds before = first_;
  for (const Transition& t : data.transitions) {
    if (t.after != before) listed_.push_back({t.at, before, t.after});
    before = t.after;
  }
  if (data.rule && data.rule->changes()) rule_ = data.rule;
  rule_from_ = data.transitions.empty() ? std::chrono::floor<seconds>(Instant::min()) : data.transitions.back().at;
  by_instant_ = make_buckets(instant_of);
  by_wall_ = make_buckets(last_ambiguous);
}

bool ZoneTable::is_settled(seconds at) const {
  return listed_.empty() || listed_.back().at.time_since_epoch() + threshold_slack < at;
}

template <typename Threshold>
OffsetBuckets ZoneTable::make_buckets(Threshold threshold) const {
  std::vector<OffsetBucket> cycle;
  if (rule_ && is_settled(cycle_begin)) cycle = make_buckets(cycle_begin, cycle_bucket_count, threshold);
  return {make_buckets(seconds{first_bucket * OffsetBucket::width}, bucket_count, threshold), std::move(cycle)};
}

template <typename Threshold>
std::vector<OffsetBucket> ZoneTable::make_buckets(seconds begin, std::size_t count, Threshold threshold) const {
  constexpr seconds width{OffsetBucket::width};
  const seconds end = begin + width * static_cast<std::int64_t>(count);
  const std::vector<Transition> changes = transitions(sys_seconds{begin - 2 * width}, sys_seconds{end + 2 * width});
  auto next = std::find_if(changes.begin(), changes.end(), [&](const Transition& t) { return threshold(t) >= begin; });
  const auto before_all = last(begin - seconds{1}, threshold);
  seconds offset = before_all ? before_all->after : first_;

  std::vector<OffsetBucket> buckets;
  buckets.reserve(count);
  for (; buckets.size() < count; begin += width) {
    const seconds before = offset;
    seconds at = width;
    int thresholds = 0;
    for (; next != changes.end() && threshold(*next) < begin + width; ++next, ++thresholds) {
      at = threshold(*next) - begin;
      offset = next->after;
    }
    const bool tells = thresholds <= 1 && OffsetBucket::can_hold(before) && OffsetBucket::can_hold(offset);
    buckets.push_back(tells ? OffsetBucket{at, before, offset} : OffsetBucket::inexact());
  }
  return buckets;
}

template <typename Threshold>
std::optional<Transition> ZoneTable::last(seconds since_epoch, Threshold threshold) const {
  if (rule_ && since_epoch >= rule_from_.time_since_epoch() - threshold_slack) {
    const sys_seconds at{since_epoch};
    const seconds cycles = floor_divide((at - cycle_start).count(), cycle_length.count()) * cycle_length;
    const year around = year_of(at - cycles);
    for (const int ahead : {1, 0, -1}) {
      auto pair = rule_->transitions(around + std::chrono::years{ahead});
      std::reverse(pair.begin(), pair.end());
      for (Transition& change : pair) {
        change.at += cycles;
        if (change.at > rule_from_ && threshold(change) <= since_epoch) return change;
      }
    }
  }
  const auto after = std::partition_point(listed_.begin(), listed_.end(),
                                          [&](const Transition& t) { return threshold(t) <= since_epoch; });
  if (after == listed_.begin()) return std::nullopt;
  return *std::prev(after);
}

std::optional<Transition> ZoneTable::last_at(sys_seconds at) const { return last(at.time_since_epoch(), instant_of); }

std::optional<Transition> ZoneTable::last_shown(std::chrono::local_seconds wall) const {
  return last(wall.time_since_epoch(), first_shown);
}

seconds ZoneTable::offset_at(sys_seconds at) const {
  const auto change = last_at(at);
  return change ? change->after : first_;
}

seconds ZoneTable::offset_of(std::chrono::local_seconds wall) const {
  const auto change = last(wall.time_since_epoch(), last_ambiguous);
  return change ? change->after : first_;
}

std::vector<Transition> ZoneTable::transitions(sys_seconds from, sys_seconds to) const {
  std::vector<Transition> found;
  const auto in_range = [&](const Transition& t) { return t.at >= from && t.at < to; };
  std::copy_if(listed_.begin(), listed_.end(), std::back_inserter(found), in_range);
  if (!rule_ || to <= rule_from_) return found;
  // One year more on each side: an offset may put a year's first change into the year before.
  constexpr sys_seconds first_calendar = sys_days{(year::min() + std::chrono::years{2}) / std::chrono::January / 1};
  constexpr sys_seconds last_calendar = sys_days{(year::max() - std::chrono::years{2}) / std::chrono::January / 1};
  const year first =
      year_of(std::clamp(std::max(from, rule_from_), first_calendar, last_calendar)) - std::chrono::years{1};
  const year last = year_of(std::clamp(to, first_calendar, last_calendar)) + std::chrono::years{1};
  for (year y = first; y <= last; ++y) {
    for (const Transition& change : rule_->transitions(y)) {
      if (change.at > rule_from_ && in_range(change)) found.push_back(change);
    }
  }
  return found;
}

}  // namespace courtesy
