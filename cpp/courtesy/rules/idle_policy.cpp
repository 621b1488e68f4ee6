// Parts of the policy that no occasion comes near.
#include <algorithm>

#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

std::vector<std::string> teams_of(const Rules& rules) {
  std::vector<std::string> teams;
  for (const Occasion& occasion : rules.occasions) {
    for (const Step& step : occasion.steps) {
      if (!step.team.empty() && std::find(teams.begin(), teams.end(), step.team) == teams.end()) {
        teams.push_back(step.team);
      }
    }
  }
  return teams;
}

// Whether a reminder may go out by the channel. A step without channels leaves them to its customers.
bool is_used(const Rules& rules, const std::string& channel) {
  const auto same = [&](const std::string& other) { return same_channel(channel, other); };
  return std::any_of(rules.occasions.begin(), rules.occasions.end(), [&](const Occasion& occasion) {
    return std::any_of(occasion.steps.begin(), occasion.steps.end(), [&](const Step& step) {
      return step.channels.empty() || std::any_of(step.channels.begin(), step.channels.end(), same);
    });
  });
}

void warn_of_unused(const Rules& rules, Reader& reader, const char* key, const std::vector<std::string>& channels) {
  for (const std::string& channel : channels) {
    if (is_used(rules, channel)) continue;
    reader.warn(std::string("'") + key + "': no occasion uses the channel " + in_quotes(channel),
                reader.find(key)->where);
  }
}

}  // namespace

void warn_of_idle_policy(const Rules& rules, Reader& policy) {
  if (rules.occasions.empty()) return;
  warn_of_unused(rules, policy, "merge", rules.policy.merge.channels);
  std::vector<Reader> tables = tables_in(policy, "capacity", "capacity", "");
  const std::vector<std::string> teams = teams_of(rules);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Capacity& capacity = rules.policy.capacity[i];
    warn_of_unused(rules, tables[i], "channels", capacity.channels);
    if (capacity.team.empty() || std::find(teams.begin(), teams.end(), capacity.team) != teams.end()) continue;
    tables[i].warn("'team': no step is for the team " + in_quotes(capacity.team) + did_you_mean(capacity.team, teams),
                   tables[i].find("team")->where);
  }
}

}  // namespace courtesy
