#include <courtesy/base/event_content.h>
#include <courtesy/nearest.h>
#include <courtesy/plan/introductions.h>
#include <courtesy/plan/key.h>
#include <courtesy/plan/overrides.h>
#include <courtesy/plan/reach.h>
#include <courtesy/plan/schedule.h>
#include <courtesy/plan/standing.h>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace courtesy {
namespace {

using std::chrono::days;

// A cell of a column as text, whatever it was given as; empty where it is.
std::string cell_text(const Column& column, std::size_t row) {
  std::string text;
  (void)append_id_cell(column.cell(row), text);
  return text;
}

const Column& column_of(const Table& table, const std::string& name, const Occasion& rule) {
  const Column* column = table.find(name);
  if (column != nullptr) return *column;
  if (table.name.empty()) {
    throw Error(ErrorKind::data,
                "occasion '" + rule.name + "' introduces customers by '" + name +
                    "' of their assets, and there is no table of assets",
                rule.where);
  }
  throw Error(ErrorKind::data,
              "occasion '" + rule.name + "' introduces customers by '" + name + "', and the table " + table.name +
                  " has no such column" + did_you_mean(name, column_names(table)),
              rule.where);
}

// A customer whom something went out to, and what about: an earlier introduction.
struct Meeting {
  Index customer;
  Index event;
  Index other;  // the customer that its topic names; no_index: none
};

}  // namespace

class Introductions::OfOccasion {
 public:
  OfOccasion(const Compiled& compiled, const CompiledOccasion& occasion)
      : compiled_(compiled),
        base_(compiled.base),
        occasion_(occasion),
        match_(*std::get<Recurring>(occasion.rule->anchor).match),
        likeness_(static_cast<std::uint32_t>(match_.least), !match_.near.empty()) {
    for (const CompiledStep& step : occasion.steps) keys_.emplace_back(base_, occasion, step);
    find_members();
    find_meetings();
    find_features();
    pair_those_of_the_plan();
  }

  [[nodiscard]] std::optional<Partner> of(Day occurrence, Index customer) {
    if (occurrence >= first_ && occurrence < last_) {
      const auto paired = pairs_.find(occurrence);
      return paired == pairs_.end() ? std::nullopt : found(paired->second, customer);
    }
    const std::lock_guard lock(mutex_);
    auto known = far_.find(occurrence);
    if (known == far_.end()) known = far_.emplace(occurrence, pair(occurrence, {})).first;
    return found(known->second, customer);
  }

  [[nodiscard]] std::string name(Partner partner) const {
    return partner.customer == no_index ? match_.club : base_.customer_ids().text(partner.customer);
  }

  [[nodiscard]] std::string shared(Index customer, Partner partner) const {
    std::set<std::string> names;
    const auto own = likeness_.features_of(number_.at(customer));
    const auto others = partner.customer == no_index ? own : likeness_.features_of(number_.at(partner.customer));
    for (const std::uint32_t feature : own) {
      if (std::binary_search(others.begin(), others.end(), feature)) names.insert(features_[feature]);
    }
    std::string out;
    for (const std::string& each : names) out += (out.empty() ? "" : ", ") + each;
    if (!match_.near.empty()) out += (out.empty() ? "same " : ", same ") + match_.near;
    return out;
  }

 private:
  using Pairs = std::vector<std::pair<Index, Partner>>;  // by customer, in order
  using Known = std::set<std::pair<Index, Index>>;       // pairs of earlier occurrences; of a club (customer, no_index)

  [[nodiscard]] static std::optional<Partner> found(const Pairs& pairs, Index customer) {
    const auto place = std::lower_bound(pairs.begin(), pairs.end(), customer,
                                        [](const auto& entry, Index wanted) { return entry.first < wanted; });
    if (place == pairs.end() || place->first != customer) return std::nullopt;
    return place->second;
  }

