#include <courtesy/base/customer_base.h>
#include <courtesy/base/digits.h>
#include <courtesy/base/event_content.h>
#include <courtesy/base/hash.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;

std::uint64_t mixed(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number) * golden;
  return bits ^ (bits >> 32U);
}

std::size_t table_size(std::size_t entries) {
  std::size_t size = 16;
  while (size < entries * 2) size *= 2;
  return size;
}

}  // namespace

std::string_view status_name(Status status) {
  switch (status) {
    case Status::active:
      return "active";
    case Status::closed:
      return "closed";
    case Status::deceased:
      return "deceased";
    case Status::do_not_contact:
      return "do_not_contact";
  }
  return "active";
}

Ids::Ids(std::vector<std::int64_t> numbers) : numbers_(std::move(numbers)) {}

Ids Ids::texts(std::size_t expected) {
  Ids ids;
  ids.integers_ = false;
  ids.ends_.reserve(expected + 1);
  return ids;
}

void Ids::add(std::string_view text) {
  arena_.insert(arena_.end(), text.begin(), text.end());
  ends_.push_back(arena_.size());
}

std::string Ids::text(Index i) const { return integers_ ? std::to_string(numbers_[i]) : std::string(text_view(i)); }

std::uint64_t Ids::hash_of(Index i) const { return integers_ ? mixed(numbers_[i]) : hash64(text_view(i)); }

Index Ids::index() {
  const std::size_t count = size();
  consecutive_ = integers_ && count > 0;
  for (std::size_t i = 1; i < count && consecutive_; ++i) consecutive_ = numbers_[i] - 1 == numbers_[i - 1];
  if (consecutive_ || count == 0) return no_index;
  buckets_.assign(table_size(count), no_index);
  const std::size_t mask = buckets_.size() - 1;
  Index repeated = no_index;
  for (Index i = 0; i < count; ++i) {
    std::size_t at = hash_of(i) & mask;
    for (; buckets_[at] != no_index; at = (at + 1) & mask) {
      const Index other = buckets_[at];
      const bool same = integers_ ? numbers_[other] == numbers_[i] : text_view(other) == text_view(i);
      if (same) break;
    }
    if (buckets_[at] == no_index) {
      buckets_[at] = i;
    } else if (repeated == no_index) {
      repeated = i;
    }
  }
  return repeated;
}

Index Ids::find(std::int64_t number) const {
  if (!integers_) return find(std::to_string(number));
  if (consecutive_) {
    const auto distance = static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(numbers_.front());
    return distance < numbers_.size() ? static_cast<Index>(distance) : no_index;
  }
  if (buckets_.empty()) return no_index;
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = mixed(number) & mask; buckets_[at] != no_index; at = (at + 1) & mask) {
    if (numbers_[buckets_[at]] == number) return buckets_[at];
  }
  return no_index;
}

Index Ids::find(std::string_view text) const {
  if (integers_) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    return whole && std::to_string(number) == text ? find(number) : no_index;
  }
  if (buckets_.empty()) return no_index;
  const std::size_t mask = buckets_.size() - 1;
  for (std::size_t at = hash64(text) & mask; buckets_[at] != no_index; at = (at + 1) & mask) {
    if (text_view(buckets_[at]) == text) return buckets_[at];
  }
  return no_index;
}

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

std::span<const Code> CustomerBase::preferred(Index customer) const {
  if (channel_list_.empty()) return {};
  return channel_lists_[channel_list_[customer]];
}

std::span<const Code> CustomerBase::tags_of(Index customer) const {
  if (tag_list_.empty()) return {};
  return tag_lists_[tag_list_[customer]];
}

Index CustomerBase::customer_of_event(Index event) const {
  const auto after = std::upper_bound(event_begin_.begin(), event_begin_.end(), event);
  return static_cast<Index>(after - event_begin_.begin()) - 1;
}

Code CustomerBase::event_channel(Index event) const { return event_channel_.empty() ? no_code : event_channel_[event]; }

std::string_view CustomerBase::event_unit(Index event) const { return text_in(event_unit_column_, event_row(event)); }

std::string_view CustomerBase::event_note(Index event) const { return text_in(event_note_column_, event_row(event)); }

std::string CustomerBase::event_id(Index event) const {
  std::string scratch;
  return std::string(event_id(event, customer_of_event(event), scratch));
}

std::string_view CustomerBase::event_id(Index event, Index customer, std::string& scratch) const {
  scratch.clear();
  const std::size_t row = event_row(event);
  if (event_id_numbers_ != nullptr) {
    std::array<char, most_digits> digits;
    const char* const end = put_digits(digits.data(), event_id_numbers_[row]);
    return scratch.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  const std::string_view given = text_in(event_id_column_, row);
  if (!given.empty()) return given;
  if (event_id_column_ != nullptr && append_id_cell(event_id_column_->cell(row), scratch)) return scratch;
  append_hex(event_content(event_table_, row, customer_ids_.text(customer), event_at_[event]), scratch);
  return scratch;
}

}  // namespace courtesy
