// Tables that are filled row by row and given away.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/out_table.h>
#include <courtesy/store/stored_id.h>

namespace courtesy {

class FilledTexts {
 public:
  void add(std::string_view cell) {  // an empty text is an empty cell
    if (cell.empty()) {
      texts_.add_empty();
    } else {
      texts_.add(cell);
    }
  }
  [[nodiscard]] OutColumn finish(std::string name) { return std::move(texts_).finish(std::move(name)); }

 private:
  OutColumn::Texts texts_;
};

// Whole numbers where all are, else texts.
class FilledIds {
 public:
  void add(StoredId id) { ids_.push_back(std::move(id)); }
  [[nodiscard]] OutColumn finish(std::string name);

 private:
  std::vector<StoredId> ids_;
};

// Its columns, in the order in which they are asked for; each grows by a cell for each row.
class FilledTable {
 public:
  FilledTexts& texts(std::string name) { return own<FilledTexts>(std::move(name)); }
  FilledIds& ids(std::string name) { return own<FilledIds>(std::move(name)); }
  std::vector<std::int64_t>& integers(std::string name) { return plain<std::int64_t>(OutColumn::integers, name); }
  std::vector<double>& reals(std::string name) { return plain<double>(OutColumn::reals, name); }
  std::vector<Instant>& instants(std::string name) { return plain<Instant>(OutColumn::instants, name); }
  std::vector<WallTime>& wall_times(std::string name) { return plain<WallTime>(OutColumn::wall_times, name); }
  std::vector<Day>& dates(std::string name) {
    return plain<Day>([](std::string of, const std::vector<Day>& cells) { return OutColumn::dates(of, cells); }, name);
  }

  [[nodiscard]] OutTable finish();

 private:
  template <typename Cells, typename Finish>
  Cells& add(Finish finish) {
    const auto cells = std::make_shared<Cells>();
    columns_.emplace_back([cells, finish] { return finish(*cells); });
    return *cells;
  }
  template <typename Cells>
  Cells& own(std::string name) {
    return add<Cells>([name](Cells& cells) { return cells.finish(name); });
  }
  template <typename Cell, typename Make>
  std::vector<Cell>& plain(Make make, const std::string& name) {
    return add<std::vector<Cell>>([make, name](std::vector<Cell>& cells) { return make(name, std::move(cells)); });
  }

  std::vector<std::function<OutColumn()>> columns_;
};

}  // namespace courtesy
