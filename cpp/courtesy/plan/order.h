// The order of a plan: by due, then key.
#pragma once

#include <cstdint>
#include <vector>

#include <courtesy/huge_pages.h>
#include <courtesy/plan/reminder.h>

namespace courtesy {

// A reminder while it is being planned. Each fills one line of a processor's cache: they are fetched in the plan's
// order, which is none that a processor foresees.
struct alignas(64) PlannedRow {
  Instant due;
  Key key;
  Instant expires;
  Index customer = no_index;
  Index asset = no_index;
  Index event = no_index;
  std::int32_t anchor = 0;  // days since 1970-01-01
  std::uint32_t occasion = 0;
  std::int32_t offset = 0;  // of the wall time from UTC, in seconds
  std::uint16_t step = 0;
  Code zone = 0;
  Code channel = no_code;
  State state = State::planned;
  ReasonCode reason = ReasonCode::due;
};
static_assert(sizeof(PlannedRow) == 64);

// Rows as they were found, in pieces that never grow: none is copied to make room.
class PlannedRows {
 public:
  using Piece = std::vector<PlannedRow, HugePages<PlannedRow>>;

  void add(const PlannedRow& row) {
    if (pieces_.empty() || pieces_.back().size() == pieces_.back().capacity()) add_piece();
    pieces_.back().push_back(row);
  }
  // Takes all of the other's rows.
  void append(PlannedRows&& other);
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }

  // A row's name: its piece and its place in it.
  [[nodiscard]] static std::uint64_t name(std::size_t piece, std::size_t place) {
    return std::uint64_t{piece} << place_bits | place;
  }
  [[nodiscard]] const PlannedRow& row(std::uint64_t name) const {
    return pieces_[name >> place_bits][name & ((std::uint64_t{1} << place_bits) - 1)];
  }
  // All names are below this.
  [[nodiscard]] std::uint64_t names() const noexcept { return name(pieces_.size(), 0); }

 private:
  static constexpr unsigned place_bits = 15;
  void add_piece();
  std::vector<Piece> pieces_;
};

// The names of all rows in the plan's order.
[[nodiscard]] std::vector<std::uint64_t> plan_order(const PlannedRows& rows);

}  // namespace courtesy
