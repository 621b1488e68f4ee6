// What a text may have to be read as rules: bounds that no shop comes near, and that keep hostile texts harmless.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace courtesy {

// A hundred thousand occasions of three hundred bytes each.
inline constexpr std::size_t longest_rule_file = std::size_t{32} << 20;
// Values of a rule file; each costs some hundred bytes of memory while it is read.
inline constexpr std::size_t most_rule_values = 3'000'000;
// Tables and lists within each other, dotted keys included; each level takes a part of the stack.
inline constexpr std::size_t deepest_rule_value = 100;

// Throws Error{rule} where a rule file is longer than the longest: to be asked before it is read.
void check_toml_size(std::size_t bytes, const std::string& file);

// Throws Error{rule} where the TOML text is over one of the bounds, without reading its values.
void check_toml_limits(std::string_view text, const std::string& file);

}  // namespace courtesy
