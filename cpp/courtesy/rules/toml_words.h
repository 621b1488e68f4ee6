// Syntax errors of TOML in plain words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace courtesy {

// `description` is the parser's own ("Error while parsing value: could not determine value type"); `text` is what it
// read, and line and column say where it stopped. The answer names what was expected, what was found and what to try;
// a description that is not known is given as it is.
[[nodiscard]] std::string toml_in_words(std::string_view description, std::string_view text, std::uint32_t line,
                                        std::uint32_t column);

}  // namespace courtesy
