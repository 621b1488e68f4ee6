#include <courtesy/base/hash.h>
#include <courtesy/plan/key.h>

#include <array>
#include <charconv>

namespace courtesy {
namespace {

void append_length(std::uint32_t length, std::string& out) {
  const std::array<char, 4> bytes{static_cast<char>(length), static_cast<char>(length >> 8),
                                  static_cast<char>(length >> 16), static_cast<char>(length >> 24)};
  out.append(bytes.data(), bytes.size());
}

void append_number(std::int64_t number, std::string& out) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace

void KeyMaker::append(std::string_view field) {
  append_length(static_cast<std::uint32_t>(field.size()), bytes_);
  bytes_.append(field);
}

void KeyMaker::append_id(const Ids& ids, Index index) {
  if (!ids.are_integers()) {
    append(ids.text_view(index));
    return;
  }
  const std::size_t start = bytes_.size();
  append_length(0, bytes_);
  append_number(ids.number(index), bytes_);
  bytes_[start] = static_cast<char>(bytes_.size() - start - 4);
}

void KeyMaker::append_cycle(const CompiledOccasion& occasion, Index event, std::int32_t number) {
  cycle_.clear();
  const Anchor& anchor = occasion.rule->anchor;
  const auto* yearly = std::get_if<Yearly>(&anchor);
  const auto* interval = std::get_if<Interval>(&anchor);
  const bool by_event = yearly == nullptr || yearly->of == Yearly::Of::each;
  const bool by_number =
      yearly != nullptr || (interval != nullptr && interval->restart == Interval::Restart::scheduled);
  if (by_event && event != no_index) base_.append_event_id(event, cycle_);
  if (by_event && event != no_index && by_number) cycle_ += '/';
  if (by_number) append_number(number, cycle_);
  append(cycle_);
}

Key KeyMaker::make(const CompiledOccasion& occasion, const CompiledStep& step, Index customer, Index asset,
                   Index event, std::int32_t number) {
  bytes_.clear();
  append_id(base_.customer_ids(), customer);
  if (asset == no_index) {
    append_length(0xFFFF'FFFFU, bytes_);
  } else {
    append_id(base_.asset_ids(), asset);
  }
  append(occasion.rule->name);
  append_cycle(occasion, event, number);
  append(step.rule->name);
  const Hash128 hash = hash128(bytes_);
  return Key{hash.high, hash.low};
}

}  // namespace courtesy