  // Whoever ever agreed, in the order of their ids: the order of rows must decide nothing.
  void find_members() {
    const Code kind = compiled_.consent_kind;
    if (kind == no_code) return;
    for (const Index event : base_.events_of(kind).events) {
      if (!speaks_of_introductions(base_, event)) continue;
      const Index customer = base_.customer_of_event(event);
      if (members_.empty() || members_.back() != customer) members_.push_back(customer);
    }
    const Ids& ids = base_.customer_ids();
    if (ids.are_integers()) {
      std::vector<std::pair<std::string, Index>> named;
      named.reserve(members_.size());
      for (const Index member : members_) named.emplace_back(ids.text(member), member);
      std::sort(named.begin(), named.end());
      for (std::size_t i = 0; i < named.size(); ++i) members_[i] = named[i].second;
    } else {
      std::sort(members_.begin(), members_.end(),
                [&](Index a, Index b) { return ids.text_view(a) < ids.text_view(b); });
    }
    number_.reserve(members_.size());
    for (std::uint32_t i = 0; i < members_.size(); ++i) number_.emplace(members_[i], i);
  }

  void find_meetings() {
    const Code kind = compiled_.overrides.contact;
    if (kind == no_code || !base_.any_topics()) return;
    std::string scratch;
    for (const Index event : base_.events_of(kind).events) {
      const std::string_view topic = base_.event_topic(event, scratch);
      if (topic.empty()) continue;
      const Index other = match_.club.empty() ? base_.customer_ids().find(topic) : no_index;
      if (match_.club.empty() ? other == no_index : topic != match_.club) continue;
      meetings_.push_back({base_.customer_of_event(event), event, other});
    }
  }

  [[nodiscard]] bool counts(Code tag) const {
    return match_.any_tags ||
           std::find(match_.tags.begin(), match_.tags.end(), base_.tags().name(tag)) != match_.tags.end();
  }

  void find_features() {
    std::vector<std::vector<std::uint32_t>> features(members_.size());
    std::vector<std::uint32_t> groups(members_.size(), Likeness::no_group);
    if (match_.any_tags || !match_.tags.empty()) {
      for (std::size_t i = 0; i < members_.size(); ++i) {
        for (const Code tag : base_.tags_of(members_[i])) {
          if (counts(tag)) features[i].push_back(tag);
        }
      }
      features_ = base_.tags().all();
    }
    std::unordered_map<std::string, std::uint32_t> codes;
    if (!match_.assets.empty()) {
      const Column& column = column_of(base_.asset_table(), match_.assets, *occasion_.rule);
      for (Index asset = 0; asset < base_.assets(); ++asset) {
        const auto member = number_.find(base_.asset_customer(asset));
        if (member == number_.end()) continue;
        const std::string cell = cell_text(column, base_.asset_row(asset));
        if (cell.empty()) continue;
        const auto [code, is_new] = codes.emplace(cell, static_cast<std::uint32_t>(features_.size()));
        if (is_new) features_.push_back(cell);
        features[member->second].push_back(code->second);
      }
    }
    if (!match_.near.empty()) {
      const Column& column = column_of(base_.customer_table(), match_.near, *occasion_.rule);
      codes.clear();
      for (std::size_t i = 0; i < members_.size(); ++i) {
        const std::string cell = cell_text(column, members_[i]);
        if (cell.empty()) continue;
        groups[i] = codes.emplace(cell, static_cast<std::uint32_t>(codes.size())).first->second;
      }
    }
    for (std::size_t i = 0; i < members_.size(); ++i) {
      std::sort(features[i].begin(), features[i].end());
      features[i].erase(std::unique(features[i].begin(), features[i].end()), features[i].end());
      likeness_.add(features[i], groups[i]);
    }
  }

  // So far from the window's ends that every reminder which may be moved into it is of an occurrence between them.
  void pair_those_of_the_plan() {
    int longest = 0;
    for (const Step& step : occasion_.rule->steps) longest = std::max(longest, longest_days(step.offset));
    const days reach{longest_days(occasion_.rule->tolerance) + longest + 5};
    const auto day = [](Instant at) { return Day{std::chrono::floor<days>(at).time_since_epoch()}; };
    first_ = day(compiled_.window.start) - reach;
    last_ = day(compiled_.window.end) + reach + days{1};
    Known known;
    for (const Moment& each : std::get<Recurring>(occasion_.rule->anchor).days.between(first_, last_)) {
      const Day occurrence = std::get<Day>(each);
      Pairs pairs = pair(occurrence, known);
      for (const auto& [customer, partner] : pairs) known.emplace(customer, partner.customer);
      pairs_.emplace(occurrence, std::move(pairs));
    }
  }

