#include <courtesy/plan/order.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

struct Entry {
  std::uint64_t rank;
  const PlannedRow* row;
};

constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

// One stable pass of a radix sort (least significant digit first).
void pass(const std::vector<Entry>& from, std::vector<Entry>& to, unsigned shift) {
  std::array<std::uint32_t, digits> next{};
  for (const Entry& entry : from) ++next[(entry.rank >> shift) & (digits - 1)];
  std::uint32_t total = 0;
  for (std::uint32_t& count : next) {
    const std::uint32_t start = total;
    total += count;
    count = start;
  }
  for (const Entry& entry : from) to[next[(entry.rank >> shift) & (digits - 1)]++] = entry;
}

unsigned bits_for(std::uint64_t value) {
  unsigned bits = 0;
  for (; value != 0; value >>= 1U) ++bits;
  return bits;
}

}  // namespace

std::vector<const PlannedRow*> plan_order(const RowLists& lists) {
  std::size_t count = 0;
  Instant first = Instant::max();
  Instant last = Instant::min();
  for (const auto& list : lists) {
    count += list.size();
    for (const PlannedRow& row : list) {
      first = std::min(first, row.due);
      last = std::max(last, row.due);
    }
  }
  if (count == 0) return {};
  // The rank: seconds since the first due on top, and below them as much of the (uniform) key as is needed to
  // leave hardly a tie. What it cannot tell apart is compared in full afterwards.
  constexpr unsigned key_bits = 22;
  const auto seconds = [&](Instant due) {
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(due - first).count());
  };
  const unsigned bits = key_bits + bits_for(seconds(last));
  std::vector<Entry> entries;
  entries.reserve(count);
  for (const auto& list : lists) {
    for (const PlannedRow& row : list) {
      entries.push_back({seconds(row.due) << key_bits | row.key.high >> (64 - key_bits), &row});
    }
  }
  std::vector<Entry> other(entries.size());
  for (unsigned shift = 0; shift < bits; shift += digit_bits) {
    pass(entries, other, shift);
    entries.swap(other);
  }
  const auto before = [](const Entry& a, const Entry& b) {
    return a.row->due != b.row->due ? a.row->due < b.row->due : a.row->key < b.row->key;
  };
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && entries[end].rank == entries[i].rank) ++end;
    if (end - i > 1) {
      std::sort(entries.begin() + static_cast<std::ptrdiff_t>(i), entries.begin() + static_cast<std::ptrdiff_t>(end),
                before);
    }
    i = end;
  }
  std::vector<const PlannedRow*> order(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) order[i] = entries[i].row;
  return order;
}

}  // namespace courtesy
