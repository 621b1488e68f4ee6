// The rules by which a store lives, and since when.
#pragma once

#include <memory>
#include <string>

#include <courtesy/rules/rules.h>
#include <courtesy/store/settings.h>

namespace courtesy {

// Rules and the text that they were read from, so that the file can say what it lives by.
struct RuleSource {
  std::shared_ptr<const Rules> rules;
  std::string form;  // "toml" or "json"
  std::string text;
};

}  // namespace courtesy
