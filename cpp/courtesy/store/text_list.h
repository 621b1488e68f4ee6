// Lists of texts as one text: a JSON array.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace courtesy {

void append_list(const std::vector<std::string_view>& items, std::string& out);  // ["a","b"]
// The items of what append_list() wrote; nothing of a text that is none.
[[nodiscard]] std::vector<std::string> items_in(std::string_view list);

}  // namespace courtesy
