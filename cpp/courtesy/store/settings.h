// Small facts about the store, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
  // Counts one further, and gives the new count; from 1 where there was none.
  std::int64_t next(std::string_view name, std::int64_t by = 1);

 private:
  Statement get_, set_, remove_, next_;
};

}  // namespace courtesy
