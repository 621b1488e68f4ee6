#include <courtesy/plan/standing.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

Day day_of_event(const CustomerBase& base, Index event) { return Day{days{base.event_day()[event]}}; }

// An event without an asset speaks for all of the customer's; an occasion without one listens to all.
bool concerns(const CustomerBase& base, Index event, Index asset) {
  if (base.event_asset().empty() || asset == no_index) return true;
  const Index own = base.event_asset()[event];
  return own == no_index || own == asset;
}

bool same_subject(const CustomerBase& base, Index a, Index b) {
  return base.event_asset().empty() || base.event_asset()[a] == base.event_asset()[b];
}

// One candidate's questions.
class Standing {
 public:
  Standing(const Compiled& compiled, const CompiledOccasion& occasion, const Candidate& candidate, Instant at,
           KindIds& anchors, Trace* trace)
      : compiled_(compiled),
        base_(compiled.base),
        occasion_(occasion),
        candidate_(candidate),
        at_(at),
        anchors_(anchors),
        trace_(trace),
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

 private:
  [[nodiscard]] bool heard(Index event) const { return base_.event_at(event, candidate_.customer) <= at_; }

  [[nodiscard]] ReasonCode say(ReasonCode code, Index event) const {
    if (trace_ != nullptr) {
      trace_->add(code, {{"kind", base_.kinds().name(base_.event_kind()[event])},
                         {"event", base_.event_id(event)},
                         {"day", day_of_event(base_, event)}});
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
    const Day day = day_of_event(base_, event);
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
    for (Index e = begin_; e < end_; ++e) {
      if (occasion_.until[base_.event_kind()[e]] == 0 || e == candidate_.event) continue;
      if (began ? day_of_event(base_, e) <= *began : e < candidate_.event && !answers_on_its_day(e)) continue;
      if (!heard(e) || !concerns(base_, e, candidate_.asset) || answers_another(e)) continue;
      return say(ReasonCode::ended, e);
    }
    return ReasonCode::due;
  }

  // Whether it is given by its date, the day of the anchoring event, and names that event: it came after it.
  [[nodiscard]] bool answers_on_its_day(Index event) const {
    if (base_.event_day()[event] != base_.event_day()[candidate_.event] || !base_.event_has_date(event)) return false;
    std::string ref_scratch, scratch;
    return base_.event_ref(event, ref_scratch) == base_.event_id(candidate_.event, candidate_.customer, scratch);
  }

  // Whether its `ref` names another event of the anchoring event's kind.
  [[nodiscard]] bool answers_another(Index event) const {
    if (candidate_.event == no_index) return false;
    std::string ref_scratch;
    const std::string_view ref = base_.event_ref(event, ref_scratch);
    if (ref.empty()) return false;
    std::string scratch;
    if (base_.event_id(candidate_.event, candidate_.customer, scratch) == ref) return false;
    // An occasion of several kinds asks for those of the anchoring event's kind.
    const bool one_kind = occasion_.since.size() <= 1;
    if (!one_kind || anchors_.customer != candidate_.customer) {
      const Code kind = base_.event_kind()[candidate_.event];
      anchors_.ids.clear();
      anchors_.customer = candidate_.customer;
      for (Index e = begin_; e < end_; ++e) {
        if (base_.event_kind()[e] != kind) continue;
        anchors_.ids.emplace(base_.event_id(e, candidate_.customer, scratch));
      }
    }
    return anchors_.ids.contains(std::string(ref));
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  const CompiledOccasion& occasion_;
  const Candidate& candidate_;
  Instant at_;
  KindIds& anchors_;
  Trace* trace_;
  Index begin_;
  Index end_;
};

}  // namespace

ReasonCode standing_at(const Compiled& compiled, const CompiledOccasion& occasion, const Candidate& candidate,
                       Instant at, KindIds& anchors, Trace* trace) {
  return Standing(compiled, occasion, candidate, at, anchors, trace).ask();
}

}  // namespace courtesy
