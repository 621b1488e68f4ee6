#include <courtesy/plan/standing.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

bool same_subject(const CustomerBase& base, Index a, Index b) {
  return base.event_asset().empty() || base.event_asset()[a] == base.event_asset()[b];
}

// One candidate's questions.
class Standing {
 public:
  Standing(const Compiled& compiled, const CompiledOccasion& occasion, const Candidate& candidate, Instant at,
           KnownCases& known, Trace* trace)
      : compiled_(compiled),
        base_(compiled.base),
        occasion_(occasion),
        candidate_(candidate),
        at_(at),
        known_(known),
        trace_(trace),
        promise_(candidate.event == no_index ? nullptr : compiled.breach_of(occasion, candidate.event)),
        begin_(base_.events() == 0 ? 0 : base_.event_begin()[candidate.customer]),
        end_(base_.events() == 0 ? 0 : base_.event_begin()[candidate.customer + 1]) {}

  [[nodiscard]] ReasonCode ask() const {
    const Anchor& anchor = occasion_.rule->anchor;
    ReasonCode stop = ReasonCode::due;
    if (const auto* interval = std::get_if<Interval>(&anchor)) stop = superseded(*interval);
    if (std::holds_alternative<Lapse>(anchor)) stop = broken_silence();
    if (stop == ReasonCode::due && !occasion_.until.empty()) stop = ended();
    return stop;
  }

  // The first civil day of an event that ends this round, whenever it is asked.
  [[nodiscard]] std::optional<Day> ended_on() const {
    std::optional<Day> first;
    const auto began = round_began();
    for (Index e = first_heard(began); e < end_; ++e) {
      const Day day = base_.day_of_event(e);
      if (first && day > *first) break;
      if (ends(e, began)) first = day;
    }
    return first;
  }

 private:
  [[nodiscard]] bool heard(Index event) const { return base_.event_at(event, candidate_.customer) <= at_; }

  [[nodiscard]] ReasonCode say(ReasonCode code, Index event) const {
    if (trace_ != nullptr) {
      trace_->add(code, {{"kind", base_.kinds().name(base_.event_kind()[event])},
                         {"event", base_.event_id(event)},
                         {"day", base_.day_of_event(event)}});
    }
    return code;
  }

  [[nodiscard]] ReasonCode broken_silence() const {
    for (Index e = candidate_.event + 1; e < end_; ++e) {
      if (since_rank(occasion_, base_.event_kind()[e]) >= 0 && heard(e)) return say(ReasonCode::superseded, e);
    }
    return ReasonCode::due;
  }

  [[nodiscard]] ReasonCode superseded(const Interval& interval) const {
    const bool by_schedule = interval.restart == Interval::Restart::scheduled;
    const int rank = since_rank(occasion_, base_.event_kind()[candidate_.event]);
    for (Index e = begin_; e < end_; ++e) {
      const int other = since_rank(occasion_, base_.event_kind()[e]);
      if (other < 0 || e == candidate_.event || !heard(e) || !same_subject(base_, e, candidate_.event)) continue;
      if (by_schedule ? stands_for_this(interval, e) : (e > candidate_.event ? other <= rank : other < rank)) {
        return say(ReasonCode::superseded, e);
      }
    }
    return ReasonCode::due;
  }

  // An event counts for the scheduled day nearest to it, the later one of two as near.
  [[nodiscard]] bool stands_for_this(const Interval& interval, Index event) const {
    if (event < candidate_.event) return false;
    const Day due = candidate_.slot.due;
    const Day day = base_.day_of_event(event);
    if (candidate_.slot.number == 1) return day - candidate_.anchor >= due - day;
    const auto previous = scheduled_due(interval, candidate_.anchor, candidate_.slot.number - 1, compiled_.workdays);
    return !previous || day - *previous >= due - day;
  }

  // The day after which an event ends this round; nothing where its anchoring event begins it.
  [[nodiscard]] std::optional<Day> round_began() const {
    const Anchor& anchor = occasion_.rule->anchor;
    std::optional<Day> began;
    if (std::holds_alternative<Yearly>(anchor)) began = add_months(candidate_.slot.due, -12);
    if (const auto* recurring = std::get_if<Recurring>(&anchor)) {
      const auto previous = recurring->days.before(candidate_.slot.due);
      began = previous ? std::get<Day>(*previous) : Day{first_year / 1 / 1};
    }
    if (const auto* interval = std::get_if<Interval>(&anchor);
        interval != nullptr && interval->restart == Interval::Restart::scheduled && candidate_.slot.number > 1) {
      began = scheduled_due(*interval, candidate_.anchor, candidate_.slot.number - 1, compiled_.workdays);
    }
    if (candidate_.event == no_index) return began.value_or(candidate_.anchor);
    if (began == candidate_.anchor) return std::nullopt;
    return began;
  }

