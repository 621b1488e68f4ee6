// Texts as people type them: in whatever case, with spaces around them.
#pragma once

#include <string>
#include <string_view>

namespace courtesy {

// ASCII letters alone; others stay as they are.
[[nodiscard]] constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string upper(std::string_view text);

// Without the spaces, tabs and line ends around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace courtesy
