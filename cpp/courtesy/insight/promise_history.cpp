#include <courtesy/insight/promise_history.h>
#include <courtesy/insight/promises.h>
#include <courtesy/insight/quote.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace courtesy {
namespace {

constexpr double day_length = 86'400e6;  // in microseconds
// A share of a span is off in its last bits.
constexpr double rounding = 1e-6;

// When something happened: the civil day and the instant.
struct When {
  Day day;
  Instant at;
};

// Days between, civil ones or with their fractions.
double days_between(const When& from, const When& to, bool civil) {
  if (civil) return static_cast<double>((to.day - from.day).count());
  return static_cast<double>((to.at - from.at).count()) / day_length;
}

bool in_time(const When& kept, const DueTime& due) {
  return due.instant ? kept.at <= *due.instant : kept.day <= due.day;
}

bool beaten(const When& made, const When& kept, const DueTime& due, std::optional<double> target) {
  if (!target) return kept.day < due.day;
  if (!in_time(kept, due)) return false;
  const When promised{due.day, due.instant.value_or(Instant{})};
  const bool civil = !due.instant;
  return days_between(made, kept, civil) <= std::max(0.0, *target * days_between(made, promised, civil)) + rounding;
}

class History {
 public:
  History(const CustomerBase& base, const PromiseQuestion& question)
      : base_(base), question_(question), promises_(base) {
    if (question.until) return;
    for (Index customer = 0; customer < base.customers(); ++customer) {
      for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event)
        last_ = std::max(last_, base.event_at(event, customer));
    }
  }

  std::vector<PromiseSummary> summaries() {
    groups_["(all)"];
    for (Index customer = 0; customer < base_.customers(); ++customer) {
      const auto outcomes = promises_.of(customer);
      // What took the place of another promise is part of that one's case.
      std::vector<Index> later;
      for (const PromiseOutcome& outcome : outcomes) {
        if (outcome.answered == PromiseOutcome::Answer::renegotiated) later.push_back(outcome.answer);
      }
      for (const PromiseOutcome& outcome : outcomes) {
        const bool first = std::find(later.begin(), later.end(), outcome.event) == later.end();
        if (first && happened(outcome.event, customer)) add(customer, outcome);
      }
    }
    std::vector<PromiseSummary> out;
    out.push_back(finished("(all)", groups_["(all)"]));
    for (auto& [name, group] : groups_) {
      if (name != "(all)") out.push_back(finished(name, group));
    }
    return out;
  }

 private:
  struct Group {
    PromiseSummary summary;
    std::vector<PromiseSpan> waits;
    bool of_dates = false;
  };

  // A promise from its first event to what became of it.
  struct Case {
    When made;
    DueTime first_due;
    When agreed;  // when the last due was
    DueTime due;
    Instant over;  // when that is
    PromiseOutcome::Answer end = PromiseOutcome::Answer::none;
    When ended;
    bool renegotiated = false;
  };

  [[nodiscard]] When when(Index event, Index customer) const {
    return {base_.day_of_event(event), base_.event_at(event, customer)};
  }

  [[nodiscard]] bool happened(Index event, Index customer) const {
    if (!question_.until) return true;
    if (const Day* day = std::get_if<Day>(&*question_.until)) return when(event, customer).day < *day;
    return base_.event_at(event, customer) < std::get<Instant>(*question_.until);
  }

  // Where the books of a customer end: the last day and instant that they know of.
  [[nodiscard]] When end_of_books(Index customer) const {
    const Zone& zone = *base_.zones()[base_.zone_of(customer)];
    if (!question_.until) return {day_of(zone.to_local(last_)), last_};
    if (const Day* day = std::get_if<Day>(&*question_.until))
      return {*day - std::chrono::days{1}, zone.to_utc(WallTime{*day})};
    const Instant at = std::get<Instant>(*question_.until) - std::chrono::microseconds{1};
    return {day_of(zone.to_local(at)), at};
  }

  [[nodiscard]] Case followed(Index customer, const PromiseOutcome& first) const {
    Case out;
    out.made = when(first.event, customer);
    out.first_due = base_.event_due(first.event).value_or(DueTime{});
    // Events of one day may name each other; nothing is followed for ever.
    std::size_t left = promises_.of(customer).size();
    for (const PromiseOutcome* promise = &first; promise != nullptr && left > 0; --left) {
      out.agreed = when(promise->event, customer);
      out.due = base_.event_due(promise->event).value_or(DueTime{});
      out.over = promise->due;
      if (promise->answer == no_index || !happened(promise->answer, customer)) break;
      out.ended = when(promise->answer, customer);
      const bool anew = promise->answered == PromiseOutcome::Answer::renegotiated;
      out.renegotiated |= anew;
      if (!anew) out.end = promise->answered;
      promise = anew ? promises_.find(promise->answer) : nullptr;
    }
    return out;
  }

  void add(Index customer, const PromiseOutcome& first) {
    const Case of = followed(customer, first);
    Group* groups[] = {&groups_["(all)"], nullptr};
    if (question_.per != PromiseQuestion::Per::nothing) groups[1] = &groups_[group_name(customer, first.event)];
    for (Group* group : groups) {
      if (group != nullptr) count(*group, of, customer);
    }
  }

