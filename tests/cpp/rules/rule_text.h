// Rules as tests write them, and what is said of them.
#pragma once

#include <courtesy/rules/toml.h>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace courtesy::rule_text {

using Lines = std::vector<std::string>;

inline std::shared_ptr<const Rules> rules(const std::string& text) { return rules_from_toml(text, "rules.toml"); }

// One occasion of that name and these further keys, a line each.
inline std::string occasion_text(const std::string& keys, const std::string& name = "a") {
  return "[[occasion]]\nname = \"" + name + "\"\n" + keys + "\n";
}

inline Occasion occasion(const std::string& keys) { return rules(occasion_text(keys))->occasions.at(0); }

template <typename Read>
Lines complaints_of(Read read) {
  try {
    read();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::rule);
    Lines out;
    for (const Problem& problem : error.problems()) out.push_back(problem.text());
    return out;
  }
  return {};
}

// The texts of all problems, such as "rules.toml:3:1: occasion 'a': …"; none where the rules are right.
inline Lines complaints(const std::string& text) {
  return complaints_of([&] { (void)rules(text); });
}

// The same of the warnings of rules that are right.
inline Lines warnings(const std::string& text) {
  Lines out;
  const auto made = rules(text);
  for (const Problem& warning : made->warnings) out.push_back(warning.text());
  return out;
}

// A text and everything that is said of it.
struct Complaint {
  std::string text;
  Lines said;
};

inline void expect_complaints(const std::vector<Complaint>& cases) {
  for (const Complaint& c : cases) EXPECT_EQ(complaints(c.text), c.said) << c.text;
}

// The same for the keys of one occasion 'a', which begin in line 3.
inline void expect_occasion_complaints(const std::vector<Complaint>& cases) {
  for (const Complaint& c : cases) EXPECT_EQ(complaints(occasion_text(c.text)), c.said) << c.text;
}

// Trees, as objects make them: without places.
inline Node node(const char* text) { return {std::string(text), {}, {}}; }
template <typename T>
Node node(T value) {
  return {std::move(value), {}, {}};
}
inline Node table(Node::Entries entries) { return node(std::move(entries)); }
inline Node list(Node::Array items) { return node(std::move(items)); }

}  // namespace courtesy::rule_text
