#include <courtesy/base/hash.h>
#include <courtesy/plan/key.h>

#include <charconv>
#include <cstring>

namespace courtesy {
namespace {

constexpr std::uint32_t no_field = 0xFFFF'FFFF;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t most_digits = 20;

char* put_length(char* at, std::uint32_t length) {
  for (unsigned i = 0; i < length_bytes; ++i) at[i] = static_cast<char>(length >> (8 * i) & 255U);
  return at + length_bytes;
}

char* put(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

char* put_number(char* at, std::int64_t number) { return std::to_chars(at, at + most_digits, number).ptr; }

std::string field_of(std::string_view text) {
  std::string out(length_bytes, '\0');
  put_length(out.data(), static_cast<std::uint32_t>(text.size()));
  return out.append(text);
}

std::size_t longest(const Ids& ids, Index index) {
  return ids.are_integers() ? most_digits : ids.text_view(index).size();
}

}  // namespace

KeyMaker::KeyMaker(const CustomerBase& base, const CompiledOccasion& occasion, const CompiledStep& step)
    : base_(base), name_(field_of(occasion.rule->name)), step_(field_of(step.rule->name)) {
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
  by_event_ = yearly == nullptr || yearly->of == Yearly::Of::each;
  by_number_ = yearly != nullptr || (interval != nullptr && interval->restart == Interval::Restart::scheduled);
}

char* KeyMaker::put_id(char* at, const Ids& ids, Index index) const {
  char* const text = at + length_bytes;
  char* const end = ids.are_integers() ? put_number(text, ids.number(index)) : put(text, ids.text_view(index));
  put_length(at, static_cast<std::uint32_t>(end - text));
  return end;
}

Key KeyMaker::make(Index customer, Index asset, Index event, std::int32_t number) {
  event_id_.clear();
  if (by_event_ && event != no_index) base_.append_event_id(event, customer, event_id_);
  std::size_t room = longest(base_.customer_ids(), customer) + name_.size() + step_.size() + event_id_.size() +
                     3 * length_bytes + most_digits + 1;
  if (asset != no_index) room += longest(base_.asset_ids(), asset);
  if (bytes_.size() < room) bytes_.resize(room);

  char* at = put_id(bytes_.data(), base_.customer_ids(), customer);
  at = asset == no_index ? put_length(at, no_field) : put_id(at, base_.asset_ids(), asset);
  at = put(at, name_);
  char* const cycle = at + length_bytes;
  char* end = put(cycle, event_id_);
  if (by_number_ && !event_id_.empty()) *end++ = '/';
  if (by_number_) end = put_number(end, number);
  put_length(at, static_cast<std::uint32_t>(end - cycle));
  end = put(end, step_);
  const Hash128 hash = hash128({bytes_.data(), static_cast<std::size_t>(end - bytes_.data())});
  return Key{hash.high, hash.low};
}

}  // namespace courtesy
