// A table of events that grows row by row, read in place as often as it has grown.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <courtesy/base/customer_base.h>

namespace courtesy {

// The cells of an event as text; what is empty is an empty cell.
struct EventRow {
  std::string id, customer, asset, kind, at, unit, due, ref, channel, by, note, topic;
  double value = std::numeric_limits<double>::quiet_NaN();
};

// An event of a base as a row that says the same: dates and instants in ISO 8601, and the id that the base gives it.
[[nodiscard]] EventRow event_row_of(const CustomerBase& base, Index event, Index customer);

class EventRows {
 public:
  void add(const EventRow& row);
  [[nodiscard]] std::size_t rows() const noexcept { return values_.size(); }
  // All rows. The table's cells are these rows' own memory: it lives only until the next add().
  [[nodiscard]] Table table() const;

 private:
  // The cells of one column of texts, one after the other.
  struct Texts {
    std::vector<char> bytes;
    std::vector<std::int64_t> ends{0};
  };
  static constexpr std::array<std::string EventRow::*, 12> texts_of = {
      &EventRow::id,  &EventRow::customer, &EventRow::asset,   &EventRow::kind, &EventRow::at,   &EventRow::unit,
      &EventRow::due, &EventRow::ref,      &EventRow::channel, &EventRow::by,   &EventRow::note, &EventRow::topic};

  std::array<Texts, texts_of.size()> texts_;
  std::vector<double> values_;
};

}  // namespace courtesy
