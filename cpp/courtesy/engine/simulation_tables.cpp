#include <courtesy/base/dictionary.h>
#include <courtesy/base/id_column.h>
#include <courtesy/engine/simulation_tables.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace courtesy {
namespace {

constexpr std::string_view reaches_nobody = "desk";

bool is_contact(const Said& said) { return said.key == said.contact; }

OutColumn ids_of(std::string name, const std::vector<std::string_view>& texts, bool integers) {
  if (integers) {
    std::vector<std::int64_t> numbers(texts.size());
    std::vector<bool> filled(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      filled[i] = !texts[i].empty();
      if (filled[i]) numbers[i] = std::stoll(std::string(texts[i]));
    }
    return OutColumn::optional_integers(std::move(name), std::move(numbers), filled);
  }
  OutColumn::Texts out;
  for (const std::string_view text : texts) text.empty() ? out.add_empty() : out.add(text);
  return std::move(out).finish(std::move(name));
}

// Dates, instants, or texts where there are both.
OutColumn moments_of(std::string name, const std::vector<std::string_view>& texts) {
  std::vector<Day> days;
  std::vector<Instant> instants;
  bool any_date = false;
  bool any_instant = false;
  for (const std::string_view text : texts) {
    const auto day = parse_date(text);
    const auto moment = day ? std::nullopt : parse_date_time(text);
    days.push_back(day.value_or(Day::max()));
    instants.push_back(moment && moment->instant ? *moment->instant : Instant::max());
    any_date = any_date || day;
    any_instant = any_instant || moment;
  }
  if (any_date && any_instant) return ids_of(std::move(name), texts, false);
  return any_date ? OutColumn::dates(std::move(name), days) : OutColumn::instants(std::move(name), instants);
}

}  // namespace

std::vector<OutColumn> outcomes_table(const Simulation& simulation) {
  const auto cells = [&](std::string EventRow::* column) {
    std::vector<std::string_view> texts;
    for (const EventRow& row : simulation.outcomes) texts.push_back(row.*column);
    return texts;
  };
  const auto codes = [&](const char* name, std::string EventRow::* column) {
    NameColumn out;
    for (const EventRow& row : simulation.outcomes) out.add(row.*column);
    return std::move(out).finish(name);
  };
  std::vector<double> values;
  for (const EventRow& row : simulation.outcomes) values.push_back(row.value);
  const CustomerBase& base = *simulation.base;
  std::vector<OutColumn> out;
  out.push_back(ids_of("id", cells(&EventRow::id), simulation.integer_ids));
  out.push_back(ids_of("customer", cells(&EventRow::customer), base.customer_ids().are_integers()));
  out.push_back(ids_of("asset", cells(&EventRow::asset), simulation.integer_assets));
  out.push_back(codes("kind", &EventRow::kind));
  out.push_back(moments_of("at", cells(&EventRow::at)));
  out.push_back(OutColumn::reals("value", std::move(values)));
  out.push_back(codes("unit", &EventRow::unit));
  out.push_back(moments_of("due", cells(&EventRow::due)));
  out.push_back(ids_of("ref", cells(&EventRow::ref), false));
  out.push_back(codes("channel", &EventRow::channel));
  out.push_back(codes("by", &EventRow::by));
  out.push_back(codes("topic", &EventRow::topic));
  return out;
}

std::vector<OutColumn> said_table(const Simulation& simulation) {
  const CustomerBase& base = *simulation.base;
  std::vector<Index> customers;
  std::vector<std::string> assets;
  std::vector<Instant> due;
  std::vector<Day> days;
  OutColumn::Texts keys, contacts;
  NameColumn occasions, steps, channels, audiences, teams, purposes;
  for (const Said& said : simulation.said) {
    const Occasion& occasion = simulation.rules->occasions[said.occasion];
    const Step& step = occasion.steps[said.step];
    keys.add(to_hex(said.key));
    contacts.add(to_hex(said.contact));
    customers.push_back(said.customer);
    assets.push_back(said.asset == no_index ? std::string() : base.asset_ids().text(said.asset));
    due.push_back(said.due);
    days.push_back(simulation.start + std::chrono::days{said.day});
    occasions.add(occasion.name);
    steps.add(step.name);
    channels.add(simulation.channels[said.channel]);
    audiences.add(audience_name(step.audience));
    teams.add(step.team);
    purposes.add(purpose_name(occasion.purpose));
  }
  std::vector<OutColumn> out;
  out.push_back(std::move(keys).finish("key"));
  out.push_back(id_column("customer", base.customer_ids(), customers));
  out.push_back(ids_of("asset", {assets.begin(), assets.end()}, simulation.integer_assets));
  out.push_back(std::move(occasions).finish("occasion"));
  out.push_back(std::move(steps).finish("step"));
  out.push_back(OutColumn::instants("due", due));
  out.push_back(OutColumn::dates("day", days));
  out.push_back(std::move(channels).finish("channel"));
  out.push_back(std::move(audiences).finish("audience"));
  out.push_back(std::move(teams).finish("team"));
  out.push_back(std::move(purposes).finish("purpose"));
  out.push_back(std::move(contacts).finish("contact"));
  return out;
}

std::vector<Load> load_of(const Simulation& simulation) {
  // The day of a merged reminder is its contact's, since both are due at one instant.
  std::map<std::tuple<std::int32_t, Audience, std::string_view, std::string_view>, Load> found;
  for (const Said& said : simulation.said) {
    const Step& step = simulation.rules->occasions[said.occasion].steps[said.step];
    const std::string& channel = simulation.channels[said.channel];
    Load& load = found[{said.day, step.audience, step.team, channel}];
    load.day = simulation.start + std::chrono::days{said.day};
    load.audience = step.audience;
    load.team = step.team;
    load.channel = channel;
    load.contacts += is_contact(said) ? 1 : 0;
    ++load.reminders;
  }
  std::vector<Load> out;
  out.reserve(found.size());
  for (auto& [way, load] : found) out.push_back(std::move(load));
  return out;
}

std::vector<std::int64_t> messages_of(const Simulation& simulation) {
  std::vector<std::int64_t> messages(simulation.base->customers());
  for (const Said& said : simulation.said) {
    if (is_contact(said) && simulation.channels[said.channel] != reaches_nobody) ++messages[said.customer];
  }
  return messages;
}

std::vector<Fate> fates_of(const Simulation& simulation) {
  std::vector<Fate> fates(simulation.rules->occasions.size());
  for (const Said& said : simulation.said)
    ++(is_contact(said) ? fates[said.occasion].contacts : fates[said.occasion].merged);
  for (const auto& [cause, number] : simulation.withheld) fates[cause.first].withheld += number;
  return fates;
}

}  // namespace courtesy
