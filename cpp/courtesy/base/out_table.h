// A table of results: read cell by cell, and given away through the Arrow C stream interface.
#pragma once

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/column.h>

namespace courtesy {

// Copying it copies handles; no cell is ever copied.
class OutTable {
 public:
  explicit OutTable(std::vector<OutColumn> columns);  // of one length
  // The table's cells, copied. A column of which every cell is empty becomes one of texts.
  static OutTable of(const Table& table);

  [[nodiscard]] std::size_t rows() const noexcept { return cells_.rows; }
  // The same columns to read.
  [[nodiscard]] const Table& cells() const noexcept { return cells_; }
  void stream(ArrowArrayStream* out) const { export_stream(columns_, out); }

 private:
  std::vector<OutColumn> columns_;
  Table cells_;
};

}  // namespace courtesy
