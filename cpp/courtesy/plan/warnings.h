// What looks odd about rules and a customer base together, and stops nothing.
#pragma once

#include <string>
#include <vector>

#include <courtesy/plan/compiled.h>

namespace courtesy {

// In plain words, with names of rules, columns and rows only.
[[nodiscard]] std::vector<std::string> warnings_of(const Compiled& compiled);

}  // namespace courtesy
