// The names of channels. Some are known; a shop may have others of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace courtesy {

[[nodiscard]] const std::vector<std::string>& known_channels();
[[nodiscard]] bool is_known_channel(std::string_view name);

// The known channel that a text means, however it is written ("E-Mail", "SMS"); else the text without the spaces around
// it.
[[nodiscard]] std::string channel_named(std::string_view text);

// Whether what is said of one channel holds for the other: "phone" is "call", and "post" is both "letter" and "card".
[[nodiscard]] bool same_channel(std::string_view a, std::string_view b);

}  // namespace courtesy
