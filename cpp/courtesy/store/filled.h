// A column of texts or ids that is filled row by row, for tables that are given away.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/arrow_out.h>
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

}  // namespace courtesy
