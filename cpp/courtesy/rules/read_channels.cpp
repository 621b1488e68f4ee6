#include <courtesy/channel.h>
#include <courtesy/in_quotes.h>
#include <courtesy/nearest.h>
#include <courtesy/rules/read_parts.h>

#include <algorithm>

namespace courtesy {

std::vector<std::string> read_channels(Reader& reader) {
  std::vector<std::string> channels;
  for (const std::string& text : reader.texts("channels")) {
    std::string name = channel_named(text);
    if (std::find(channels.begin(), channels.end(), name) != channels.end()) continue;
    const std::string near = is_known_channel(name) ? std::string() : did_you_mean(name, known_channels());
    if (!near.empty()) {
      reader.problems().warn((reader.context().empty() ? std::string() : reader.context() + ": ") +
                                 "'channels': " + in_quotes(name) + " is taken as a channel of the shop's own" + near,
                             reader.find("channels")->where);
    }
    channels.push_back(std::move(name));
  }
  return channels;
}

}  // namespace courtesy
