// The columns that customers or assets were given, and of which type each is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/column.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

struct StoredColumn {
  std::string name;  // as it was given
  std::int64_t place = 0;
  ColumnType type = ColumnType::null;

  [[nodiscard]] std::string cells() const { return "a" + std::to_string(place); }  // what the file calls it
};

class Catalogue {
 public:
  Catalogue(Database& database, Settings& settings, std::string table);

  // In the order in which they came. Read anew where somebody has changed them.
  [[nodiscard]] const std::vector<StoredColumn>& columns();
  [[nodiscard]] const StoredColumn* find(std::string_view name);
  // A new column, empty in all rows. Throws Error{data} where there would be too many.
  void add(std::string_view name, ColumnType type);
  void set_type(std::string_view name, ColumnType type);
  // Rises with each change of columns() that this connection sees, its own or somebody else's.
  [[nodiscard]] std::int64_t version();

 private:
  void read_where_changed();
  void changed();

  Database& database_;
  Settings& settings_;
  std::string table_;
  Statement all_;
  std::vector<StoredColumn> columns_;
  std::int64_t read_at_ = -1;  // the file's count of changes
  std::uint64_t rollbacks_ = 0;
  std::int64_t version_ = 0;
};

}  // namespace courtesy