  [[nodiscard]] ReasonCode ended() const {
    const auto began = round_began();
    for (Index e = first_heard(began); e < end_; ++e) {
      if (heard(e) && ends(e, began)) return say(ReasonCode::ended, e);
    }
    return ReasonCode::due;
  }

  // No event before this one ends the round that began on the day (nothing: with the anchoring event).
  [[nodiscard]] Index first_heard(std::optional<Day> began) const {
    if (began) return base_.first_event_since(candidate_.customer, *began);
    return base_.first_event_since(candidate_.customer,
                                   promise_ != nullptr ? promise_->breach_day : base_.day_of_event(candidate_.event));
  }

  [[nodiscard]] bool ends(Index event, std::optional<Day> began) const {
    if (occasion_.until[base_.event_kind()[event]] == 0 || event == candidate_.event) return false;
    if (began ? base_.day_of_event(event) <= *began : !came_after(event)) return false;
    return concerns(base_, event, candidate_.asset) && !answers_another(event);
  }

  // Whether an event came after what began the round: it stands behind it, or names it on its very day.
  [[nodiscard]] bool came_after(Index event) const {
    if (promise_ != nullptr) return came_after_breach(base_, *promise_, event, candidate_.customer);
    return event > candidate_.event || answers_on_its_day(event);
  }

  // Whether it is given by its date, the day of the anchoring event, and names that event, or the case that it began:
  // it came after it.
  [[nodiscard]] bool answers_on_its_day(Index event) const {
    if (base_.event_day()[event] != base_.event_day()[candidate_.event] || !base_.event_has_date(event)) return false;
    std::string ref_scratch, scratch;
    const std::string_view ref = base_.event_ref(event, ref_scratch);
    if (ref.empty()) return false;
    if (ref == base_.event_id(candidate_.event, candidate_.customer, scratch)) return true;
    const Cases& cases = cases_known();
    return cases.first_of(cases.of_ref(ref)) == candidate_.event;
  }

  // Whether its `ref` leads to a case that is known, and not the candidate's.
  [[nodiscard]] bool answers_another(Index event) const {
    if (candidate_.event == no_index) return false;
    std::string ref_scratch, scratch;
    const std::string_view ref = base_.event_ref(event, ref_scratch);
    if (ref.empty()) return false;
    const std::string_view id = base_.event_id(candidate_.event, candidate_.customer, scratch);
    if (id == ref) return false;
    const Cases& cases = cases_known();
    const std::string_view led_to = cases.of_ref(ref);
    if (led_to == cases.of_event(id) || cases.first_of(led_to) == no_index) return false;
    // Who answers the word that a promise was broken answers the promise.
    return promise_ == nullptr || !promise_->broken || ref != base_.event_id(promise_->answer);
  }

  [[nodiscard]] const Cases& cases_known() const {
    const bool many = !occasion_.case_kinds.empty();
    const Code kind = many ? no_code : base_.event_kind()[candidate_.event];
    if (known_.customer != candidate_.customer || known_.kind != kind) {
      KindFlags flags;
      if (!many) {
        flags.resize(base_.kinds().size());
        flags[kind] = 1;
      }
      known_ = {candidate_.customer, kind, Cases(base_, candidate_.customer, many ? occasion_.case_kinds : flags)};
    }
    return known_.cases;
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  const CompiledOccasion& occasion_;
  const Candidate& candidate_;
  Instant at_;
  KnownCases& known_;
  Trace* trace_;
  const PromiseOutcome* promise_;  // whose breach it is; null where the event itself is the anchor
  Index begin_;
  Index end_;
};

}  // namespace

ReasonCode standing_at(const Compiled& compiled, const CompiledOccasion& occasion, const Candidate& candidate,
                       Instant at, KnownCases& known, Trace* trace) {
  return Standing(compiled, occasion, candidate, at, known, trace).ask();
}

bool Repetition::over_before(const Candidate& candidate) {
  if (occasion_.until.empty()) return false;
  if (event_ != candidate.event) {
    event_ = candidate.event;
    ended_ = Standing(compiled_, occasion_, candidate, Instant::max(), known_, nullptr).ended_on();
  }
  if (!ended_) return false;
  const auto& after = std::get<AfterEvent>(occasion_.rule->anchor);
  const auto before = due_after(after, candidate.anchor, candidate.slot.number - 1, compiled_.workdays);
  return before && *ended_ < *before;
}

}  // namespace courtesy
