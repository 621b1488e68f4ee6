// A shop's rules: its occasions and its policy.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <courtesy/rules/holiday_source.h>
#include <courtesy/rules/node.h>
#include <courtesy/rules/occasion.h>
#include <courtesy/rules/policy.h>

namespace courtesy {

struct Shop {
  std::string name;
  std::string zone = "UTC";
  std::string locale = "en";
};

struct Rules {
  Shop shop;
  Policy policy;
  std::vector<Occasion> occasions;
  std::vector<Problem> warnings;  // what was read and has no effect, or looks odd
  // All of it as TOML in one form (written.h), and as a comment the source of its holidays and that one's version: what
  // is read from this text has this text again, and rules that differ in nothing that decides have the same one.
  std::string written;
};

// Reads and checks a whole tree; throws one Error{rule} with every problem found (the first 100), each with its place,
// what was expected, what was found and the nearest right word. `file` is named in those places. Rules that
// name a country are a problem where there is no source of holidays.
[[nodiscard]] std::shared_ptr<const Rules> read_rules(const Node& root, std::string file = {},
                                                      const HolidaySource& holidays = {});

}  // namespace courtesy
