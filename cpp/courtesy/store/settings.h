// Small facts about the store, by name, and the dictionary of words that rows share.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/store/sqlite.h>

namespace courtesy {

class Settings {
 public:
  explicit Settings(Database& database);

  [[nodiscard]] std::optional<std::string> text(std::string_view name);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name);
  void set(std::string_view name, std::string_view text);
  void set(std::string_view name, std::int64_t value);
  void remove(std::string_view name);

 private:
  Statement get_, set_, remove_;
};

// Codes of words: channels, zones, kinds, reasons, who did something. Codes are never given up.
class Words {
 public:
  explicit Words(Database& database);

  [[nodiscard]] std::int64_t code(std::string_view word);                       // makes one where there is none
  [[nodiscard]] std::optional<std::int64_t> find(std::string_view word);
  [[nodiscard]] const std::string& word(std::int64_t code);                     // throws Error{store} for an unknown one
  // What a rolled back transaction made is forgotten.
  void forget();

 private:
  Database& database_;
  Statement find_, add_, get_;
  std::map<std::string, std::int64_t, std::less<>> codes_;
  std::map<std::int64_t, std::string> words_;
};

}  // namespace courtesy
