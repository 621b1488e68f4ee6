#include <courtesy/base/hash.h>
#include <courtesy/plan/key.h>

#include <array>
#include <charconv>

namespace courtesy {
namespace {

constexpr std::uint32_t no_field = 0xFFFF'FFFF;

void append_length(std::uint32_t length, std::string& out) {
  const std::array<char, 4> bytes{static_cast<char>(length & 255U), static_cast<char>(length >> 8U & 255U),
                                  static_cast<char>(length >> 16U & 255U), static_cast<char>(length >> 24U)};
  out.append(bytes.data(), bytes.size());
}

std::string field_of(std::string_view text) {
  std::string out;
  append_length(static_cast<std::uint32_t>(text.size()), out);
  return out.append(text);
}

}  // namespace

KeyMaker::KeyMaker(const CustomerBase& base, const CompiledOccasion& occasion, const CompiledStep& step)
    : base_(base), name_(field_of(occasion.rule->name)), step_(field_of(step.rule->name)) {
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
  by_event_ = yearly == nullptr || yearly->of == Yearly::Of::each;
  by_number_ = yearly != nullptr || (interval != nullptr && interval->restart == Interval::Restart::scheduled);
}

void KeyMaker::end_field(std::size_t start) {
  const auto length = static_cast<std::uint32_t>(bytes_.size() - start - 4);
  for (unsigned i = 0; i < 4; ++i) bytes_[start + i] = static_cast<char>(length >> (8 * i) & 255U);
}

void KeyMaker::append_number(std::int64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  bytes_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void KeyMaker::append_id(const Ids& ids, Index index) {
  const std::size_t start = bytes_.size();
  bytes_.append(4, '\0');
  if (ids.are_integers()) {
    append_number(ids.number(index));
  } else {
    bytes_.append(ids.text_view(index));
  }
  end_field(start);
}

Key KeyMaker::make(Index customer, Index asset, Index event, std::int32_t number) {
  bytes_.clear();
  append_id(base_.customer_ids(), customer);
  if (asset == no_index) {
    append_length(no_field, bytes_);
  } else {
    append_id(base_.asset_ids(), asset);
  }
  bytes_ += name_;
  const std::size_t cycle = bytes_.size();
  bytes_.append(4, '\0');
  if (by_event_ && event != no_index) base_.append_event_id(event, customer, bytes_);
  if (by_event_ && by_number_ && event != no_index) bytes_ += '/';
  if (by_number_) append_number(number);
  end_field(cycle);
  bytes_ += step_;
  const Hash128 hash = hash128(bytes_);
  return Key{hash.high, hash.low};
}

}  // namespace courtesy
