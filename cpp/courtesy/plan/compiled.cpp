#include <courtesy/nearest.h>
#include <courtesy/plan/compiled.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

bool counts_from_instant(const Occasion& rule, const Step& step) {
  const auto* after = std::get_if<AfterEvent>(&rule.anchor);
  return after != nullptr && (!after->after.whole_days() || !step.offset.whole_days());
}

// An occasion says once per kind what no event has; a million occasions on one kind say it once as well.
class KindWarnings {
 public:
  KindWarnings(const CustomerBase& base, std::vector<std::string>& out) : base_(base), out_(out) {}

  void check(const Occasion& rule, std::string_view key, const std::string& kind) {
    if (base_.kinds().find(kind) != no_code || seen_.find(kind) != no_code) return;
    if (seen_.size() >= most) return;
    seen_.add(kind);
    out_.push_back("occasion '" + rule.name + "': " + std::string(key) + " = '" + kind +
                   "', and no event is of that kind" + did_you_mean(kind, base_.kinds().all()));
  }

 private:
  static constexpr std::size_t most = 100;
  const CustomerBase& base_;
  std::vector<std::string>& out_;
  Names seen_;
};

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

Compiled::Compiled(const CustomerBase& customer_base, const Rules& all_rules, Window planned)
    : base(customer_base), rules(all_rules), window(planned) {
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
  channel_names_ = base.channels();
  consent_kind = base.kinds().find("consent");
  withdrawal_kind = base.kinds().find("withdrawal");
  reading_kind = base.kinds().find("reading");

  occasions.resize(rules.occasions.size());
  for (std::size_t i = 0; i < occasions.size(); ++i) {
    CompiledOccasion& occasion = occasions[i];
    const Occasion& rule = rules.occasions[i];
    occasion.rule = &rule;
    occasion.index = static_cast<std::uint32_t>(i);
    occasion.consent = rules.policy.consent[static_cast<std::size_t>(rule.purpose)];
    if (const auto* after = std::get_if<AfterEvent>(&rule.anchor)) {
      occasion.kind = base.kinds().find(after->kind);
    } else if (const auto* yearly = std::get_if<Yearly>(&rule.anchor)) {
      if (!yearly->birthday) occasion.kind = base.kinds().find(yearly->kind);
    } else {
      for (const std::string& kind : std::get<Interval>(rule.anchor).since) {
        occasion.since.push_back(base.kinds().find(kind));
      }
    }
    for (const std::string& kind : rule.until) {
      const Code code = base.kinds().find(kind);
      if (code == no_code) continue;
      occasion.until.resize(base.kinds().size());
      occasion.until[code] = 1;
    }
    if (rule.when) occasion.when.emplace(*rule.when, base, rule.name);
    compile_steps(occasion);
  }
  channels = channel_names_.all();
  channel_needs.reserve(channels.size());
  for (const std::string& channel : channels) channel_needs.push_back(contact_needed(channel));
  warn_of_unknown_kinds();
  warn_of_future_birthdays();
}

void Compiled::compile_steps(CompiledOccasion& occasion) {
  const Occasion& rule = *occasion.rule;
  occasion.steps.reserve(rule.steps.size());
  for (const Step& step : rule.steps) {
    CompiledStep compiled;
    compiled.rule = &step;
    compiled.index = static_cast<std::uint16_t>(occasion.steps.size());
    compiled.own_channels = !step.channels.empty();
    if (compiled.own_channels) {
      for (const std::string& channel : step.channels) compiled.channels.push_back(channel_names_.add(channel));
    } else if (step.audience == Audience::staff) {
      compiled.channels.push_back(channel_names_.add("desk"));
    } else {
      for (const std::string& channel : rules.policy.channels) {
        compiled.channels.push_back(channel_names_.add(channel));
      }
    }
    const bool staff_on_business_days = step.audience == Audience::staff && rules.policy.business_days;
    compiled.roll = rule.move.value_or(staff_on_business_days ? Roll::next : Roll::none);
    compiled.from_instant = counts_from_instant(rule, step);
    // Zones are up to a day away from UTC, and a gap can pass midnight once more; other moves keep within the
    // tolerance.
    const bool quiet = step.audience == Audience::customer && (rules.policy.quiet_hours || !base.quiet_from().empty());
    const days reach{2 + (quiet || compiled.roll != Roll::none ? longest_days(rule.tolerance) : 0)};
    const days back = compiled.roll == Roll::previous || compiled.roll == Roll::nearest ? reach : days{2};
    compiled.earliest = Day{std::chrono::floor<days>(window.start).time_since_epoch()} - reach;
    compiled.latest = Day{std::chrono::floor<days>(window.end).time_since_epoch()} + back;
    occasion.steps.push_back(std::move(compiled));
  }
}

void Compiled::warn_of_no_events() {
  constexpr std::size_t named = 3;
  std::string names;
  std::size_t count = 0;
  for (const CompiledOccasion& occasion : occasions) {
    const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
    if (yearly != nullptr && yearly->birthday) continue;
    if (count++ < named) names += (names.empty() ? "'" : ", '") + occasion.rule->name + "'";
  }
  if (count == 0) return;
  if (count > named) names += " and " + std::to_string(count - named) + " more";
  warnings.push_back((count == 1 ? "occasion " : "occasions ") + names + (count == 1 ? " starts" : " start") +
                     " from events, and there are none");
}

void Compiled::warn_of_unknown_kinds() {
  if (base.events() == 0) {
    warn_of_no_events();
    return;
  }
  KindWarnings kinds(base, warnings);
  for (const CompiledOccasion& occasion : occasions) {
    const Occasion& rule = *occasion.rule;
    if (const auto* after = std::get_if<AfterEvent>(&rule.anchor)) {
      kinds.check(rule, "on", after->kind);
    } else if (const auto* yearly = std::get_if<Yearly>(&rule.anchor)) {
      if (!yearly->birthday) kinds.check(rule, "yearly", yearly->kind);
    } else {
      for (const std::string& kind : std::get<Interval>(rule.anchor).since) kinds.check(rule, "since", kind);
    }
    for (const std::string& kind : rule.until) kinds.check(rule, "until", kind);
  }
}

void Compiled::warn_of_future_birthdays() {
  const Day last{std::chrono::floor<days>(window.end).time_since_epoch()};
  const auto [birthday, row] = base.latest_birthday();
  if (birthday != no_day && Day{days{birthday}} > last) {
    warnings.push_back("customers, row " + std::to_string(row) +
                       ", column 'birthday': it lies after the window, in the future; check the date");
  }
}

}  // namespace courtesy
