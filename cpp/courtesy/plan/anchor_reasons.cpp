#include <courtesy/plan/anchor_reasons.h>
#include <courtesy/plan/deadline.h>

namespace courtesy {
namespace {

using std::chrono::days;

// What made an anchor due, in reasons.
class AnchorReasons {
 public:
  AnchorReasons(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                const Candidate& candidate, WallTime scheduled, Trace& trace)
      : compiled_(compiled),
        occasion_(occasion),
        step_(step),
        candidate_(candidate),
        scheduled_(scheduled),
        trace_(trace) {}

  void write() {
    const Anchor& rule = occasion_.rule->anchor;
    if (const auto* after = std::get_if<AfterEvent>(&rule)) {
      write_after(*after);
    } else if (const auto* yearly = std::get_if<Yearly>(&rule)) {
      write_yearly(*yearly);
    } else if (const auto* interval = std::get_if<Interval>(&rule)) {
      write_interval(*interval);
    } else if (const auto* lapse = std::get_if<Lapse>(&rule)) {
      write_lapse(*lapse);
    } else if (const auto* deadline = std::get_if<Deadline>(&rule)) {
      write_deadline(*deadline);
    } else {
      const RecurrenceParts& parts = std::get<Recurring>(rule).days.parts();
      trace_.add(ReasonCode::recurrence, {{"rule", parts.rule->to_rfc5545()},
                                          {"start", std::get<Day>(parts.start)},
                                          {"due_day", candidate_.slot.due}});
    }
    const Step& step = *step_.rule;
    if (!step.offset.zero()) {
      trace_.add(ReasonCode::step_offset, {{"step", step.name},
                                           {"direction", std::string(step.before ? "before" : "after")},
                                           {"span", span_text(step.offset)},
                                           {"day", scheduled_day()}});
    }
  }

 private:
  // Hours may lead to another day than the slot's, which days alone make.
  [[nodiscard]] Day scheduled_day() const {
    const bool by_days = step_.rule->offset.whole_days() && !step_.from_instant;
    return by_days ? candidate_.slot.scheduled : day_of(scheduled_);
  }
  [[nodiscard]] std::string kind() const {
    return compiled_.base.kinds().name(compiled_.base.event_kind()[candidate_.event]);
  }
  [[nodiscard]] std::string event_id() const { return compiled_.base.event_id(candidate_.event); }

  void write_after(const AfterEvent& after) {
    const CustomerBase& base = compiled_.base;
    const std::int32_t number = candidate_.slot.number;
    const Day first = due_after(after, candidate_.anchor, 0, compiled_.workdays).value_or(candidate_.slot.due);
    std::vector<std::pair<std::string_view, ReasonValue>> data{{"kind", kind()}, {"event", event_id()}};
    const PromiseOutcome* promise = compiled_.breach_of(occasion_, candidate_.event);
    if (promise != nullptr) {
      data.emplace_back("promised", base.event_due(promise->event)->day);
      data.emplace_back("because", std::string(promise->broken ? "broken" : "due passed"));
    }
    data.insert(data.end(), {{"day", candidate_.anchor}, {"span", span_text(after.after)}, {"due_day", first}});
    trace_.add(promise != nullptr ? ReasonCode::breach : ReasonCode::after_event, std::move(data));
    if (number == 0) return;
    trace_.add(
        ReasonCode::repeated,
        {{"number", std::int64_t{number}}, {"span", span_text(*after.repeat)}, {"due_day", candidate_.slot.due}});
  }

  void write_yearly(const Yearly& yearly) {
    const auto anchor = calendar_date(candidate_.anchor);
    const std::int64_t years = candidate_.slot.number - int{anchor.year()};
    trace_.add(ReasonCode::anniversary, {{"of", yearly.birthday ? std::string("birthday") : kind()},
                                         {"day", candidate_.anchor},
                                         {"years", years},
                                         {"due_day", candidate_.slot.due}});
    const auto due = calendar_date(candidate_.slot.due);
    if (due.day() != anchor.day() || due.month() != anchor.month()) {
      const std::string policy = yearly.leap == Leap::mar1 ? "mar1" : "feb28";
      trace_.add(ReasonCode::leap_day, {{"policy", policy}, {"day", candidate_.slot.due}});
    }
  }

