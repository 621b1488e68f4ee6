#include <courtesy/channel.h>
#include <courtesy/letters.h>
#include <courtesy/plan/overrides.h>
#include <courtesy/plan/reach.h>

#include <algorithm>

namespace courtesy {
namespace {

using std::chrono::days;

ReasonCode consent_for(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Code channel,
                       Instant at, Trace* trace) {
  const CustomerBase& base = compiled.base;
  const std::string_view purpose = purpose_name(occasion.rule->purpose);
  std::optional<Index> latest;
  if (compiled.speaks(customer, Compiled::Speaks::of_consent)) {
    for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
      const Code kind = base.event_kind()[e];
      if (kind != compiled.consent_kind && kind != compiled.withdrawal_kind) continue;
      if (base.event_at(e, customer) > at) continue;
      // What names no channel or purpose that is understood forbids all, and allows nothing.
      const bool forbids = kind == compiled.withdrawal_kind;
      const Code named = base.event_channel(e);
      if (named != no_code && !compiled.understood(named)) {
        if (!forbids) continue;
      } else if (named != no_code && !same_channel(compiled.channels[named], compiled.channels[channel])) {
        continue;
      }
      // Who will not be introduced may still hear of everything else.
      if (speaks_of_introductions(base, e)) continue;
      const std::string_view note = trimmed(base.event_note(e));
      const auto noted = purpose_named(note);
      if (noted ? *noted != occasion.rule->purpose : !note.empty() && !forbids) continue;
      // Where none is needed, only a withdrawal of this very purpose is heard, and a consent ends it.
      if (occasion.consent == Consent::not_needed && forbids && !noted) continue;
      latest = e;
    }
  }
  const bool given = latest && base.event_kind()[*latest] == compiled.consent_kind;
  const bool withdrawn = latest && !given;
  ReasonCode stop = ReasonCode::due;
  ReasonCode said = ReasonCode::consent_given;
  if (withdrawn) {
    stop = said = ReasonCode::consent_withdrawn;
  } else if (!given && occasion.consent == Consent::needed) {
    stop = said = ReasonCode::no_consent;
  } else if (occasion.consent == Consent::not_needed) {
    said = ReasonCode::consent_not_needed;
  } else if (!given) {
    said = ReasonCode::consent_not_withdrawn;
  }
  if (trace == nullptr) return stop;
  std::vector<std::pair<std::string_view, ReasonValue>> data{{"channel", compiled.channels[channel]},
                                                             {"purpose", std::string(purpose)}};
  if (said == ReasonCode::consent_given || said == ReasonCode::consent_withdrawn) {
    data.emplace_back("day", base.day_of_event(*latest));
  }
  if (said == ReasonCode::consent_given) data.emplace_back("at", base.event_at(*latest, customer));
  trace->add(said, std::move(data));
  return stop;
}

bool lacks_address(const Compiled& compiled, Index customer, Code channel) {
  const auto unreachable = compiled.base.unreachable();
  return !unreachable.empty() && (compiled.channel_needs[channel] & unreachable[customer]) != 0;
}

// A customer's channels one by one, until one may be used.
class Chooser {
 public:
  Chooser(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Index customer,
          Instant at, Trace* trace)
      : compiled_(compiled), occasion_(occasion), step_(step), customer_(customer), at_(at), trace_(trace) {}

  Reach choose(Index by_staff) {
    const CustomerBase& base = compiled_.base;
    const auto preferred = base.preferred(customer_);
    const Code staffs = by_staff == no_index ? no_code : base.event_channel(by_staff);
    if (staffs != no_code && usable(staffs)) {
      if (trace_ != nullptr) {
        auto data = word_of(base, by_staff);
        data.emplace_back("channel", compiled_.channels[staffs]);
        trace_->add(ReasonCode::use_channel, std::move(data));
      }
      return chosen(staffs, "staff");
    }
    // A customer's own channels count among those that the step names, or all of them where it names none.
    const bool own_choice = !step_.own_channels && step_.rule->audience == Audience::customer;
    const auto allowed = [&](Code channel) {
      return std::find(step_.channels.begin(), step_.channels.end(), channel) != step_.channels.end();
    };
    for (const Code channel : preferred) {
      if (channel != staffs && (own_choice || allowed(channel)) && usable(channel)) return chosen(channel, "customer");
    }
    const char* preference = step_.own_channels ? "occasion" : (own_choice ? "policy" : "desk");
    for (const Code channel : step_.channels) {
      if (channel == staffs || std::find(preferred.begin(), preferred.end(), channel) != preferred.end()) continue;
      if (usable(channel)) return chosen(channel, preference);
    }
    tell_refusal();
    return {stop_, no_code};
  }

