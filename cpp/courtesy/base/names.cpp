#include <courtesy/base/hash.h>
#include <courtesy/base/names.h>
#include <courtesy/error.h>

namespace courtesy {
namespace {

std::size_t table_size(std::size_t entries) {
  std::size_t size = 16;
  while (size < entries * 2) size *= 2;
  return size;
}

}  // namespace

Code Names::add(std::string_view name) {
  const Code known = find(name);
  if (known != no_code) return known;
  if (names_.size() + 1 >= no_code) {
    throw Error(ErrorKind::data, "there are more than 65,534 different kinds, channels, tags or zones");
  }
  names_.emplace_back(name);
  if (buckets_.size() < names_.size() * 2) {
    buckets_.assign(table_size(names_.size() * 2), no_code);
    for (std::size_t i = 0; i + 1 < names_.size(); ++i) place(static_cast<Code>(i));
  }
  const auto code = static_cast<Code>(names_.size() - 1);
  place(code);
  return code;
}

void Names::place(Code code) {
  const std::size_t mask = buckets_.size() - 1;
  std::size_t at = hash64(names_[code]) & mask;
  while (buckets_[at] != no_code) at = (at + 1) & mask;
  buckets_[at] = code;
}

Code Names::find(std::string_view name) const {
  if (buckets_.empty()) return no_code;
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = hash64(name) & mask; buckets_[at] != no_code; at = (at + 1) & mask) {
    if (names_[buckets_[at]] == name) return buckets_[at];
  }
  return no_code;
}

}  // namespace courtesy
