// Parts of the policy that no occasion comes near.
#include <algorithm>
#include <unordered_set>

#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

// What the steps of all occasions say, gathered once: a rule file may have very many of them, and of capacities.
struct Said {
  std::unordered_set<std::string> channels;
  bool any_channel = false;  // a step without channels leaves them to its customers
  std::unordered_set<std::string> teams;
};

Said said_by_steps(const Rules& rules) {
  Said said;
  for (const Occasion& occasion : rules.occasions) {
    for (const Step& step : occasion.steps) {
      said.any_channel |= step.channels.empty();
      said.channels.insert(step.channels.begin(), step.channels.end());
      if (!step.team.empty()) said.teams.insert(step.team);
    }
  }
  return said;
}

// Whether a reminder may go out by the channel, or by one that it stands for.
bool is_used(const Said& said, const std::string& channel) {
  const auto& known = known_channels();
  return said.any_channel || said.channels.contains(channel) ||
         std::any_of(known.begin(), known.end(), [&](const std::string& other) {
           return same_channel(channel, other) && said.channels.contains(other);
         });
}

void warn_of_unused(const Said& said, Reader& reader, const char* key, const std::vector<std::string>& channels) {
  for (const std::string& channel : channels) {
    if (is_used(said, channel)) continue;
    reader.warn(std::string("'") + key + "': no occasion uses the channel " + in_quotes(channel),
                reader.find(key)->where);
  }
}

}  // namespace

void warn_of_idle_policy(const Rules& rules, Reader& policy) {
  if (rules.occasions.empty()) return;
  const Said said = said_by_steps(rules);
  warn_of_unused(said, policy, "merge", rules.policy.merge.channels);
  warn_of_unused(said, policy, "delivery", rules.policy.at_most_once);
  std::vector<std::string> teams(said.teams.begin(), said.teams.end());
  std::sort(teams.begin(), teams.end());
  std::vector<Reader> tables = tables_in(policy, "capacity", "capacity", "");
  for (std::size_t i = 0; i < tables.size() && !policy.problems().warned_enough(); ++i) {
    const Capacity& capacity = rules.policy.capacity[i];
    warn_of_unused(said, tables[i], "channels", capacity.channels);
    if (capacity.team.empty() || said.teams.contains(capacity.team)) continue;
    tables[i].warn("'team': no step is for the team " + in_quotes(capacity.team) + did_you_mean(capacity.team, teams),
                   tables[i].find("team")->where);
  }
}

}  // namespace courtesy