  // When the occasion's first step is scheduled for a customer; nothing where there is no such day.
  struct First {
    Candidate candidate;
    Scheduled scheduled;
    Instant at;
  };
  [[nodiscard]] std::optional<First> first_step(Day occurrence, Index customer) const {
    const CompiledStep& step = occasion_.steps.front();
    const auto day = shifted(occurrence, step.rule->offset, step.rule->before, compiled_.workdays);
    if (!day) return std::nullopt;
    First first{{.customer = customer, .anchor = occurrence, .slot = slot(occurrence, *day)}, {}, {}};
    const bool staff = step.rule->audience == Audience::staff;
    const Zone& zone = staff ? *base_.zones().front() : *base_.zones()[base_.zone_of(customer)];
    const Recipient recipient{zone, 0, staff ? std::nullopt : own_quiet_hours(base_, customer)};
    first.scheduled = scheduled_of(compiled_, occasion_, step, recipient, first.candidate, Overrides{}, nullptr);
    const Policy& policy = compiled_.rules.policy;
    first.at = first.scheduled.instant ? *first.scheduled.instant
                                       : zone.to_utc(first.scheduled.wall, policy.gap, policy.overlap);
    return first;
  }

  [[nodiscard]] static Slot slot(Day occurrence, Day scheduled) {
    return {occurrence, scheduled, static_cast<std::int32_t>(occurrence.time_since_epoch().count())};
  }

  // Whether a customer may be introduced then: active, agreed, for whom the occasion is, and staff did not say no.
  [[nodiscard]] bool takes_part(const First& first) {
    const Index customer = first.candidate.customer;
    if (!occasion_.rule->in_force(day_of(first.scheduled.wall), first.at)) return false;
    if (!base_.status().empty() && base_.status()[customer] != Status::active) return false;
    if (!agreed_to_introductions(compiled_, customer, first.at)) return false;
    if (occasion_.when && !occasion_.when->holds(customer, no_index, first.at)) return false;
    const bool ends = !occasion_.until.empty();
    if (ends &&
        standing_at(compiled_, occasion_, first.candidate, first.at, known_cases_, nullptr) != ReasonCode::due) {
      return false;
    }
    if (!compiled_.speaks(customer, Compiled::Speaks::of_one_reminder)) return true;
    const Key key = keys_.front().make({customer, no_index, no_index, first.candidate.slot.number});
    const Overrides words = overrides_of(compiled_, customer, key);
    return words.decision == no_index || words.decision_kind != compiled_.overrides.skip;
  }

  // Whether a contact says that this occurrence's introduction went out.
  [[nodiscard]] bool is_of(const Meeting& meeting, Day occurrence) {
    std::string scratch;
    const std::string_view ref = base_.event_ref(meeting.event, scratch);
    if (!is_key(ref)) return false;
    const std::int32_t number = slot(occurrence, occurrence).number;
    return std::any_of(keys_.begin(), keys_.end(), [&](KeyMaker& maker) {
      return same_key(ref, to_hex(maker.make({meeting.customer, no_index, no_index, number})));
    });
  }

  // Where two contacts name the same customer the lower id counts, whatever the order of rows.
  [[nodiscard]] std::vector<Index> by_id(const std::map<Index, Partner>& settled) const {
    std::vector<std::pair<std::string, Index>> named;
    for (const auto& [customer, partner] : settled) named.emplace_back(base_.customer_ids().text(customer), customer);
    std::sort(named.begin(), named.end());
    std::vector<Index> out;
    for (const auto& [id, customer] : named) out.push_back(customer);
    return out;
  }