  void write_lapse(const Lapse& lapse) {
    std::vector<std::pair<std::string_view, ReasonValue>> data{
        {"kind", kind()}, {"event", event_id()}, {"day", candidate_.anchor}};
    if (!lapse.cadence) {
      data.insert(data.end(), {{"span", span_text(lapse.span)}, {"due_day", candidate_.slot.due}});
      trace_.add(ReasonCode::lapse, std::move(data));
      return;
    }
    const auto usual = occasion_.cadence->usual(candidate_.customer, candidate_.event);
    std::string segment;
    if (!lapse.segment.empty()) segment = lapse.segment + " " + occasion_.cadence->segment_of(candidate_.customer);
    data.insert(data.end(), {{"factor", *lapse.cadence},
                             {"usual", usual ? usual->days : 0.0},
                             {"gaps", static_cast<std::int64_t>(usual ? usual->own_gaps : 0)},
                             {"segment", segment},
                             {"due_day", candidate_.slot.due}});
    trace_.add(ReasonCode::lapse_cadence, std::move(data));
  }

  void write_deadline(const Deadline& deadline) {
    trace_.add(ReasonCode::deadline, {{"kind", kind()},
                                      {"event", event_id()},
                                      {"day", Day{days{compiled_.base.event_day()[candidate_.event]}}},
                                      {"due_day", candidate_.anchor}});
    if (!counts_from_target(deadline, *step_.rule)) return;
    trace_.add(ReasonCode::target,
               {{"share", deadline.target_share.value_or(0)},
                {"span", deadline.target_before ? span_text(*deadline.target_before) : std::string()},
                {"day", candidate_.slot.due}});
  }

  void write_interval(const Interval& interval) {
    if (interval.restart == Interval::Restart::scheduled) {
      trace_.add(ReasonCode::scheduled, {{"number", std::int64_t{candidate_.slot.number}},
                                         {"kind", kind()},
                                         {"event", event_id()},
                                         {"first_day", candidate_.anchor},
                                         {"due_day", candidate_.slot.due}});
      return;
    }
    const IntervalDue due = interval_due(compiled_, occasion_, candidate_.customer, candidate_.event, true);
    if (due.by_time) {
      trace_.add(ReasonCode::interval_time, {{"kind", kind()},
                                             {"event", event_id()},
                                             {"day", candidate_.anchor},
                                             {"span", span_text(due.length->time)},
                                             {"due_day", *due.by_time}});
    }
    if (!due.by_use) return;
    write_use(interval, due);
    if (due.by_time && due.by_use->due) {
      const bool first = interval.whichever == Interval::Whichever::first;
      trace_.add(ReasonCode::interval_decided, {{"by", std::string(due.use_decides ? "use" : "time")},
                                                {"whichever", std::string(first ? "first" : "later")},
                                                {"due_day", *due.due}});
    }
  }

  void write_use(const Interval& interval, const IntervalDue& due) {
    const UseForecast& use = *due.by_use;
    if (!use.due) {
      std::string why = "not in use";
      if (use.readings == 0) {
        why = "no reading";
      } else if (use.readings == 1) {
        why = "one reading";
      } else if (!use.anchor_value) {
        why = "no value at the anchor";
      } else if (!use.rate_per_day) {
        why = "one reading";
      }
      trace_.add(ReasonCode::interval_use_unknown, {{"meter", interval.meter}, {"why", why}});
      return;
    }
    trace_.add(ReasonCode::interval_use,
               {{"meter", interval.meter},
                {"unit", due.length->unit},
                {"use", *due.length->use},
                {"threshold", use.threshold},
                {"anchor_value", *use.anchor_value},
                {"reading_value", use.reading_value},
                {"reading_day", *use.reading_day},
                {"rate_per_day", use.rate_per_day.value_or(0)},
                {"readings", static_cast<std::int64_t>(use.readings)},
                {"due_day", *use.due},
                {"reached", use.reached},
                {"source", std::string(use.by_fleet ? "fleet" : "own")},
                {"earliest", use.earliest},
                {"latest", use.latest ? ReasonValue{*use.latest} : ReasonValue{std::string()}}});
  }

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  const Candidate& candidate_;
  WallTime scheduled_;
  Trace& trace_;
};

}  // namespace

void tell_anchor(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step,
                 const Candidate& candidate, WallTime scheduled, Trace& trace) {
  AnchorReasons(compiled, occasion, step, candidate, scheduled, trace).write();
}

}  // namespace courtesy
