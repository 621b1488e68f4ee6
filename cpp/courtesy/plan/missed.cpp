// What `late` lets go of what could not go out in time.
#include <courtesy/plan/merge.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace courtesy {
namespace {

// What `late` counts together.
using Group = std::tuple<std::int64_t, std::string_view, std::string_view>;

Group group_of(const OwedRow& row) { return {row.customer, row.asset, row.occasion}; }

// Whether it goes out, or did, or nobody knows: an earlier one would come after it.
bool speaks(const OwedRow& row, Instant now) {
  if (row.due > now) return false;
  if (row.state == OutboxState::sent || row.state == OutboxState::unknown || row.state == OutboxState::claimed) {
    return true;
  }
  return is_live(row.state) && row.expires >= now;
}

}  // namespace

std::vector<Key> missed(std::span<const OwedRow> rows, std::span<const OwedRow> others, Instant now) {
  std::map<Group, Instant> latest;
  const auto note = [&](const OwedRow& row) {
    if (row.late != Late::once || !speaks(row, now)) return;
    const auto [at, fresh] = latest.try_emplace(group_of(row), row.due);
    if (!fresh) at->second = std::max(at->second, row.due);
  };
  for (const OwedRow& row : rows) note(row);
  for (const OwedRow& row : others) note(row);
  std::vector<Key> gone;
  for (const OwedRow& row : rows) {
    const bool late = now - row.due > late_after;
    if (!late || row.late == Late::all || row.reason == reason_name(ReasonCode::send_now)) continue;
    const auto last = latest.find(group_of(row));
    if (row.late == Late::skip || (last != latest.end() && last->second > row.due)) gone.push_back(row.key);
  }
  std::sort(gone.begin(), gone.end());
  gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
  return gone;
}

}  // namespace courtesy
