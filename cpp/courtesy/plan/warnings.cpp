#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>
#include <courtesy/plan/candidate.h>
#include <courtesy/plan/overrides.h>
#include <courtesy/plan/reach.h>
#include <courtesy/plan/warnings.h>

#include <algorithm>
#include <cmath>

namespace courtesy {
namespace {

using std::chrono::days;

// No more of one sort are told.
constexpr std::size_t most = 100;

std::string and_more(std::size_t more) {
  return more == 0 ? std::string() : " (and " + std::to_string(more) + " more)";
}

bool is_among(const std::string& text, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

class Warnings {
 public:
  explicit Warnings(const Compiled& compiled) : compiled_(compiled), base_(compiled.base) {}

  std::vector<std::string> all() {
    if (base_.events() == 0) {
      of_no_events();
    } else {
      of_unknown_kinds();
      of_near_kinds();
      of_meters();
      of_consents(compiled_.consent_kind, "consent");
      of_consents(compiled_.withdrawal_kind, "withdrawal");
      of_overrides();
      of_empty_cells(base_.kinds().find("renegotiated"), "due", "says not what is promised in its place",
                     [&](Index event) { return !base_.event_due(event); });
      of_near_gestures();
    }
    of_waiting_for_themselves();
    of_preferred_channels();
    of_scopes();
    of_conditions();
    of_introductions();
    of_future_birthdays();
    return std::move(out_);
  }

 private:
  void of_no_events() {
    constexpr std::size_t named = 3;
    std::string names;
    std::size_t count = 0;
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
      if ((yearly != nullptr && yearly->birthday) || std::holds_alternative<Recurring>(occasion.rule->anchor)) continue;
      if (count++ < named) names += (names.empty() ? "'" : ", '") + occasion.rule->name + "'";
    }
    if (count == 0) return;
    if (count > named) names += " and " + std::to_string(count - named) + " more";
    out_.push_back((count == 1 ? "occasion " : "occasions ") + names + (count == 1 ? " starts" : " start") +
                   " from events, and there are none");
  }

  // Said once per kind: a million occasions on one kind say it once as well.
  void check_kind(const Occasion& rule, std::string_view key, const std::string& kind) {
    check_kind("occasion '" + rule.name + "'", key, kind);
  }
  void check_kind(const std::string& place, std::string_view key, const std::string& kind) {
    const bool is_new = rule_kinds_.find(kind) == no_code && rule_kinds_.size() < most;
    if (is_new) rule_kinds_.add(kind);
    if (!is_new || base_.kinds().find(kind) != no_code) return;
    out_.push_back(place + ": " + std::string(key) + " = '" + kind + "', and no event is of that kind" +
                   did_you_mean(kind, base_.kinds().all()));
  }

  void of_unknown_kinds() {
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      const Occasion& rule = *occasion.rule;
      if (const auto* after = std::get_if<AfterEvent>(&rule.anchor)) {
        for (const std::string& kind : after->kinds) check_anchor(rule, kind);
      } else if (const auto* yearly = std::get_if<Yearly>(&rule.anchor)) {
        if (!yearly->birthday) check_kind(rule, "yearly", yearly->kind);
      } else if (const auto* interval = std::get_if<Interval>(&rule.anchor)) {
        for (const std::string& kind : interval->since) check_kind(rule, "since", kind);
      } else if (const auto* lapse = std::get_if<Lapse>(&rule.anchor)) {
        for (const std::string& kind : lapse->since) check_kind(rule, "since", kind);
      } else if (const auto* deadline = std::get_if<Deadline>(&rule.anchor)) {
        check_kind(rule, "due", deadline->kind);
        check_dues(rule, deadline->kind);
      }
      for (const std::string& kind : rule.until) check_kind(rule, "until", kind);
      const std::string place = "occasion '" + rule.name + "'";
      if (rule.when) check_condition(place, *rule.when);
      for (const Step& step : rule.steps) check_gestures(place, step.giving.gestures);
    }
    static const Policy silent;
    for (const std::string& kind : compiled_.rules.policy.goodwill) {
      if (!is_among(kind, silent.goodwill)) check_kind("policy", "goodwill", kind);
    }
    check_gestures("policy: compensation", compiled_.rules.policy.compensation);
    // A shop without a complaint need not hear of the holds that it has not written.
    static const Hold usual;
    for (const Hold& hold : compiled_.rules.policy.holds) {
      for (const std::string& kind : hold.after) {
        if (!is_among(kind, usual.after) && !of_promises(kind)) check_kind("policy: a hold", "after", kind);
      }
      for (const std::string& kind : hold.until) {
        if (!is_among(kind, usual.until)) check_kind("policy: a hold", "until", kind);
      }
    }
  }

