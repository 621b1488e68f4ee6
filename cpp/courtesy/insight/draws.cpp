#include <courtesy/insight/draws.h>

#include <string>

namespace courtesy {
namespace {

void append_number(std::uint64_t number, std::string& out) {
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 255U);
}

std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ bits >> 30U) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ bits >> 27U) * 0x94D049BB133111EBU;
  return bits ^ bits >> 31U;
}

}  // namespace

Draws::Draws(std::uint64_t seed, std::initializer_list<std::string_view> name) {
  std::string bytes;
  append_number(seed, bytes);
  for (const std::string_view part : name) {
    append_number(part.size(), bytes);
    bytes += part;
  }
  name_ = hash128(bytes);
}

std::uint64_t Draws::next() {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
  return mixed(name_.low + ++counter_ * golden) ^ name_.high;
}

double Draws::share() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

std::size_t Draws::below(std::size_t count) {
  // The bias of a remainder of 64 bits is far below anything that could be seen.
  return static_cast<std::size_t>(next() % count);
}

}  // namespace courtesy
