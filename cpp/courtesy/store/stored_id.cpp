#include <courtesy/store/stored_id.h>

#include <cmath>
#include <functional>

namespace courtesy {

StoredId stored_id(std::string_view text) {
  if (text.empty()) return {};
  if (const auto number = id_number(text)) return *number;
  return std::string(text);
}

StoredId id_in(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* text = std::get_if<std::string_view>(&cell)) return stored_id(*text);
  if (const auto* real = std::get_if<double>(&cell)) {
    constexpr double exact = 9007199254740992.0;
    if (std::abs(*real) <= exact && !(std::floor(*real) < *real)) return static_cast<std::int64_t>(*real);
  }
  return {};
}

std::string text_of(const StoredId& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&id);
  return text == nullptr ? std::string() : *text;
}

std::size_t StoredIdHash::operator()(const StoredId& id) const {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
  if (const auto* number = std::get_if<std::int64_t>(&id)) {
    const auto bits = static_cast<std::uint64_t>(*number) * golden;
    return bits ^ bits >> 32U;
  }
  const auto* text = std::get_if<std::string>(&id);
  return text == nullptr ? 0 : std::hash<std::string>{}(*text);
}

}  // namespace courtesy
