#include <courtesy/store/filled.h>

#include <algorithm>

namespace courtesy {

OutColumn FilledIds::finish(std::string name) {
  const auto is_number = [](const StoredId& id) { return std::holds_alternative<std::int64_t>(id); };
  if (!ids_.empty() && std::all_of(ids_.begin(), ids_.end(), is_number)) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(ids_.size());
    for (const StoredId& id : ids_) numbers.push_back(std::get<std::int64_t>(id));
    return OutColumn::integers(std::move(name), std::move(numbers));
  }
  FilledTexts texts;
  for (const StoredId& id : ids_) texts.add(text_of(id));
  return texts.finish(std::move(name));
}

OutTable FilledTable::finish() {
  std::vector<OutColumn> columns;
  for (const auto& finish : columns_) columns.push_back(finish());
  return OutTable(std::move(columns));
}

}  // namespace courtesy
