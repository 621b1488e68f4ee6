// Tables made column by column from plain vectors (lists of dicts, CSV cells, tests).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/column.h>

namespace courtesy {

class TableBuilder {
 public:
  explicit TableBuilder(std::string name) { table_.name = std::move(name); }

  TableBuilder& integers(std::string name, std::vector<std::optional<std::int64_t>> cells);
  TableBuilder& reals(std::string name, std::vector<std::optional<double>> cells);
  TableBuilder& booleans(std::string name, std::vector<std::optional<bool>> cells);
  TableBuilder& texts(std::string name, std::vector<std::optional<std::string>> cells);
  TableBuilder& dates(std::string name, std::vector<std::optional<Day>> cells);
  TableBuilder& instants(std::string name, std::vector<std::optional<Instant>> cells);
  TableBuilder& wall_times(std::string name, std::vector<std::optional<WallTime>> cells);
  TableBuilder& times(std::string name, std::vector<std::optional<TimeOfDay>> cells);
  TableBuilder& lists(std::string name, std::vector<std::optional<std::vector<std::string>>> cells);
  TableBuilder& nulls(std::string name, std::size_t rows);
  // The file and the line of each row, for errors.
  TableBuilder& from_file(std::string file, std::vector<std::int64_t> lines);

  // Throws Error{data} where columns differ in length or share a name.
  [[nodiscard]] Table build();

 private:
  Table table_;
};

}  // namespace courtesy
