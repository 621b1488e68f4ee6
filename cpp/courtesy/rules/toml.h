// Rules from TOML text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <courtesy/rules/rules.h>

namespace courtesy {

// Reads TOML 1.0. Throws Error{rule} with file, line and column: a text that is too long or too deep to be rules
// (toml_limits.h), a syntax error, or every problem of read_rules.
[[nodiscard]] std::shared_ptr<const Rules> rules_from_toml(std::string_view text, std::string file,
                                                           const HolidaySource& holidays = {});

}  // namespace courtesy
