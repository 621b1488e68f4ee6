// A table of events that grows row by row, read in place as often as it has grown.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
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

// Their columns of texts.
enum class EventColumn : std::uint8_t { id, customer, asset, kind, at, unit, due, ref, channel, by, note, topic };

class EventRows {
 public:
  void add(const EventRow& row);
  // The same cell by cell: begin() opens a row whose cells are empty until they are put, once each.
  void begin() { ++rows_; }
  void put(EventColumn column, std::string_view text);
  void put(EventColumn column, std::int64_t id);
  void put_value(double value);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  // All rows. The table's cells are these rows' own memory: it lives only until the next row. A column in which nothing
  // was put has no type; ids and customers are whole numbers where all are.
  [[nodiscard]] Table table();

 private:
  // Cells of one column, one after the other. Those that are empty take no room until the table is asked for.
  struct Texts {
    std::vector<char> bytes;
    std::vector<std::int64_t> ends{0};

    void put(std::size_t row, std::string_view text);
    [[nodiscard]] Column column(std::string name, std::size_t rows);
  };
  // Whole numbers, as long as all are.
  struct Numbers {
    std::vector<std::int64_t> cells;
    std::vector<std::uint8_t> filled;  // a bit each
    std::size_t count = 0;             // of those that are filled

    void put(std::size_t row, std::int64_t number);
    [[nodiscard]] Column column(std::string name, std::size_t rows);
    void move_to(Texts& texts);
  };

  std::size_t rows_ = 0;
  std::array<Texts, 12> texts_;
  std::array<Numbers, 2> numbers_;  // of ids and customers; none where they are texts
  std::array<bool, 2> are_texts_{};
  std::vector<double> values_;
};

}  // namespace courtesy
