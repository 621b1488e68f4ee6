#include <courtesy/base/digits.h>
#include <courtesy/base/hash.h>
#include <courtesy/plan/key.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace courtesy {
namespace {

constexpr std::uint32_t no_field = 0xFFFF'FFFF;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t block = 32;

void put_length(char* at, std::size_t length) {
  for (unsigned i = 0; i < length_bytes; ++i) at[i] = static_cast<char>(length >> (8 * i) & 255U);
}

// Sets the length of the field that starts at `field`, and gives its end.
char* finish(char* field, char* end) {
  put_length(field, static_cast<std::size_t>(end - field) - length_bytes);
  return end;
}

char* put(char* at, std::string_view text) { return std::copy(text.begin(), text.end(), at); }

std::size_t longest(const Ids& ids, Index index) {
  return length_bytes + (ids.are_integers() ? most_digits : ids.text_view(index).size());
}

}  // namespace

KeyMaker::Constant::Constant(std::string_view text) : blocks_(length_bytes, '\0'), size_(length_bytes + text.size()) {
  put_length(blocks_.data(), text.size());
  blocks_ += text;
  blocks_.resize((size_ + block - 1) / block * block);
}

// Whole blocks: a copy of a size that the compiler knows takes two instructions, any other a call.
char* KeyMaker::Constant::put(char* at) const {
  for (std::size_t i = 0; i < blocks_.size(); i += block) std::memcpy(at + i, blocks_.data() + i, block);
  return at + size_;
}

KeyMaker::KeyMaker(const CustomerBase& base, const CompiledOccasion& occasion, const CompiledStep& step)
    : base_(base), name_(occasion.rule->name), step_(step.rule->name) {
  const auto* yearly = std::get_if<Yearly>(&occasion.rule->anchor);
  const auto* interval = std::get_if<Interval>(&occasion.rule->anchor);
  const bool recurring = std::holds_alternative<Recurring>(occasion.rule->anchor);
  by_event_ = yearly == nullptr || yearly->of == Yearly::Of::each;
  by_number_ =
      yearly != nullptr || recurring || (interval != nullptr && interval->restart == Interval::Restart::scheduled);
}

Key KeyMaker::make(const KeySubject& subject) {
  Key key;
  make({&subject, 1}, {&key, 1});
  return key;
}

void KeyMaker::make(std::span<const KeySubject> subjects, std::span<Key> keys) {
  for (std::size_t from = 0; from < subjects.size(); from += group) {
    const std::size_t count = std::min(group, subjects.size() - from);
    make_group(subjects.subspan(from, count), keys.subspan(from, count));
  }
}

// Step by step for a group, not key by key: the ids of all are on their way from memory at once, and bytes have come
// to rest when they are hashed.
void KeyMaker::make_group(std::span<const KeySubject> subjects, std::span<Key> keys) {
  const Ids& customers = base_.customer_ids();
  const bool by_digits = by_event_ && base_.event_ids_are_integers();
  std::array<std::int64_t, group> customer{};
  std::array<std::int64_t, group> event{};
  for (std::size_t i = 0; i < subjects.size() && customers.are_integers(); ++i) {
    customer[i] = customers.number(subjects[i].customer);
  }
  for (std::size_t i = 0; i < subjects.size() && by_digits; ++i) {
    if (subjects[i].event != no_index) event[i] = base_.event_id_number(subjects[i].event);
  }

  std::array<std::size_t, group> ends;
  std::size_t end = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const KeySubject& subject = subjects[i];
    std::string_view text;
    if (by_event_ && !by_digits && subject.event != no_index) {
      text = base_.event_id(subject.event, subject.customer, event_id_);
    }
    const std::size_t room = longest(customers, subject.customer) + name_.room() + step_.room() + text.size() +
                             length_bytes + 2 * most_digits + 1 +
                             (subject.asset == no_index ? length_bytes : longest(base_.asset_ids(), subject.asset));
    if (bytes_.size() < end + room) bytes_.resize((end + room) * 2);
    const char* const last = put_fields(bytes_.data() + end, subject, customer[i], event[i], text);
    ends[i] = end = static_cast<std::size_t>(last - bytes_.data());
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const Hash128 hash = hash128({bytes_.data() + begin, ends[i] - begin});
    keys[i] = Key{hash.high, hash.low};
    begin = ends[i];
  }
}

char* KeyMaker::put_id(char* at, const Ids& ids, Index index, std::int64_t number) {
  char* const text = at + length_bytes;
  return finish(at, ids.are_integers() ? put_digits(text, number) : put(text, ids.text_view(index)));
}

char* KeyMaker::put_fields(char* at, const KeySubject& subject, std::int64_t customer, std::int64_t event,
                           std::string_view event_text) const {
  at = put_id(at, base_.customer_ids(), subject.customer, customer);
  if (subject.asset == no_index) {
    put_length(at, no_field);
    at += length_bytes;
  } else {
    const Ids& assets = base_.asset_ids();
    at = put_id(at, assets, subject.asset, assets.are_integers() ? assets.number(subject.asset) : 0);
  }
  at = name_.put(at);
  const bool by_event = by_event_ && subject.event != no_index;
  char* end = at + length_bytes;
  end = by_event && base_.event_ids_are_integers() ? put_digits(end, event) : put(end, event_text);
  // What is repeated has a number from its second time on.
  const bool by_number = by_number_ || subject.number != 0;
  if (by_number && by_event) *end++ = '/';
  if (by_number) end = put_digits(end, subject.number);
  return step_.put(finish(at, end));
}

}  // namespace courtesy
