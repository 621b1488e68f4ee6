#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

#include <unordered_set>

namespace courtesy {

std::string read_channel(Reader& reader, const std::string& text, std::string_view key, Place place) {
  std::string name = channel_named(text);
  const std::string near = is_known_channel(name) ? std::string() : did_you_mean(name, known_channels());
  if (!near.empty()) {
    reader.warn(in_quotes(key) + ": " + in_quotes(name) + " is taken as a channel of the shop's own" + near, place);
  }
  return name;
}

std::vector<std::string> read_channels(Reader& reader, std::string_view key) {
  std::vector<std::string> channels;
  std::unordered_set<std::string> seen;
  for (const std::string& text : reader.texts(key)) {
    if (!seen.insert(channel_named(text)).second) continue;
    channels.push_back(read_channel(reader, text, key, reader.find(key)->where));
  }
  return channels;
}

}  // namespace courtesy
