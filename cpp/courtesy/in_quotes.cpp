#include <courtesy/in_quotes.h>

namespace courtesy {

std::string in_quotes(std::string_view text, std::size_t most) {
  std::size_t size = text.size();
  if (size > most) {
    size = most;
    // Bytes 10xxxxxx go on with a character of UTF-8.
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  }
  std::string out = "'";
  for (const char c : text.substr(0, size)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20U || byte == 0x7FU ? '?' : c;
  }
  if (size < text.size()) out += "…";
  return out + "'";
}

}  // namespace courtesy
