#include <courtesy/channel.h>
#include <courtesy/letters.h>

#include <algorithm>

namespace courtesy {
namespace {

// Its letters in lower case, without what separates words.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-' || c == '_' || c == ' ') continue;
    out += lower(c);
  }
  return out;
}

}  // namespace

const std::vector<std::string>& known_channels() {
  static const std::vector<std::string> names = {"email", "call", "phone", "sms",  "whatsapp", "letter", "card",
                                                 "post",  "desk", "visit", "push", "chat",     "fax"};
  return names;
}

bool is_known_channel(std::string_view name) {
  const auto& known = known_channels();
  return std::find(known.begin(), known.end(), name) != known.end();
}

std::string channel_named(std::string_view text) {
  text = trimmed(text);
  std::string name = folded(text);
  return is_known_channel(name) ? name : std::string(text);
}

bool same_channel(std::string_view a, std::string_view b) {
  const auto covers = [](std::string_view wide, std::string_view other) {
    return (wide == "phone" && other == "call") || (wide == "post" && (other == "letter" || other == "card"));
  };
  return a == b || covers(a, b) || covers(b, a);
}

}  // namespace courtesy
