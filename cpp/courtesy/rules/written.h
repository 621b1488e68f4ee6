// Rules as they were written, in one form: so that two ways to write the same are one text, which says the same again.
#pragma once

#include <string>

#include <courtesy/rules/node.h>

namespace courtesy {

// A table's entries as lines of TOML, in the order of their keys: "name = \"thank-you\"\non = \"purchase\"\n". Neither
// the order of keys, nor comments, nor how a text is quoted matter; the order in lists does. Read as TOML it is the
// same table again. A value that is no table gives nothing.
[[nodiscard]] std::string written(const Node& table);

// The same of a whole tree: [shop], [policy] and each [[occasion]].
[[nodiscard]] std::string written_rules(const Node& root);

}  // namespace courtesy
