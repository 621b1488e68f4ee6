// The dictionary of words that rows share: channels, zones, kinds, reasons, who did something.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <courtesy/store/sqlite.h>

namespace courtesy {

// Codes are never given up, so that what was looked up once stays true.
class Words {
 public:
  explicit Words(Database& database);

  [[nodiscard]] std::int64_t code(std::string_view word);  // makes one where there is none
  [[nodiscard]] std::optional<std::int64_t> find(std::string_view word);
  [[nodiscard]] const std::string& word(std::int64_t code);  // throws Error{store} for an unknown one

 private:
  void forget_what_was_rolled_back();
  std::int64_t keep(std::string_view word, std::int64_t code);

  Database& database_;
  Statement find_, add_, get_;
  std::map<std::string, std::int64_t, std::less<>> codes_;
  std::map<std::int64_t, std::string> words_;
  std::uint64_t rollbacks_ = 0;
};

}  // namespace courtesy