  // Contracts may end or not, but where none ever does the column is amiss.
  void check_dues(const Occasion& rule, const std::string& kind) {
    const Code code = base_.kinds().find(kind);
    if (code == no_code || dueless_.find(kind) != no_code || dueless_.size() >= most) return;
    const auto& events = base_.events_of(code).events;
    if (std::any_of(events.begin(), events.end(), [&](Index event) { return base_.event_due(event).has_value(); })) {
      return;
    }
    dueless_.add(kind);
    out_.push_back("occasion '" + rule.name + "': due = '" + kind + "', and no event of that kind has a 'due'");
  }

  void check_anchor(const Occasion& rule, const std::string& kind) {
    if (!of_promises(kind)) check_kind(rule, "on", kind);
  }

  // Whether promises are broken, without any event that says so.
  [[nodiscard]] bool of_promises(const std::string& kind) const {
    return kind == "broken" && compiled_.promises && !compiled_.promises->all().empty();
  }

  void check_condition(const std::string& place, const Condition& condition) {
    const char* key = condition.op == Condition::Op::spend ? "spend" : "count";
    for (const std::string& kind : condition.kinds) check_kind(place, key, kind);
    for (const Condition& part : condition.parts) check_condition(place, part);
  }

  void check_gestures(const std::string& place, const std::vector<Gesture>& gestures) {
    for (const Gesture& gesture : gestures) {
      if (gesture.when) check_condition(place, *gesture.when);
    }
  }

  // A gesture under another name would not be known to have been received.
  void of_near_gestures() {
    if (!compiled_.gifts || compiled_.overrides.contact == no_code || !base_.any_topics()) return;
    const Names& names = compiled_.gifts->names();
    Names told;
    std::string scratch;
    for (const Index event : base_.events_of(compiled_.overrides.contact).events) {
      const std::string_view topic = base_.event_topic(event, scratch);
      if (topic.empty() || names.find(topic) != no_code || told.size() >= most || told.find(topic) != no_code) continue;
      told.add(topic);
      const std::string near = did_you_mean(nearest(trimmed(topic), names.all(), 1, 1));
      if (near.empty()) continue;
      out_.push_back("events, row " + std::to_string(base_.event_row(event)) +
                     ", column 'topic': " + in_quotes(std::string(topic)) + " is no gesture of the rules" + near);
    }
  }

  // A withdrawal under another name would not be heard.
  void of_near_kinds() {
    static const std::vector<std::string> special = {
        "consent",     "withdrawal", "reading",  "contact", "complaint",    "resolution",    "reopened",
        "promise",     "kept",       "broken",   "reply",   "skip",         "snooze",        "send_now",
        "use_channel", "referral",   "feedback", "paid",    "renegotiated", "meter_replaced"};
    // A slip of one letter at most: "rating" and "consult" are good words of a shop's own, and so are these.
    static const std::vector<std::string> words = {"contract", "ship", "slip", "replay", "broker", "premise"};
    for (const std::string& kind : base_.kinds().all()) {
      if (rule_kinds_.find(kind) != no_code || is_among(kind, special) || is_among(kind, words)) continue;
      const std::string near = did_you_mean(nearest(trimmed(kind), special, 1, 1));
      if (!near.empty()) out_.push_back("events: the kind " + in_quotes(kind) + " means nothing to the rules" + near);
    }
  }

  void of_meters() {
    Names told;
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
      if (interval == nullptr || told.size() >= most) continue;
      for (const Interval::Length* length : {interval->first ? &*interval->first : nullptr, &interval->every}) {
        if (length == nullptr || !length->use || told.find(interval->meter + '\n' + length->unit) != no_code) continue;
        told.add(interval->meter + '\n' + length->unit);
        check_meter(occasion, *interval, length->unit);
      }
    }
  }

  void check_meter(const CompiledOccasion& occasion, const Interval& interval, const std::string& unit) {
    Names units;
    std::vector<Code> kinds = occasion.since;
    kinds.push_back(compiled_.reading_kind);
    for (const Code kind : kinds) {
      if (kind == no_code || base_.event_value().empty()) continue;
      for (const Index event : base_.events_of(kind).events) {
        if (std::isnan(base_.event_value()[event])) continue;
        if (occasion.meters->reads(event)) return of_readings(occasion, unit);
        if (units.size() < most && !base_.event_unit(event).empty()) units.add(base_.event_unit(event));
      }
    }
    // A shop that has read no meter yet will.
    if (units.size() == 0) return;
    std::string text = "occasion '" + occasion.rule->name + "': no reading is of the meter " +
                       in_quotes(interval.meter.empty() ? unit : interval.meter);
    if (interval.meter != unit && !interval.meter.empty()) text += " or in " + in_quotes(unit);
    constexpr std::size_t shown = 3;
    text += "; units of readings are ";
    for (std::size_t i = 0; i < std::min(units.size(), shown); ++i) {
      text += (i == 0 ? "" : ", ") + in_quotes(units.name(static_cast<Code>(i)));
    }
    if (units.size() > shown) text += ", …";
    out_.push_back(text + ", so use decides nothing");
  }

