// Customers or assets: rows with an id, and the columns that they were given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/store/catalogue.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

class RecordTable {
 public:
  RecordTable(Database& database, Settings& settings, std::string name);  // "customers" or "assets"

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Catalogue& catalogue() noexcept { return catalogue_; }
  [[nodiscard]] std::size_t rows();
  // A row's number by its id, and the other way round; nothing where there is none.
  [[nodiscard]] std::optional<std::int64_t> number(const StoredId& id);
  [[nodiscard]] StoredId id(std::int64_t number);
  // The first of so many new numbers, which are never given again: what was erased must not be taken for another.
  [[nodiscard]] std::int64_t new_numbers(std::size_t count);

  // Whether the ids are given back as whole numbers: where the first ones were, and all are.
  [[nodiscard]] bool has_integer_ids();
  // Ids were added: of a column of numbers, or of texts; `all_numbers`: whether each could be one.
  void took_ids(bool from_numbers, bool all_numbers);

 private:
  Settings& settings_;
  std::string name_;
  Catalogue catalogue_;
  Statement number_, id_, rows_;
};

}  // namespace courtesy
