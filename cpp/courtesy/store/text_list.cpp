#include <courtesy/store/text_list.h>

namespace courtesy {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

void append_list(const std::vector<std::string_view>& items, std::string& out) {
  out += '[';
  for (const std::string_view item : items) {
    if (out.back() != '[') out += ',';
    out += '"';
    for (const char letter : item) {
      const auto byte = static_cast<unsigned char>(letter);
      if (letter == '"' || letter == '\\') {
        out += '\\';
        out += letter;
      } else if (byte < 0x20) {
        out += "\\u00";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
      } else {
        out += letter;
      }
    }
    out += '"';
  }
  out += ']';
}

std::vector<std::string> items_in(std::string_view list) {
  std::vector<std::string> items;
  bool inside = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char letter = list[i];
    if (!inside) {
      inside = letter == '"';
      if (inside) items.emplace_back();
    } else if (letter == '"') {
      inside = false;
    } else if (letter == '\\' && i + 5 < list.size() && list[i + 1] == 'u') {
      const auto digit = [&](std::size_t at) { return digits.find(list[at]) & 15U; };
      items.back() += static_cast<char>(digit(i + 4) << 4U | digit(i + 5));
      i += 5;
    } else if (letter == '\\' && i + 1 < list.size()) {
      items.back() += list[++i];
    } else {
      items.back() += letter;
    }
  }
  return items;
}

}  // namespace courtesy
