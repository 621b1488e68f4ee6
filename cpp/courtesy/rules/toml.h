// Rules from TOML text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <courtesy/rules/rules.h>

namespace courtesy {

// A rule file longer than this is refused before it is read.
inline constexpr std::size_t longest_rule_file = std::size_t{16} << 20;

// Throws Error{rule} with file, line and column: a syntax error, or every problem of read_rules.
[[nodiscard]] std::shared_ptr<const Rules> rules_from_toml(std::string_view text, std::string file);

}  // namespace courtesy
