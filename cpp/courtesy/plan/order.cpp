#include <courtesy/plan/order.h>

#include <algorithm>
#include <array>

namespace courtesy {
namespace {

struct Entry {
  std::uint64_t rank;
  std::uint32_t position;
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

std::vector<std::uint32_t> plan_order(const std::vector<Reminder>& reminders) {
  std::vector<std::uint32_t> order(reminders.size());
  if (reminders.empty()) return order;
  Instant first = reminders.front().due;
  Instant last = first;
  for (const Reminder& reminder : reminders) {
    first = std::min(first, reminder.due);
    last = std::max(last, reminder.due);
  }
  // The rank: seconds since the first due on top, and below them as much of the (uniform) key as is needed to
  // leave hardly a tie. What it cannot tell apart is compared in full afterwards.
  constexpr unsigned key_bits = 22;
  const auto seconds = [&](Instant due) {
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(due - first).count());
  };
  const unsigned bits = key_bits + bits_for(seconds(last));
  std::vector<Entry> entries(reminders.size());
  for (std::size_t i = 0; i < reminders.size(); ++i) {
    entries[i] = {seconds(reminders[i].due) << key_bits | reminders[i].key.high >> (64 - key_bits),
                  static_cast<std::uint32_t>(i)};
  }
  std::vector<Entry> other(entries.size());
  for (unsigned shift = 0; shift < bits; shift += digit_bits) {
    pass(entries, other, shift);
    entries.swap(other);
  }
  const auto before = [&](const Entry& a, const Entry& b) {
    const Reminder& left = reminders[a.position];
    const Reminder& right = reminders[b.position];
    return left.due != right.due ? left.due < right.due : left.key < right.key;
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
  for (std::size_t i = 0; i < entries.size(); ++i) order[i] = entries[i].position;
  return order;
}

}  // namespace courtesy
