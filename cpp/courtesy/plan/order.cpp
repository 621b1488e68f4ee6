#include <courtesy/plan/order.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

namespace courtesy {
namespace {

constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

// One stable pass of a radix sort (least significant digit first).
void pass(const std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to, unsigned shift) {
  std::array<std::uint32_t, digits> next{};
  for (const std::uint64_t entry : from) ++next[entry >> shift & (digits - 1)];
  std::uint32_t total = 0;
  for (std::uint32_t& count : next) {
    const std::uint32_t start = total;
    total += count;
    count = start;
  }
  for (const std::uint64_t entry : from) to[next[entry >> shift & (digits - 1)]++] = entry;
}

// What is said of all dues at once.
struct Dues {
  std::size_t count = 0;
  Instant first = Instant::max();
  Instant last = Instant::min();
  std::int64_t unit = 1;  // microseconds, of which each due is a multiple
};

Dues dues_of(const PlannedRows& rows) {
  using std::chrono::microseconds;
  constexpr std::int64_t second = microseconds{std::chrono::seconds{1}}.count();
  constexpr std::int64_t minute = microseconds{std::chrono::minutes{1}}.count();
  Dues dues;
  bool minutes = true;
  bool seconds = true;
  for (const auto& piece : rows.pieces()) {
    dues.count += piece.size();
    for (const PlannedRow& row : piece) {
      dues.first = std::min(dues.first, row.due);
      dues.last = std::max(dues.last, row.due);
      minutes &= row.due.time_since_epoch().count() % minute == 0;
      seconds &= row.due.time_since_epoch().count() % second == 0;
    }
  }
  dues.unit = minutes ? minute : (seconds ? second : 1);
  return dues;
}

}  // namespace

void PlannedRows::add_piece() {
  // A small plan takes little, a large one whole large pages.
  constexpr std::size_t few = 256;
  constexpr std::size_t most = std::size_t{1} << place_bits;
  static_assert(most * sizeof(PlannedRow) == HugePages<PlannedRow>::page);
  pieces_.emplace_back();
  pieces_.back().reserve(pieces_.size() == 1 ? few : most);
}

void PlannedRows::append(PlannedRows&& other) {
  std::move(other.pieces_.begin(), other.pieces_.end(), std::back_inserter(pieces_));
  other.pieces_.clear();
}

std::size_t PlannedRows::size() const noexcept {
  std::size_t count = 0;
  for (const auto& rows : pieces_) count += rows.size();
  return count;
}

std::vector<std::uint64_t> plan_order(const PlannedRows& rows) {
  const Dues dues = dues_of(rows);
  if (dues.count == 0) return {};
  // An entry holds, from the top: the time since the first due, as much of the (uniform) key as is useful, and the
  // row's name. What the first two cannot tell apart is compared in full afterwards.
  const auto name_bits = static_cast<unsigned>(std::bit_width(rows.names()));
  const auto time_of = [&](Instant due) { return static_cast<std::uint64_t>((due - dues.first).count() / dues.unit); };
  const auto all_time_bits = static_cast<unsigned>(std::bit_width(time_of(dues.last)));
  const unsigned time_bits = std::min(all_time_bits, 64 - name_bits);
  const unsigned time_drop = all_time_bits - time_bits;
  // The key's part fills up the passes that the time takes anyway, and one more where that is little. There is none
  // where the time is not whole: of two keys at different times the later time goes last.
  constexpr unsigned enough = 14;
  const unsigned wanted_bits = (time_bits + enough + digit_bits - 1) / digit_bits * digit_bits;
  const unsigned key_bits = time_drop != 0 ? 0 : std::min(wanted_bits, 64 - name_bits) - time_bits;
  const auto rank_of = [&](const PlannedRow& row) {
    const std::uint64_t time = time_of(row.due) >> time_drop;
    return key_bits == 0 ? time : time << key_bits | row.key.high >> (64 - key_bits);
  };
  std::vector<std::uint64_t> entries;
  entries.reserve(dues.count);
  for (std::size_t p = 0; p < rows.pieces().size(); ++p) {
    const auto& piece = rows.pieces()[p];
    for (std::size_t i = 0; i < piece.size(); ++i) {
      entries.push_back(rank_of(piece[i]) << name_bits | PlannedRows::name(p, i));
    }
  }
  std::vector<std::uint64_t> other(entries.size());
  for (unsigned shift = name_bits; shift < name_bits + time_bits + key_bits; shift += digit_bits) {
    pass(entries, other, shift);
    entries.swap(other);
  }
  const std::uint64_t name_mask = (std::uint64_t{1} << name_bits) - 1;
  const auto before = [&](std::uint64_t a, std::uint64_t b) {
    const PlannedRow& one = rows.row(a & name_mask);
    const PlannedRow& two = rows.row(b & name_mask);
    return one.due != two.due ? one.due < two.due : one.key < two.key;
  };
  for (auto from = entries.begin(); from != entries.end();) {
    auto to = from + 1;
    while (to != entries.end() && *to >> name_bits == *from >> name_bits) ++to;
    if (to - from > 1) std::sort(from, to, before);
    from = to;
  }
  for (std::uint64_t& entry : entries) entry &= name_mask;
  return entries;
}

}  // namespace courtesy
