// Texts of others, as messages may show them.
#pragma once

#include <string>
#include <string_view>

namespace courtesy {

// The text in single quotes, at most `most` bytes of it (cut between characters, "…" where it was longer), without
// control characters: a message must neither flood a terminal nor steer it.
// (Not named quoted: for a std::string argument that would find the one of <iomanip>.)
[[nodiscard]] std::string in_quotes(std::string_view text, std::size_t most = 60);

}  // namespace courtesy
