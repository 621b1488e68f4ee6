// Wall times and instants in columns, all in one zone or each in its own.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <courtesy/time/zone.h>

namespace courtesy {

// A cell without a time, as NumPy writes it; and a row without a zone.
inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int32_t no_zone = -1;

// The zone of each row. It refers to the codes, which must outlive it.
class ZoneColumn {
 public:
  // One for all rows. Throws Error{zone} for an unknown name.
  explicit ZoneColumn(const std::string& name);
  // Of each row the name that its code stands for, or none (no_zone). Throws Error{zone} for an unknown name that a row
  // has, and Error{data} for a code without a name, both with the row.
  ZoneColumn(const std::vector<std::string>& names, std::span<const std::int32_t> codes);

  // Whether it has as many rows; one zone for all has any number.
  [[nodiscard]] bool has_rows(std::size_t rows) const noexcept { return same_ || codes_.size() == rows; }
  // Of all rows; null where each has its own.
  [[nodiscard]] const Zone* same() const noexcept { return same_ ? zones_.front().get() : nullptr; }
  // Null where the row has none.
  [[nodiscard]] const Zone* at(std::size_t row) const noexcept {
    return codes_[row] == no_zone ? nullptr : zones_[static_cast<std::size_t>(codes_[row])].get();
  }
  // Of each row the code; none where all rows have one zone.
  [[nodiscard]] std::span<const std::int32_t> codes() const noexcept { return codes_; }
  // Null for a code that no row has.
  [[nodiscard]] const std::vector<std::shared_ptr<const Zone>>& zones() const noexcept { return zones_; }

 private:
  std::vector<std::shared_ptr<const Zone>> zones_;
  std::span<const std::int32_t> codes_;
  bool same_ = false;
};

// Microseconds of UTC from those of wall clocks, and back; no_time where there is no time or no zone. `out` has as many
// cells, and may be the same. Throws Error{time} with the row where a gap or an overlap is to be an error, and
// Error{data} where the lengths differ.
void to_utc(std::span<const std::int64_t> walls, const ZoneColumn& zones, Gap gap, Overlap overlap,
            std::span<std::int64_t> out);
void to_local(std::span<const std::int64_t> instants, const ZoneColumn& zones, std::span<std::int64_t> out);

}  // namespace courtesy
