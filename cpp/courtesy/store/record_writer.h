// Writes the rows of a given table into customers or assets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <courtesy/base/column.h>
#include <courtesy/store/record_table.h>

namespace courtesy {

class RecordWriter {
 public:
  // Takes the table's columns into the catalogue. Throws Error{data}, with table, row and column, where a cell cannot
  // be of its column's type. The given table must outlive it.
  RecordWriter(Database& database, RecordTable& records, const Table& given);

  // `owner`: the customer's number, of assets alone.
  void insert(std::int64_t number, const StoredId& id, std::int64_t owner, std::size_t row);
  // Sets the given columns. Whether any cell is another than before.
  bool update(std::int64_t number, std::int64_t owner, std::size_t row);

 private:
  struct Taken {
    const Column* given;
    StoredColumn stored;
    std::string scratch;
  };

  void take_columns(const Table& given);
  void make_texts(const StoredColumn& column);
  void prepare();
  void bind_cells(Statement& statement, std::size_t row);

  Database& database_;
  RecordTable& records_;
  bool owned_;  // assets, which have a customer
  std::vector<Taken> columns_;
  Statement insert_, update_;
};

}  // namespace courtesy
