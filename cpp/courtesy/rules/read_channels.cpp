#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

#include <unordered_set>

namespace courtesy {

std::vector<std::string> read_channels(Reader& reader, std::string_view key) {
  std::vector<std::string> channels;
  std::unordered_set<std::string> seen;
  for (const std::string& text : reader.texts(key)) {
    std::string name = channel_named(text);
    if (!seen.insert(name).second) continue;
    const std::string near = is_known_channel(name) ? std::string() : did_you_mean(name, known_channels());
    if (!near.empty()) {
      reader.warn(in_quotes(key) + ": " + in_quotes(name) + " is taken as a channel of the shop's own" + near,
                  reader.find(key)->where);
    }
    channels.push_back(std::move(name));
  }
  return channels;
}

}  // namespace courtesy
