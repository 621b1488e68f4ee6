#include <courtesy/channel.h>
#include <courtesy/letters.h>
#include <courtesy/nearest.h>
#include <courtesy/plan/compiled.h>

#include <algorithm>
#include <unordered_map>

namespace courtesy {
namespace {

using std::chrono::days;

bool counts_from_instant(const Occasion& rule, const Step& step) {
  const auto* after = std::get_if<AfterEvent>(&rule.anchor);
  if (after != nullptr) return !after->after.whole_days() || !step.offset.whole_days();
  return std::holds_alternative<Deadline>(rule.anchor) && !step.offset.whole_days();
}

// Adding open time keeps the order of moments, so that the ends of what matters bound what lies between.
days open_reach(const Occasion& rule, const Step& step, Day earliest, Day latest, const Policy& policy) {
  const auto* after = std::get_if<AfterEvent>(&rule.anchor);
  const std::chrono::seconds open_time =
      step.offset.open_time + (after == nullptr ? std::chrono::seconds{0} : after->after.open_time);
  if (open_time.count() == 0 || !policy.opening_hours) return days{0};
  const auto reach = [&](Day day, std::chrono::seconds time) {
    const Instant from{std::chrono::sys_days{day.time_since_epoch()}};
    const auto to = policy.opening_hours->add(from, time);
    constexpr days a_century{36'525};
    return to ? std::chrono::ceil<days>(std::chrono::abs(*to - from)) : a_century;
  };
  return std::max({reach(earliest, -open_time), reach(earliest, open_time), reach(latest, -open_time),
                   reach(latest, open_time)}) +
         days{2};
}

bool hears_breaches(const Hold& hold) {
  return std::find(hold.after.begin(), hold.after.end(), "broken") != hold.after.end();
}

}  // namespace

std::uint8_t contact_needed(std::string_view channel) {
  if (channel == "email") return contact::email;
  if (channel == "call" || channel == "phone" || channel == "sms" || channel == "whatsapp") return contact::phone;
  if (channel == "letter" || channel == "card" || channel == "post") return contact::address;
  return 0;
}

std::string_view contact_column(std::uint8_t need) {
  switch (need) {
    case contact::email:
      return "email";
    case contact::phone:
      return "phone";
    case contact::address:
      return "address";
    default:
      return "";
  }
}

Compiled::Compiled(const CustomerBase& customer_base, const Rules& all_rules, Window planned,
                   std::shared_ptr<const Promises> known)
    : base(customer_base), rules(all_rules), window(planned), promises(std::move(known)) {
  if (window.end <= window.start) {
    throw Error(ErrorKind::time, "the window is empty: it starts " + iso_text(window.start) + " and ends " +
                                     iso_text(window.end) + "; give an end after the start");
  }
  const Instant first{std::chrono::sys_days{first_year / 1 / 2}};
  const Instant last{std::chrono::sys_days{last_year / 12 / 31}};
  if (window.start < first || window.end > last) {
    throw Error(ErrorKind::time, "the window must lie within the years 1600 to 9999");
  }
  if (rules.policy.business_days) workdays = *rules.policy.business_days;
  find_calendars();
  channel_names_ = base.channels();
  for (const std::string& name : base.channels().all()) understood_.push_back(is_known_channel(name) ? 1 : 0);
  for (const std::string& name : rules.policy.channels) (void)add_channel(name);
  consent_kind = base.kinds().find("consent");
  withdrawal_kind = base.kinds().find("withdrawal");
  reading_kind = base.kinds().find("reading");
  reply_kind = base.kinds().find("reply");
  overrides = {base.kinds().find("contact"), base.kinds().find("skip"), base.kinds().find("snooze"),
               base.kinds().find("send_now"), base.kinds().find("use_channel")};
  for (const std::string& kind : rules.policy.goodwill) goodwill.push_back(base.kinds().find(kind));
  if (!promises) find_promises();
  compile_holds();
  note_what_is_spoken_of();

  if (Gifts::any(rules)) gifts.emplace(base, rules, window);
  occasions.resize(rules.occasions.size());
  for (std::size_t i = 0; i < occasions.size(); ++i) {
    CompiledOccasion& occasion = occasions[i];
    const Occasion& rule = rules.occasions[i];
    occasion.rule = &rule;
    occasion.index = static_cast<std::uint32_t>(i);
    occasion.consent = rules.policy.consent[static_cast<std::size_t>(rule.purpose)];
    compile_anchor(occasion);
    std::vector<std::string> until = rule.until;
    if (const auto* deadline = std::get_if<Deadline>(&rule.anchor); deadline && deadline->kind == "promise") {
      // What is kept or broken is a promise no more, nor is what was promised anew.
      until.insert(until.end(), {"kept", "broken", "renegotiated"});
    }
    occasion.until = flags_of(until);
    if (rule.when) occasion.when.emplace(*rule.when, base, rule.name, rules.policy.value_years);
    compile_steps(occasion);
  }
  channels = channel_names_.all();
  channel_needs.reserve(channels.size());
  for (const std::string& channel : channels) channel_needs.push_back(contact_needed(channel));
}

// By which names the meters of the other occasions go.
std::vector<std::string> Compiled::meters_of_others(const CompiledOccasion& occasion) const {
  std::vector<std::string> names;
  for (const Occasion& other : rules.occasions) {
    const auto* interval = std::get_if<Interval>(&other.anchor);
    if (&other == occasion.rule || interval == nullptr || !interval->by_use()) continue;
    names.push_back(interval->meter);
    names.push_back(interval->unit());
  }
  return names;
}

void Compiled::compile_anchor(CompiledOccasion& occasion) {
  const Anchor& anchor = occasion.rule->anchor;
  const auto since = [&](const std::vector<std::string>& kinds) {
    for (const std::string& kind : kinds) occasion.since.push_back(base.kinds().find(kind));
  };
  const auto anchored_by = [&](const std::vector<std::string>& kinds) {
    for (const std::string& kind : kinds) {
      if (const Code code = base.kinds().find(kind); code != no_code) occasion.kinds.push_back(code);
    }
    if (kinds.size() > 1) occasion.case_kinds = flags_of(kinds);
  };
  if (const auto* after = std::get_if<AfterEvent>(&anchor)) {
    occasion.hears_breaches = promises && after->hears_breaches();
    std::vector<std::string> kinds = after->kinds;
    if (occasion.hears_breaches) kinds.insert(kinds.end(), {"promise", "renegotiated"});
    anchored_by(kinds);
  } else if (const auto* yearly = std::get_if<Yearly>(&anchor)) {
    if (!yearly->birthday) anchored_by({yearly->kind});
  } else if (const auto* interval = std::get_if<Interval>(&anchor)) {
    since(interval->since);
    if (interval->by_use()) occasion.meters.emplace(base, *interval, occasion.since, meters_of_others(occasion));
  } else if (const auto* deadline = std::get_if<Deadline>(&anchor)) {
    anchored_by(deadline->kind == "promise" ? std::vector<std::string>{"promise", "renegotiated"}
                                            : std::vector<std::string>{deadline->kind});
  } else if (const auto* lapse = std::get_if<Lapse>(&anchor)) {
    since(lapse->since);
    if (!lapse->cadence) return;
    const Column* segment = nullptr;
    if (!lapse->segment.empty()) {
      segment = base.customer_table().find(lapse->segment);
      if (segment == nullptr) {
        throw Error(ErrorKind::data,
                    "occasion '" + occasion.rule->name + "' divides the customers by '" + lapse->segment +
                        "', and the table customers has no such column" +
                        did_you_mean(lapse->segment, column_names(base.customer_table())),
                    occasion.rule->where);
      }
    }
    KindFlags kinds = flags_of(lapse->since);
    kinds.resize(base.kinds().size());
    occasion.cadence.emplace(base, std::move(kinds), segment);
  }
}

// By kind, whether it is among these; empty where none of the base's is.
KindFlags Compiled::flags_of(const std::vector<std::string>& kinds) const {
  KindFlags flags;
  for (const std::string& kind : kinds) {
    const Code code = base.kinds().find(kind);
    if (code == no_code) continue;
    flags.resize(base.kinds().size());
    flags[code] = 1;
  }
  return flags;
}

void Compiled::note(Code kind, Speaks what) {
  if (kind == no_code) return;
  spoken_of_.resize(base.customers());
  Index customer = 0;
  for (const Index event : base.events_of(kind).events) {
    while (base.event_begin()[customer + 1] <= event) ++customer;
    spoken_of_[customer] |= static_cast<std::uint8_t>(what);
  }
}

void Compiled::note_what_is_spoken_of() {
  for (const Code kind :
       {overrides.contact, overrides.skip, overrides.snooze, overrides.send_now, overrides.use_channel}) {
    note(kind, Speaks::of_one_reminder);
  }
  note(consent_kind, Speaks::of_consent);
  note(withdrawal_kind, Speaks::of_consent);
  note(reply_kind, Speaks::of_replies);
  for (const Code kind : goodwill) note(kind, Speaks::of_goodwill);
  for (const CompiledHold& hold : holds) {
    for (std::size_t kind = 0; kind < hold.after.size(); ++kind) {
      if (hold.after[kind] != 0) note(static_cast<Code>(kind), Speaks::of_holds);
    }
    if (!hold.of_breaches) continue;
    note(base.kinds().find("promise"), Speaks::of_holds);
    note(base.kinds().find("renegotiated"), Speaks::of_holds);
  }
}

void Compiled::compile_holds() {
  for (const Hold& rule : rules.policy.holds) {
    CompiledHold hold{&rule, flags_of(rule.after), flags_of(rule.until), {}, false};
    std::vector<std::string> kinds = rule.after;
    if (promises && hears_breaches(rule)) {
      hold.of_breaches = true;
      kinds.insert(kinds.end(), {"promise", "renegotiated"});
    }
    hold.case_kinds = flags_of(kinds);
    if (!hold.after.empty() || hold.of_breaches) holds.push_back(std::move(hold));
  }
}

// What became of promises is worked out where somebody hears of it.
void Compiled::find_promises() {
  if (base.kinds().find("promise") == no_code && base.kinds().find("renegotiated") == no_code) return;
  const auto hears = [](const Occasion& rule) {
    const auto* after = std::get_if<AfterEvent>(&rule.anchor);
    return after != nullptr && after->hears_breaches();
  };
  if (std::any_of(rules.occasions.begin(), rules.occasions.end(), hears) ||
      std::any_of(rules.policy.holds.begin(), rules.policy.holds.end(), hears_breaches)) {
    promises = std::make_shared<const Promises>(base);
  }
}

bool Compiled::held(Purpose purpose) const {
  return std::any_of(holds.begin(), holds.end(), [&](const CompiledHold& hold) {
    const auto& purposes = hold.rule->purposes;
    return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
  });
}

bool Compiled::admitted(const Occasion& rule) const {
  const Policy& policy = rules.policy;
  // Which channel it will be is not known yet.
  if (!policy.capacity.empty()) return true;
  if (rule.purpose != Purpose::recovery && (policy.merge.all || !policy.merge.channels.empty())) return true;
  return std::any_of(policy.caps.begin(), policy.caps.end(), [&](const Cap& cap) {
    return std::find(cap.purposes.begin(), cap.purposes.end(), rule.purpose) != cap.purposes.end();
  });
}

// By the columns `country` and `subdivision`: the part of the country where it is listed, else the country.
void Compiled::find_calendars() {
  const auto& listed = rules.policy.customer_calendars;
  const Column* country = base.customer_table().find("country");
  if (listed.empty() || country == nullptr) return;
  const Column* part = base.customer_table().find("subdivision");
  const auto text = [](const Column* column, Index row) {
    const Cell cell = column == nullptr ? Cell{} : column->cell(row);
    const auto* found = std::get_if<std::string_view>(&cell);
    return found == nullptr ? std::string{} : upper(trimmed(*found));
  };
  std::unordered_map<std::string, Code> codes;
  for (std::size_t i = 0; i < listed.size(); ++i) codes.emplace(upper(listed[i].place), static_cast<Code>(i + 1));
  calendars_.resize(base.customers());
  for (Index customer = 0; customer < calendars_.size(); ++customer) {
    const std::string place = text(country, customer);
    if (place.empty()) continue;
    auto found = codes.find(place + "-" + text(part, customer));
    if (found == codes.end()) found = codes.find(place);
    if (found != codes.end()) calendars_[customer] = found->second;
  }
}

// A channel that the rules name.
Code Compiled::add_channel(const std::string& name) {
  const Code code = channel_names_.add(name);
  understood_.resize(channel_names_.size());
  understood_[code] = 1;
  return code;
}

std::vector<std::string> Compiled::channels_understood() const {
  std::vector<std::string> names = known_channels();
  for (std::size_t code = 0; code < channels.size(); ++code) {
    if (understood_[code] != 0 && !is_known_channel(channels[code])) names.push_back(channels[code]);
  }
  return names;
}

void Compiled::compile_steps(CompiledOccasion& occasion) {
  occasion.steps.reserve(occasion.rule->steps.size());
  for (const Step& step : occasion.rule->steps) compile_step(occasion, step);
}

void Compiled::compile_step(CompiledOccasion& occasion, const Step& step) {
  const Occasion& rule = *occasion.rule;
  CompiledStep compiled;
  compiled.rule = &step;
  compiled.index = static_cast<std::uint16_t>(occasion.steps.size());
  compiled.own_channels = !step.channels.empty();
  const bool staff = step.audience == Audience::staff;
  if (compiled.own_channels) {
    for (const std::string& channel : step.channels) compiled.channels.push_back(add_channel(channel));
  } else if (staff) {
    compiled.channels.push_back(add_channel("desk"));
  } else {
    for (const std::string& channel : rules.policy.channels) {
      compiled.channels.push_back(add_channel(channel));
    }
  }
  compiled.roll = rule.move.value_or(staff && rules.policy.business_days ? Roll::next : Roll::none);
  compiled.from_instant = counts_from_instant(rule, step);
  compiled.best_hour = step.best_hour && !staff;
  compiled.opening_hours = staff && rules.policy.opening_hours && rule.move != Roll::none;
  compiled.held = held(rule.purpose);
  compiled.gives = step.giving.any();
  compiled.admitted = compiled.gives || admitted(rule);
  compiled.seen = compiled.gives ? gifts->view() : window;
  // Zones are up to a day away from UTC, and a gap can pass midnight once more; other moves keep within the
  // tolerance.
  const bool quiet = !staff && (rules.policy.quiet_hours || !base.quiet_from().empty());
  const bool moved =
      quiet || compiled.roll != Roll::none || compiled.opening_hours || compiled.held || compiled.admitted;
  days reach{2 + (moved ? longest_days(rule.tolerance) : 0)};
  // The contact of what went out before is found by it.
  if (compiled.gives) reach += days{2};
  days back = compiled.roll == Roll::none || compiled.roll == Roll::next ? days{2} : reach;
  // What is due on the window's last day in another zone competes with what is due in the window.
  if (compiled.admitted) back += days{2};
  compiled.earliest = Day{std::chrono::floor<days>(compiled.seen.start).time_since_epoch()} - reach;
  compiled.latest = Day{std::chrono::floor<days>(compiled.seen.end).time_since_epoch()} + back;
  compiled.open_reach = open_reach(rule, step, compiled.earliest, compiled.latest, rules.policy);
  occasion.steps.push_back(std::move(compiled));
}

}  // namespace courtesy