  // What is not believed, or not understood, of a meter that has readings.
  void of_readings(const CompiledOccasion& occasion, const std::string& unit) {
    const MeterNotes notes = occasion.meters->notes();
    const auto add = [&](const MeterNotes::Note& note, const std::string& what, const std::string& one,
                         const std::string& several) {
      if (note.count == 0) return;
      out_.push_back("events: of occasion '" + occasion.rule->name + "' " + std::to_string(note.count) + " " + what +
                     (note.count == 1 ? " " + one : "s " + several) + " (first: event " +
                     in_quotes(base_.event_id(note.first)) + ")");
    };
    add(notes.set_aside, "reading", "is lower than others, or higher than can be, and is not believed",
        "are lower than others, or higher than can be, and are not believed");
    add(notes.began_anew, "meter", "began anew, and no event 'meter_replaced' says so",
        "began anew, and no event 'meter_replaced' says so");
    std::size_t told = 0;
    for (const auto& [other, note] : notes.units) {
      if (++told > most) break;
      const std::string units = in_quotes(other) + " and not in " + in_quotes(unit);
      add(note, "reading", "is in " + units + ", so it does not count", "are in " + units + ", so they do not count");
    }
  }

  // What cannot be understood allows nothing, and forbids all.
  void of_consents(Code kind, const std::string& name) {
    if (kind == no_code) return;
    std::size_t notes = 0, channels = 0;
    Index first_note = no_index, first_channel = no_index;
    for (const Index event : base_.events_of(kind).events) {
      const std::string_view note = trimmed(base_.event_note(event));
      const bool understood = note.empty() || purpose_named(note) || speaks_of_introductions(base_, event);
      if (!understood && notes++ == 0) first_note = event;
      const Code channel = base_.event_channel(event);
      if (channel != no_code && !compiled_.understood(channel) && channels++ == 0) first_channel = event;
    }
    const bool forbids = kind == compiled_.withdrawal_kind;
    if (notes > 0) {
      out_.push_back("events, row " + std::to_string(base_.event_row(first_note)) + ", column 'note'" +
                     and_more(notes - 1) + ": a " + name +
                     " names none of the purposes service, care, offer and recovery, so it is taken as one of " +
                     (forbids ? "all of them" : "none"));
    }
    if (channels > 0) {
      const std::string& channel = compiled_.channels[base_.event_channel(first_channel)];
      out_.push_back("events, row " + std::to_string(base_.event_row(first_channel)) + ", column 'channel'" +
                     and_more(channels - 1) + ": a " + name + " names " + in_quotes(channel) +
                     ", which is no channel that is known or that the rules name" +
                     did_you_mean(channel, compiled_.channels_understood()) + "; it is taken as one of " +
                     (forbids ? "all channels" : "none"));
    }
  }

  // What stands for one reminder must say for which, and what.
  void of_overrides() {
    const OverrideKinds& kinds = compiled_.overrides;
    std::string scratch;
    const auto no_ref = [&](Index event) { return !is_key(base_.event_ref(event, scratch)); };
    const std::string unheard = ", so it is not heard";
    for (const Code kind : {kinds.skip, kinds.snooze, kinds.send_now, kinds.use_channel}) {
      of_empty_cells(kind, "ref", "names no reminder by its key" + unheard, no_ref);
    }
    of_empty_cells(kinds.snooze, "due", "says not until when" + unheard,
                   [&](Index event) { return !base_.event_due(event); });
    of_empty_cells(kinds.use_channel, "channel", "names no channel" + unheard,
                   [&](Index event) { return base_.event_channel(event) == no_code; });
    of_empty_cells(kinds.use_channel, "channel", "names a channel that is neither known nor named by the rules",
                   [&](Index event) {
                     const Code channel = base_.event_channel(event);
                     return channel != no_code && !compiled_.understood(channel);
                   });
  }

  // What caps count together, and no column tells.
  void of_scopes() {
    const auto& caps = compiled_.rules.policy.caps;
    for (const auto& [scope, column] :
         {std::pair{Cap::Scope::household, "household"}, {Cap::Scope::address, "address"}}) {
      const auto found = std::find_if(caps.begin(), caps.end(), [&](const Cap& cap) { return cap.scope == scope; });
      if (found == caps.end() || base_.customer_table().find(column) != nullptr) continue;
      out_.push_back("policy: cap " + std::to_string(found - caps.begin() + 1) + " counts by " + column +
                     ", and the table customers has no such column, so it counts each customer alone");
    }
  }