 private:
  bool usable(Code channel) {
    if (lacks_address(compiled_, customer_, channel)) {
      if (trace_ != nullptr) {
        trace_->add(ReasonCode::out_of_reach,
                    {{"channel", compiled_.channels[channel]},
                     {"column", std::string(contact_column(compiled_.channel_needs[channel]))}});
      }
      return false;
    }
    const ReasonCode refused = consent_for(compiled_, occasion_, customer_, channel, at_, trace_);
    if (refused == ReasonCode::due) return true;
    if (stop_ == ReasonCode::no_channel) stop_ = refused;
    return false;
  }

  Reach chosen(Code channel, const char* preference) {
    if (trace_ != nullptr) {
      trace_->add(ReasonCode::channel,
                  {{"channel", compiled_.channels[channel]}, {"preference", std::string(preference)}});
    }
    return {ReasonCode::due, channel};
  }

  // Each refusal was told; the deciding one goes last.
  void tell_refusal() {
    if (trace_ == nullptr) return;
    if (stop_ == ReasonCode::no_channel) {
      trace_->add(stop_);
      return;
    }
    std::vector<Reason> reasons = trace_->take();
    const auto deciding =
        std::find_if(reasons.begin(), reasons.end(), [&](const Reason& reason) { return reason.code == stop_; });
    std::rotate(deciding, deciding + 1, reasons.end());
    for (Reason& reason : reasons) trace_->add(reason.code, std::move(reason.data));
  }

  const Compiled& compiled_;
  const CompiledOccasion& occasion_;
  const CompiledStep& step_;
  Index customer_;
  Instant at_;
  Trace* trace_;
  ReasonCode stop_ = ReasonCode::no_channel;
};

}  // namespace

bool speaks_of_introductions(const CustomerBase& base, Index event) {
  constexpr std::string_view word = "introduction";
  const std::string_view note = trimmed(base.event_note(event));
  return std::equal(note.begin(), note.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; });
}

bool agreed_to_introductions(const Compiled& compiled, Index customer, Instant at) {
  if (!compiled.speaks(customer, Compiled::Speaks::of_consent)) return false;
  const CustomerBase& base = compiled.base;
  bool agreed = false;
  for (Index e = base.event_begin()[customer]; e < base.event_begin()[customer + 1]; ++e) {
    const Code kind = base.event_kind()[e];
    const bool forbids = kind == compiled.withdrawal_kind;
    if ((kind != compiled.consent_kind && !forbids) || base.event_at(e, customer) > at) continue;
    if (speaks_of_introductions(base, e)) {
      agreed = !forbids;
      continue;
    }
    // What cannot be understood forbids all, here as elsewhere.
    const Code channel = base.event_channel(e);
    const bool all_channels = channel == no_code || !compiled.understood(channel);
    if (forbids && all_channels && !purpose_named(trimmed(base.event_note(e)))) agreed = false;
  }
  return agreed;
}

Reach reach_at(const Compiled& compiled, const CompiledOccasion& occasion, const CompiledStep& step, Index customer,
               Index by_staff, Instant at, Trace* trace) {
  return Chooser(compiled, occasion, step, customer, at, trace).choose(by_staff);
}

bool reached_by(const Compiled& compiled, const CompiledOccasion& occasion, Index customer, Code channel, Instant at) {
  return !lacks_address(compiled, customer, channel) &&
         consent_for(compiled, occasion, customer, channel, at, nullptr) == ReasonCode::due;
}

}  // namespace courtesy
