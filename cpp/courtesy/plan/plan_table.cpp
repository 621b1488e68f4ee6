#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/plan_table.h>

#include <courtesy/base/dictionary.h>
#include <courtesy/base/id_column.h>

#include <array>
#include <limits>
#include <optional>

namespace courtesy {
namespace {

OutColumn event_column(const Plan& plan) {
  OutColumn::Texts texts;
  std::string scratch;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Index event = plan.columns.event[i];
    if (event == no_index) {
      texts.add_empty();
      continue;
    }
    texts.add(plan.base->event_id(event, plan.columns.customer[i], scratch));
  }
  return std::move(texts).finish("event");
}

// The key of the reminder whose contact says it; empty where none does.
OutColumn contact_column(const Plan& plan) {
  OutColumn::Texts texts;
  texts.reserve(plan.size(), plan.size() * 32);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    switch (plan.columns.state[i]) {
      case State::planned:
        texts.add(to_hex(plan.columns.key[i]));
        break;
      case State::withheld:
        texts.add_empty();
        break;
      case State::merged:
        texts.add(to_hex(plan.notes->contact_of(plan.columns.key[i])));
        break;
    }
  }
  return std::move(texts).finish("contact");
}

// A column whose cell follows from the reminder's occasion and step. `own_code(i, dictionary)` may know better.
template <typename NameOf, typename OwnCode>
OutColumn step_column(std::string name, const Plan& plan, NameOf name_of, OwnCode own_code) {
  Dictionary dictionary;
  // One look-up by name for each occasion and step, not for each row.
  std::vector<std::vector<std::int32_t>> known(plan.rules->occasions.size());
  constexpr std::int32_t not_yet = -2;
  std::vector<std::int32_t> codes(plan.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const Occasion& occasion = plan.rules->occasions[plan.columns.occasion[i]];
    auto& of_occasion = known[plan.columns.occasion[i]];
    if (of_occasion.empty()) of_occasion.assign(occasion.steps.size(), not_yet);
    std::int32_t& code = of_occasion[plan.columns.step[i]];
    if (code == not_yet) {
      const std::string_view text = name_of(occasion, occasion.steps[plan.columns.step[i]]);
      code = text.empty() ? -1 : dictionary.code(text);
    }
    codes[i] = own_code(i, dictionary).value_or(code);
  }
  return OutColumn::codes(std::move(name), std::move(codes), dictionary.names());
}

template <typename NameOf>
OutColumn step_column(std::string name, const Plan& plan, NameOf name_of) {
  const auto none = [](std::size_t, const Dictionary&) { return std::optional<std::int32_t>{}; };
  return step_column(std::move(name), plan, name_of, none);
}

const Gesture* gesture_of(const Plan& plan, std::size_t row) {
  const Extra* extra = plan.extras->empty() ? nullptr : plan.extras->of(plan.columns.key[row]);
  return extra == nullptr ? nullptr : extra->gesture;
}

// The step's, but for a gesture that has one of its own.
OutColumn message_column(const Plan& plan) {
  const auto of_step = [](const Occasion&, const Step& step) -> std::string_view { return step.message; };
  return step_column("message", plan, of_step, [&](std::size_t i, Dictionary& dictionary) {
    const Gesture* gesture = gesture_of(plan, i);
    return gesture == nullptr || gesture->message.empty() ? std::nullopt
                                                          : std::optional(dictionary.code(gesture->message));
  });
}

// What a few reminders carry: gesture, cost, partner.
void add_extras(const Plan& plan, std::vector<OutColumn>& out) {
  Dictionary gestures;
  Dictionary partners;
  std::vector<std::int32_t> given(plan.size(), -1), introduced(plan.size(), -1);
  std::vector<double> costs(plan.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < plan.size() && !plan.extras->empty(); ++i) {
    const Extra* extra = plan.extras->of(plan.columns.key[i]);
    if (extra == nullptr) continue;
    if (!extra->partner.empty()) introduced[i] = partners.code(extra->partner);
    if (extra->gesture == nullptr) continue;
    given[i] = gestures.code(extra->gesture->name);
    costs[i] = extra->gesture->cost;
  }
  out.push_back(OutColumn::codes("gesture", std::move(given), gestures.names()));
  out.push_back(OutColumn::reals("cost", std::move(costs)));
  out.push_back(OutColumn::codes("partner", std::move(introduced), partners.names()));
}

}  // namespace

std::vector<OutColumn> plan_table(const Plan& plan) {
  const PlanColumns& columns = plan.columns;
  const std::size_t rows = plan.size();
  std::vector<OutColumn> out;

  OutColumn::Texts keys;
  keys.reserve(rows, rows * 32);
  for (const Key key : columns.key) keys.add(to_hex(key));
  out.push_back(std::move(keys).finish("key"));
  out.push_back(id_column("customer", plan.base->customer_ids(), columns.customer));
  out.push_back(id_column("asset", plan.base->asset_ids(), columns.asset));
  out.push_back(step_column("occasion", plan,
                            [](const Occasion& occasion, const Step&) -> std::string_view { return occasion.name; }));
  out.push_back(
      step_column("step", plan, [](const Occasion&, const Step& step) -> std::string_view { return step.name; }));

  std::vector<std::int32_t> states(rows), zones(rows), channels(rows), priorities(rows), reasons(rows);
  std::vector<std::string> reason_names;
  std::array<std::int32_t, 256> reason_codes{};
  reason_codes.fill(-1);
  for (std::size_t i = 0; i < rows; ++i) {
    states[i] = static_cast<std::int32_t>(columns.state[i]);
    zones[i] = columns.zone[i];
    channels[i] = columns.channel[i] == no_code ? -1 : columns.channel[i];
    priorities[i] = priority_of(*plan.compiled, columns.occasion[i], columns.customer[i], columns.due[i]);
    std::int32_t& reason = reason_codes[static_cast<std::uint8_t>(columns.reason[i])];
    if (reason < 0) {
      reason = static_cast<std::int32_t>(reason_names.size());
      reason_names.emplace_back(reason_name(columns.reason[i]));
    }
    reasons[i] = reason;
  }
  std::vector<std::string> zone_names;
  for (const auto& zone : plan.base->zones()) zone_names.push_back(zone->name());
  out.push_back(OutColumn::codes("state", std::move(states), {"planned", "withheld", "merged"}));
  out.push_back(OutColumn::instants("due", columns.due));
  out.push_back(OutColumn::wall_times("local", columns.local));
  out.push_back(OutColumn::codes("zone", std::move(zones), zone_names));
  out.push_back(OutColumn::codes("channel", std::move(channels), plan.channels));
  out.push_back(
      step_column("audience", plan, [](const Occasion&, const Step& step) { return audience_name(step.audience); }));
  out.push_back(step_column("purpose", plan,
                            [](const Occasion& occasion, const Step&) { return purpose_name(occasion.purpose); }));
  out.push_back(OutColumn::small_integers("priority", std::move(priorities)));
  out.push_back(OutColumn::dates("anchor", columns.anchor));
  out.push_back(OutColumn::instants("expires", columns.expires));
  out.push_back(OutColumn::codes("reason", std::move(reasons), reason_names));
  out.push_back(event_column(plan));
  out.push_back(message_column(plan));
  out.push_back(contact_column(plan));
  out.push_back(
      step_column("team", plan, [](const Occasion&, const Step& step) -> std::string_view { return step.team; }));
  add_extras(plan, out);
  return out;
}

}  // namespace courtesy