  // Tags that nobody has bring nobody together.
  void of_introductions() {
    std::size_t told = 0;
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      const auto* recurring = std::get_if<Recurring>(&occasion.rule->anchor);
      if (recurring == nullptr || !recurring->match || told++ >= most) continue;
      const std::string place = "occasion '" + occasion.rule->name + "': ";
      const Match& match = *recurring->match;
      if (match.any_tags && base_.tags().size() == 0) {
        out_.push_back(place + "match, tags = true, and no customer has a tag");
      }
      for (const std::string& tag : match.tags) {
        if (base_.tags().find(tag) != no_code) continue;
        out_.push_back(place + "match, tags = '" + tag + "', and no customer has that tag" +
                       did_you_mean(tag, base_.tags().all()));
      }
    }
  }

  template <class IsEmpty>
  void of_empty_cells(Code kind, const std::string& column, const std::string& text, const IsEmpty& is_empty) {
    if (kind == no_code) return;
    std::size_t count = 0;
    std::size_t row = 0;
    for (const Index event : base_.events_of(kind).events) {
      if (!is_empty(event)) continue;
      row = count++ == 0 ? base_.event_row(event) : std::min(row, base_.event_row(event));
    }
    if (count == 0) return;
    out_.push_back("events, row " + std::to_string(row) + ", column '" + column + "'" + and_more(count - 1) + ": a " +
                   base_.kinds().name(kind) + " " + text);
  }

  // What starts from an event that opens a hold on its own purpose.
  void of_waiting_for_themselves() {
    std::size_t told = 0;
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      const Purpose purpose = occasion.rule->purpose;
      const std::vector<std::string> kinds = anchor_kinds(occasion.rule->anchor);
      for (const Hold& hold : compiled_.rules.policy.holds) {
        const auto holds = [&](Purpose held) {
          return std::find(hold.purposes.begin(), hold.purposes.end(), held) != hold.purposes.end();
        };
        const auto found = std::find_if(kinds.begin(), kinds.end(),
                                        [&](const std::string& kind) { return is_among(kind, hold.after); });
        if (!holds(purpose) || found == kinds.end() || told >= most) continue;
        ++told;
        out_.push_back("occasion '" + occasion.rule->name + "': it starts from '" + *found + "', which holds " +
                       std::string(purpose_name(purpose)) + ", so it waits while that is open" +
                       (holds(Purpose::recovery) ? "" : "; purpose = 'recovery' does not wait"));
        break;
      }
    }
  }

  // The kinds of events that an occasion starts from.
  static std::vector<std::string> anchor_kinds(const Anchor& anchor) {
    if (const auto* after = std::get_if<AfterEvent>(&anchor)) return after->kinds;
    if (const auto* interval = std::get_if<Interval>(&anchor)) return interval->since;
    if (const auto* lapse = std::get_if<Lapse>(&anchor)) return lapse->since;
    if (const auto* deadline = std::get_if<Deadline>(&anchor)) return {deadline->kind};
    const auto* yearly = std::get_if<Yearly>(&anchor);
    return yearly == nullptr || yearly->birthday ? std::vector<std::string>{} : std::vector<std::string>{yearly->kind};
  }

  void of_preferred_channels() {
    Names told;
    bool any = false;
    for (std::size_t code = 0; code < base_.channels().size(); ++code) {
      any |= !compiled_.understood(static_cast<Code>(code));
    }
    if (!any) return;
    for (Index customer = 0; customer < base_.customers(); ++customer) {
      for (const Code code : base_.preferred(customer)) {
        const std::string& name = base_.channels().name(code);
        if (compiled_.understood(code) || told.size() >= most || told.find(name) != no_code) continue;
        told.add(name);
        out_.push_back("customers, row " + std::to_string(customer) + ", column 'channels': " + in_quotes(name) +
                       " is no channel that is known or that the rules name" +
                       did_you_mean(name, compiled_.channels_understood()));
      }
    }
  }

  void of_conditions() {
    std::size_t told = 0;
    for (const CompiledOccasion& occasion : compiled_.occasions) {
      if (told >= most) break;
      std::string text = occasion.when ? occasion.when->never_compared() : std::string();
      if (text.empty() && compiled_.gifts) text = compiled_.gifts->never_compared(occasion.index);
      if (text.empty()) continue;
      ++told;
      out_.push_back("occasion '" + occasion.rule->name + "': " + text);
    }
  }

  void of_future_birthdays() {
    const Day last{std::chrono::floor<days>(compiled_.window.end).time_since_epoch()};
    const auto [birthday, row] = base_.latest_birthday();
    if (birthday != no_day && Day{days{birthday}} > last) {
      out_.push_back("customers, row " + std::to_string(row) +
                     ", column 'birthday': it lies after the window, in the future; check the date");
    }
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  Names rule_kinds_, dueless_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> warnings_of(const Compiled& compiled) { return Warnings(compiled).all(); }

}  // namespace courtesy