  Pairs pair(Day occurrence, const Known& known) {
    using Part = Likeness::Part;
    std::vector<Part> parts(members_.size(), Part::absent);
    std::vector<Instant> at(members_.size());
    for (std::size_t i = 0; i < members_.size(); ++i) {
      const auto first = first_step(occurrence, members_[i]);
      if (!first || !takes_part(*first)) continue;
      parts[i] = Part::free;
      at[i] = first->at;
    }
    // What went out stands, for both of them.
    std::map<Index, Partner> settled;
    Known met;
    std::vector<const Meeting*> earlier;
    for (const Meeting& meeting : meetings_) {
      if (is_of(meeting, occurrence)) {
        settled.emplace(meeting.customer, Partner{meeting.other});
      } else {
        earlier.push_back(&meeting);
      }
    }
    for (const Index customer : by_id(settled)) {
      const Partner partner = settled.at(customer);
      if (partner.customer != no_index) settled.emplace(partner.customer, Partner{customer});
    }
    for (const Meeting* meeting : earlier) {
      const auto member = number_.find(meeting->customer);
      if (member == number_.end() || parts[member->second] == Part::absent) continue;
      if (base_.event_at(meeting->event, meeting->customer) > at[member->second]) continue;
      met.emplace(meeting->customer, meeting->other);
    }
    for (const auto& [customer, partner] : settled) {
      const auto member = number_.find(customer);
      if (member != number_.end() && parts[member->second] == Part::free) parts[member->second] = Part::taken;
    }
    Pairs pairs(settled.begin(), settled.end());
    const auto have_met = [&](Index a, Index b) { return met.contains({a, b}) || known.contains({a, b}); };
    if (match_.club.empty()) {
      const auto partners = likeness_.pairs(parts, [&](std::uint32_t a, std::uint32_t b) {
        return have_met(members_[a], members_[b]) || have_met(members_[b], members_[a]);
      });
      for (std::size_t i = 0; i < members_.size(); ++i) {
        if (partners[i] != Likeness::nobody) pairs.emplace_back(members_[i], Partner{members_[partners[i]]});
      }
    } else {
      for (std::size_t i = 0; i < members_.size(); ++i) {
        if (parts[i] != Part::free || !is_for(members_[i]) || have_met(members_[i], no_index)) continue;
        pairs.emplace_back(members_[i], Partner{});
      }
    }
    std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return pairs;
  }

  // Whom the club is for.
  [[nodiscard]] bool is_for(Index customer) const {
    const auto tags = base_.tags_of(customer);
    return match_.tags.empty() || std::any_of(tags.begin(), tags.end(), [&](Code tag) { return counts(tag); });
  }

  const Compiled& compiled_;
  const CustomerBase& base_;
  const CompiledOccasion& occasion_;
  const Match& match_;
  std::vector<KeyMaker> keys_;  // by step
  KnownCases known_cases_;
  std::vector<Index> members_;
  std::unordered_map<Index, std::uint32_t> number_;  // of a member, by customer
  std::vector<Meeting> meetings_;
  Likeness likeness_;
  std::vector<std::string> features_;  // their names: tags, and then cells of assets
  Day first_{}, last_{};               // the occurrences of the plan
  std::map<Day, Pairs> pairs_;
  std::mutex mutex_;
  std::map<Day, Pairs> far_;
};

Introductions::Introductions(const Compiled& compiled) : compiled_(compiled) {
  for (const CompiledOccasion& occasion : compiled.occasions) {
    const auto* recurring = std::get_if<Recurring>(&occasion.rule->anchor);
    if (recurring == nullptr || !recurring->match) continue;
    occasions_.emplace(occasion.index, std::make_unique<OfOccasion>(compiled, occasion));
  }
}

Introductions::~Introductions() = default;

std::optional<Partner> Introductions::of(std::uint32_t occasion, Day occurrence, Index customer) const {
  return occasions_.at(occasion)->of(occurrence, customer);
}

std::string Introductions::name(std::uint32_t occasion, Partner partner) const {
  return occasions_.at(occasion)->name(partner);
}

std::string Introductions::shared(std::uint32_t occasion, Index customer, Partner partner) const {
  return occasions_.at(occasion)->shared(customer, partner);
}

bool introduces(const Rules& rules) {
  return std::any_of(rules.occasions.begin(), rules.occasions.end(), [](const Occasion& occasion) {
    const auto* recurring = std::get_if<Recurring>(&occasion.anchor);
    return recurring != nullptr && recurring->match;
  });
}

}  // namespace courtesy
