#include <courtesy/base/id_column.h>

#include <utility>

namespace courtesy {

OutColumn id_column(std::string name, const Ids& ids, const std::vector<Index>& rows) {
  if (ids.are_integers()) {
    std::vector<std::int64_t> numbers(rows.size());
    std::vector<bool> filled(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      filled[i] = rows[i] != no_index;
      if (filled[i]) numbers[i] = ids.number(rows[i]);
    }
    return OutColumn::optional_integers(std::move(name), std::move(numbers), filled);
  }
  OutColumn::Texts texts;
  texts.reserve(rows.size(), rows.size() * 8);
  for (const Index row : rows) {
    if (row == no_index) {
      texts.add_empty();
    } else {
      texts.add(ids.text_view(row));
    }
  }
  return std::move(texts).finish(std::move(name));
}

}  // namespace courtesy