  void count(Group& group, const Case& of, Index customer) const {
    PromiseSummary& summary = group.summary;
    ++summary.made;
    summary.renegotiated += of.renegotiated ? 1 : 0;
    const bool civil = !of.first_due.instant;
    group.of_dates |= civil;
    switch (of.end) {
      case PromiseOutcome::Answer::kept: {
        const double took = std::max(0.0, days_between(of.made, of.ended, civil));
        summary.took.push_back(took);
        group.waits.push_back({took, true});
        summary.kept_first += in_time(of.ended, of.first_due) ? 1 : 0;
        summary.beaten_first += beaten(of.made, of.ended, of.first_due, question_.target) ? 1 : 0;
        summary.beaten += beaten(of.agreed, of.ended, of.due, question_.target) ? 1 : 0;
        if (in_time(of.ended, of.due)) {
          ++summary.kept;
        } else {
          ++summary.late;
          const When due{of.due.day, of.due.instant.value_or(Instant{})};
          summary.lateness.push_back(days_between(due, of.ended, !of.due.instant));
        }
        break;
      }
      case PromiseOutcome::Answer::broken:
        ++summary.broken;
        group.waits.push_back(never);
        break;
      default: {
        ++summary.open;
        const When now = end_of_books(customer);
        summary.overdue += of.over <= now.at ? 1 : 0;
        group.waits.push_back({std::max(0.0, days_between(of.made, now, civil)), false});
      }
    }
  }

  [[nodiscard]] std::string group_name(Index customer, Index event) const {
    std::string scratch;
    std::string_view name;
    switch (question_.per) {
      case PromiseQuestion::Per::topic:
        name = base_.event_topic(event, scratch);
        break;
      case PromiseQuestion::Per::by:
        name = base_.event_by(event);
        break;
      case PromiseQuestion::Per::channel: {
        const Code channel = base_.event_channel(event);
        if (channel != no_code) name = base_.channels().name(channel);
        break;
      }
      case PromiseQuestion::Per::customer:
        scratch = base_.customer_ids().text(customer);
        name = scratch;
        break;
      case PromiseQuestion::Per::nothing:
        break;
    }
    return name.empty() ? "(none)" : std::string(name);
  }

  [[nodiscard]] PromiseSummary finished(const std::string& name, Group& group) const {
    PromiseSummary& summary = group.summary;
    summary.group = name;
    std::sort(summary.took.begin(), summary.took.end());
    std::sort(summary.lateness.begin(), summary.lateness.end());
    summary.quote = quote(group.waits, question_.chance);
    if (summary.quote && group.of_dates) summary.quote = std::ceil(*summary.quote - rounding);
    summary.missing = missing_for_quote(group.waits, question_.chance);
    return std::move(summary);
  }

  const CustomerBase& base_;
  const PromiseQuestion& question_;
  Promises promises_;
  Instant last_ = Instant::min();  // that of the last event, where nothing else ends the books
  std::map<std::string, Group> groups_;
};

const char* name_of(PromiseQuestion::Per per) {
  switch (per) {
    case PromiseQuestion::Per::by:
      return "by";
    case PromiseQuestion::Per::channel:
      return "channel";
    case PromiseQuestion::Per::customer:
      return "customer";
    default:
      return "topic";
  }
}

}  // namespace

std::vector<PromiseSummary> promise_history(const CustomerBase& base, const PromiseQuestion& question) {
  return History(base, question).summaries();
}

std::vector<OutColumn> promise_table(const CustomerBase& base, const PromiseQuestion& question) {
  const std::vector<PromiseSummary> rows = promise_history(base, question);
  std::vector<OutColumn> out;
  const auto count = [&](const char* name, std::int64_t PromiseSummary::* number) {
    std::vector<std::int64_t> cells;
    for (const PromiseSummary& row : rows) cells.push_back(row.*number);
    out.push_back(OutColumn::integers(name, std::move(cells)));
  };
  const auto days = [&](const char* name, auto days_of) {
    std::vector<double> cells;
    for (const PromiseSummary& row : rows)
      cells.push_back(days_of(row).value_or(std::numeric_limits<double>::quiet_NaN()));
    out.push_back(OutColumn::reals(name, std::move(cells)));
  };
  if (question.per != PromiseQuestion::Per::nothing) {
    OutColumn::Texts groups;
    for (const PromiseSummary& row : rows) groups.add(row.group);
    out.push_back(std::move(groups).finish(name_of(question.per)));
  }
  count("made", &PromiseSummary::made);
  count("kept", &PromiseSummary::kept);
  count("kept_first", &PromiseSummary::kept_first);
  count("beaten", &PromiseSummary::beaten);
  count("beaten_first", &PromiseSummary::beaten_first);
  count("late", &PromiseSummary::late);
  count("broken", &PromiseSummary::broken);
  count("renegotiated", &PromiseSummary::renegotiated);
  count("open", &PromiseSummary::open);
  count("overdue", &PromiseSummary::overdue);
  days("took_50", [](const PromiseSummary& row) { return quantile(row.took, 0.5); });
  days("took_90", [](const PromiseSummary& row) { return quantile(row.took, 0.9); });
  days("late_50", [](const PromiseSummary& row) { return quantile(row.lateness, 0.5); });
  days("late_90", [](const PromiseSummary& row) { return quantile(row.lateness, 0.9); });
  days("quote", [](const PromiseSummary& row) { return row.quote; });
  count("missing", &PromiseSummary::missing);
  return out;
}

}  // namespace courtesy
